"""The verb ``shuttle``: the legs of two states' shuttle diplomacy, and whose turn it is; or all shuttles."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from diplograph.cli import narrowing
from diplograph.cli.brief import shortened
from diplograph.cli.narrowing import (
    GatheringsOption,
    LevelOption,
    PlotOption,
    SinceOption,
    UntilOption,
)
from diplograph.cli.options import (
    AsOfOption,
    FormatOption,
    PairArgument,
    StoreOption,
    WindowOption,
    chosen,
    day,
    graph,
)
from diplograph.cli.output import Format, paragraph, show, write

BesideOption = Annotated[
    bool, typer.Option("--beside", help="List the visits that are no legs, too: single, planned, cancelled.")
]
BreaksOption = Annotated[
    bool, typer.Option("--breaks", help="Show when the shuttle broke, who broke it, when it was resumed.")
]
MediatorOption = Annotated[
    str | None,
    typer.Option(
        "--mediator",
        metavar="STATE",
        help="Tours of a mediator between capitals instead.",
        show_default=False,
    ),
]
StepOption = Annotated[
    int, typer.Option("--step", metavar="DAYS", min=1, help="Days that a mediator's step may take.")
]

LEGS = ["shuttle", "leg", "guest", "host", "when", "place", "days", "event"]
BESIDE = ["kind", "guest", "host", "when", "place", "status", "event"]
ALL = ["states", "legs", "first", "last", "turn_arounds", "certain", "ending", "broken_by"]
BREAKS = ["by", "how", "last_when", "resumed_when", "pause"]
TOURS = ["mediator", "poles", "legs", "first", "last", "travellers", "certain"]


def run(
    states: PairArgument = None,
    window: WindowOption = 365,
    beside: BesideOption = False,
    breaks: BreaksOption = False,
    mediator: MediatorOption = None,
    step: StepOption = 14,
    since: SinceOption = None,
    until: UntilOption = None,
    level: LevelOption = None,
    gatherings: GatheringsOption = False,
    plot: PlotOption = None,
    as_of: AsOfOption = None,
    store: StoreOption = None,
    form: FormatOption = None,
) -> None:
    """Show the legs between two states, and whose turn it is.

    A leg is a visit of one state's leader to the other; meetings elsewhere are contact, not legs.

    Example: diplograph shuttle Korea Japan --as-of 2026-01-09
    """
    from diplograph.analysis.journeys import EVERY_LEVEL
    from diplograph.analysis.levels import SUMMIT

    _, wanted = chosen(form)
    pair = narrowing.pair(states) if states else None
    if states and mediator is not None:
        raise typer.BadParameter("a mediator's tours are looked for among all states; name none beside it")
    asked = narrowing.scope(since=since, until=until)
    counts: dict[str, Any] = {"as_of": day(as_of, "--as-of")}
    with graph(store) as kg:
        names = kg.names
        if pair:
            events = narrowing.narrowed(kg.facts(*pair), asked).events
            counts["as_of"] = counts["as_of"] or kg.as_of()
        else:
            visits = narrowing.visits(kg, asked)
    if mediator is not None:
        _mediator(
            visits, mediator, names, wanted, window=step, level=narrowing.levels(level, EVERY_LEVEL), **counts
        )
        return
    counts |= {"level": narrowing.levels(level, SUMMIT), "multilateral": bool(gatherings)}
    if pair:
        _pair(events, pair, names, wanted, window, counts, beside=beside, breaks=breaks, plot=plot)
    else:
        _every(visits, names, wanted, window=window, **counts)


def _pair(
    events: Any,
    states: tuple[str, str],
    names: dict[str, str],
    wanted: Format,
    window: int,
    counts: dict[str, Any],
    *,
    beside: bool,
    breaks: bool,
    plot: Any,
) -> None:
    """The legs of one pair."""
    from diplograph import record
    from diplograph.analysis import flat, plots, rhythm, shuttle

    exchange = shuttle.exchange(events, *states, window=window, **counts)
    turn = shuttle.whose_turn(events, *states, names=names, **counts)
    legs, others = record.of_legs(exchange.shuttles, names), record.beside(exchange, names)
    pauses = flat.rows(rhythm.rhythm(exchange).breaks, names)
    narrowing.plotted(plot, "Shuttle diplomacy", lambda: plots.exchange(exchange, names))
    if wanted in {Format.JSON, Format.JSONL}:
        told = {"turn": turn.turn, "sentence": turn.sentence, "events": turn.events}
        regular = flat.rows(rhythm.rhythm(exchange).shuttles, names)
        parts = {"legs": list(legs), "beside": list(others), "breaks": pauses, "regularity": regular}
        show([{**told, **parts}], [], wanted)
        return
    if wanted is Format.TABLE:
        write(paragraph(turn.sentence) + "\n\n")
    if breaks:
        show(pauses, BREAKS, wanted, empty="no break found")
        _explain(pauses, wanted, "by: the state whose turn it was; late: it stayed out beyond the window; "
                 "repeated: the other travelled again first.")  # fmt: skip
        return
    show(shortened(legs, wanted), LEGS, wanted, empty="no shuttle found")
    if wanted is Format.TABLE and beside and others:
        write("\n")
        show(shortened(others, wanted), BESIDE, wanted)


def _every(visits: Any, names: dict[str, str], wanted: Format, **counts: Any) -> None:
    """The shuttles of all pairs."""
    from diplograph.analysis import shuttle

    table = [
        {
            "states": [names.get(code, code) for code in one.states],
            "legs": len(one.legs),
            "first": one.legs[0].when.edtf,
            "last": one.legs[-1].when.edtf,
            "turn_arounds": [str(days) for days in one.turn_arounds],
            "certain": one.certain,
            "ending": one.ending.value,
            "broken_by": names.get(one.broken_by, one.broken_by) if one.broken_by else None,
            "events": list(one.events),
        }
        for one in shuttle.shuttles(visits, **counts)
    ]
    table.sort(key=lambda row: -int(str(row["legs"])))
    show(table, ALL, wanted, empty="no shuttle found")
    _explain(table, wanted, "Runs of visits in which guest and host change places within the window, the "
             "longest first; certain: the dates settle it; ending: open, late or repeated.")  # fmt: skip


def _mediator(visits: Any, mediator: str, names: dict[str, str], wanted: Format, **counts: Any) -> None:
    """The tours of a mediator."""
    from diplograph import record
    from diplograph.analysis import mediation

    code = record.state_code(mediator)
    table = [
        {
            "mediator": names.get(one.mediator, one.mediator),
            "poles": [names.get(pole, pole) for pole in one.poles],
            "legs": one.legs_at_least,
            "first": one.legs[0].when.edtf,
            "last": one.legs[-1].when.edtf,
            "travellers": list(one.travellers),
            "certain": one.certain,
            "events": list(one.events),
        }
        for one in mediation.mediations(visits, **counts)
        if one.mediator == code
    ]
    show(table, TOURS, wanted, empty="no tour found that goes back and forth")
    _explain(
        table,
        wanted,
        "Tours in which two capitals at least were visited twice; legs: visits to these "
        "at least, stays that overlap counted as going to and fro.",
    )


def _explain(rows: Any, wanted: Format, text: str) -> None:
    if rows and wanted is Format.TABLE:
        write(narrowing.explained(text))
