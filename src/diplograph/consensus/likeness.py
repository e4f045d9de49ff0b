"""Whether two reports can tell of one event, and how much speaks for it.

Takes two reports of the same states and type; gives a verdict and a score that can be compared.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

from diplograph.knowledge import gazetteer
from diplograph.model import (
    EventType,
    Facts,
    Granularity,
    Occasion,
    Participant,
    PlaceName,
    Report,
    Status,
)

# Where the kind of act, not its date alone, tells two events apart.
ACTS = frozenset({EventType.AGREEMENT, EventType.TENSION, EventType.STATEMENT_OF_INTENT, EventType.OTHER})
DIRECTED = frozenset({EventType.VISIT, EventType.TENSION})
OFF = frozenset({Status.CANCELLED, Status.POSTPONED})
OPEN = frozenset({Status.PLANNED, Status.PROPOSED, *OFF})
_PLACE_WORDS = re.compile(r"\b(?:the|city|prefecture|province|county|state|district|region|island|of)\b")
_NEAR_DAYS = 31
FAR_DAYS = 365  # from publication to the time of an event that is told without a date


@lru_cache(maxsize=65536)
def plain(name: str) -> str:
    """A name without case, accents and the words that places and gatherings carry along."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    letters = "".join(c for c in letters if not unicodedata.combining(c))
    return " ".join(_PLACE_WORDS.sub(" ", letters).split()) or letters


def same_person(one: Participant, other: Participant) -> bool:
    """Whether two participants can be one person: the same slug, or one name part of the other."""
    if one.state and other.state and one.state != other.state:
        return False
    first, second = set(one.person.split("-")), set(other.person.split("-"))
    return first <= second or second <= first


def shared_persons(one: Facts, other: Facts) -> int:
    """How many persons both name."""
    return sum(any(same_person(p, q) for q in other.participants) for p in one.participants)


def same_place(one: PlaceName | None, other: PlaceName | None) -> bool:
    """Whether both name the same place."""
    if one is None or other is None:
        return False
    if one.id and one.id == other.id:
        return True
    return plain(one.name) == plain(other.name) and one.state in (None, other.state)


def part_of(inner: PlaceName, outer: PlaceName) -> bool:
    """Whether the outer is named within the inner, or is but the inner's state as a whole."""
    words = plain(outer.name)
    if f" {words} " in f" {plain(inner.name)} ":
        return True
    state = inner.state or outer.state
    return outer.state == state and words in _names_of_state(state)


@cache
def _names_of_state(state: str | None) -> frozenset[str]:
    known = gazetteer.load().states.get(state or "")
    return frozenset(map(plain, (known.name, *known.aliases))) if known else frozenset()


def place_names(place: PlaceName | None) -> set[str]:
    """All by which a place can be the same as another: its id and its plain name."""
    return {name for name in (place.id, plain(place.name)) if name} if place else set()


def series_of(occasion: Occasion) -> str:
    """What gatherings share that can be the same: the first word of the id or name."""
    return _called(occasion).partition("-")[0]


def _called(occasion: Occasion) -> str:
    return occasion.id or plain(occasion.name).replace(" ", "-")


def same_occasion(one: Facts, other: Facts) -> bool:
    """Whether both name the same gathering, or one the series of the other's gathering."""
    if one.occasion is None or other.occasion is None:
        return False
    first, second = _called(one.occasion), _called(other.occasion)
    return first == second or first.startswith(f"{second}-") or second.startswith(f"{first}-")


def shared_issues(one: Facts, other: Facts) -> int:
    """How many issues both name."""
    return len(_issues(one) & _issues(other))


def compatible(one: Report, other: Report) -> bool:
    """Whether nothing that the two tell rules out that they tell of one event.

    Their times are not compared here but for what publication rules out: nothing is held before its day.
    """
    a, b = one.facts, other.facts
    if one.source == other.source or _conflict(a.host, b.host) or _chronology(one, other):
        return False
    if a.type in ACTS and _conflict(a.subtype, b.subtype):
        return False
    if a.occasion and b.occasion and not same_occasion(a, b):
        return False
    return _persons_agree(a, b) and _places_agree(a, b)


def undated_match(one: Report, other: Report) -> bool:
    """Whether two reports, one or both without a date, have enough in common to be one event.

    They need the same participants and the same place or occasion; an act without a place needs the same
    issue. A cancelled or postponed plan is recognised by its participants alone. A report without a date is
    of what was within a year of its publication.
    """
    a, b = one.facts, other.facts
    if not _within_a_year(one, other) or not shared_persons(a, b):
        return False
    if same_place(a.place, b.place) or same_occasion(a, b) or _calls_off(one, other):
        return True
    return a.type in ACTS and shared_issues(a, b) > 0 and _published_near(one, other)


def score(one: Report, other: Report) -> tuple[int, int, int, int]:
    """How much speaks for one event: the same time, place or occasion, persons, issues; larger is more."""
    a, b = one.facts, other.facts
    time = 2 * (a.when.edtf == b.when.edtf) + (a.when.start == b.when.start)
    where = same_place(a.place, b.place) + same_occasion(a, b)
    return time, where, shared_persons(a, b), shared_issues(a, b)


def _issues(facts: Facts) -> set[str]:
    return {topic.id or plain(topic.name) for topic in facts.issues}


def _conflict(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


def _chronology(one: Report, other: Report) -> bool:
    """Whether one was published as held before the day that the other gives."""
    for told, dated in ((one, other), (other, one)):
        when = dated.facts.when
        held = told.facts.status is Status.HELD and told.published is not None
        if held and when.start and told.published and told.published < when.earliest_start():
            return True
    return False


def _persons_agree(a: Facts, b: Facts) -> bool:
    """Whether, for each state, those whom both name for it have someone in common."""
    for state in _states(a.participants) & _states(b.participants):
        first = [p for p in a.participants if p.state == state]
        second = [p for p in b.participants if p.state == state]
        if not any(same_person(p, q) for p in first for q in second):
            return False
    return True


def _places_agree(a: Facts, b: Facts) -> bool:
    """Whether the places can be one; a visit may be told by any of its stops on the same days."""
    if a.place is None or b.place is None or same_place(a.place, b.place):
        return True
    if _conflict(a.place.state, b.place.state):
        return False
    if a.type is EventType.VISIT and a.when.granularity is b.when.granularity is Granularity.DAY:
        return True
    return part_of(a.place, b.place) or part_of(b.place, a.place)


def _calls_off(one: Report, other: Report) -> bool:
    first, second = one.facts.status, other.facts.status
    return (first in OFF and second in OPEN) or (second in OFF and first in OPEN)


def _within_a_year(one: Report, other: Report) -> bool:
    """Whether what tells no time was published within a year of the other; without any date both must be."""
    dated = next((r.facts.when for r in (one, other) if r.facts.when.start), None)
    if dated is None:
        if one.published is None or other.published is None:
            return one.published is other.published
        return abs((one.published - other.published).days) <= FAR_DAYS
    told = one.published if one.facts.when.start is None else other.published
    first, last = dated.earliest_start(), dated.latest_end()
    if told is None or last.year - first.year > 1:
        return False
    return (first - told).days <= FAR_DAYS and (told - last).days <= FAR_DAYS


def _published_near(one: Report, other: Report) -> bool:
    """Whether both appeared within a month; a dated event may be told of at any time."""
    if one.facts.when.start or other.facts.when.start:
        return True
    if one.published is None or other.published is None:
        return False
    return abs((one.published - other.published).days) <= _NEAR_DAYS


def _states(participants: Iterable[Participant]) -> set[str]:
    return {p.state for p in participants if p.state}
