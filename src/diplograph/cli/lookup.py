"""The verb ``lookup``: what the gazetteer knows of a name or an office, as of a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from diplograph.cli.options import FormatOption, chosen, day
from diplograph.cli.output import Row, say, show

if TYPE_CHECKING:
    from diplograph.knowledge.gazetteer import Gazetteer
    from diplograph.knowledge.rows import Vacancy
    from diplograph.model.entity import Tenure

HEADINGS = ["kind", "id", "name", "detail", "from", "to", "source"]
NameArgument = Annotated[list[str], typer.Argument(metavar="NAME", help="A name, as a newspaper writes it.")]
OnOption = Annotated[
    str | None, typer.Option("--on", metavar="DATE", help="As of that day.", show_default=False)
]


def run(name: NameArgument, on: OnOption = None, form: FormatOption = None) -> None:
    """Look up a state, leader, office, place or issue.

    Exit code 1 if nothing is known. Example: diplograph lookup "Prime Minister of Japan" --on 2025-08-23
    """
    from diplograph.knowledge import gazetteer

    _, wanted = chosen(form)
    known, as_of = gazetteer.load(), day(on, "--on")
    words = " ".join(name).strip()
    # Empty cells of the tables are no names.
    found, notes = _found(known, words, as_of) if words else ([], ())
    rows = list({(row["kind"], row["id"]): row for row in found}.values())
    unknown = f"nobody and nothing is called {words!r}"
    show(rows, HEADINGS, wanted, empty=f"{unknown} on {as_of}" if as_of else unknown)
    for note in notes:
        say(note)
    for row in rows:
        # An office whose holder was last looked up before the day asked for may have changed hands since.
        if as_of and row["kind"] == "tenure" and not row["to"] and str(row["as_of"] or "9") < str(as_of):
            say(f"{row['id']} was known to last until {row['as_of']}; what came after is not known")
    if not any(row["kind"] != "vacancy" for row in rows):
        raise typer.Exit(1)


def _found(known: Gazetteer, words: str, on: date | None) -> tuple[list[Row], tuple[str, ...]]:
    """All rows that the words can mean, and what is to be said of them."""
    from diplograph.knowledge import asking

    rows = [*_states(known, words, on), *_people(known, words, on)]
    answer = asking.ask(known, words, on)
    rows += [*_tenures(answer.tenures), *(_vacancy(one) for one in answer.vacancies)]
    rows += [*_organisations(known, words), *_places(known, words), *_gatherings(known, words)]
    rows += _issues(words)
    lasted = (asking.outside(known, one, on) for one in asking.polities(known, words, on)[:1])
    notes = (answer.read_as, *lasted, *(() if rows else answer.near))
    if not rows:
        rows, notes = _spelt_otherwise(known, words, on, notes)
    return rows, tuple(note for note in notes if note)


def _spelt_otherwise(
    known: Gazetteer, words: str, on: date | None, notes: tuple[str, ...]
) -> tuple[list[Row], tuple[str, ...]]:
    """The one person whose name sounds so, and the word on how it was read."""
    from diplograph.knowledge import spelling

    people = spelling.people(known, words, on)
    tenures = [tenure for person in people for tenure in known.tenures_of(person, on)]
    return list(_tenures(tenures)), (f"{words!r} was read as {tenures[0].name}",) if tenures else notes


def _row(kind: str, one: str, name: str, detail: str, row: object) -> Row:
    """What is shown of a row of the gazetteer; a column that it has not stays empty."""
    return {
        "kind": kind,
        "id": one,
        "name": name,
        "detail": detail,
        "from": getattr(row, "start", None),
        "to": getattr(row, "end", None),
        "source": getattr(row, "source", "") or None,
        "as_of": getattr(row, "as_of", "") or None,
    }


def _states(known: Gazetteer, words: str, on: date | None) -> Iterator[Row]:
    """States of that name or adjective, and those that a capital or a house of government stands for."""
    from diplograph.knowledge import asking

    for state in asking.polities(known, words, on) or known.state_named(words):
        before = ", ".join(one.name for one in asking.predecessors(known, state, on))
        after = ", ".join(known.states[one].name for one in state.successors if one in known.states)
        told = (asking.capital(state, on), before and f"after {before}", after and f"then {after}")
        yield _row("state", state.id, asking.called(state, on), "; ".join(filter(None, told)), state)


def _people(known: Gazetteer, words: str, on: date | None) -> Iterator[Row]:
    tenures = [tenure for person in known.people_named(words) for tenure in known.tenures_of(person, on)]
    yield from _tenures(tenures or known.by_surname(words, on))


def _tenures(tenures: Iterable[Tenure]) -> Iterator[Row]:
    for tenure in tenures:
        acting = "acting " if tenure.acting else ""
        yield _row("tenure", tenure.id, tenure.name, f"{acting}{tenure.title}, {tenure.state}", tenure)


def _vacancy(one: Vacancy) -> Row:
    return _row("vacancy", one.id, "nobody", one.reason, one)


def _organisations(known: Gazetteer, words: str) -> Iterator[Row]:
    from diplograph.knowledge import asking

    for one in asking.organisations(known, words):
        detail = f"{one.kind}, {len(one.members)} members" if one.members else one.kind
        yield _row("organisation", one.id, one.name, detail, one)


def _places(known: Gazetteer, words: str) -> Iterator[Row]:
    for place in known.places_named(words):
        yield _row("place", place.id, place.name, f"{place.kind}, {place.state or 'in no state'}", place)


def _gatherings(known: Gazetteer, words: str) -> Iterator[Row]:
    wanted = words.casefold()
    for one in known.gatherings.values():
        if wanted in {name.casefold() for name in (one.name, one.series, one.id, *one.aliases)}:
            detail = f"{one.place}, {one.state or ''}".strip(", ")
            yield _row("gathering", one.id, one.name, detail, one)


def _issues(words: str) -> Iterator[Row]:
    from diplograph.knowledge import ontology

    wanted = words.casefold()
    for issue in ontology.issues():
        if wanted in {name.casefold() for name in (issue.id, issue.label, *issue.names)}:
            detail = ", ".join(issue.parties) or issue.kind
            row = _row("issue", issue.id, issue.label, detail, issue)
            yield {**row, "source": "ontology/vocab/issues.ttl"}
