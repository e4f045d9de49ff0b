"""The verb ``reciprocity``: which visits were returned, how soon, and whether that is more than chance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
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
    from diplograph.analysis.columns import Visits
    from diplograph.analysis.levels import Level
    from diplograph.analysis.reciprocity import Returns
    from diplograph.analysis.scope import Chosen, Scope
    from diplograph.kg import KnowledgeGraph


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
        visits = narrowing.visits(kg, ways)
        asked = _Asked(
            kg=kg, visits=visits, ways=ways, judged=judged, inside=narrowing.told(judged.choose(visits)),
            within=within,
            as_of=day(as_of, "--as-of") or kg.as_of(), gatherings=bool(gatherings),
            level=narrowing.levels(level, EVERY_LEVEL), answered_by=answered_by,
            codes=_codes(kg) if as_coded else None, scheme=scheme, draws=draws, seed=seed,
            ids=wanted in {Format.JSON, Format.JSONL},
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What was asked for, and the answers to it."""

    kg: KnowledgeGraph
    visits: Visits
    ways: Scope
    judged: Scope
    inside: Chosen
    within: int
    as_of: date | None
    gatherings: bool
    level: frozenset[Level]
    answered_by: str | None
    codes: dict[str, tuple[str, str]] | None
    scheme: str
    draws: int
    seed: int
    ids: bool

    def returns(self) -> Returns:
        """The visits judged; their returns may lie outside."""
        from diplograph.analysis import reciprocity
        from diplograph.analysis.journeys import EVERY_LEVEL

        every = reciprocity.returns(
            self.visits,
            within=self.within,
            level=self.level,
            answered_by=narrowing.levels(self.answered_by, EVERY_LEVEL) if self.answered_by else None,
            multilateral=self.gatherings,
            as_of=self.as_of,
            codes=self.codes,
        )
        if self.codes is None:
            return every.where(self.judged.choose(every.judged).kept)
        return every.of(set(self.inside.visits.events))

    def table(self, by: By, found: Returns, against: Against | None) -> tuple[list[Any], list[str]]:
        """The rows and their headings."""
        from diplograph import record
        from diplograph.analysis import flat, pairrates

        names = self.kg.names
        if by is By.VISIT:
            return list(record.of_returns(found, names)), returned.COLUMNS[by]
        if by is By.RESPONSE:
            return flat.rows(self._responses(found), names), returned.COLUMNS[by]
        if by is By.PAIR and against is not None:
            return flat.rows(self._tested(against), names), returned.TESTED
        groups = pairrates.grouped(found, pairrates.Group(by.value), scheme=self.scheme)
        return flat.rows(groups, names, ids=self.ids), returned.COLUMNS[by]

    def _responses(self, found: Returns) -> tuple[Any, ...]:
        from diplograph.analysis import responses, series

        pairs = found.judged.pairs
        if len(pairs) != 1:
            raise typer.BadParameter(
                f"responses are asked of one pair, and there are {len(pairs)}; name it with --between",
                param_hint="--by",
            )
        events = self.ways.counting(self.kg.facts(*pairs[0])).events
        return responses.responses(series.series(events, *pairs[0]))

    def _tested(self, against: Against) -> tuple[Any, ...]:
        from diplograph.analysis import pairtests

        return pairtests.pairs(self.inside.visits, **self._chance(against))

    def figures(self, found: Returns, against: Against | None) -> dict[str, Any]:
        """The sums over all visits judged."""
        from diplograph.analysis import significance

        figures = returned.figures(found, self.scheme)
        if against is not None:
            verdict = significance.against_chance(
                self.inside.visits, measure="returned", **self._chance(against)
            )
            figures["chance"] = returned.verdict(verdict) if verdict else None
        return figures

    def _chance(self, against: Against) -> dict[str, Any]:
        from diplograph.analysis.nulls import Model

        asked = {"within": self.within, "draws": self.draws, "seed": self.seed, "level": self.level}
        return {"model": Model(against.value), "multilateral": self.gatherings, "as_of": self.as_of, **asked}

    def draw(self, by: By, found: Returns) -> Any:
        """The chart: shares by day, or visits both ways by pair."""
        from diplograph.analysis import balance, plots

        if by is By.PAIR:
            return plots.balances(balance.balances(found.judged), self.kg.names)
        return plots.returns(found, self.within)


def _codes(kg: Any) -> dict[str, tuple[str, str]]:
    """For each imported event the codes of guest and host, from the columnar twin."""
    query = "SELECT event, guest_code, host_code FROM events WHERE guest_code IS NOT NULL"
    rows = kg.store.columns.open().sql(query).fetchall()
    return {event: (guest, host) for event, guest, host in rows if guest and host}
