"""The options that narrow what a measure sees, and the plot that goes with it, spelled once for all verbs.

Takes what was typed; gives a ``Scope``, events narrowed by it, and a saved chart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from diplograph.cli import words
from diplograph.cli.output import say
from diplograph.errors import likely

if TYPE_CHECKING:
    from diplograph.analysis.columns import Visits
    from diplograph.analysis.levels import Level
    from diplograph.analysis.scope import Chosen, Narrowed, Scope
    from diplograph.kg import KnowledgeGraph
    from diplograph.model import Event


def _repeated(name: str, metavar: str, text: str, **more: Any) -> Any:
    """An option that may be given several times, and then lets each of them pass."""
    return typer.Option(name, metavar=metavar, help=f"{text}; may be repeated.", show_default=False, **more)


def _drawable(path: Path | None) -> Path | None:
    """Refuse what no chart can be saved as before anything is measured."""
    if path is not None:
        from diplograph.analysis import figure

        figure.check(path)
    return path


Words = list[str] | None
BetweenOption = Annotated[Words, _repeated("--between", "STATE,STATE", "Only this pair")]
InvolvingOption = Annotated[
    Words, _repeated("--state", "STATE", "Only what involves it", autocompletion=words.states)
]
GuestOption = Annotated[
    Words, _repeated("--guest", "STATE", "Only visits made by it", autocompletion=words.states)
]
HostOption = Annotated[
    Words, _repeated("--host", "STATE", "Only visits received by it", autocompletion=words.states)
]
WithoutOption = Annotated[
    Words, _repeated("--without-office", "TITLE", "Leave out visits made by holders of this office alone")
]
KindOption = Annotated[Words, _repeated("--kind", "KIND", "Only this type or subtype, as state-visit")]
StatusOption = Annotated[Words, _repeated("--status", "STATUS", "held, planned, …")]
CountedOption = Annotated[
    Words,
    _repeated("--status", "STATUS", "Count visits of this status instead of held ones: planned, …"),
]
SinceOption = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="From then on (2001, 2001-03 or 2001-03-15).", show_default=False),
]
UntilOption = Annotated[
    str | None, typer.Option(metavar="DATE", help="Up to the end of then.", show_default=False)
]
LevelOption = Annotated[
    str | None,
    typer.Option(
        metavar="LEVELS",
        help="Who has to travel: leader, minister, official, unknown; several with commas, or all.",
        show_default=False,
    ),
]
GatheringsOption = Annotated[
    bool | None,
    typer.Option(
        "--gatherings/--no-gatherings", help="Whether visits to summits and other gatherings count."
    ),
]
PlotOption = Annotated[
    Path | None,
    typer.Option(
        "--plot",
        metavar="FILE",
        help="Save a chart: .html (needs no network), .svg, .png or .json.",
        show_default=False,
        callback=_drawable,
    ),
]
AnswersOption = Annotated[
    str | None,
    typer.Option(
        "--answered-by",
        metavar="LEVELS",
        help="Whose visits are returns, if others than --level names: leader, minister, …, or all.",
        show_default=False,
    ),
]
SchemeOption = Annotated[
    str, typer.Option("--weights", metavar="SCHEME", help="How visits weigh: a scheme of data/weights.csv.")
]
SeedOption = Annotated[int, typer.Option("--seed", metavar="N", help="Seed of what is drawn at random.")]

Choice = TypeVar("Choice", bound=Enum)
Remarked = TypeVar("Remarked", "Narrowed", "Chosen")


def scope(
    *,
    between: Iterable[str] | None = None,
    states: Iterable[str] | None = None,
    guests: Iterable[str] | None = None,
    hosts: Iterable[str] | None = None,
    since: str | None = None,
    until: str | None = None,
    level: str | None = None,
    without: Iterable[str] | None = None,
    kinds: Iterable[str] | None = None,
    statuses: Iterable[str] | None = None,
) -> Scope:
    """What was asked about.

    Raises:
        typer.BadParameter: If an option holds what it cannot.
    """
    from diplograph.analysis.levels import Level
    from diplograph.analysis.scope import Scope
    from diplograph.model import Status

    first, last = bound(since, "--since", last=False), bound(until, "--until", last=True)
    if first and last and last < first:
        raise typer.BadParameter(f"{until} ends before {since} begins", param_hint="--until")
    return Scope(
        pairs=frozenset(_pair(text) for text in between or ()),
        states=_codes(states),
        guests=_codes(guests),
        hosts=_codes(hosts),
        since=first,
        until=last,
        level=levels(level, frozenset(Level)),
        without_offices=frozenset(without or ()),
        kinds=frozenset(_kind(text) for text in kinds or ()),
        statuses=frozenset(_choice(Status, text, "--status") for text in statuses or Status),
    )


def levels(text: str | None, otherwise: frozenset[Level]) -> frozenset[Level]:
    """The levels that were typed; those a measure takes by itself if none were."""
    from diplograph.analysis.levels import Level

    if text is None:
        return otherwise
    if text == "all":
        return frozenset(Level)
    return frozenset(_choice(Level, word.strip(), "--level") for word in text.split(","))


def bound(text: str | None, option: str, *, last: bool) -> date | None:
    """The first or last day of a date that was typed as year, month or day."""
    from diplograph.model import first_day, last_day

    if text is None:
        return None
    try:
        return last_day(text) if last else first_day(text)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint=option) from None


def pair(states: Sequence[str]) -> tuple[str, str]:
    """The codes of two states that were typed.

    Raises:
        typer.BadParameter: If they are not two, or the same.
    """
    from diplograph import record

    if len(states) != 2:
        raise typer.BadParameter(f"two states are needed, and {len(states)} were named")
    a, b = (record.state_code(word) for word in states)
    if a == b:
        raise typer.BadParameter(
            f"{states[0]!r} and {states[1]!r} are the same state; name another beside it"
        )
    return a, b


def _pair(text: str) -> frozenset[str]:
    found = _codes(word.strip() for word in text.split(","))
    if len(found) != 2:
        raise typer.BadParameter(
            f"{text!r} is no pair; write two states with a comma, as KOR,JPN", param_hint="--between"
        )
    return found


def _codes(words: Iterable[str] | None) -> frozenset[str]:
    from diplograph import record

    return frozenset(record.state_code(word) for word in words or ())


def _kind(text: str) -> str:
    from diplograph.knowledge import ontology

    known = {term.id for term in ontology.event_types()}
    if text not in known:
        raise typer.BadParameter(f"{text!r} is no kind of event{likely(text, known)}", param_hint="--kind")
    return text


def _choice(kind: type[Choice], text: str, option: str) -> Choice:
    try:
        return kind(text)
    except ValueError:
        known = ", ".join(str(each.value) for each in kind)
        raise typer.BadParameter(f"{text!r} is none; there are: {known}", param_hint=option) from None


def narrowed(events: Iterable[Event], asked: Scope) -> Narrowed:
    """The events asked about, for a measure; what could not be judged is told on stderr."""
    return told(asked.counting(events))


def visits(kg: KnowledgeGraph, asked: Scope) -> Visits:
    """The visits asked about as columns, for a measure; what could not be judged is told on stderr.

    Held visits, or those of the statuses asked for.
    """
    from diplograph.analysis import twin
    from diplograph.analysis.journeys import HELD
    from diplograph.model import Status

    statuses = HELD if asked.statuses == frozenset(Status) else asked.statuses
    return told(asked.choose(twin.of_store(kg.store, statuses=statuses))).visits


def told(found: Remarked) -> Remarked:
    """What a scope leaves, after what it could not judge is told on stderr."""
    if found.remark:
        say(found.remark)
    return found


def plotted(path: Path | None, title: str, draw: Callable[[], Any]) -> None:
    """Draw and save a chart if one was asked for."""
    if path is None:
        return
    from diplograph.analysis import figure

    figure.save(draw(), path, title)
    say(f"wrote {path}")


def explained(text: str) -> str:
    """An explanation below a table, in lines that fit."""
    from diplograph.cli.output import paragraph

    return "\n" + paragraph(text) + "\n"
