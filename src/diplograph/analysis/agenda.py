"""Tells which issues rise and fall on a pair's agenda, and what precedes a break.

*Rise and fall*: for each issue, the held events of the pair that name it, period by period, and its share of
all that name any. The trend is Kendall's S of the share over the periods, with the normal approximation
corrected for ties (Mann 1945, Econometrica 13:245; Kendall 1975), two-sided; p values are corrected for the
number of issues (Benjamini and Hochberg 1995). Periods without any issue are left out, for a share of nothing
is none. An event that can belong to several periods counts for none, and is named in ``unsure``.

*Before a break*: for each type of event and each issue, how often it occurred in the ``days`` before a break
of the exchange began (``tempo``), and how often in equal windows before visits that no break followed; the
lift is the ratio of the two shares of windows, p that of Fisher's exact test, one-sided.
A break begins with the last visit before it, so that what comes *after* that visit and may have caused the
break is asked for with ``after=True``, which looks at the days following the visit instead.

Preconditions: dated events; without a break, or without a visit that none followed, nothing is compared.
Takes events and two states; gives rows with event ids.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from diplograph.analysis import spans, tempo
from diplograph.analysis.journeys import Journey
from diplograph.analysis.multiple import corrected
from diplograph.analysis.spans import Unit
from diplograph.model import Event, EventType, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """An issue on a pair's agenda.

    Attributes:
        issue: Its id, or its name where it has none.
        name: What it is called.
        periods: The periods with any issue, in order.
        counts: Events that name it, by period.
        shares: Its share of mentions, by period.
        tau: Kendall's tau of the share over time, −1 to 1; None with fewer than three periods.
        p: Two-sided, corrected; None with fewer than three periods.
        events: Event ids.
        unsure: Event ids that belong to no single period.
    """

    issue: str
    name: str
    periods: tuple[str, ...]
    counts: tuple[int, ...]
    shares: tuple[float, ...]
    tau: float | None
    p: float | None
    events: tuple[str, ...]
    unsure: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Omen:
    """What came before breaks more or less often than before other visits.

    Attributes:
        what: ``tension``, ``issue: …``, or another type of event.
        breaks: In how many of the windows before breaks it occurred.
        all_breaks: How many such windows there are.
        others: In how many of the other windows it occurred.
        all_others: How many of these there are.
        lift: Ratio of the two shares; None if it occurred in no other window.
        p: One-sided p of Fisher's test that it is more frequent before breaks.
        events: Event ids that occurred before breaks.
    """

    what: str
    breaks: int
    all_breaks: int
    others: int
    all_others: int
    lift: float | None
    p: float
    events: tuple[str, ...]


def trends(
    events: Iterable[Event], a: str, b: str, *, unit: Unit = Unit.YEAR, at_least: int = 2
) -> tuple[Trend, ...]:
    """The issues of a pair, those that changed most surely first.

    Args:
        events: Events of any kind and any states.
        a: Code of one state.
        b: Code of the other.
        unit: Years or months.
        at_least: Issues named by fewer events are left out.
    """
    named: dict[str, list[Event]] = {}
    names: dict[str, str] = {}
    for event in _shared(events, a, b):
        for topic in event.facts.issues:
            names.setdefault(topic.id or topic.name, topic.name)
            named.setdefault(topic.id or topic.name, []).append(event)
    placed = {key: [(e, _period(e, unit)) for e in own] for key, own in named.items()}
    totals: dict[int, int] = {}
    for own in placed.values():
        for _, period in own:
            if period is not None:
                totals[period] = totals.get(period, 0) + 1
    rows = [
        _trend(key, names[key], own, totals, unit)
        for key, own in sorted(placed.items())
        if len(own) >= at_least
    ]
    tested = [row for row in rows if row.p is not None]
    values = iter(corrected([row.p for row in tested if row.p is not None]))
    rows = [replace(row, p=next(values)) if row.p is not None else row for row in rows]
    return tuple(sorted(rows, key=lambda row: (2 if row.p is None else row.p, -len(row.events), row.issue)))


def _shared(events: Iterable[Event], a: str, b: str) -> list[Event]:
    held = (e for e in events if e.facts.status is Status.HELD and {a, b} <= set(e.facts.states))
    return sorted(held, key=lambda event: event.id)


def _period(event: Event, unit: Unit) -> int | None:
    found = spans.bounds(event.facts.when, unit)
    return found[0] if found and found[0] == found[1] else None


def _trend(
    key: str, name: str, own: Sequence[tuple[Event, int | None]], totals: dict[int, int], unit: Unit
) -> Trend:
    periods = sorted(totals)
    counts = [sum(period == each for _, period in own) for each in periods]
    shares = [count / totals[each] for count, each in zip(counts, periods, strict=True)]
    tau, p = kendall(shares)
    return Trend(
        issue=key,
        name=name,
        periods=tuple(spans.name(each, unit) for each in periods),
        counts=tuple(counts),
        shares=tuple(shares),
        tau=tau,
        p=p,
        events=tuple(event.id for event, period in own if period is not None),
        unsure=tuple(event.id for event, period in own if period is None),
    )


def kendall(values: Sequence[float]) -> tuple[float | None, float | None]:
    """Kendall's tau-b of values over their order, and the two-sided p of the Mann–Kendall test."""
    n = len(values)
    if n < 3:
        return None, None
    score = sum(_sign(values[j] - values[i]) for i in range(n) for j in range(i + 1, n))
    groups = [values.count(value) for value in set(values)]
    tied = sum(g * (g - 1) / 2 for g in groups)
    pairs = n * (n - 1) / 2
    variance = (n * (n - 1) * (2 * n + 5) - sum(g * (g - 1) * (2 * g + 5) for g in groups)) / 18
    if variance <= 0 or pairs == tied:
        return 0.0, 1.0
    z = (score - _sign(score)) / math.sqrt(variance)
    return score / math.sqrt(pairs * (pairs - tied)), math.erfc(abs(z) / math.sqrt(2))


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)


