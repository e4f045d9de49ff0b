"""The verb ``review``: what a person should look at, and what persons decided."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from diplograph.cli.options import FormatOption, StoreOption, chosen, day, graph
from diplograph.cli.output import Row, say, show

if TYPE_CHECKING:
    from diplograph.consensus import Ruling
    from diplograph.store import Store


class Action(StrEnum):
    """What is done."""

    LIST = "list"
    MERGE = "merge"
    SPLIT = "split"
    MADE = "made"
    UNDO = "undo"


ActionArgument = Annotated[
    Action,
    typer.Argument(
        metavar="ACTION",
        help="list doubts; merge EVENT EVENT; split EVENT REPORT…; list decisions made; undo DECISION.",
    ),
]
OfArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="OF", help="Ids of events, reports or a decision (or their beginnings).", show_default=False
    ),
]
AuthorOption = Annotated[
    str | None, typer.Option("--author", metavar="NAME", help="Who decides.", show_default=False)
]
BecauseOption = Annotated[str, typer.Option("--because", metavar="TEXT", help="Why, in a sentence.")]
OnOption = Annotated[
    str | None,
    typer.Option("--on", metavar="DATE", help="The day of the decision (YYYY-MM-DD).", show_default=False),
]


def run(
    action: ActionArgument = Action.LIST,
    of: OfArgument = None,
    author: AuthorOption = None,
    because: BecauseOption = "",
    on: OnOption = None,
    store: StoreOption = None,
    form: FormatOption = None,
) -> None:
    """List uncertain merges and splits, and decide them.

    A decision is kept as a source with its author; it survives a rebuild, and undo takes it back.

    Example: diplograph review merge 3f2a… 91bc… --author "A. Reader" --because "One visit, two datelines."
    """
    _, wanted = chosen(form)
    if action in {Action.LIST, Action.MADE}:
        with graph(store) as kg:
            rows = _doubts(kg.store) if action is Action.LIST else _made(kg.store)
        show(rows, list(rows[0]) if rows else [], wanted, empty="nothing to look at")
        return
    with graph(store, read_only=False) as kg:
        if action is Action.UNDO:
            _undo(kg.store, of or [])
            return
        if not author:
            raise typer.BadParameter("a decision has an author; say who decides", param_hint="--author")
        ruling = _ruling(kg.store, action, of or [], author, because, on)
        source = kg.store.rule(ruling)
        kg.store.infer()
        say(f"decided: {source}; take it back with `diplograph review undo {source[:12]}`")


def _doubts(store: Store) -> list[Row]:
    from diplograph.consensus import review

    events = {event.id: event for event in store.events()}
    reports = store.reports()
    return [
        {
            "kind": doubt.kind,
            "reason": doubt.reason,
            "events": list(doubt.events),
            "times": [events[name].facts.when.edtf or "no date" for name in doubt.events],
            "reports": [report for name in doubt.events for report in events[name].reports],
        }
        for doubt in review(reports, tuple(events.values()))
    ]


def _made(store: Store) -> list[Row]:
    return [
        {
            "decision": source,
            "verdict": ruling.verdict.value,
            "author": ruling.author,
            "decided": ruling.decided,
            "reason": ruling.reason,
            "reports": sorted(ruling.reports),
        }
        for source, ruling in sorted(store.rulings().items())
    ]


def _undo(store: Store, names: list[str]) -> None:
    known = store.rulings()
    for name in names:
        found = [source for source in known if source.startswith(name)]
        if len(found) != 1:
            raise typer.BadParameter(
                f"{name!r} begins {len(found)} decisions; list them with `diplograph review made`",
                param_hint="OF",
            )
        store.drop(found[0])
        say(f"taken back: {found[0]}")
    store.infer()


def _ruling(
    store: Store, action: Action, names: list[str], author: str, because: str, on: str | None
) -> Ruling:
    from diplograph.consensus import Ruling, Verdict

    least = 2
    if len(names) < least:
        raise typer.BadParameter(f"{action.value} is of two at least, and {len(names)} were named")
    if action is Action.MERGE:
        first, *rest = (store.event(_event(store, name)).reports for name in names)
        one, other, verdict = first, [r for some in rest for r in some], Verdict.SAME
    else:
        event = store.event(_event(store, names[0]))
        one = tuple(_one_of(event.reports, name) for name in names[1:])
        other, verdict = [r for r in event.reports if r not in one], Verdict.APART
        if not other:
            raise typer.BadParameter("all reports of the event were named; leave those that are of it")
    return Ruling(
        verdict=verdict,
        one=tuple(sorted(one)),
        other=tuple(sorted(other)),
        author=author,
        reason=because,
        decided=day(on, "--on"),
    )


def _event(store: Store, name: str) -> str:
    from diplograph import record

    return record.event_id(store, name)


def _one_of(reports: tuple[str, ...], name: str) -> str:
    found = [report for report in reports if report.startswith(name)]
    if len(found) != 1:
        raise typer.BadParameter(f"{name!r} is no report of the event; it has {', '.join(reports)}")
    return found[0]
