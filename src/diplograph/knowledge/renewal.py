"""Compares what Wikidata claims with what the gazetteer holds, and says what would change.

``tenures(gazetteer, claims, …)`` and ``states(…)`` give a ``Change`` for each difference, with the row to
write for those that fill a gap or make a date preciser. Where both sides differ nothing is written unless it
is asked for; rows written or taken out by hand stay as they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from diplograph.knowledge.gazetteer import Gazetteer
from diplograph.knowledge.matching import Lines, short
from diplograph.knowledge.names import key, unaccented
from diplograph.knowledge.overlay import columns
from diplograph.knowledge.wikidata import Claim, StateFacts
from diplograph.model.entity import State, Tenure
from diplograph.model.timespan import first_day, last_day

SOURCE = "wikidata"
Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference between the gazetteer and Wikidata.

    Attributes:
        kind: ``new``, ``filled``, ``preciser``, ``differs`` (written only if asked for), ``by hand`` (never
            written), ``gone`` (an earlier update that Wikidata no longer has) or ``unclear``.
        table: The table of the row.
        id: Id of the row.
        name: Whose row it is.
        column: The column that differs; empty for a whole row.
        ours: What the gazetteer has.
        theirs: What Wikidata has.
        row: The cells to write; None for nothing.
    """

    kind: str
    table: str
    id: str
    name: str
    column: str = ""
    ours: str = ""
    theirs: str = ""
    row: Cells | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a comparison needs to know of the tables beside the gazetteer itself.

    Attributes:
        cells: The cells of every tenure by id.
        by_hand: Ids of the rows that the reader wrote.
        removed: Ids of the rows that the reader took out.
        updated: Ids of the rows that earlier updates wrote.
        as_of: The day on which Wikidata said so.
    """

    cells: Mapping[str, Cells]
    by_hand: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()
    updated: frozenset[str] = frozenset()
    as_of: str = ""


def tenures(
    known: Gazetteer,
    claims: Sequence[Claim],
    standing: Standing,
    *,
    since: date = date.min,
    overwrite: bool = False,
) -> tuple[Change, ...]:
    """What the claims would change in the table of tenures, sorted by id and column.

    Args:
        known: The gazetteer as it is, with what earlier updates and the reader wrote.
        claims: What Wikidata has of some states.
        standing: Their rows as they are written.
        since: Tenures that ended before this day are left alone.
        overwrite: Whether Wikidata wins where both have a value and they differ.
    """
    lines = Lines(known)
    wanted = [one for one in claims if not one.end or last_day(one.end) >= since]
    offices: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for one in wanted:
        offices[one.state, one.title].append(one)
    found: list[Change] = []
    for (state, title), line in offices.items():
        office = lines.office(state, title, line)
        for one in sorted(line, key=lambda one: (one.start or "", one.statement)):
            if tenure := lines.match(office, one):
                found.extend(_amended(one, tenure, standing, overwrite=overwrite))
            else:
                found.extend(_added(lines, office, one, standing, overwrite=overwrite))
    found.extend(_gone(standing, {one.state for one in claims}, {one.statement for one in claims}))
    return tuple(sorted(found, key=lambda one: (one.id, one.column, one.kind)))


def _amended(one: Claim, tenure: Tenure, standing: Standing, *, overwrite: bool) -> Iterator[Change]:
    row = dict(standing.cells[tenure.id])
    found: list[tuple[str, str, str, str]] = []
    for column, theirs in (("start", one.start), ("end", one.end)):
        ours = getattr(tenure, column) or ""
        if theirs and (kind := _difference(ours, theirs)):
            found.append((kind, column, ours, theirs))
    left = set() if overwrite else {"differs"}
    row |= {column: theirs for kind, column, _, theirs in found if kind not in left}
    row |= {"source": _with_source(row["source"]), "as_of": standing.as_of}
    by_hand = tenure.id in standing.by_hand
    sound = not (row["start"] and row["end"]) or last_day(row["end"]) >= first_day(row["start"])
    for kind, column, ours, theirs in found:
        writes = kind not in left and not by_hand and sound
        yield Change(
            kind="by hand" if by_hand else kind if sound else "unclear",
            table="tenures",
            id=tenure.id,
            name=tenure.name,
            column=column,
            ours=ours,
            theirs=theirs,
            row=row if writes else None,
        )


def _difference(ours: str, theirs: str) -> str:
    if ours.startswith(theirs):
        return ""
    if not ours:
        return "filled"
    return "preciser" if theirs.startswith(ours) else "differs"


def _with_source(source: str) -> str:
    return source if SOURCE in source else f"{SOURCE}; {source}".rstrip("; ")


def _added(lines: Lines, office: str, one: Claim, standing: Standing, *, overwrite: bool) -> Iterator[Change]:
    row = _row(lines, office, one, standing.as_of)
    theirs = f"{one.start or '?'}/{one.end or ''}"
    found = Change(kind="new", table="tenures", id=row["id"], name=row["name"], theirs=theirs, row=row)
    if found.id in standing.removed:
        yield replace(found, kind="by hand", ours="taken out", row=None)
    elif not one.start or not one.name or found.id in standing.cells:
        yield replace(found, kind="unclear", row=None)
    elif other := _in_the_way(lines, office, one):
        held = f"{other.name} {other.start}/{other.end or ''}"
        yield replace(found, kind="differs", ours=held, row=row if overwrite else None)
    else:
        yield found


def _in_the_way(lines: Lines, office: str, one: Claim) -> Tenure | None:
    """Somebody else who, as far as we know, held the office in the midst of that time."""
    if one.acting:
        return None
    begin, end = last_day(one.start or ""), first_day(one.end) if one.end else date.max
    for tenure in lines.line(one.state, office):
        if tenure.acting or not tenure.start or "shared" in tenure.note:
            continue
        # An open end is no obstacle: whoever comes next ends it.
        last = last_day(tenure.end) if tenure.end else last_day(tenure.start) + timedelta(days=1)
        if min(end, last) - max(begin, first_day(tenure.start)) > timedelta(days=1):
            return tenure
    return None


def _row(lines: Lines, office: str, one: Claim, as_of: str) -> dict[str, str]:
    line = lines.line(one.state, office)
    like = max(line, key=lambda tenure: (tenure.start or "", tenure.id), default=None)
    plain = unaccented(one.name).title() if not one.name.isascii() else one.name
    person, order = lines.person(one), lines.order(one.state)
    words = plain.split() or [one.person]
    return {
        "id": f"{one.state}-{office}-{one.start or person}",
        "person": person,
        "name": plain or one.person,
        "aliases": one.name if one.name != plain else "",
        "surname": words[0] if order == "family-first" else words[-1],
        "name_order": order,
        "state": one.state,
        "office": office,
        "title": like.title if like else short(one.title),
        "role": like.role if like else one.role,
        "start": one.start or "",
        "end": one.end or "",
        "acting": "yes" if one.acting else "no",
        "source": SOURCE,
        "as_of": as_of,
        "note": f"{one.person} {one.statement}",
    }


def _gone(standing: Standing, states: set[str], statements: set[str]) -> Iterator[Change]:
    """Rows of earlier updates whose statement is not there any more."""
    for name in sorted(standing.updated):
        row = standing.cells[name]
        if (
            row["state"] in states
            and row["source"] == SOURCE
            and row["note"].split(" ")[-1] not in statements
        ):
            yield Change(
                kind="gone", table="tenures", id=name, name=row["name"], ours=f"{row['start']}/{row['end']}"
            )


def states(known: Gazetteer, facts: Sequence[StateFacts], standing: Standing) -> tuple[Change, ...]:
    """What the facts would change in the table of states, sorted by id: cells that are empty, and new states.

    A name or capital that differs is told and never written, because news writes states in ways of its own.

    Args:
        known: The gazetteer as it is.
        facts: What Wikidata has of states.
        standing: The rows of states as they are written.
    """
    found: list[Change] = []
    for one in facts:
        if one.code in known.states:
            found.extend(_state_amended(known, one, standing))
        elif one.name and not one.end:
            row = _state_row(one, standing.as_of)
            new = Change(kind="new", table="states", id=one.code, name=one.name, theirs=one.name, row=row)
            taken_out = one.code in standing.removed
            found.append(replace(new, kind="by hand", ours="taken out", row=None) if taken_out else new)
    return tuple(sorted(found, key=lambda one: (one.id, one.column)))


def _state_amended(known: Gazetteer, one: StateFacts, standing: Standing) -> Iterator[Change]:
    row, theirs = dict(standing.cells[one.code]), _state_row(one, standing.as_of)
    told = [name for name in ("official_name", "capitals", "iso2", "end") if theirs[name]]
    empty = [name for name in told if not row[name]]
    row |= {name: theirs[name] for name in empty}
    row |= {"source": _with_source(row["source"]), "as_of": standing.as_of}
    by_hand = one.code in standing.by_hand
    change = Change(kind="differs", table="states", id=one.code, name=known.states[one.code].name)
    for name in empty:
        kind, written = ("by hand", None) if by_hand else ("filled", row)
        yield replace(change, kind=kind, column=name, theirs=theirs[name], row=written)
    if "capitals" not in empty and not _known_capital(known.states[one.code], one):
        ours = standing.cells[one.code]["capitals"]
        yield replace(change, column="capitals", ours=ours, theirs=theirs["capitals"])


def _known_capital(state: State, one: StateFacts) -> bool:
    known = {key(name) for name in (*state.capitals, *state.seats)}
    return not one.capitals or bool(known & {key(name) for name in one.capitals})


def _state_row(one: StateFacts, as_of: str) -> dict[str, str]:
    cells = dict.fromkeys(columns("states"), "")
    return cells | {
        "id": one.code,
        "name": one.name,
        "official_name": one.official_name,
        "capitals": "|".join(one.capitals),
        "iso2": one.iso2,
        "end": one.end or "",
        "kind": "state",
        "source": SOURCE,
        "as_of": as_of,
    }
