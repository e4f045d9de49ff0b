"""Reads the remarks of a table with the reader of articles.

``read(staging, reader)`` composes a short text of each row that has a remark (who stayed where and when, then
the remark with its subject), has it read, and adds what it tells beside the stay itself to the table
``reports``: meetings, agreements, other stops. A remark that lists separate stays (``Kissinger was in
Damascus May 3-4, 12, 14``) makes each of them a visit, in the place of the whole stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from diplograph.consensus.decide import decide
from diplograph.consensus.likeness import plain
from diplograph.errors import DiplographError
from diplograph.graph.facts import issue_node
from diplograph.knowledge import gazetteer
from diplograph.model import Document, EventType, Facts, Polarity, Report, Status, TimeSpan
from diplograph.sources import Draft

if TYPE_CHECKING:
    from diplograph.sources.tables import Staging

Reader = Callable[[Document], tuple[Report, ...]]

# A sentence of a remark that begins with what was done; who did it is who travelled.
_HEADLESS: Final = re.compile(
    r"(?:^|(?<=[.;] ))(?P<verb>Also [a-z]+(?:ed|met)|(?:Also )?(?:[A-Z][a-z]+ed|Met|Held|Gave|Spoke))\b"
)
_STAYS: Final = re.compile(
    r"\b(?:was|were|continued) in (?P<place>[A-Z][\w. ]+?) (?P<month>[A-Z][a-z]+) "
    r"(?P<days>\d+(?:[-–]\d+)?(?:, (?:and )?\d+(?:[-–]\d+)?| and \d+(?:[-–]\d+)?)+)"
)
_STAY: Final = re.compile(r"(\d+)(?:[-–](\d+))?")
_MONTHS: Final = (
    "January February March April May June July August September October November December".split()
)
_ASKED: Final = """
SELECT r, rows[1].c0, rows[1].raw, first, last, guests[1], host, people[1], remark, confidence
FROM reports WHERE remark IS NOT NULL AND type = 'visit' ORDER BY r
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stay:
    """A row of a table: who stayed where, and its remark."""

    row: int
    start: int
    raw: str
    first: str
    last: str | None
    guest: str
    host: str
    person: dict[str, str | None] | None
    remark: str
    confidence: float

    @property
    def when(self) -> TimeSpan:
        return TimeSpan(start=self.first, end=self.last)


def read(staging: Staging, reader: Reader) -> int:
    """Add what remarks tell to ``reports``; gives the number of reports that came of it."""
    names = "row start raw first last guest host person remark confidence".split()
    asked = staging.con.sql(_ASKED).fetchall()
    found: list[tuple[_Stay, Facts, float]] = []
    split: list[int] = []
    for cells in asked:
        stay = _Stay(**dict(zip(names, cells, strict=True)))
        legs = list(_legs(stay, reader))
        if len(legs) > 1:
            split.append(stay.row)
            found += legs
        found += _told(stay, reader)
    if split:
        staging.con.execute("DELETE FROM reports WHERE r IN (SELECT unnest(?::BIGINT[]))", [split])
    _add(staging, found)
    return len(found)


def _told(stay: _Stay, reader: Reader) -> Iterator[tuple[_Stay, Facts, float]]:
    """What the remark tells beside the stay itself."""
    lead = _lead(stay, f"visited {_name(stay.host)} {_dates(stay.first, stay.last)}")
    text = f"{lead} {_with_subject(stay)}"
    for report in _read(stay, text, reader):
        begins = min(e.start for e in report.evidence if e.field == "event")
        if begins > len(lead) and not _is_stay(report.facts, stay):
            facts = report.facts
            if facts.when.start is None:
                # What a remark tells of a stay was during the stay.
                facts = replace(facts, when=stay.when)
            yield stay, facts, min(report.confidence, stay.confidence)


