"""Joins what sources say to the spells: who attests a spell, which day is the better one, and what differs.

``join(spells, said)`` changes the spells in place and gives the ``Difference``s that a person should judge.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import people
from attested import Attestation, agrees, family, first
from spells import FAMILY_FIRST

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from spells import Spell

import tables

_HANDFUL = 6
_TITLED = re.compile(
    r"^(?:Sir|Dame|Dr|Gen|General|President|Prime Minister|Premier|Chancellor|King|Queen|Foreign Minister|"
    r"Lord|Sheikh|Prince|Captain|Chairman|Secretary|Minister|Emperor)\.? "
)
_ODD = re.compile(
    r"[^\w .'’-]|\.\w{2}|\b(?:The|Of|And|For|Minister|President|Secretary|Government|Party|Leader|Former|Gov|"
    r"Governor|Council|Republic|formerly|[Ii]bni|Iii|3D|Kanzler|Bundeskanzler|German|Elect)\b"
)
# Where a family rules, fathers and sons are made of the same words.
_DYNASTIES = frozenset({"KWT", "QAT", "ARE", "SAU", "BHR", "OMN", "JOR"})
# The better source of a day stands first. REIGN was made from Archigos, so it is not heard beside it.
_BEST = ("Archigos 4.1", "CIA World Factbook", "Phoenix actors")
_SLIP = 31


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A day on which a spell and a source differ."""

    spell: Spell
    bound: str
    ours: str
    theirs: str
    source: str
    where: str

    @property
    def days(self) -> int:
        """How far the days are apart."""
        return _apart(self.ours, self.theirs)


def join(spells: Sequence[Spell], said: Iterable[Attestation]) -> list[Difference]:
    """Cite the sources in the spells that they attest, and take their days where those are better.

    A day is better if ours is partial and theirs lies within it, or if two sources that do not copy
    each other agree on another day within a month of ours.
    """
    by_state: Mapping[str, list[Attestation]] = _by_state(said)
    found: list[Difference] = []
    changes = _changes(spells)
    for spell in spells:
        fitting = [
            one for state in sorted(family(spell.state)) for one in by_state[state] if agrees(spell, one)
        ]
        spell.aliases = [*spell.aliases, *_spellings(spell, fitting)]
        for one in fitting:
            if one.source != spell.source:
                spell.attested[one.source] = max(spell.attested.get(one.source, ""), one.as_of)
        found.extend(_settle(spell, "start", [one for one in fitting if one.dated]))
        found.extend(_settle(spell, "end", [one for one in fitting if one.ended]))
    for one, following in changes:
        one.end = following.start
    return found


def _changes(spells: Iterable[Spell]) -> list[tuple[Spell, Spell]]:
    """Pairs of whom one ended on the day on which the other began; so it stays when that day moves."""
    begun: dict[tuple[str, str, str], Spell] = {}
    listed = list(spells)
    for one in listed:
        begun.setdefault((one.state, one.office, one.start), one)
    pairs = ((one, begun.get((one.state, one.office, one.end))) for one in listed if len(one.end) == 10)
    return [(one, following) for one, following in pairs if following and following is not one]


def _spellings(spell: Spell, fitting: Iterable[Attestation]) -> list[str]:
    """How the sources spell the full name otherwise, up to a handful."""
    known = {_key(name) for name in (spell.name, *spell.aliases)}
    found: list[str] = []
    sure = [one for one in fitting if (one.roles or one.dated) and spell.state not in _DYNASTIES]
    for name in (name for one in sure for name in (one.name, *one.names)):
        plain = _TITLED.sub("", name).strip()
        words = plain.split()
        if (
            len(words) < 6
            and _same_name(spell, plain)
            and not _ODD.search(plain)
            and _key(plain) not in known
            and len(found) < _HANDFUL
        ):
            known.add(_key(plain))
            found.append(plain)
    return found


def _same_name(spell: Spell, other: str) -> bool:
    """Whether every word of the shorter name comes back in the other, among them the surname.

    Where the family name comes first, the same number of words: Kim Il was not Kim Il Sung.
    """
    ours, theirs = people.tokens(spell.name), people.tokens(other)
    shorter, longer = sorted((ours, theirs), key=len)
    if len(shorter) < 2 or (spell.state in FAMILY_FIRST and len(shorter) != len(longer)):
        return False
    surname = any(_among(word, theirs) for word in people.tokens(spell.surname))
    return surname and all(_among(word, longer) for word in shorter)


def _among(word: str, others: Iterable[str]) -> bool:
    return any(people.sound_alike(word, other) for other in others)


def _key(name: str) -> str:
    return "".join(tables.slug(name).split("-"))


def _by_state(said: Iterable[Attestation]) -> dict[str, list[Attestation]]:
    found: dict[str, list[Attestation]] = defaultdict(list)
    for one in said:
        found[one.state].append(one)
    return found


def _settle(spell: Spell, bound: str, dated: list[Attestation]) -> list[Difference]:
    """Take the better day for one bound of the spell; give what still differs."""
    if bound in spell.pinned:
        return []
    ours: str = getattr(spell, bound)
    told = {one.source: one for one in sorted(dated, key=lambda one: -_apart(ours, getattr(one, bound)))}
    days = {source: str(getattr(told[source], bound)) for source in _BEST if source in told}
    better = _better(ours, days) if ours else ""
    if better:
        setattr(spell, bound, better)
        spell.dates_from = next(source for source in days if days[source] == better)
    now = better or ours
    return [
        Difference(spell=spell, bound=bound, ours=now, theirs=day, source=source, where=told[source].where)
        for source, day in days.items()
        if now and _apart(now, day) > 1
    ]


def _better(ours: str, days: Mapping[str, str]) -> str:
    """The day that should stand instead of ours; empty if ours is as good."""
    if len(ours) < 10:
        return next((day for day in days.values() if day.startswith(ours)), "")
    counted = Counter(days.values())
    shared = [day for day, count in counted.items() if count > 1 and 1 < _apart(ours, day) <= _SLIP]
    return shared[0] if shared and ours not in counted else ""


def _apart(one: str, other: str) -> int:
    """Days between two dates; none where the one lies within the other."""
    if not one or not other:
        return 10**6
    return 0 if other.startswith(one) else abs((first(one) - first(other)).days)
