"""The verb ``reciprocity``: which visits were returned, how soon, and whether that is more than chance."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from diplograph.cli import narrowing, returned
from diplograph.cli.narrowing import (
    AnswersOption,
    BetweenOption,
    CountedOption,
    GatheringsOption,
    GuestOption,
    HostOption,
    InvolvingOption,
    KindOption,
    LevelOption,
    PlotOption,
    SchemeOption,
    SeedOption,
    SinceOption,
    UntilOption,
    WithoutOption,
)
from diplograph.cli.options import AsOfOption, FormatOption, StoreOption, chosen, day, graph
from diplograph.cli.output import Format, show, write
from diplograph.cli.returned import By

if TYPE_CHECKING:
    from diplograph.analysis.reciprocity import Return
    from diplograph.analysis.scope import Scope
    from diplograph.model import Event


class Against(StrEnum):
    """The null model."""

    YEAR = "year"
    CONFIGURATION = "configuration"
    REGION = "region"
    ORDER = "order"


WithinOption = Annotated[
    int, typer.Option("--within", metavar="DAYS", min=1, help="Days within which a return counts.")
]
ByOption = Annotated[
    By,
    typer.Option("--by", help="What a row is; response asks how two states answer one another by year."),
]
AgainstOption = Annotated[
    Against | None,
    typer.Option(
        "--against",
        help="Compare with chance, keeping what is named; with --by pair each pair.",
        show_default=False,
    ),
]
CodedOption = Annotated[
    bool,
    typer.Option("--as-coded", help="Tell partners apart as the imported table codes them, not as states."),
]
DrawsOption = Annotated[
    int, typer.Option("--draws", metavar="N", min=1, help="How many random arrangements.")
]


def run(
    within: WithinOption = 365,
    by: ByOption = By.VISIT,
    against: AgainstOption = None,
    draws: DrawsOption = 999,
    seed: SeedOption = 0,
    scheme: SchemeOption = "equal",
    between: BetweenOption = None,
    state: InvolvingOption = None,
    guest: GuestOption = None,
    host: HostOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    level: LevelOption = None,
    without: WithoutOption = None,
    kind: KindOption = None,
    answered_by: AnswersOption = None,
    status: CountedOption = None,
    gatherings: GatheringsOption = False,
    as_coded: CodedOption = False,
    plot: PlotOption = None,
    as_of: AsOfOption = None,
    store: StoreOption = None,
    form: FormatOption = None,
) -> None:
    """Show which visits were returned, and how soon.

    Guests, hosts and years choose the visits that are judged; the visits that answer them may lie outside.

    Example: diplograph reciprocity --within 180 --by pair --against order
    """
    from diplograph.analysis.journeys import EVERY_LEVEL

    _, wanted = chosen(form)
    ways = narrowing.scope(between=between, states=state, kinds=kind, statuses=status, without=without)
    judged = narrowing.scope(guests=guest, hosts=host, since=since, until=until)
    with graph(store) as kg:
        until_day = day(as_of, "--as-of") or kg.as_of()
        events = narrowing.narrowed(kg.facts(), ways).events
        names = kg.names
        codes = _codes(kg) if as_coded else None
    asked = _Asked(
        events=events, judged=judged, within=within, as_of=until_day, gatherings=bool(gatherings),
        level=narrowing.levels(level, EVERY_LEVEL), answered_by=answered_by, codes=codes,
        scheme=scheme, names=names, draws=draws, seed=seed,
    )  # fmt: skip
    found = asked.returns()
    table, columns = asked.table(by, found, against)
    figures = asked.figures(found, against if by is not By.PAIR else None)
    if wanted in {Format.JSON, Format.JSONL}:
        show([{**figures, "rows": table}], [], wanted)
    else:
        show(table, columns, wanted, empty="no visit found")
    if wanted is Format.TABLE and table:
        write(returned.told(figures, within) + narrowing.explained(returned.TOLD[by]))
    narrowing.plotted(plot, "How soon visits are returned", lambda: asked.draw(by, found))


class _Asked:
    """What was asked for, and the answers to it."""

    def __init__(self, **asked: Any) -> None:
        self.events: tuple[Event, ...] = asked["events"]
        self.judged: Scope = asked["judged"]
        self.within: int = asked["within"]
        self.asked = asked

    def returns(self) -> tuple[Return, ...]:
        """The visits judged; their returns may lie outside."""
        from diplograph.analysis import reciprocity
        from diplograph.analysis.journeys import EVERY_LEVEL

        answers = self.asked["answered_by"]
        inside = {
            (event.id, code)
            for event in narrowing.narrowed(self.events, self.judged).events
            for code in event.facts.guests or event.facts.states[:1]
        }
        every = reciprocity.returns(
            self.events,
            within=self.within,
            level=self.asked["level"],
            answered_by=narrowing.levels(answers, EVERY_LEVEL) if answers else None,
            multilateral=self.asked["gatherings"],
            as_of=self.asked["as_of"],
            codes=self.asked["codes"],
        )
        if self.asked["codes"] is not None:
            chosen = {event for event, _ in inside}
            return tuple(row for row in every if row.visit.event in chosen)
        return tuple(row for row in every if (row.visit.event, row.visit.guest) in inside)

    def table(
        self, by: By, found: tuple[Return, ...], against: Against | None
    ) -> tuple[list[Any], list[str]]:
        """The rows and their headings."""
        from diplograph import record
        from diplograph.analysis import flat, pairrates

        names = self.asked["names"]
        if by is By.VISIT:
            return list(record.of_returns(found, names)), returned.COLUMNS[by]
        if by is By.RESPONSE:
            return flat.rows(self._responses(found), names), returned.COLUMNS[by]
        if by is By.PAIR and against is not None:
            return flat.rows(self._tested(against), names), returned.TESTED
        groups = pairrates.grouped(found, pairrates.Group(by.value), scheme=self.asked["scheme"])
        return flat.rows(groups, names), returned.COLUMNS[by]

    def _responses(self, found: tuple[Return, ...]) -> tuple[Any, ...]:
        from diplograph.analysis import responses, series

        pairs = sorted({row.visit.dyad for row in found})
        if len(pairs) != 1:
            raise typer.BadParameter(
                f"responses are asked of one pair, and there are {len(pairs)}; name it with --between",
                param_hint="--by",
            )
        return responses.responses(series.series(self.events, *pairs[0]))

    def _tested(self, against: Against) -> tuple[Any, ...]:
        from diplograph.analysis import pairtests
        from diplograph.analysis.nulls import Model

        return pairtests.pairs(
            narrowing.narrowed(self.events, self.judged).events,
            model=Model(against.value),
            within=self.within,
            draws=self.asked["draws"],
            seed=self.asked["seed"],
            level=self.asked["level"],
            multilateral=self.asked["gatherings"],
            as_of=self.asked["as_of"],
        )

    def figures(self, found: tuple[Return, ...], against: Against | None) -> dict[str, Any]:
        """The sums over all visits judged."""
        from diplograph.analysis import reciprocity, significance
        from diplograph.analysis.nulls import Model

        rate = reciprocity.rate(found)
        visits = [row.visit for row in found]
        minmax, weighted = reciprocity.from_weights(reciprocity.weights(visits, self.asked["scheme"]))
        ways = {(visit.guest, visit.host) for visit in visits}
        figures: dict[str, Any] = {
            "visits": len(found),
            "returned": rate.returned,
            "perhaps": rate.perhaps,
            "at_risk": rate.at_risk,
            "open": rate.open,
            "partners": len({visit.dyad for visit in visits}),
            "both_ways": sum((b, a) in ways for a, b in ways) // 2,
            "minmax": minmax,
            "reciprocity": weighted,
        }
        if against is not None:
            verdict = significance.against_chance(
                narrowing.narrowed(self.events, self.judged).events,
                measure="returned",
                model=Model(against.value),
                within=self.within,
                draws=self.asked["draws"],
                seed=self.asked["seed"],
                level=self.asked["level"],
                multilateral=self.asked["gatherings"],
                as_of=self.asked["as_of"],
            )
            figures["chance"] = returned.verdict(verdict) if verdict else None
        return figures

    def draw(self, by: By, found: tuple[Return, ...]) -> Any:
        """The chart: shares by day, or visits both ways by pair."""
        from diplograph.analysis import balance, plots

        if by is By.PAIR:
            return plots.balances(balance.balances(self.events), self.asked["names"])
        return plots.returns(found, self.within)


def _codes(kg: Any) -> dict[str, tuple[str, str]]:
    """For each imported event the codes of guest and host, from the columnar twin."""
    query = "SELECT event, guest_code, host_code FROM events WHERE guest_code IS NOT NULL"
    rows = kg.store.columns.open().sql(query).fetchall()
    return {event: (guest, host) for event, guest, host in rows if guest and host}
