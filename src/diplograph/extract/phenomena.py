"""Breaks an evaluation down: by kind of event, by what makes an event hard to read, and by confidence.

Takes events with whether they were found (annotated) or right (extracted); gives frozen rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from diplograph.extract.pairing import Reading

Judged = tuple[Reading, bool]
BINS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakdown:
    """How well events of one kind are read.

    Attributes:
        kind: A type of event or a phenomenon.
        gold: How many the annotation has.
        found: How many of these were found.
        read: How many were extracted; 0 where extractions are not told apart by this.
        right: How many of these are right.
    """

    kind: str
    gold: int
    found: int
    read: int = 0
    right: int = 0

    @property
    def recall(self) -> float:
        """The share of the annotation that was found."""
        return self.found / self.gold if self.gold else 0.0

    @property
    def precision(self) -> float | None:
        """The share of what was extracted that is right; None where nothing was."""
        return self.right / self.read if self.read else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReliabilityBin:
    """Extractions whose confidence lies in ``[low, high)``, and how many of them are right.

    Attributes:
        low: Lower end of the bin.
        high: Upper end; the last bin includes 1.
        events: How many extractions are in it.
        confidence: Their mean confidence; None where there are none.
        right: The share of them that is right; None where there are none.
    """

    low: float
    high: float
    events: int
    confidence: float | None
    right: float | None


def breakdown(
    found: Iterable[Judged], claims: Iterable[Judged], kinds: Callable[[Reading], Iterable[str]]
) -> tuple[Breakdown, ...]:
    """Count events by kind, the most frequent first; an event may be of several kinds.

    Args:
        found: Annotated events, and whether each was found.
        claims: Extracted events, and whether each is right.
        kinds: Tells the kinds of an event.
    """
    n: Counter[tuple[str, str]] = Counter()
    for judged, whole, part in ((found, "gold", "found"), (claims, "read", "right")):
        for event, good in judged:
            for kind in kinds(event):
                n[kind, whole] += 1
                n[kind, part] += good
    names = sorted({kind for kind, _ in n}, key=lambda kind: (-n[kind, "gold"], kind))
    return tuple(
        Breakdown(
            kind=kind,
            gold=n[kind, "gold"],
            found=n[kind, "found"],
            read=n[kind, "read"],
            right=n[kind, "right"],
        )
        for kind in names
    )


def phenomena(event: Reading) -> tuple[str, ...]:
    """What there is about an event that readers are known to stumble over."""
    precision = {0: "undated", 4: "year only", 7: "month only"}.get(len(event.start or ""), "day")
    marks = {
        f"status: {event.status}": True,
        f"date: {precision}": True,
        "date: lasts": event.lasts,
        "three or more states": len(event.states) > 2,
        "one state": len(event.states) == 1,
        "in a third state": bool(event.host) and event.host not in event.states,
        "on an occasion": bool(event.occasion),
        "nobody named": not event.participants,
        "several people on a side": len(event.participants) > len(event.states),
        "more than one type accepted": bool(event.accept_types),
        "told in half a sentence": bool(event.quote)
        and event.quote.rstrip("\"'”’)")[-1:] not in {".", "!", "?"},
    }
    return tuple(mark for mark, holds in marks.items() if holds)


def reliability(claims: Iterable[Judged]) -> tuple[ReliabilityBin, ...]:
    """Compare confidence with what came true, in ten bins; events without confidence are left out."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for event, right in claims:
        if event.confidence is not None:
            bins[min(int(event.confidence * BINS), BINS - 1)].append((event.confidence, right))
    return tuple(
        ReliabilityBin(
            low=i / BINS,
            high=(i + 1) / BINS,
            events=len(inside),
            confidence=round(sum(c for c, _ in inside) / len(inside), 3) if inside else None,
            right=round(sum(r for _, r in inside) / len(inside), 3) if inside else None,
        )
        for i, inside in enumerate(bins)
    )
