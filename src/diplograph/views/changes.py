"""The page of changes: what the sources of some days added, grouped by pair, with what changed and why.

Takes a ``World`` and two days; gives a ``Sheet``. An event is new if nothing was published of it before; else
its status may have moved, its facts become disputed, or another report may only confirm it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from diplograph.analysis import wording
from diplograph.model import Event, Report, TimeSpan
from diplograph.views import cards, saying
from diplograph.views.cards import Quote
from diplograph.views.world import Sheet, World

DAYS: Final = 60
"""Days that the page looks back unless told since when."""
WHAT: Final[Mapping[str, str]] = {
    "new": "New",
    "moved": "Status moved",
    "disputed": "Disputed",
    "confirmed": "Told again",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What the reports of some days changed in an event."""

    event: Event
    what: str
    words: str
    quotes: tuple[Quote, ...]


def sheet(given: World, since: date | None = None, until: date | None = None) -> Sheet:
    """The page of changes: published after the one day and up to the other; by default two months."""
    last = until or given.as_of or date.max
    first = since or (last - timedelta(days=DAYS) if last != date.max else date.min)
    found = changes(given, first, last)
    groups: dict[tuple[str, str], list[Change]] = {}
    for change in found:
        codes = sorted(set(change.event.facts.states))
        groups.setdefault((codes[0], codes[1]) if len(codes) > 1 else (*codes, ""), []).append(change)  # type: ignore[arg-type]  # always two
    told = wording.listing(
        wording.count(sum(c.what == what for c in found), word)
        for what, word in (("new", "new event"), ("moved", "change of status"), ("disputed", "new dispute"))
    ).replace("change of statuss", "changes of status")
    span = (
        f"published after {_day(first)} and up to {_day(last)}"
        if last != date.max
        else "published at any time"
    )
    return Sheet(
        kind="changes",
        template="changes.html",
        title="Changes",
        sentence=f"{told[:1].upper()}{told[1:]}, in what was {span}.",
        events=tuple(change.event for change in found),
        values={
            "groups": [_group(pair, rows, given) for pair, rows in sorted(groups.items(), key=_size)],
            "since": first.isoformat(),
            "until": last.isoformat(),
            "command": f"diplograph timeline --since {first.isoformat()}",
        },
        facts={
            "since": first.isoformat(),
            "until": last.isoformat(),
            "changes": [{"event": c.event.id, "what": c.what, "words": c.words} for c in found],
        },
    )


def _size(item: tuple[tuple[str, str], list[Change]]) -> tuple[int, tuple[str, str]]:
    return -len(item[1]), item[0]


def _day(day: date) -> str:
    return wording.span(TimeSpan(start=day.isoformat()))


def _group(pair: tuple[str, str], rows: Sequence[Change], given: World) -> Mapping[str, Any]:
    a, b = pair
    return {
        "label": f"{given.name(a)} – {given.name(b)}" if b else given.name(a),
        "href": given.ways.pair(a, b) if b else given.ways.to("state", a),
        "rows": [
            {
                "what": WHAT[row.what],
                "kind": row.what,
                "heading": saying.headline(row.event, given.names),
                "when": wording.span(row.event.facts.when),
                "href": given.ways.to("event", row.event.id),
                "words": row.words,
                "quotes": row.quotes,
            }
            for row in rows
        ],
    }


def changes(given: World, since: date, until: date) -> list[Change]:
    """What the reports published after the one day and up to the other changed, the latest first."""
    found: list[tuple[date, Change]] = []
    for event in given.events:
        told = [given.reports[key] for key in event.reports if key in given.reports]
        fresh = [r for r in told if r.published and since < r.published <= until]
        before = [r for r in told if not r.published or r.published <= since]
        if fresh:
            fresh.sort(key=lambda report: (report.published or date.min, report.id))
            found.append((fresh[-1].published or date.min, _change(event, before, fresh, given)))
    found.sort(key=lambda item: (-item[0].toordinal(), item[1].event.id))
    return [change for _, change in found]


def _change(event: Event, before: Sequence[Report], fresh: Sequence[Report], given: World) -> Change:
    known = {report.id for report in before}
    new = {report.id for report in fresh}
    was = [step.status for step in event.history if step.report in known]
    now = [step.status for step in event.history if step.report in new]
    against = sorted({d.field for d in event.decisions if new & set(d.contradicting)})
    if not before:
        what, words = "new", "First told."
    elif was and now and was[-1] != now[-1]:
        what, words = "moved", f"It was {was[-1]} and is now {now[-1]}."
    elif against:
        what, words = "disputed", f"The new report differs on {wording.listing(against)}."
    else:
        what, words = "confirmed", f"{wording.count(len(fresh), 'more report')} of it."
    contrary = {report for d in event.decisions for report in d.contradicting}
    quotes = tuple(cards.quote(r, given.documents, contradicts=r.id in contrary) for r in fresh[:3])
    return Change(event=event, what=what, words=words, quotes=quotes)
