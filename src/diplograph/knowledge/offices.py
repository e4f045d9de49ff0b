"""What an office or title is called in news, and which offices of the gazetteer that can mean.

Takes words such as ``premier`` or ``Secretary of Defense``; gives a ``Wanted`` that a tenure meets or not.
The words stand in ``data/offices.csv``; where a row names states, it counts in those alone and goes first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from diplograph import resources
from diplograph.knowledge import reading
from diplograph.knowledge.names import key
from diplograph.knowledge.rows import OfficeWords
from diplograph.model.entity import State, Tenure
from diplograph.model.timespan import first_day, last_day

_LEADERS = frozenset({
    "leader", "ruler", "strongman", "top leader", "de facto leader", "military ruler", "military leader",
    "dictator", "national leader", "junta leader", "head of the junta",
})  # fmt: skip
# An organisation has one head, whatever the head is called.
_HEADS_OF_BODIES = frozenset({
    "head", "chief", "boss", "secretary general", "general secretary", "president", "chair", "chairman",
    "chairperson", "director", "director general", "managing director", "commission chair", "commission head",
    "commission chief", "commission chairperson",
})  # fmt: skip
_HEADS_OF_GOVERNMENT = frozenset({
    "head of government", "government head", "head of the government", "chief of government",
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which tenures an office word means.

    Attributes:
        offices: Slugs of the offices, in the order in which their holders are given.
        role: Kind of office, or None.
        title: The comparable form of the words, which a title may be.
        acting: Whether only those who stand in are meant.
    """

    offices: tuple[str, ...] = ()
    role: str | None = None
    title: str = ""
    acting: bool = False

    def met_by(self, tenure: Tenure) -> bool:
        """Whether the tenure is one in such an office."""
        if self.acting and not tenure.acting:
            return False
        return (
            tenure.office in self.offices
            or (self.role is not None and tenure.role == self.role)
            or (bool(self.title) and self.title in (key(tenure.title), key(tenure.office)))
        )

    def place(self, tenure: Tenure) -> int:
        """Where among the answers the tenure belongs if the offices are ranked: by the first office first."""
        return self.offices.index(tenure.office) if tenure.office in self.offices else len(self.offices)


def wanted(words: str, state: State | None, on: str | None) -> Wanted:
    """What an office word means in a state on a date.

    Args:
        words: ``prime minister``, ``acting president``, ``leader``, an office slug or a full title.
        state: The state, or None for an organisation.
        on: Partial ISO date, or None for any time.
    """
    title = key(words)
    acting = title.startswith("acting ")
    title = title.removeprefix("acting ").removeprefix("caretaker ")
    if title in _LEADERS:
        return Wanted(offices=in_order(state.leader if state else (), on), role=None if state else "org-head")
    if title in _HEADS_OF_GOVERNMENT:
        return Wanted(offices=in_order(state.government if state else (), on))
    if title in _HEADS_OF_BODIES and state is None:
        return Wanted(role="org-head")
    meant = _meaning(title, state.id if state else None)
    return Wanted(offices=meant.offices, role=meant.role, title=title, acting=acting)


def home(words: str) -> str | None:
    """The state whose office the words name by themselves: IRL for ``Taoiseach``; None for ``premier``."""
    return next((row.home for row in _table().get(key(words), ()) if row.home), None)


def particular(words: str, state: str) -> bool:
    """Whether the words mean something of their own in a state: ``Chairman of the People's Republic``."""
    return any(state in row.states for row in _table().get(key(words), ()))


def in_force(offices: tuple[str, ...], on: str | None) -> frozenset[str]:
    """The offices of a dated list that count on a date.

    Offices without a day count until the first dated office begins; each group of one day replaces the last.
    """
    return frozenset(in_order(offices, on))


def in_order(offices: tuple[str, ...], on: str | None) -> tuple[str, ...]:
    """The offices that count on a date, as ``in_force`` has them, in the order in which they are listed."""
    groups: dict[str, dict[str, None]] = {}
    for entry in offices:
        office, _, since = entry.partition("@")
        groups.setdefault(since, {})[office] = None
    if on is None:
        return tuple(dict.fromkeys(office for group in groups.values() for office in group))
    day = last_day(on)
    begun = [since for since in groups if not since or first_day(since) <= day]
    return tuple(groups[max(begun)]) if begun else ()


def _meaning(title: str, state: str | None) -> OfficeWords:
    """What the words mean in a state; nothing but themselves where the table says nothing."""
    rows = _table().get(title, ())
    own = [row for row in rows if state in row.states]
    general = [row for row in rows if not row.states]
    return next(iter(own + general), OfficeWords(words=title))


@cache
def _table() -> Mapping[str, tuple[OfficeWords, ...]]:
    """The rows of ``data/offices.csv`` by their words.

    Raises:
        KnowledgeError: If a row is malformed.
    """
    found: dict[str, tuple[OfficeWords, ...]] = {}
    for row in reading.table(resources.path("data/offices.csv"), reading.office_words).values():
        found[row.words] = (*found.get(row.words, ()), row)
    return found
