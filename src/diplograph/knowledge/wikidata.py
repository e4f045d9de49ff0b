"""Asks Wikidata's model who held which office from when until when, and what states there are.

Takes an endpoint and codes of states; gives ``Claim`` and ``StateFacts`` rows, with dates as precise as they
are there and no preciser. The model: a person has a statement "position held" (P39) with start (P580), end
(P582), replaces (P1365) and replaced by (P1366); a state has the office of its head of government (P1313) and
of its head of state (P1906); a foreign minister's office is of that class (Q7330070) and applies to a state
(P1001).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from diplograph.errors import SourceError
from diplograph.knowledge.endpoint import Cell, Endpoint, Row, counted, select
from diplograph.model.timespan import first_day

ENTITY: Final = "http://www.wikidata.org/entity/"
AT_ONCE: Final = 15  # states in one question, so that each answer stays small
_PROLOGUE: Final = """
PREFIX wd: <http://www.wikidata.org/entity/>
PREFIX wdt: <http://www.wikidata.org/prop/direct/>
PREFIX p: <http://www.wikidata.org/prop/>
PREFIX ps: <http://www.wikidata.org/prop/statement/>
PREFIX pq: <http://www.wikidata.org/prop/qualifier/>
PREFIX pqv: <http://www.wikidata.org/prop/qualifier/value/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <http://schema.org/>
PREFIX wikibase: <http://wikiba.se/ontology#>
"""
_HELD: Final = (
    "?code ?role ?title ?held ?person ?name ?start ?start_precision ?plain_start "
    "?end ?end_precision ?plain_end ?replaces ?replaced_by ?acting"
)
_TENURES: Final = """
VALUES ?code { %s }
?state wdt:P298 ?code .
{ ?state wdt:P1313 ?office . BIND ("head-of-government" AS ?role) }
UNION { ?state wdt:P1906 ?office . BIND ("head-of-state" AS ?role) }
UNION { ?office wdt:P1001 ?state ; (wdt:P31|wdt:P279)+ wd:Q7330070 . BIND ("foreign-minister" AS ?role) }
?held ps:P39 ?office .
?person p:P39 ?held .
FILTER NOT EXISTS { ?held wikibase:rank wikibase:DeprecatedRank }
OPTIONAL { ?office rdfs:label ?title . FILTER (LANG(?title) = "en") }
OPTIONAL { ?person rdfs:label ?name . FILTER (LANG(?name) = "en") }
OPTIONAL { ?held pqv:P580 ?node . ?node wikibase:timeValue ?start ; wikibase:timePrecision ?start_precision }
OPTIONAL { ?held pqv:P582 ?last . ?last wikibase:timeValue ?end ; wikibase:timePrecision ?end_precision }
OPTIONAL { ?held pq:P580 ?plain_start }
OPTIONAL { ?held pq:P582 ?plain_end }
OPTIONAL { ?held pq:P1365 ?replaces }
OPTIONAL { ?held pq:P1366 ?replaced_by }
OPTIONAL { ?held (pq:P5102|pq:P2868|pq:P3831) ?acting . FILTER (?acting = wd:Q4676846) }
"""
_FACTS: Final = "?code ?two ?name ?official ?capital ?until ?until_precision"
_STATES: Final = """
?state wdt:P298 ?code .
OPTIONAL { ?state wdt:P297 ?two }
OPTIONAL { ?state rdfs:label ?name . FILTER (LANG(?name) = "en") }
OPTIONAL { ?state wdt:P1448 ?official . FILTER (LANG(?official) = "en") }
OPTIONAL { ?state wdt:P36 ?seat . ?seat rdfs:label ?capital . FILTER (LANG(?capital) = "en") }
OPTIONAL { ?state p:P576/<http://www.wikidata.org/prop/statement/value/P576> ?last .
           ?last wikibase:timeValue ?until ; wikibase:timePrecision ?until_precision }
"""
_CHANGED: Final = "SELECT ?when WHERE { <http://www.wikidata.org> schema:dateModified ?when }"
# https://www.wikidata.org/wiki/Help:Dates: 9 is a year, 10 a month, 11 a day; coarser ones are no date here.
_LENGTH: Final = {"9": 4, "10": 7, "11": 10, "12": 10, "13": 10, "14": 10}
_TIME: Final = re.compile(r"\+?(\d{4}-\d{2}-\d{2})(T.*)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One statement "position held".

    Attributes:
        state: Code of the state.
        role: ``head-of-state``, ``head-of-government`` or ``foreign-minister``.
        title: What Wikidata calls the office.
        statement: Id of the statement.
        person: Id of the person, ``Q…``.
        name: The person's name in English.
        start: Partial ISO date; None if it is not told.
        end: Partial ISO date; None if it is not told.
        replaces: Ids of the predecessors told.
        replaced_by: Ids of the successors told.
        acting: Whether the person only stood in.
    """

    state: str
    role: str
    title: str
    statement: str
    person: str
    name: str
    start: str | None = None
    end: str | None = None
    replaces: tuple[str, ...] = ()
    replaced_by: tuple[str, ...] = ()
    acting: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StateFacts:
    """What Wikidata tells of a state: codes, English names, capitals, and when it ended if it did."""

    code: str
    iso2: str = ""
    name: str = ""
    official_name: str = ""
    capitals: tuple[str, ...] = ()
    end: str | None = None


