"""Looks for what is odd in the gazetteer: overlaps, gaps without a reason, names of several people.

``check(gazetteer)`` gives ``Finding`` rows in a fixed order; an empty result means nothing to do.
``remarks(gazetteer)`` gives what is right and still worth knowing: vacant offices, noted vacancies, and names
that several people bear.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise

from diplograph.knowledge.gazetteer import Gazetteer
from diplograph.knowledge.names import joined
from diplograph.knowledge.offices import in_force
from diplograph.knowledge.rows import Finding
from diplograph.model.entity import Tenure
from diplograph.model.timespan import first_day, last_day

# The states that news reports most; their heads of government must be known without a break.
MOST_REPORTED = tuple(
    (
        "AFG ARE ARG AUS BEL BGD BRA CAN CHE CHL CHN COL CUB CZE DEU DNK DZA EGY ESP ETH FIN FRA "
        "GBR GRC HUN IDN IND IRL IRN IRQ ISR ITA JOR JPN KEN KHM KOR LBN LKA MAR MEX MMR MYS NGA "
        "NLD NOR NZL PAK PER PHL POL PRK PRT PSE QAT ROU RUS SAU SGP SRB SVK SWE SYR THA TUR TWN "
        "UKR USA VEN VNM ZAF"
    ).split()
)
SINCE, UNTIL = date(1990, 1, 1), date(2026, 1, 31)
_TOLERANCE = timedelta(days=1)


def check(
    gazetteer: Gazetteer,
    since: date = SINCE,
    until: date = UNTIL,
    states: Collection[str] | None = None,
) -> tuple[Finding, ...]:
    """Everything odd between two days.

    Args:
        gazetteer: What to look at.
        since: The first day that must be covered.
        until: The last day that must be covered.
        states: Ids of the states to look at; without them, overlaps of all and gaps of the most reported.
            Nobody is asked to head a territory, a polity that is only claimed, or one whose office-holders
            stand under another.
    """
    found = [*_overlaps(gazetteer, states), *_namesakes(gazetteer, states)]
    for state in states if states is not None else MOST_REPORTED:
        if _governs_itself(gazetteer, state):
            found.extend(_gaps(gazetteer, state, since, until))
    return tuple(sorted(found, key=_order))


def _governs_itself(gazetteer: Gazetteer, state: str) -> bool:
    entry = gazetteer.states.get(state)
    return entry is not None and entry.kind in ("state", "historical") and not entry.line


def remarks(
    gazetteer: Gazetteer,
    since: date = SINCE,
    until: date = UNTIL,
    states: Collection[str] | None = None,
) -> tuple[Finding, ...]:
    """What is no mistake and still worth knowing, between two days: vacancies and shared names.

    Args:
        gazetteer: What to look at.
        since: The first day looked at.
        until: The last day looked at; offices are called vacant as of this day.
        states: Ids of the states to look at; without them, all.
    """
    wanted = frozenset(gazetteer.states if states is None else states)
    found = [
        *_vacant(gazetteer, wanted, until),
        *_vacancies(gazetteer, wanted, since, until),
        *_shared_names(gazetteer, wanted),
    ]
    return tuple(sorted(found, key=_order))


def _order(one: Finding) -> tuple[str, str, str]:
    return one.kind, one.about, one.detail


def _vacant(gazetteer: Gazetteer, states: Collection[str], on: date) -> Iterator[Finding]:
    """Offices that lead a state on a day and have no holder on it."""
    for state in (gazetteer.states[one] for one in sorted(states)):
        if state.kind != "state" or (state.end and last_day(state.end) < on):
            continue
        day = on.isoformat()
        for office in sorted(in_force(state.government, day) | in_force(state.leader, day)):
            if not gazetteer.holders(state.id, office, on):
                yield Finding(
                    kind="vacant", about=f"{state.id} {office}", detail=f"nobody is known to hold it on {day}"
                )


def _vacancies(gazetteer: Gazetteer, states: Collection[str], since: date, until: date) -> Iterator[Finding]:
    """Gaps for which a reason is noted."""
    for one in gazetteer.vacancies.values():
        if one.state in states and first_day(one.start) <= until and last_day(one.end) >= since:
            detail = f"nobody from {one.start} to {one.end}: {one.reason}"
            yield Finding(kind="vacancy", about=f"{one.state} {one.office}", detail=detail)


def _shared_names(gazetteer: Gazetteer, states: Collection[str]) -> Iterator[Finding]:
    """Full names that lead to several people; a text must tell which of them is meant."""
    bearers: dict[str, dict[str, Tenure]] = defaultdict(dict)
    for tenure in sorted(gazetteer.tenures.values(), key=lambda one: one.id):
        for name in (tenure.name, *tenure.aliases):
            if " " in name:
                bearers[joined(name)].setdefault(tenure.person, tenure)
    for people in bearers.values():
        if len(people) > 1 and any(one.state in states for one in people.values()):
            detail = ", ".join(sorted(f"{slug} ({one.state})" for slug, one in people.items()))
            yield Finding(
                kind="duplicate name", about=min(one.name for one in people.values()), detail=detail
            )


def _overlaps(gazetteer: Gazetteer, states: Collection[str] | None) -> Iterator[Finding]:
    """Two people who held one office at a time, neither as a stand-in, where the row does not say why."""
    lines: dict[tuple[str, str], list[Tenure]] = defaultdict(list)
    for tenure in gazetteer.tenures.values():
        chosen = states is None or tenure.state in states
        if chosen and tenure.start and not tenure.acting and "shared" not in tenure.note:
            lines[tenure.state, tenure.office].append(tenure)
    for (state, office), line in lines.items():
        ordered = sorted(line, key=lambda one: (_begin(one), one.id))
        one = ordered[0]
        for following in ordered[1:]:
            if _collide(one, following):
                detail = f"{one.name} until {one.end}, {following.name} from {following.start}"
                yield Finding(kind="overlap", about=f"{state} {office}", detail=detail)
            # Compare with whoever stays longest, so that a short spell hides no long one.
            one = max(one, following, key=lambda two: _finish(two, date.min))
        yield from _open_ends(state, office, line)


def _collide(one: Tenure, following: Tenure) -> bool:
    if one.person == following.person or not one.end or "contested" in one.note:
        return False
    return first_day(one.end) - _TOLERANCE > last_day(following.start or one.end)


def _open_ends(state: str, office: str, line: list[Tenure]) -> Iterator[Finding]:
    """A tenure without an end although somebody else came later."""
    latest = max(_begin(one) for one in line)
    for one in line:
        if one.end is None and _begin(one) < latest:
            yield Finding(kind="no end", about=f"{state} {office}", detail=f"{one.name} from {one.start}")


def _gaps(gazetteer: Gazetteer, state: str, since: date, until: date) -> Iterator[Finding]:
    """Stretches in which nobody is known to head the government and no vacancy is noted."""
    entry = gazetteer.states[state]
    until = min(until, last_day(entry.end) if entry.end else until)
    cursor = max(since, first_day(entry.start) if entry.start else since)
    for begin, end in _covered(gazetteer, state, cursor, until):
        if begin - cursor > _TOLERANCE:
            yield Finding(
                kind="gap", about=state, detail=f"nobody heads the government from {cursor} to {begin}"
            )
        cursor = max(cursor, end)
    if until - cursor > _TOLERANCE:
        yield Finding(kind="gap", about=state, detail=f"nobody heads the government from {cursor} to {until}")


def _covered(gazetteer: Gazetteer, state: str, since: date, until: date) -> Iterable[tuple[date, date]]:
    """The stretches that a head of government or a noted vacancy covers, in order."""
    stretches: list[tuple[date, date]] = []
    for begin, end, offices in _periods(gazetteer, state, since, until):
        stretches.extend(
            (max(begin, _begin(tenure)), min(end, _finish(tenure, until)))
            for tenure in gazetteer.tenures.values()
            if tenure.state == state and tenure.office in offices
        )
        stretches.extend(
            (first_day(vacancy.start), last_day(vacancy.end))
            for vacancy in gazetteer.vacancies.values()
            if vacancy.state == state and vacancy.office in offices
        )
    return sorted(stretch for stretch in stretches if stretch[0] <= stretch[1])


def _periods(
    gazetteer: Gazetteer, state: str, since: date, until: date
) -> Iterator[tuple[date, date, frozenset[str]]]:
    """From when until when which offices head the government."""
    government = gazetteer.states[state].government
    days = {first_day(entry.partition("@")[2]) for entry in government if "@" in entry}
    bounds = sorted({since, until, *(day for day in days if since < day < until)})
    for begin, end in pairwise(bounds):
        yield begin, end, in_force(government, begin.isoformat())


def _namesakes(gazetteer: Gazetteer, chosen: Collection[str] | None) -> Iterator[Finding]:
    """One slug for people of different states; it may be one person or two."""
    states: dict[str, set[str]] = defaultdict(set)
    for tenure in gazetteer.tenures.values():
        # One king may reign over several realms.
        if tenure.state in gazetteer.states and tenure.office != "king":
            states[tenure.person].add(tenure.state)
    for person, homes in states.items():
        living = {home for home in homes if gazetteer.states[home].kind == "state"}
        if len(living) > 1 and (chosen is None or living & set(chosen)):
            yield Finding(kind="namesake", about=person, detail=", ".join(sorted(homes)))


def _begin(tenure: Tenure) -> date:
    return first_day(tenure.start) if tenure.start else date.min


def _finish(tenure: Tenure, until: date) -> date:
    return last_day(tenure.end) if tenure.end else until
