"""Measures how well texts are read, against annotations of the same texts.

Takes a folder of annotations (``NAME.json``, with the text beside it as ``NAME.txt``) and what was extracted,
in the format of ``diplograph extract --format jsonl``; gives the figures, a breakdown of them, how far the
confidence can be trusted, and every error in its sentence. Optional events of the annotation neither help nor
hurt.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from diplograph.errors import SourceError
from diplograph.extract import pairing
from diplograph.extract.pairing import Reading
from diplograph.extract.phenomena import Breakdown, ReliabilityBin, breakdown, phenomena, reliability

SLOTS: Final = ("status", "start", "host", "place", "occasion", "participants", "issues", "end")
_AROUND: Final = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """A difference between the annotation and the extraction.

    Attributes:
        kind: ``missed``, ``extra`` or ``wrong``.
        source: Name of the article.
        event: The event in a line: of the annotation, if it has one.
        detail: What is wrong with it, such as ``start: 2025-08, read as 2025-08-23``.
        context: The words that tell it, between « and », in their surroundings.
        marks: What there is about the event that readers stumble over; of the annotation, if it has one.
    """

    kind: str
    source: str
    event: str
    detail: str
    context: str
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """How well a set of articles was read.

    Attributes:
        figures: The figures by name; shares and precision, recall and F1 are rounded to three digits.
        by_type: Events by type.
        by_phenomenon: Events of the annotation by what makes them hard; no precision.
        reliability: Confidence against the share that was right, in ten bins.
        errors: Every mistake, by article.
    """

    figures: Mapping[str, Any]
    by_type: tuple[Breakdown, ...]
    by_phenomenon: tuple[Breakdown, ...]
    reliability: tuple[ReliabilityBin, ...]
    errors: tuple[Mistake, ...]

    def table(self) -> tuple[dict[str, Any], ...]:
        """The figures as rows of a measure and its value."""
        rows: list[dict[str, Any]] = []
        for name, value in self.figures.items():
            parts = value.items() if isinstance(value, Mapping) else [("", value)]
            rows += [{"measure": f"{name} {part}".strip().replace("_", " "), "value": v} for part, v in parts]
        return tuple(rows)


@dataclass(slots=True)
class _Tally:
    """What is counted over all articles."""

    n: Counter[str] = field(default_factory=Counter)
    slot: Counter[tuple[str, str]] = field(default_factory=Counter)
    found: list[tuple[Reading, bool]] = field(default_factory=list)
    claims: list[tuple[Reading, bool]] = field(default_factory=list)
    errors: list[Mistake] = field(default_factory=list)


def evaluate(
    gold_dir: Path, predictions: Iterable[Mapping[str, Any]], texts: Mapping[str, str] | None = None
) -> Evaluation:
    """Compare extractions with a folder of annotations.

    Args:
        gold_dir: The folder of ``NAME.json``.
        predictions: An object for each article; ``source`` names it.
        texts: Texts by name, where they do not lie in the folder as ``NAME.txt``.

    Raises:
        SourceError: If the folder holds no annotation or one that cannot be read.
    """
    paths = sorted(Path(gold_dir).glob("*.json"))
    if not paths:
        raise SourceError(f"{gold_dir}: no annotation (NAME.json) found; name a folder like tests/gold")
    read = {Path(str(line["source"])).stem: line for line in predictions}
    tally = _Tally()
    for path in paths:
        gold = _annotation(path)
        text = (texts or {}).get(path.stem) or _text(path.with_suffix(".txt"))
        tally.n["missing"] += path.stem not in read
        events = [Reading.of(event) for event in read.get(path.stem, {}).get("events", ())]
        _count_article(tally, path.stem, text, gold, events)
    return _summary(tally, len(paths))


def _annotation(path: Path) -> Mapping[str, Any]:
    try:
        gold = json.loads(path.read_text(encoding="utf-8"))
        return {**gold, "events": [Reading.of(event) for event in gold["events"]]}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SourceError(
            f"{path}: not an annotation ({error}); it needs an array 'events' of objects"
        ) from error


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _count_article(
    tally: _Tally, name: str, text: str, gold: Mapping[str, Any], reads: list[Reading]
) -> None:
    golds: list[Reading] = gold["events"]
    pairs = pairing.pair(golds, reads)
    again = pairing.second_readings(golds, reads, pairs)
    neutral = again | {j for i, j in pairs.items() if golds[i].optional}
    firm = {i: j for i, j in pairs.items() if not golds[i].optional}
    free = pairing.pair(golds, reads, any_type=True)
    hard = not golds or bool(gold.get("hard_negative"))
    tally.n.update(
        tp=len(firm),
        gold=sum(not event.optional for event in golds),
        read=len(reads) - len(neutral),
        free=sum(not golds[i].optional for i in free),
        gold_facts=sum(event.facts for event in golds if not event.optional),
        read_facts=sum(event.facts for j, event in enumerate(reads) if j not in neutral),
        hard=int(hard),
        hard_clean=int(hard and not (reads and not pairs)),
    )
    tally.found += [(event, i in firm) for i, event in enumerate(golds) if not event.optional]
    tally.claims += [(event, j in firm.values()) for j, event in enumerate(reads) if j not in neutral]
    for i, j in firm.items():
        _count_pair(tally, golds[i], reads[j])
    if text:
        _count_quotes(tally, text, reads)
    tally.errors += _mistakes(name, text, golds, reads, pairs, again)


def _count_pair(tally: _Tally, gold: Reading, read: Reading) -> None:
    right = pairing.agreement(gold, read)
    tally.n["right_facts"] += sum(right.values())
    for slot in ("host", "place", "start", "occasion", "end", "status"):
        stated = slot == "status" or (gold.lasts if slot == "end" else bool(getattr(gold, slot)))
        tally.slot.update({(slot, "right"): right[slot] if stated else 0, (slot, "all"): int(stated)})
    people = len(gold.participants) + len(read.participants)
    tally.slot.update({("participants", "right"): 2 * right["participants"], ("participants", "all"): people})
    issues = sum(any(pairing.alike(issue, other) for other in read.issues) for issue in gold.issues)
    tally.slot.update({("issues", "right"): issues, ("issues", "all"): len(gold.issues)})


def _count_quotes(tally: _Tally, text: str, reads: list[Reading]) -> None:
    for event in reads:
        # An event that cites nothing is as unsupported as one that cites something else.
        tally.n["quotes"] += len(event.evidence) or 1
        tally.n["quotes_right"] += sum(text[start:end] == quote != "" for start, end, quote in event.evidence)


def _mistakes(
    name: str,
    text: str,
    golds: list[Reading],
    reads: list[Reading],
    pairs: Mapping[int, int],
    again: frozenset[int],
) -> list[Mistake]:
    found = []
    for i, gold in enumerate(golds):
        wrong = pairing.wrong_slots(gold, reads[pairs[i]]) if i in pairs else ()
        if wrong or (i not in pairs and not gold.optional):
            detail = "; ".join(_difference(slot, gold, reads[pairs[i]]) for slot in wrong)
            place = text.find(gold.quote) if gold.quote else -1
            context = _context(text, place, place + len(gold.quote), gold.quote)
            found.append(_mistake("wrong" if wrong else "missed", name, gold, detail, context))
    for j, read in enumerate(reads):
        if j not in pairs.values() and j not in again:
            start, end, quote = read.evidence[0] if read.evidence else (-1, -1, read.quote)
            detail = "" if read.confidence is None else f"confidence {read.confidence:.2f}"
            found.append(_mistake("extra", name, read, detail, _context(text, start, end, quote)))
    return found


def _mistake(kind: str, source: str, event: Reading, detail: str, context: str) -> Mistake:
    return Mistake(
        kind=kind,
        source=source,
        event=event.title,
        detail=detail,
        context=context,
        marks=phenomena(event),
    )


def _difference(slot: str, gold: Reading, read: Reading) -> str:
    def shown(value: object) -> str:
        return ", ".join(str(p[0]) for p in value) if isinstance(value, tuple) else str(value)

    return f"{slot}: {shown(getattr(gold, slot))}, read as {shown(getattr(read, slot))}"


def _context(text: str, start: int, end: int, quote: str) -> str:
    """The quote in its paragraph, as much of it as a line holds."""
    if start < 0 or text[start:end] != quote:
        return f"«{quote}»"
    first = max(text.rfind("\n", 0, start) + 1, start - _AROUND)
    last = min(end + _AROUND, len(text) if text.find("\n", end) < 0 else text.find("\n", end))
    return " ".join(f"{text[first:start]}«{quote}»{text[end:last]}".split())


def _scores(right: int, read: int, gold: int) -> dict[str, float]:
    p, r = right / read if read else 0.0, right / gold if gold else 0.0
    return {"p": round(p, 3), "r": round(r, 3), "f1": round(2 * p * r / (p + r), 3) if p + r else 0.0}


def _share(right: int, whole: int) -> float | None:
    return round(right / whole, 3) if whole else None


def _summary(tally: _Tally, articles: int) -> Evaluation:
    n = tally.n
    figures = {
        "articles": articles,
        "missing": n["missing"],
        "gold_events": n["gold"],
        "predicted_events": n["read"],
        "event": _scores(n["tp"], n["read"], n["gold"]),
        "event_type_free_f1": _scores(n["free"], n["read"], n["gold"])["f1"],
        "fact": _scores(n["right_facts"], n["read_facts"], n["gold_facts"]),
        **{slot: _share(tally.slot[slot, "right"], tally.slot[slot, "all"]) for slot in SLOTS},
        "quotes": _share(n["quotes_right"], n["quotes"]),
        "hard_negatives_clean": f"{n['hard_clean']}/{n['hard']}",
    }
    return Evaluation(
        figures=figures,
        by_type=breakdown(tally.found, tally.claims, lambda event: [event.type]),
        by_phenomenon=breakdown(tally.found, (), phenomena),
        reliability=reliability(tally.claims),
        errors=tuple(tally.errors),
    )
