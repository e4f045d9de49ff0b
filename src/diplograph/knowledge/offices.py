"""What an office or title is called in news, and which offices of the gazetteer that can mean.

Takes words such as ``premier`` or ``Secretary of Defense``; gives a ``Wanted`` that a tenure meets or not.
"""

from __future__ import annotations

from dataclasses import dataclass

from diplograph.knowledge.names import key
from diplograph.model.entity import State, Tenure
from diplograph.model.timespan import first_day, last_day

_PREMIERS = frozenset({"prime-minister", "premier", "chief-adviser", "chief-executive", "chief-minister"})
_MONARCHS = frozenset(
    {"king", "queen", "emperor", "sultan", "emir", "prince", "grand-duke", "sovereign-prince"}
)
_PARTY = frozenset({"general-secretary", "first-secretary", "party-chairman"})

_OFFICES: dict[str, frozenset[str]] = {
    "president": frozenset({"president", "acting-president", "co-president"}),
    "interim president": frozenset({"president", "acting-president"}),
    "prime minister": _PREMIERS,
    "premier": _PREMIERS,
    "pm": _PREMIERS,
    "taoiseach": _PREMIERS,
    "chief adviser": frozenset({"chief-adviser"}),
    "chief advisor": frozenset({"chief-adviser"}),
    "chief executive": frozenset({"chief-executive"}),
    "chancellor": frozenset({"chancellor"}),
    "king": _MONARCHS,
    "queen": _MONARCHS,
    "monarch": _MONARCHS,
    "emperor": _MONARCHS,
    "sultan": _MONARCHS,
    "emir": _MONARCHS,
    "amir": _MONARCHS,
    "grand duke": _MONARCHS,
    "sovereign": _MONARCHS,
    "prince": _MONARCHS,
    "pope": frozenset({"pope"}),
    "pontiff": frozenset({"pope"}),
    "supreme leader": frozenset({"supreme-leader"}),
    "general secretary": _PARTY,
    "party chief": _PARTY,
    "party leader": _PARTY,
    "party secretary": _PARTY,
    "first secretary": _PARTY,
    "paramount leader": frozenset({"paramount-leader", "general-secretary"}),
    "vice president": frozenset({"vice-president"}),
    "crown prince": frozenset({"crown-prince"}),
    "chairman": frozenset({"chairman", "party-chairman"}),
    "national security adviser": frozenset({"national-security-adviser"}),
    "national security advisor": frozenset({"national-security-adviser"}),
    "secretary general": frozenset({"secretary-general"}),
    "commission president": frozenset({"commission-president"}),
    "president of the european commission": frozenset({"commission-president"}),
    "council president": frozenset({"council-president"}),
    "president of the european council": frozenset({"council-president"}),
    "foreign policy chief": frozenset({"high-representative"}),
    "high representative": frozenset({"high-representative"}),
    "state councilor": frozenset({"state-councilor"}),
}
_ROLES: dict[str, str] = {
    "foreign minister": "foreign-minister",
    "minister of foreign affairs": "foreign-minister",
    "foreign affairs minister": "foreign-minister",
    "external affairs minister": "foreign-minister",
    "minister of external affairs": "foreign-minister",
    "minister for foreign affairs": "foreign-minister",
    "foreign secretary": "foreign-minister",
    "secretary of state": "foreign-minister",
    "secretary of foreign affairs": "foreign-minister",
    "top diplomat": "foreign-minister",
    "chief diplomat": "foreign-minister",
    "defence minister": "defence-minister",
    "defense minister": "defence-minister",
    "minister of defence": "defence-minister",
    "minister of defense": "defence-minister",
    "defence secretary": "defence-minister",
    "defense secretary": "defence-minister",
    "secretary of defense": "defence-minister",
    "secretary of war": "defence-minister",
    "pentagon chief": "defence-minister",
    "head of state": "head-of-state",
}
# India's foreign secretary is a civil servant, and only some states call the minister a secretary.
_SECRETARIES = {"foreign secretary": {"GBR", "PHL", "MEX"}, "secretary of state": {"USA", "VAT"}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which tenures an office word means."""

    offices: frozenset[str] = frozenset()
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


def wanted(words: str, state: State | None, on: str | None) -> Wanted:
    """What an office word means in a state on a date.

    Args:
        words: ``prime minister``, ``acting president``, ``leader``, an office slug or a full title.
        state: The state, or None for an organisation.
        on: Partial ISO date, or None for any time.
    """
    title = key(words)
    acting = title.startswith("acting ")
    title = title.removeprefix("acting ")
    if title in _SECRETARIES and (state is None or state.id not in _SECRETARIES[title]):
        return Wanted(title=title, acting=acting)
    if title in ("leader", "ruler", "strongman", "top leader", "de facto leader"):
        return Wanted(offices=in_force(state.leader if state else (), on), role=None if state else "org-head")
    if title in ("head of government", "government head"):
        return Wanted(offices=in_force(state.government if state else (), on))
    if title in ("head", "chief", "secretary general") and state is None:
        return Wanted(offices=_OFFICES.get(title, frozenset()), role="org-head")
    return Wanted(
        offices=_OFFICES.get(title, frozenset()), role=_ROLES.get(title), title=title, acting=acting
    )


def in_force(offices: tuple[str, ...], on: str | None) -> frozenset[str]:
    """The offices of a dated list that count on a date.

    Offices without a day count until the first dated office begins; each group of one day replaces the last.
    """
    groups: dict[str, set[str]] = {}
    for entry in offices:
        office, _, since = entry.partition("@")
        groups.setdefault(since, set()).add(office)
    if on is None:
        return frozenset().union(*groups.values())
    day = last_day(on)
    begun = [since for since in groups if not since or first_day(since) <= day]
    return frozenset(groups[max(begun)]) if begun else frozenset()
