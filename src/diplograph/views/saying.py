"""Says an event in a line of English, from its facts alone.

Takes an event and the names of states; gives its headline, its short label and the words for its kind and
status.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from diplograph.analysis import wording
from diplograph.model import Event, EventType, Facts, Occasion, Status, TimeSpan
from diplograph.views import clean

KINDS: Final[Mapping[EventType, str]] = {
    EventType.VISIT: "Visit",
    EventType.MEETING: "Meeting",
    EventType.CALL: "Call",
    EventType.AGREEMENT: "Agreement",
    EventType.TENSION: "Tension",
    EventType.STATEMENT_OF_INTENT: "Statement of intent",
    EventType.OTHER: "Other act",
}

_VISITS: Final[Mapping[Status, str]] = {
    Status.HELD: "visited",
    Status.PLANNED: "is to visit",
    Status.PROPOSED: "may visit",
    Status.POSTPONED: "put off a visit to",
    Status.CANCELLED: "called off a visit to",
}
_MEETS: Final[Mapping[Status, str]] = {
    Status.HELD: "met",
    Status.PLANNED: "are to meet",
    Status.PROPOSED: "may meet",
    Status.POSTPONED: "put off a meeting",
    Status.CANCELLED: "called off a meeting",
}
_CALLS: Final[Mapping[Status, str]] = {
    Status.HELD: "spoke by telephone",
    Status.PLANNED: "are to speak by telephone",
    Status.PROPOSED: "may speak by telephone",
    Status.POSTPONED: "put off a call",
    Status.CANCELLED: "called off a call",
}


def _states(codes: tuple[str, ...], names: Mapping[str, str]) -> str:
    return wording.listing(wording.state(code, names) for code in codes)


def _people(facts: Facts, codes: tuple[str, ...] | None = None) -> str:
    chosen = [p.name for p in facts.participants if codes is None or p.state in codes]
    return wording.listing(chosen)


def _where(facts: Facts) -> str:
    place = f" in {facts.place.name}" if facts.place else ""
    occasion = f" ({facts.occasion.name})" if facts.occasion else ""
    return place + occasion


def _visit(facts: Facts, names: Mapping[str, str]) -> str:
    guests = facts.guests or facts.states[:1]
    who = _people(facts, guests) or _states(guests, names)
    host = facts.host or (facts.states[-1] if len(facts.states) > 1 else "")
    country = wording.state(host, names) if host else ""
    place = facts.place.name if facts.place else ""
    goal = f"{place}, {names.get(host, host)}" if place and host else place or country
    occasion = f" ({facts.occasion.name})" if facts.occasion else ""
    return f"{who} {_VISITS[facts.status]} {goal}{occasion}"


def _together(facts: Facts, names: Mapping[str, str], verb: str) -> str:
    people = len(facts.participants)
    states = len({p.state for p in facts.participants if p.state})
    # One named person has not met alone; the states say who the two sides are.
    who = _people(facts) if people > 1 and states > 1 else _states(facts.states, names)
    return f"{who} {verb}{_where(facts)}"


def _tension(facts: Facts, names: Mapping[str, str]) -> str:
    actor, *targets = facts.states or ("",)
    issue = f": {facts.issues[0].name}" if facts.issues else ""
    at = f" against {_states(tuple(targets), names)}" if targets else ""
    what = (facts.subtype or "tension").replace("-", " ")
    return f"{names.get(actor, actor)}: {what}{at}{issue}"


def headline(event: Event, names: Mapping[str, str]) -> str:
    """The event as a headline: ``Lee Jae Myung is to visit Nara, Japan``."""
    facts = event.facts
    if facts.type is EventType.VISIT:
        words = _visit(facts, names)
    elif facts.type is EventType.MEETING:
        words = _together(facts, names, _MEETS[facts.status])
    elif facts.type is EventType.CALL:
        words = _together(facts, names, _CALLS[facts.status])
    elif facts.type is EventType.TENSION:
        words = _tension(facts, names)
    else:
        kind = (facts.subtype or KINDS[facts.type]).replace("-", " ")
        issue = f": {facts.issues[0].name}" if facts.issues else ""
        words = f"{_people(facts) or _states(facts.states, names)} – {kind.lower()}{issue}"
    return clean.short(words[:1].upper() + words[1:], 140)


def short_date(when: TimeSpan) -> str:
    """A date for a label: ``13–14 Jan 2026``, ``Aug 2025``, ``undated``."""
    words = wording.span(when)
    for month in wording.MONTHS:
        words = words.replace(month, month[:3])
    return words


def _short_name(occasion: Occasion) -> str:
    """``APEC``, ``G20``: the head of the id, where that is an abbreviation, else the name."""
    head = (occasion.id or "").partition("-")[0]
    return head.upper() if 1 < len(head) <= 5 and len(head) < len(occasion.name) else occasion.name


def label(event: Event, names: Mapping[str, str]) -> str:
    """Two short lines for a mark: where or what, and when."""
    facts = event.facts
    where = facts.place.name if facts.place else ""
    occasion = _short_name(facts.occasion) if facts.occasion else ""
    if facts.type is EventType.VISIT:
        host = facts.host or facts.states[-1]
        first = (
            f"{where or names.get(host, host)} · {occasion}" if occasion else where or names.get(host, host)
        )
    elif facts.type in (EventType.MEETING, EventType.CALL):
        first = " · ".join(filter(None, (where, occasion))) or KINDS[facts.type]
    else:
        first = facts.issues[0].name if facts.issues else (facts.subtype or KINDS[facts.type])
    if first == facts.subtype:
        first = first.replace("-", " ")
    return f"{clean.short(first, 24)}\n{short_date(facts.when)}"
