"""Reads all sources at hand: one list of ``Attestation``, in a fixed order.

Takes the folder that holds ``archigos/``, ``phoenix_actors/``, ``historyatstate/``, ``factbook_leaders/`` and
``world_leaders/``; ``without`` leaves sources out by the name under which rows cite them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import archigos
import factbook
import historian
import phoenix
import snapshot
from countries import Countries

if TYPE_CHECKING:
    from collections.abc import Container
    from pathlib import Path

    from attested import Attestation


def read(folder: Path, without: Container[str] = ()) -> list[Attestation]:
    """Every attestation of every source that is not left out.

    Raises:
        ValueError: With file and line, where a source is missing or broken.
    """
    countries = Countries.read()
    found = [
        *archigos.read(folder / "archigos", countries.cow),
        *phoenix.read(folder / "phoenix_actors" / "Phoenix.Countries.actors.txt"),
        *historian.read(folder / "historyatstate", countries),
        *factbook.attestations(folder / "factbook_leaders" / "factbook_leader_terms_from_git.csv", countries),
        *snapshot.read(folder / "world_leaders" / "all-leaders.json", countries),
    ]
    return [one for one in found if one.source not in without]
