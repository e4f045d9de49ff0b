"""A person's spell in an office while it is being put together from several sources."""

from __future__ import annotations

from dataclasses import dataclass, field

import tables

FAMILY_FIRST = {"KOR", "PRK", "CHN", "TWN", "VNM", "RVN", "KHM", "HKG", "MAC", "SGP"}
TITLES = {
    "president": "President",
    "prime-minister": "Prime Minister",
    "premier": "Premier",
    "chancellor": "Chancellor",
    "king": "King",
    "emperor": "Emperor",
    "sultan": "Sultan",
    "emir": "Emir",
    "pope": "Pope",
    "prince": "Prince",
    "grand-duke": "Grand Duke",
    "supreme-leader": "Supreme Leader",
    "chief-executive": "Chief Executive",
    "chief-minister": "Chief Minister",
    "foreign-minister": "Foreign Minister",
    "defence-minister": "Defense Minister",
    "vice-president": "Vice President",
    "crown-prince": "Crown Prince",
    "general-secretary": "General Secretary",
    "first-secretary": "First Secretary",
    "paramount-leader": "Paramount Leader",
    "chairman": "Chairman",
    "secretary-of-state": "Secretary of State",
    "secretary-of-defense": "Secretary of Defense",
    "national-security-adviser": "National Security Adviser",
    "chief-adviser": "Chief Adviser",
    "foreign-secretary": "Foreign Secretary",
    "secretary-general": "Secretary-General",
    "leader": "Leader",
    "high-representative": "High Representative",
    "commission-president": "President of the European Commission",
    "council-president": "President of the European Council",
    "party-chairman": "Party Chairman",
    "external-affairs-minister": "External Affairs Minister",
    "state-councilor": "State Councilor",
    "deputy-prime-minister": "Deputy Prime Minister",
    "queen": "Queen",
    "captain-regent": "Captain Regent",
    "director-general": "Director General",
}
ROLES = {
    "president": "head-of-state",
    "king": "head-of-state",
    "emperor": "head-of-state",
    "sultan": "head-of-state",
    "emir": "head-of-state",
    "pope": "head-of-state",
    "captain-regent": "head-of-state",
    "prince": "head-of-state",
    "grand-duke": "head-of-state",
    "prime-minister": "head-of-government",
    "premier": "head-of-government",
    "chancellor": "head-of-government",
    "chief-executive": "head-of-government",
    "chief-minister": "head-of-government",
    "chief-adviser": "head-of-government",
    "head-of-state": "head-of-state",
    "supreme-leader": "leader",
    "general-secretary": "leader",
    "first-secretary": "leader",
    "leader": "leader",
    "paramount-leader": "leader",
    "party-chairman": "leader",
    "chairman": "leader",
    "state-councilor": "leader",
    "foreign-minister": "foreign-minister",
    "secretary-of-state": "foreign-minister",
    "foreign-secretary": "foreign-minister",
    "external-affairs-minister": "foreign-minister",
    "defence-minister": "defence-minister",
    "secretary-of-defense": "defence-minister",
    "vice-president": "vice",
    "deputy-prime-minister": "vice",
    "crown-prince": "crown-prince",
    "national-security-adviser": "security-adviser",
    "secretary-general": "org-head",
    "commission-president": "org-head",
    "council-president": "org-head",
    "high-representative": "foreign-minister",
    "director-general": "org-head",
}
# People of one name in different states.
_SLUGS = {
    ("SAU", "Abdullah"): "abdullah-of-saudi-arabia",
    ("MYS", "Abdullah"): "abdullah-of-pahang",
    ("MCO", "Albert II"): "albert-ii-of-monaco",
    ("JOR", "Hussein"): "hussein-of-jordan",
}


@dataclass(kw_only=True)
class Spell:
    """One spell; ``end`` is empty until it is known or the next spell of the office begins."""

    state: str
    office: str
    name: str
    surname: str
    start: str
    end: str
    title: str = ""
    role: str = ""
    acting: bool = False
    aliases: list[str] = field(default_factory=list)
    last_seen: str = ""
    source: str = ""
    as_of: str = ""
    note: str = ""
    given_first: bool | None = None
    attested: dict[str, str] = field(default_factory=dict)
    dates_from: str = ""
    pinned: frozenset[str] = frozenset()

    def _slug(self) -> str:
        """The person's slug; a bare surname out of a source is common to many, so the state is added."""
        known = _SLUGS.get((self.state, self.name))
        bare = " " not in self.name and self.source != "editorial"
        return known or tables.slug(f"{self.name} {self.state}" if bare else self.name)

    def cited(self) -> str:
        """Every source of the row with its day, the one that the dates follow first."""
        days = {self.source: self.as_of, **self.attested}
        leading = self.dates_from or self.source
        ordered = sorted(days, key=lambda source: (source != leading, source == self.source, source))
        return "; ".join(f"{source} {days[source]}" for source in ordered)

    def row(self) -> dict[str, str]:
        """The row of tenures.csv."""
        given_first = self.state not in FAMILY_FIRST if self.given_first is None else self.given_first
        return {
            "id": f"{self.state}-{self.office}-{self.start}",
            "person": self._slug(),
            "name": self.name,
            "aliases": tables.join(alias for alias in self.aliases if alias != self.name),
            "surname": self.surname,
            "name_order": "given-first" if given_first else "family-first",
            "state": self.state,
            "office": self.office,
            "title": self.title or TITLES.get(self.office, self.office.replace("-", " ").title()),
            "role": self.role or ROLES.get(self.office, "other"),
            "start": self.start,
            "end": self.end,
            "acting": "yes" if self.acting else "no",
            "source": self.cited(),
            "as_of": max([self.as_of, *self.attested.values()]),
            "note": self.note,
        }