def omens(
    events: Iterable[Event],
    a: str,
    b: str,
    *,
    days: int = 180,
    after: bool = False,
    as_of: date | None = None,
    factor: float = tempo.FACTOR,
    at_least: int = tempo.SHORTEST_BREAK,
) -> tuple[Omen, ...]:
    """What precedes the breaks of a pair's exchange, the least likely by chance first.

    Args:
        events: Events of any kind and any states.
        a: Code of one state.
        b: Code of the other.
        days: How long the windows are.
        after: Whether to look at the days after the last visit instead of those before it.
        as_of: The day up to which an open gap is counted.
        factor: How many usual gaps make a break.
        at_least: Days below which no gap is a break.
    """
    given = list(events)
    found = tempo.tempo(given, a, b, as_of=as_of, factor=factor, at_least=at_least)
    if not found.breaks or len(found.breaks) == len(found.gaps):
        return ()
    shared = [e for e in _shared(given, a, b) if e.facts.when.start]
    windows = [(gap.broken, _within(shared, gap.before, days, after=after)) for gap in found.gaps]
    kinds = sorted({what for _, inside in windows for event in inside for what in _whats(event)})
    rows = [_omen(what, windows) for what in kinds]
    return tuple(sorted(rows, key=lambda row: (row.p, -row.breaks, row.what)))


def _within(shared: Iterable[Event], visit: Journey, days: int, *, after: bool) -> list[Event]:
    """Events that surely fell into the window before or after a visit; the visit itself is not one."""
    first, last = visit.when.earliest_start(), visit.when.latest_start()
    low = last + timedelta(days=1) if after else last - timedelta(days=days)
    high = first + timedelta(days=days) if after else first - timedelta(days=1)
    return [
        event
        for event in shared
        if event.id != visit.event
        and event.part_of != visit.event
        and low <= event.facts.when.earliest_start()
        and event.facts.when.latest_start() <= high
    ]


def _whats(event: Event) -> set[str]:
    kinds = {f"issue: {topic.name}" for topic in event.facts.issues}
    return kinds if event.facts.type is EventType.VISIT else kinds | {str(event.facts.type)}


def _omen(what: str, windows: Sequence[tuple[bool, list[Event]]]) -> Omen:
    hit = [(broken, any(what in _whats(event) for event in inside)) for broken, inside in windows]
    breaks, others = (sum(had for broken, had in hit if broken is side) for side in (True, False))
    all_breaks = sum(broken for broken, _ in hit)
    all_others = len(hit) - all_breaks
    share = others / all_others
    before = (e.id for broken, inside in windows if broken for e in inside if what in _whats(e))
    return Omen(
        what=what,
        breaks=breaks,
        all_breaks=all_breaks,
        others=others,
        all_others=all_others,
        lift=breaks / all_breaks / share if share else None,
        p=fisher(breaks, all_breaks, others, all_others),
        events=tuple(dict.fromkeys(before)),
    )


def fisher(hits: int, trials: int, other_hits: int, other_trials: int) -> float:
    """One-sided p that the first share is so much larger, given the sums (hypergeometric)."""
    every, marked = trials + other_trials, hits + other_hits
    ways = (
        math.comb(marked, k) * math.comb(every - marked, trials - k)
        for k in range(hits, min(trials, marked) + 1)
    )
    return sum(ways) / math.comb(every, trials)
