"""The verb ``timeline``: events in order of time, or a pair's series, issues, and what precedes breaks."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import typer

from diplograph.cli import narrowing, words
from diplograph.cli.brief import EVENT, shortened
from diplograph.cli.narrowing import KindOption, PlotOption, SinceOption, StatusOption, UntilOption
from diplograph.cli.options import FormatOption, StoreOption, chosen, graph
from diplograph.cli.output import Format, say, show, write

StatesArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="STATE",
        help="Only events that involve all of these states.",
        show_default=False,
        autocompletion=words.states,
    ),
]


class By(StrEnum):
    """What a row is."""

    EVENT = "event"
    YEAR = "year"
    MONTH = "month"
    ISSUE = "issue"
    OMEN = "omen"


ByOption = Annotated[
    By,
    typer.Option(
        "--by",
        help="event; of two states: year or month (how many of what), issue (which rise and fall), omen "
        "(what precedes a break).",
    ),
]
SERIES = ["period", "a_to_b", "b_to_a", "contacts", "tensions", "a_score", "b_score"]
HEADINGS = {
    By.YEAR: SERIES,
    By.MONTH: SERIES,
    By.ISSUE: ["name", "periods", "counts", "tau", "p"],
    By.OMEN: ["what", "breaks", "all_breaks", "others", "all_others", "lift", "p"],
}
COUNTED = (
    "a, b: the two states in the order asked; visits, other contacts and tensions that surely began in the "
    "period, or as bounds; scores: Goldstein sums of what each did to the other."
)
TOLD = {
    By.YEAR: COUNTED,
    By.MONTH: COUNTED,
    By.ISSUE: "counts: events that name the issue, by period; tau: Kendall's, of its share over time, above "
    "0 if it rises; p of Mann and Kendall, corrected for the number of issues.",
    By.OMEN: "In how many of the half-years before breaks, and before other visits, each occurred; p: "
    "Fisher's exact test, one-sided.",
}


def run(
    states: StatesArgument = None,
    by: ByOption = By.EVENT,
    since: SinceOption = None,
    until: UntilOption = None,
    kind: KindOption = None,
    status: StatusOption = None,
    plot: PlotOption = None,
    store: StoreOption = None,
    form: FormatOption = None,
) -> None:
    """List events in order of time, with quotes.

    Example: diplograph timeline Korea Japan --by year
    """
    from diplograph import record
    from diplograph.analysis import flat, plots

    _, wanted = chosen(form)
    if (by is not By.EVENT or plot) and len(states or []) != 2:
        raise typer.BadParameter(f"a series is of two states, and {len(states or [])} were named")
    asked = narrowing.scope(since=since, until=until, kinds=kind, statuses=status)
    with graph(store) as kg:
        found = asked.narrow(kg.facts(*(states or [])))
        events = found.events
        names, known_to = kg.names, kg.as_of()
        told = record.evidence(kg.store) if by is By.EVENT else None
    if found.remark:
        say(found.remark)
    if told is not None:
        table = record.of_events(events, *told, names)
        columns = EVENT if wanted is Format.TABLE else table.headings
        show(shortened(table, wanted), columns, wanted, empty="no event found")
    pair = [record.state_code(word) for word in states or []]
    if by is not By.EVENT:
        rows = flat.rows(_rows(by, events, pair, known_to), names)
        show(rows, HEADINGS[by], wanted, empty="nothing found")
        if wanted is Format.TABLE and rows:
            write(narrowing.explained(TOLD[by]))
    narrowing.plotted(plot, "Events by period", lambda: plots.series(_series(by, events, pair), names))


def _series(by: By, events: Any, pair: list[str]) -> Any:
    from diplograph.analysis import series, spans

    return series.series(events, *pair, unit=spans.Unit.MONTH if by is By.MONTH else spans.Unit.YEAR)


def _rows(by: By, events: Any, pair: list[str], as_of: Any) -> Any:
    from diplograph.analysis import agenda

    if by is By.ISSUE:
        return agenda.trends(events, *pair)
    if by is By.OMEN:
        return agenda.omens(events, *pair, as_of=as_of)
    return _series(by, events, pair).points