def _legs(stay: _Stay, reader: Reader) -> Iterator[tuple[_Stay, Facts, float]]:
    """The separate stays that a remark lists, each read as a sentence of its own."""
    for told in _STAYS.finditer(stay.remark):
        if told["month"] not in _MONTHS:
            continue
        month = _MONTHS.index(told["month"]) + 1
        for days in _STAY.finditer(told["days"]):
            first, last = (
                f"{stay.first[:4]}-{month:02}-{int(day):02}" for day in (days[1], days[2] or days[1])
            )
            text = _lead(stay, f"visited {told['place']} {_dates(first, last if last != first else None)}")
            for report in _read(stay, text, reader):
                if report.facts.type is EventType.VISIT and report.facts.host == stay.host:
                    yield stay, report.facts, min(report.confidence, stay.confidence)
                    break


def _read(stay: _Stay, text: str, reader: Reader) -> list[Report]:
    published = stay.when.latest_end()
    document = Draft(name="remark", text=text, raw=b"").document(published)
    try:
        told = reader(document)
    except (DiplographError, ValueError, RecursionError):
        # A remark that cannot be read costs what it tells, not the stay.
        return []
    return [
        r for r in told
        if r.polarity is Polarity.AFFIRMED and r.facts.status is Status.HELD and len(set(r.facts.states)) > 1
    ]  # fmt: skip


def _is_stay(facts: Facts, stay: _Stay) -> bool:
    same = facts.type is EventType.VISIT and stay.guest in facts.guests and facts.host == stay.host
    return same and facts.when.overlaps(stay.when)


def _lead(stay: _Stay, what: str) -> str:
    states = gazetteer.load().states
    adjectives = states[stay.guest].adjectives if stay.guest in states else ()
    land = "U.S." if stay.guest == "USA" else adjectives[0] if adjectives else _name(stay.guest)
    person = stay.person or {"office": None, "name": "officials"}
    return f"{land} {' '.join(filter(None, (person['office'], person['name'])))} {what}."


def _with_subject(stay: _Stay) -> str:
    if stay.person is None:
        return stay.remark
    surname = str(stay.person["name"]).rpartition(" ")[2]
    return _HEADLESS.sub(lambda found: f"{surname} {found['verb'].lower()}", stay.remark)


def _dates(first: str, last: str | None) -> str:
    return f"from {_day(first)} to {_day(last)}" if last else f"on {_day(first)}"


def _day(told: str) -> str:
    if len(told) < 10:
        return told
    day = date.fromisoformat(told)
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


def _name(state: str) -> str:
    known = gazetteer.load().states.get(state)
    return known.name if known else state


def _add(staging: Staging, found: Sequence[tuple[_Stay, Facts, float]]) -> None:
    import pyarrow as pa

    if not found:
        return
    rule = f"{staging.form.name}/remark"
    rows = [_row(stay, _settled(facts), confidence, rule) for stay, facts, confidence in found]
    schema = staging.con.sql("SELECT * FROM reports LIMIT 0").to_arrow_table().schema
    staging.con.register("remarks", pa.Table.from_pylist(rows, schema=schema))
    staging.con.execute("INSERT INTO reports SELECT * FROM remarks")
    staging.con.unregister("remarks")


def _settled(facts: Facts) -> Facts:
    """The facts in the order in which the consensus tells them."""
    alone = Report(id="0" * 32, source="0" * 64, facts=facts, evidence=())
    return decide("0" * 32, [alone]).facts


def _row(stay: _Stay, facts: Facts, confidence: float, rule: str) -> dict[str, Any]:
    place, occasion = facts.place, facts.occasion
    return {
        "r": stay.row,
        "rows": [{"r": stay.row, "c0": stay.start, "raw": stay.raw}],
        "type": facts.type.value,
        "subtype": facts.subtype,
        "status": facts.status.value,
        "states": list(facts.states),
        "guests": list(facts.guests),
        "host": facts.host,
        "people": [
            {"name": p.name, "person": p.person, "state": p.state, "office": p.office}
            for p in facts.participants
        ],
        "place": {"name": place.name, "state": place.state, "id": place.id} if place else None,
        "first": facts.when.start,
        "day": facts.when.earliest_start(),
        "last": facts.when.end,
        "occasion": {"name": occasion.name, "id": occasion.id} if occasion else None,
        "issues": [
            {"name": t.name, "id": t.id, "node": issue_node(t), "key": t.id or plain(t.name)}
            for t in facts.issues
        ],
        "confidence": round(confidence, 4),
        "rule": rule,
    }
