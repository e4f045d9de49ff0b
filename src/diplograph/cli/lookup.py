"""The verb ``lookup``: what the gazetteer knows of a name, as of a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from diplograph.cli.options import FormatOption, chosen, day
from diplograph.cli.output import Row, show

if TYPE_CHECKING:
    from diplograph.knowledge.gazetteer import Gazetteer

NameArgument = Annotated[list[str], typer.Argument(metavar="NAME", help="A name, as a newspaper writes it.")]
OnOption = Annotated[
    str | None, typer.Option("--on", metavar="DATE", help="As of that day.", show_default=False)
]


def run(name: NameArgument, on: OnOption = None, form: FormatOption = None) -> None:
    """Look up a state, leader, place or gathering.

    Example: diplograph lookup "Blue House"; diplograph lookup Kishida --on 2023-05-07
    """
    from diplograph.knowledge import gazetteer

    _, wanted = chosen(form)
    known, as_of = gazetteer.load(), day(on, "--on")
    words = " ".join(name)
    rows = [
        *_states(known, words),
        *_people(known, words, as_of),
        *_places(known, words),
        *_gatherings(known, words),
    ]
    show(
        rows,
        ["kind", "id", "name", "detail", "from", "to", "source"],
        wanted,
        empty=f"nobody and nothing is called {words!r}",
    )
    if not rows:
        raise typer.Exit(1)


def _row(kind: str, one: str, name: str, detail: str, *more: str | None) -> Row:
    start, end, source = (*more, None, None, None)[:3]
    return {
        "kind": kind,
        "id": one,
        "name": name,
        "detail": detail,
        "from": start,
        "to": end,
        "source": source,
    }


def _states(known: Gazetteer, words: str) -> Iterator[Row]:
    found = [known.states[words]] if words in known.states else known.state_named(words)
    for state in found:
        yield _row(
            "state", state.id, state.name, ", ".join(state.capitals[:1]), state.start, state.end, state.source
        )


def _people(known: Gazetteer, words: str, on: date | None) -> Iterator[Row]:
    tenures = [tenure for person in known.people_named(words) for tenure in known.tenures_of(person, on)]
    for tenure in tenures or known.by_surname(words, on):
        detail = f"{tenure.title}, {tenure.state}"
        yield _row("tenure", tenure.id, tenure.name, detail, tenure.start, tenure.end, tenure.source)


def _places(known: Gazetteer, words: str) -> Iterator[Row]:
    for place in known.places_named(words):
        yield _row(
            "place",
            place.id,
            place.name,
            f"{place.kind}, {place.state or 'in no state'}",
            None,
            None,
            place.source,
        )


def _gatherings(known: Gazetteer, words: str) -> Iterator[Row]:
    wanted = words.casefold()
    for gathering in known.gatherings.values():
        if wanted in {
            name.casefold() for name in (gathering.name, gathering.series, gathering.id, *gathering.aliases)
        }:
            detail = f"{gathering.place}, {gathering.state or ''}".strip(", ")
            yield _row(
                "gathering",
                gathering.id,
                gathering.name,
                detail,
                gathering.start,
                gathering.end,
                gathering.source,
            )