def claims(endpoint: Endpoint, codes: Sequence[str]) -> tuple[Claim, ...]:
    """Who held an office of these states, sorted by state, office and statement.

    Bounds that a statement leaves out are taken from the statements that replace it or that it replaces.

    Raises:
        SourceError: If the endpoint cannot be asked or its answer is broken or cut short.
        QueryLimitError: If it takes too long.
    """
    found: list[Claim] = []
    for start in range(0, len(codes), AT_ONCE):
        some = " ".join(f'"{_code(code)}"' for code in codes[start : start + AT_ONCE])
        rows = counted(endpoint, _PROLOGUE, _HELD, _TENURES % some, "?code ?held ?role")
        found.extend(_joined(_claim(endpoint, row) for row in rows))
    return tuple(sorted(_completed(found), key=lambda one: (one.state, one.title, one.statement)))


def states(endpoint: Endpoint) -> tuple[StateFacts, ...]:
    """All states that Wikidata has a code for, sorted by it.

    Raises:
        SourceError: If the endpoint cannot be asked or its answer is broken or cut short.
        QueryLimitError: If it takes too long.
    """
    found: dict[str, StateFacts] = {}
    for row in counted(endpoint, _PROLOGUE, _FACTS, _STATES, "?code ?capital"):
        code = _text(row, "code")
        known = found.get(code) or StateFacts(
            code=code, iso2=_text(row, "two"), name=_text(row, "name"), official_name=_text(row, "official")
        )
        capitals = dict.fromkeys((*known.capitals, _text(row, "capital")))
        capitals.pop("", None)
        found[code] = replace(
            known, capitals=tuple(capitals), end=_date(row, "until", "until_precision") or known.end
        )
    return tuple(found[code] for code in sorted(found) if re.fullmatch(r"[A-Z]{3}", code))


def as_of(endpoint: Endpoint) -> str | None:
    """The day on which the endpoint's data was changed last; None if it does not tell.

    Raises:
        SourceError: If the endpoint cannot be asked or its answer is broken.
        QueryLimitError: If it takes too long.
    """
    days = {_text(row, "when")[:10] for row in select(endpoint, _PROLOGUE + _CHANGED)}
    return max((day for day in days if re.fullmatch(r"\d{4}-\d{2}-\d{2}", day)), default=None)


def _code(code: str) -> str:
    # The codes become part of the query's text, so nothing but letters may be in them.
    if not re.fullmatch(r"[A-Z]{3}", code):
        raise SourceError(f"{code!r} is no code of a state; give three capital letters")
    return code


def _claim(endpoint: Endpoint, row: Row) -> Claim:
    missing = [name for name in ("code", "role", "held", "person") if name not in row]
    if missing:
        raise SourceError(f"{endpoint.url} gave a row without {missing[0]}; its data is of another shape")
    return Claim(
        state=_text(row, "code"),
        role=_text(row, "role"),
        title=_text(row, "title"),
        statement=_text(row, "held").rpartition("/")[2],
        person=_item(row.get("person")),
        name=_text(row, "name"),
        start=_date(row, "start", "start_precision") or _plain_date(row, "plain_start", "start"),
        end=_date(row, "end", "end_precision") or _plain_date(row, "plain_end", "end"),
        replaces=tuple(filter(None, [_item(row.get("replaces"))])),
        replaced_by=tuple(filter(None, [_item(row.get("replaced_by"))])),
        acting="acting" in row,
    )


def _joined(rows: Iterable[Claim]) -> Iterable[Claim]:
    """One claim for each statement; a statement has a row for each of its values."""
    found: dict[str, Claim] = {}
    for row in rows:
        known = found.setdefault(row.statement, row)
        found[row.statement] = replace(
            known,
            # An office that is both head of state and head of government is told twice.
            role=min(known.role, row.role),
            replaces=tuple(sorted({*known.replaces, *row.replaces})),
            replaced_by=tuple(sorted({*known.replaced_by, *row.replaced_by})),
        )
    return found.values()


def _completed(found: Sequence[Claim]) -> Iterable[Claim]:
    """Bounds that are missing, taken from the neighbours that a claim names."""
    starts = {(one.state, one.title, one.person): one.start for one in found}
    ends = {(one.state, one.title, one.person): one.end for one in found}
    for one in found:
        later = [starts.get((one.state, one.title, person)) for person in one.replaced_by]
        earlier = [ends.get((one.state, one.title, person)) for person in one.replaces]
        end = one.end or min((day for day in later if day and day >= (one.start or day)), default=None)
        start = one.start or max((day for day in earlier if day and day <= (one.end or day)), default=None)
        yield replace(one, start=start, end=end)


def _text(row: Row, name: str) -> str:
    cell = row.get(name)
    return cell.value.strip() if cell and cell.kind != "bnode" else ""


def _item(cell: Cell | None) -> str:
    return cell.value.removeprefix(ENTITY) if cell and cell.value.startswith(ENTITY) else ""


def _date(row: Row, value: str, precision: str) -> str | None:
    """A date no finer than its precision; None for what is unknown or coarser than a year."""
    told, length = _TIME.fullmatch(_text(row, value)), _LENGTH.get(_text(row, precision))
    return _real(told[1][:length]) if told and length else None


def _plain_date(row: Row, plain: str, full: str) -> str | None:
    """A date of an endpoint that keeps no precision: the first of January may be a mere year."""
    if full in row or not (told := _TIME.fullmatch(_text(row, plain))):
        return None
    return _real(told[1][:4] if told[1].endswith("-01-01") else told[1])


def _real(text: str) -> str | None:
    try:
        first_day(text)
    except ValueError:
        return None
    return text
