"""What a source says of one person in government: the common form of all sources, and when it fits a spell.

``Attestation`` is a spell or a day; ``agrees(spell, attestation)`` tells whether one supports the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import people
from spells import ROLES, Spell

LEADING = frozenset({"head-of-state", "head-of-government", "leader"})
_NEAR = timedelta(days=45)
# A state and those that came before it are one line of leaders in many sources.
FAMILIES = (
    {"RUS", "SUN"}, {"SRB", "YUG", "SCG"}, {"CZE", "CSK"}, {"VNM", "VDR", "RVN"}, {"YEM", "YAR", "YMD"},
    {"COD", "ZAR"}, {"TZA", "EAZ", "EAT"}, {"DEU", "DDR"}, {"ZWE", "RHO"},
    {"MYS", "MAL"}, {"EGY", "UAR"},
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Attestation:
    """A person in government at a time, as one source tells it.

    Attributes:
        state: Id of the state or organisation.
        name: The person as the source writes it, or a surname alone.
        names: Other spellings in the source.
        start: First day, partial ISO; empty if the source does not reach back so far.
        end: Last day, partial ISO; empty if the spell went on when the source was made.
        roles: The roles that the office can have; empty if the source does not say.
        office: The office, where the source names it.
        dated: Whether the first day is that of the office, so that it may be taken over.
        ended: Whether the last day is that of the office.
        source: The name under which a row cites it.
        as_of: The day on which the source was made or last seen.
        where: File and line.
        run: Number of the run of successive office-holders in which the source lists the person; 0 for none.
    """

    state: str
    name: str
    names: tuple[str, ...] = ()
    start: str
    end: str
    roles: frozenset[str] = frozenset()
    office: str = ""
    dated: bool = False
    ended: bool = False
    source: str
    as_of: str
    where: str = ""
    run: int = 0


def first(text: str) -> date:
    """The first day of a partial ISO date; the first of all days for an empty one."""
    if not text:
        return date.min
    year, month, day = (*text.split("-"), "1", "1")[:3]
    return date(int(year), int(month), int(day))


def last(text: str) -> date:
    """The last day of a partial ISO date; the last of all days for an empty one."""
    if not text:
        return date.max
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        return date(*parts)
    year, month = (parts[0], parts[1]) if len(parts) == 2 else (parts[0], 12)
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


def family(state: str) -> frozenset[str]:
    """The state with those before and after it that sources do not tell apart."""
    return frozenset({state}).union(*(group for group in FAMILIES if state in group))


def same_person(spell: Spell, said: Attestation) -> bool:
    """Whether the names can be one person's."""
    names = (spell.name, *spell.aliases)
    return any(people.alike(names, spell.surname, other) for other in (said.name, *said.names))


def same_office(spell: Spell, said: Attestation) -> bool:
    """Whether the source can mean the office of the spell."""
    if said.office and spell.office == said.office:
        return True
    return not said.roles or (spell.role or ROLES.get(spell.office, "other")) in said.roles


def same_time(spell: Spell, said: Attestation) -> bool:
    """Whether the times agree: most of the shorter one lies in the other, or both begin or end together.

    A source that gives no end knows nothing after the day on which it was made.
    """
    told = said.end or said.as_of
    begin, finish = max(first(spell.start), first(said.start)), min(last(spell.end), last(told))
    if begin > finish:
        return False
    shorter = min(_length(spell.start, spell.end), _length(said.start, told))
    return (
        (finish - begin).days >= 0.6 * shorter
        or abs(first(spell.start) - first(said.start)) <= _NEAR
        or bool(spell.end and said.end and abs(last(spell.end) - last(said.end)) <= _NEAR)
    )


def agrees(spell: Spell, said: Attestation) -> bool:
    """Whether the source supports the spell."""
    if not (same_office(spell, said) and same_time(spell, said) and same_person(spell, said)):
        return False
    if said.roles or said.dated or said.ended or said.run:
        return True
    # Some minister of some kind: no leader, and of a surname that is written alike.
    surname = set(people.tokens(spell.surname))
    return (spell.role or ROLES.get(spell.office)) not in LEADING and surname <= set(people.tokens(said.name))


def _length(start: str, end: str) -> int:
    return (last(end) - first(start)).days
