"""Finds what of the gazetteer a claim of Wikidata's is about: which office, which tenure, which person.

``Lines(gazetteer)`` answers; names are compared without accents, hyphens and case, dates by nearness.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import timedelta

from diplograph.knowledge.gazetteer import Gazetteer
from diplograph.knowledge.names import joined, key
from diplograph.knowledge.wikidata import Claim
from diplograph.model.entity import Tenure
from diplograph.model.timespan import first_day

_NEAR = timedelta(days=366)  # two rows of one person in one office that begin within a year are one tenure


class Lines:
    """The tenures of a gazetteer by state and office; a tenure is found for one claim only.

    Args:
        known: The gazetteer.
    """

    def __init__(self, known: Gazetteer) -> None:
        self.known = known
        self._found: set[str] = set()
        self._lines: dict[tuple[str, str], list[Tenure]] = defaultdict(list)
        self._states: dict[str, list[Tenure]] = defaultdict(list)
        for tenure in sorted(known.tenures.values(), key=lambda one: one.id):
            self._lines[tenure.state, tenure.office].append(tenure)
            self._states[tenure.state].append(tenure)

    def line(self, state: str, office: str) -> Sequence[Tenure]:
        """The tenures of one office, sorted by id."""
        return self._lines.get((state, office), ())

    def office(self, state: str, title: str, line: Sequence[Claim]) -> str:
        """Which office of ours it is: that of the same people at the same time, else that of its title."""
        votes = Counter(
            tenure.office
            for one in line
            for tenure in self._states[state]
            if _same_person(one, tenure) and _touch(one, tenure)
        )
        if votes:
            return min(votes, key=lambda office: (-votes[office], office))
        mine = {o for (s, o), rows in self._lines.items() if s == state and rows[0].role == line[0].role}
        named = [o for o in sorted(mine) if o.replace("-", " ") == key(short(title))]
        if named or len(mine) == 1:
            return named[0] if named else mine.pop()
        return re.sub(r"[^a-z]+", "-", key(short(title)).strip()) or line[0].role

    def match(self, office: str, one: Claim) -> Tenure | None:
        """Our tenure that a claim is about: of the same person, or of the same first day and a name alike."""
        line = [t for t in self.line(one.state, office) if t.id not in self._found and _touch(one, t)]
        same = [tenure for tenure in line if _same_person(one, tenure)]
        if not same and one.start and len(one.start) == 10:
            same = [
                t
                for t in line
                if t.start == one.start and t.acting == one.acting and _alike(one.name, t.name)
            ]
        best = min(same, key=lambda tenure: (tenure.start != one.start, tenure.id), default=None)
        self._found |= {best.id} if best else set()
        return best

    def person(self, one: Claim) -> str:
        """The person's slug: a known one if the state knows the name, else one that nobody bears."""
        people = self.known.people_named(one.name) if one.name else ()
        for slug in people:
            if any(tenure.state == one.state for tenure in self.known.tenures_of(slug)):
                return slug
        slug = re.sub(r"[^a-z0-9]+", "-", key(one.name)).strip("-") or one.person.casefold()
        return f"{slug}-{one.state.casefold()}" if self.known.tenures_of(slug) else slug

    def order(self, state: str) -> str:
        """In which order the people of a state mostly write their names."""
        orders = Counter(t.name_order for t in self._states[state])
        return max(sorted(orders), key=lambda order: orders[order], default="given-first")


def short(title: str) -> str:
    """The office without its state: ``Prime Minister`` of ``Prime Minister of Japan``."""
    plain = re.sub(r"\s*\([^)]*\)", "", title)
    return plain if key(plain).startswith(("minister ", "secretary ")) else plain.partition(" of ")[0]


def _same_person(one: Claim, tenure: Tenure) -> bool:
    return joined(one.name) in {joined(name) for name in (tenure.name, *tenure.aliases)}


def _touch(one: Claim, tenure: Tenure) -> bool:
    """Whether the two may be one tenure: they begin within a year of each other, or one has no beginning."""
    if one.start and tenure.start:
        return abs(first_day(one.start) - first_day(tenure.start)) <= _NEAR
    bounds = (one.end, tenure.end)
    return not all(bounds) or abs(first_day(one.end or "") - first_day(tenure.end or "")) <= _NEAR


def _alike(name: str, other: str) -> bool:
    """Whether two names share a word, as spellings of one name mostly do."""
    return bool({*key(name).split()} & {*key(other).split()})
