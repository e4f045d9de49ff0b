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
    from diplograph.knowledge.rows import Organisation
    from diplograph.model.entity import State, Tenure

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
    found = list(_found(known, words, as_of)) if words else []
    rows = list({(row["kind"], row["id"]): row for row in found}.values())
    unknown = f"nobody and nothing is called {words!r}"
    show(rows, HEADINGS, wanted, empty=f"{unknown} on {as_of}" if as_of else unknown)
    for row in rows:
        # An office whose holder was last looked up before the day asked for may have changed hands since.
        if as_of and row["kind"] == "tenure" and not row["to"] and str(row["as_of"] or "9") < str(as_of):
            say(f"{row['id']} was known to last until {row['as_of']}; what came after is not known")
    if not any(row["kind"] != "vacancy" for row in rows):
        raise typer.Exit(1)


def _found(known: Gazetteer, words: str, on: date | None) -> Iterator[Row]:
    yield from _states(known, words)
    yield from _people(known, words, on)
    yield from _offices(known, words, on)
    yield from _organisations(known, words)
    yield from _places(known, words)
    yield from _gatherings(known, words)
    yield from _issues(words)


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


def _states(known: Gazetteer, words: str) -> Iterator[Row]:
    found = [known.states[words]] if words in known.states else known.state_named(words)
    for state in found:
        yield _row("state", state.id, state.name, ", ".join(state.capitals[:1]), state)


def _people(known: Gazetteer, words: str, on: date | None) -> Iterator[Row]:
    tenures = [tenure for person in known.people_named(words) for tenure in known.tenures_of(person, on)]
    yield from _tenures(tenures or known.by_surname(words, on))


def _tenures(tenures: Iterable[Tenure]) -> Iterator[Row]:
    for tenure in tenures:
        acting = "acting " if tenure.acting else ""
        yield _row("tenure", tenure.id, tenure.name, f"{acting}{tenure.title}, {tenure.state}", tenure)


def _offices(known: Gazetteer, words: str, on: date | None) -> Iterator[Row]:
    """The holders of an office of a state or organisation, or why there was none on the day."""
    yield from _tenures(_titled(known, words, on))
    for office, owner in _split(words):
        for body in _bodies(known, owner):
            tenures = known.holders(body, office, on)
            yield from _tenures(tenures)
            state = known.states.get(body)
            if on and state and not tenures:
                yield from _vacancies(known, state, office, on)


def _titled(known: Gazetteer, words: str, on: date | None) -> list[Tenure]:
    """Holders of an office whose full title this is, such as President of the European Commission."""
    from diplograph.knowledge.names import key

    owners = {(one.state, one.office) for one in known.tenures.values() if key(one.title) == key(words)}
    found = (known.holders(state, office, on) for state, office in sorted(owners) if " of " in words)
    return [tenure for line in found for tenure in line]


def _split(words: str) -> Iterator[tuple[str, str]]:
    """An office and its owner, in every way in which the words can be cut."""
    office, of, owner = words.partition(" of ")
    while of:
        yield office, owner.removeprefix("the ")
        more, of, owner = owner.partition(" of ")
        office = f"{office} of {more}"
    tokens = words.split()
    for cut in range(1, len(tokens)):
        yield " ".join(tokens[cut:]), " ".join(tokens[:cut]).removesuffix("'s").removesuffix("’s")


def _bodies(known: Gazetteer, words: str) -> list[str]:
    """States by code, name or adjective, and organisations by name."""
    if words in known.states:
        return [words]
    states = [state.id for state in known.state_named(words)[:1]]
    return states or [one.id for one in _organisations_named(known, words)]


def _vacancies(known: Gazetteer, state: State, office: str, on: date) -> Iterator[Row]:
    from diplograph.knowledge.offices import wanted

    sought = wanted(office, state, on.isoformat())
    for one in known.vacancies.values():
        if one.state == state.id and one.office in sought.offices and one.start <= on.isoformat() <= one.end:
            yield _row("vacancy", one.id, "nobody", one.reason, one)


def _organisations_named(known: Gazetteer, words: str) -> list[Organisation]:
    wanted = words.casefold()
    return [
        one
        for one in known.organisations.values()
        if wanted in {name.casefold() for name in (one.id, one.name, one.acronym, *one.aliases)}
    ]


def _organisations(known: Gazetteer, words: str) -> Iterator[Row]:
    for one in _organisations_named(known, words):
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
