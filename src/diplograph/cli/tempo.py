"""The verb ``tempo``: gaps between visits, breaks, hazard, bursts, seasons and changes of leader."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

import typer

from diplograph.cli import narrowing
from diplograph.cli.narrowing import (
    CountedOption,
    GatheringsOption,
    LevelOption,
    PlotOption,
    SinceOption,
    UntilOption,
)
from diplograph.cli.options import (
    AsOfOption,
    FormatOption,
    OtherArgument,
    StateArgument,
    StoreOption,
    chosen,
    day,
    graph,
)
from diplograph.cli.output import Format, show, write


class By(StrEnum):
    """What is shown."""

    GAP = "gap"
    HAZARD = "hazard"
    BURST = "burst"
    SEASON = "season"
    LEADER = "leader"
    FIRST_TRIP = "first-trip"


ByOption = Annotated[
    By,
    typer.Option(
        "--by",
        help="gap: time between visits; hazard: when the next comes; burst: dense times; season: months of "
        "the year; leader: before and after changes; first-trip: where new leaders go first.",
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    events: Sequence[Any]
    a: str
    b: str
    as_of: date | None
    counts: dict[str, Any]
    names: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """Rows and headings, what they mean, and how they are drawn."""

    rows: list[Any]
    headings: list[str]
    told: str
    draw: Callable[[], Any]


def run(
    a: StateArgument,
    b: OtherArgument,
    by: ByOption = By.GAP,
    since: SinceOption = None,
    until: UntilOption = None,
    level: LevelOption = None,
    status: CountedOption = None,
    gatherings: GatheringsOption = False,
    plot: PlotOption = None,
    as_of: AsOfOption = None,
    store: StoreOption = None,
    form: FormatOption = None,
) -> None:
    """Show the gaps between visits, and the breaks.

    Example: diplograph tempo Korea Japan --by season
    """
    from diplograph.analysis.levels import SUMMIT

    _, wanted = chosen(form)
    pair = narrowing.pair((a, b))
    asked = narrowing.scope(since=since, until=until, statuses=status)
    with graph(store) as kg:
        pairs = [(a,), (b,)] if by is By.FIRST_TRIP else [(a, b)]
        every = {event.id: event for states in pairs for event in kg.facts(*states)}
        events = narrowing.narrowed(every.values(), asked).events
        until_day = day(as_of, "--as-of") or kg.as_of()
        names = kg.names
    counts = {"level": narrowing.levels(level, SUMMIT), "multilateral": bool(gatherings)}
    found = _ANSWERS[by](
        _Asked(events=events, a=pair[0], b=pair[1], as_of=until_day, counts=counts, names=names)
    )
    show(
        found.rows,
        found.headings,
        wanted,
        empty="fewer than two dated visits" if by is By.GAP else "nothing found",
    )
    if wanted is Format.TABLE and found.rows:
        write(narrowing.explained(found.told))
    narrowing.plotted(plot, f"{names.get(pair[0], pair[0])} and {names.get(pair[1], pair[1])}", found.draw)


def _gaps(asked: _Asked) -> _Answer:
    from diplograph import record
    from diplograph.analysis import hazard, plots, tempo

    found = tempo.tempo(asked.events, asked.a, asked.b, as_of=asked.as_of, **asked.counts)
    usual = "" if found.usual is None else f" The usual gap is {found.usual:.0f} days."
    return _Answer(
        rows=list(record.of_gaps(found)),
        headings=["from", "to", "days", "broken"],
        told=f"A break surely exceeds a year and twice the median gap; the last gap is still open.{usual}",
        draw=lambda: plots.survival(hazard.bounds(found.gaps)),
    )


def _hazard(asked: _Asked) -> _Answer:
    from diplograph.analysis import flat, hazard, plots, tempo

    found = hazard.bounds(tempo.tempo(asked.events, asked.a, asked.b, as_of=asked.as_of, **asked.counts).gaps)
    rows = [
        {"gaps": name, **row}
        for name, curve in (("shortest", found.shortest), ("longest", found.longest))
        for row in flat.rows(curve.steps, asked.names)
    ]
    return _Answer(
        rows=rows,
        headings=["gaps", "days", "at_risk", "visits", "survival", "error", "hazard"],
        told="survival: the probability that no visit has come by then (Kaplan and Meier), hazard: its "
        f"cumulative hazard (Nelson and Aalen); {found.shortest.open} of {found.shortest.gaps} gaps are "
        "still open and count as censored; shortest and longest bound the curve where dates are coarse.",
        draw=lambda: plots.survival(found),
    )


def _visits(asked: _Asked) -> Any:
    from diplograph.analysis import journeys

    held = journeys.journeys(asked.events, as_of=asked.as_of, **asked.counts)
    return journeys.sequence(journeys.between_states(held, asked.a, asked.b))


def _bursts(asked: _Asked) -> _Answer:
    from diplograph.analysis import bursts, plots, shuttle

    found = bursts.bursts(_visits(asked))
    told = [
        f"{name} {value:.2f}"
        for name, value in (("B", found.burstiness), ("M", found.memory))
        if value is not None
    ]
    rows = [
        {
            "from": one.visits[0].when.edtf,
            "to": one.visits[-1].when.edtf,
            "visits": len(one.visits),
            "usual": round(one.usual, 2),
            "events": list(one.events),
        }
        for one in found.bursts
    ]
    exchange = shuttle.exchange(asked.events, asked.a, asked.b, as_of=asked.as_of, **asked.counts)
    return _Answer(
        rows=rows,
        headings=["from", "to", "visits", "usual"],
        told="Times of denser visits (Kleinberg 2003), with how many a usual time of that length has. "
        f"Burstiness and memory of all gaps: {', '.join(told) or 'too few to tell'} "
        "(−1 a clock, 0 chance, 1 bursts).",
        draw=lambda: plots.exchange(exchange, asked.names),
    )


def _seasons(asked: _Asked) -> _Answer:
    from diplograph.analysis import flat, plots, seasons

    found = seasons.seasons(_visits(asked))
    test = f"R = {found.concentration or 0:.2f}, p = {1 if found.p is None else found.p:.3f}"
    rows = flat.rows(found.months, asked.names) if found.p is not None else []
    return _Answer(
        rows=rows,
        headings=["month", "sure", "at_most", "expected"],
        told="Visits that surely began in each month, that can have, and what equal traffic would give. "
        f"Rayleigh's test of one season: {test}.",
        draw=lambda: plots.seasons(found),
    )


def _leaders(asked: _Asked) -> _Answer:
    from diplograph.analysis import flat, leaders, plots, shuttle

    found = leaders.effect(asked.events, asked.a, asked.b, _leading(asked), as_of=asked.as_of, **asked.counts)
    ratio = "" if found.ratio is None else f", ratio {found.ratio:.2f}"
    rows = [flat.counted(row, "before", "after", "unsure") for row in flat.rows(found.changes, asked.names)]
    exchange = shuttle.exchange(asked.events, asked.a, asked.b, as_of=asked.as_of, **asked.counts)
    return _Answer(
        rows=rows,
        headings=["state", "day", "name", "before", "after", "unsure", "whole", "p"],
        told="Visits in the year before and after each change of leader; whole: both years are known. "
        f"Over whole ones: {found.before} before, {found.after} after{ratio}, p = {found.p:.3f}.",
        draw=lambda: plots.exchange(exchange, asked.names),
    )


def _leading(asked: _Asked) -> Sequence[Any]:
    """The tenures of both states' leaders."""
    from diplograph.analysis import leaders
    from diplograph.knowledge import gazetteer

    known = gazetteer.load()
    own = [t for t in known.tenures.values() if t.state in (asked.a, asked.b)]
    return leaders.leading(own, known.states)


def _first_trips(asked: _Asked) -> _Answer:
    from diplograph.analysis import flat, leaders, plots, shuttle

    own = _leading(asked)
    found = leaders.first_trips(asked.events, own, as_of=asked.as_of)
    exchange = shuttle.exchange(asked.events, asked.a, asked.b, as_of=asked.as_of, **asked.counts)
    return _Answer(
        rows=flat.rows(found, asked.names),
        headings=["name", "visit", "visit_when", "since"],
        told="The first visit abroad of each leader in office that the graph tells of, and the days from "
        "taking office.",
        draw=lambda: plots.exchange(exchange, asked.names),
    )


_ANSWERS: dict[By, Callable[[_Asked], _Answer]] = {
    By.GAP: _gaps,
    By.HAZARD: _hazard,
    By.BURST: _bursts,
    By.SEASON: _seasons,
    By.LEADER: _leaders,
    By.FIRST_TRIP: _first_trips,
}
