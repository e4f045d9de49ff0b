"""The page of an issue: the pairs that carry it, when it rose, who raises it in what words, and its names.

Takes a ``World`` and the key of an issue; gives a ``Sheet``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from diplograph.analysis import wording
from diplograph.errors import StoreError
from diplograph.knowledge import ontology
from diplograph.knowledge.ontology import IssueTerm
from diplograph.model import Event, TimeSpan
from diplograph.views import cards, clean, page, start, svg, world
from diplograph.views.world import Sheet, World

VOICES: Final = 40
"""Quotes shown of those who raise an issue."""


def keys(given: World) -> list[str]:
    """The issues that have a page: those of any event."""
    return sorted({cards.issue_key(topic) for event in given.events for topic in event.facts.issues})


def sheet(given: World, key: str) -> Sheet:
    """The page of an issue.

    Raises:
        StoreError: If no event has it.
    """
    own = tuple(
        sorted(
            (e for e in given.events if any(cards.issue_key(t) == key for t in e.facts.issues)),
            key=cards.order,
        )
    )
    if not own:
        raise StoreError(f"no event has an issue {key!r}; the graph shows the issues that have one")
    term = next((term for term in ontology.issues() if term.id == key), None)
    told = next(t.name for e in own for t in e.facts.issues if cards.issue_key(t) == key)
    name = clean.plain(term.label if term else told)
    return Sheet(
        kind="issue",
        key=key,
        template="issue.html",
        title=name[:1].upper() + name[1:],
        sentence=_sentence(name, own, given),
        events=own,
        styles=(page.asset("strip.css"),),
        values={
            "definition": clean.plain(term.definition) if term else "",
            "parties": [_party(code, given) for code in term.parties] if term else [],
            "names": [clean.plain(n) for n in term.names] if term else [],
            "said": said(own, key, given),
            "bars": start.safe(bars(own, name)),
            "pairs": _pairs(own, given),
            "voices": _voices(own, key, given),
            "cards": given.cards(own),
            "sources": world.origins(own, given),
        },
        facts=_facts(term),
    )


def _facts(term: IssueTerm | None) -> Mapping[str, Any]:
    if term is None:
        return {"vocabulary": False}
    return {
        "vocabulary": True,
        "definition": term.definition,
        "names": list(term.names),
        "parties": list(term.parties),
    }


def _sentence(name: str, own: Sequence[Event], given: World) -> str:
    dated = [e for e in own if e.facts.when.start]
    pairs = start.pairs(own)
    told = f"{name[:1].upper() + name[1:]} was on the agenda of {wording.count(len(own), 'event')}"
    if pairs:
        (a, b), most = min(pairs.items(), key=lambda item: (-len(item[1]), item[0]))
        one, other = wording.state(a, given.names), wording.state(b, given.names)
        told += f", most often between {one} and {other} ({len(most)})"
    if dated:
        told += f"; last in {_month(dated[-1].facts.when)}"
    return f"{told}."


def _month(when: TimeSpan) -> str:
    return wording.span(TimeSpan(start=(when.start or "")[:7]))


def _party(code: str, given: World) -> cards.Part:
    return cards.Part(text=given.name(code), kind="state", key=code)


def said(own: Sequence[Event], key: str, given: World) -> list[tuple[str, str]]:
    """What the issue is called, and by the sources of which publisher or by whom."""
    found: dict[str, set[str]] = {}
    for report in _reports(own, given):
        for topic in report.facts.issues:
            if cards.issue_key(topic) == key:
                document = given.documents.get(report.source)
                who = report.attribution or (document.publisher if document else None) or "a source"
                found.setdefault(clean.plain(topic.name), set()).add(clean.plain(who))
    return [(name, wording.listing(sorted(who)[:6])) for name, who in sorted(found.items())]


def _reports(own: Sequence[Event], given: World) -> list[Any]:
    told = [given.reports[key] for event in own for key in event.reports if key in given.reports]
    return sorted(told, key=lambda report: (report.published or date.min, report.id), reverse=True)


def _pairs(own: Sequence[Event], given: World) -> Sequence[Mapping[str, Any]]:
    rows = sorted(start.pairs(own).items(), key=lambda item: (-len(item[1]), item[0]))
    return [
        {"label": f"{given.name(a)} – {given.name(b)}", "href": given.ways.pair(a, b),
         "count": wording.count(len(events), "event")}
        for (a, b), events in rows[: start.MOST]
    ]  # fmt: skip


def _voices(own: Sequence[Event], key: str, given: World) -> Sequence[Mapping[str, Any]]:
    """Who raises the issue: the words that name it, and the sentence they stand in."""
    found = []
    for report in _reports(own, given):
        if not any(cards.issue_key(topic) == key for topic in report.facts.issues):
            continue
        words = [clean.plain(e.quote) for e in report.evidence if e.field == "issues"]
        found.append({"quote": cards.quote(report, given.documents), "words": words[:3]})
    return found[:VOICES]


def bars(own: Sequence[Event], name: str) -> str:
    """How many events of each year have the issue, as columns."""
    counts: dict[int, int] = {}
    for event in own:
        if event.facts.when.start:
            year = event.facts.when.earliest_start().year
            counts[year] = counts.get(year, 0) + 1
    if not counts:
        return ""
    return columns(counts, f"Events on {name} by year")


def columns(counts: Mapping[int, int], title: str) -> str:
    """Counts by year as columns, one for every year from the first to the last."""
    first, last = min(counts), max(counts)
    years = range(first, last + 1)
    step = max(14.0, min(46.0, 720 / len(years)))
    width, most = step * len(years) + 8, max(counts.values())
    told = ", ".join(f"{year}: {counts[year]}" for year in sorted(counts))
    parts = [svg.element("title", svg.words(f"{title}; {told}"))]
    for n, year in enumerate(years):
        height = 64 * counts.get(year, 0) / most
        x = 4 + n * step
        if height:
            parts.append(svg.rect(x, 84 - height, step - 4, height, rx=2, class_="column"))
            parts.append(
                svg.text(
                    x + step / 2 - 2, 80 - height, str(counts[year]), class_="tick", text_anchor="middle"
                )
            )
        if step > 30 or year in (first, last) or year % 5 == 0:
            parts.append(svg.text(x + step / 2 - 2, 100, str(year), class_="tick", text_anchor="middle"))
    parts.append(svg.line(0, 84, width, 84, class_="lane"))
    return svg.element(
        "svg", *parts, xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {svg.number(width)} 106",
        width=width, height=106, role="img", aria_label=f"{title}; {told}", class_="strip",
    )  # fmt: skip
