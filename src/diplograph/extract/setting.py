"""What holds for the whole of a document: when and where it is dated, what it tells of.

Takes nothing; gives the dataclass ``Setting``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from diplograph.text.actors import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What holds for the whole document.

    Attributes:
        lead: Index of the first line of the body.
        readout: Whether the document is a ministry's account of one act.
        digest: Whether it is a list of unconnected news.
        heading: States named in the heading and the first sentence.
        pairs: Two states → in how many sentences they are named together.
        most: The largest of these numbers.
        sport: Whether it tells of sport.
        dateline: The place from which the text is reported, which "here" means.
        scene: The place that a line of its own names, as ministries' transcripts do.
    """

    published: date | None
    lead: int
    readout: bool
    digest: bool
    lines: int
    heading: frozenset[str] = frozenset()
    pairs: Mapping[frozenset[str], int] = field(default_factory=dict)
    most: int = 0
    sport: bool = False
    scene: Place | None = None
    dateline: Place | None = None
