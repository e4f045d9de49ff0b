"""Says whose turn it is to travel between two states.

Definition: it is the turn of the state that was visited last. Where visits cannot be put in order because
their dates are coarse, it is nobody's turn and the sentence says so; where neither has visited, likewise.

Takes events and two states; gives a ``Turn`` with the visits it rests on and a sentence in English.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from diplograph.analysis import journeys as travel
from diplograph.analysis import wording
from diplograph.analysis.journeys import Days, Journey
from diplograph.analysis.levels import SUMMIT, Level
from diplograph.model import Event, EventType, Status

MOST_PLANS: Final = 2
"""How many plans the sentence tells; ``Turn.planned`` has them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Whose turn it is, and why.

    Attributes:
        states: The two states, as asked.
        turn: Code of the state whose turn it is; None if that cannot be said.
        last: The latest visit either way.
        other: The latest visit in the opposite direction.
        since: Days from the latest visit to the as-of day, if one was given.
        run: How many visits the same side has made since the other last came.
        planned: Visits announced but not known to be held, in order of time.
        meetings: Event ids of held meetings of the two that belong to no visit.
        sentence: All that in English.
    """

    states: tuple[str, str]
    sentence: str
    turn: str | None = None
    last: Journey | None = None
    other: Journey | None = None
    since: Days | None = None
    run: int = 0
    planned: tuple[Journey, ...] = ()
    meetings: tuple[str, ...] = ()

    @property
    def events(self) -> tuple[str, ...]:
        """Event ids that the answer rests on."""
        return travel.ids([j for j in (self.last, self.other, *self.planned) if j])


def whose_turn(
    events: Iterable[Event],
    a: str,
    b: str,
    as_of: date | None = None,
    *,
    level: Collection[Level] = SUMMIT,
    multilateral: bool = False,
    names: Mapping[str, str] | None = None,
) -> Turn:
    """Whose turn it is between two states.

    Args:
        events: Events of any kind and any states.
        a: Code of one state.
        b: Code of the other.
        as_of: The day to look from; visits that began later are left out. None takes all.
        level: Levels of traveller that count.
        multilateral: Whether a visit to a gathering in the other state counts.
        names: State code → name, for the sentence.
    """
    given = list(events)
    every = travel.journeys(given, statuses=frozenset(Status), level=level, multilateral=multilateral)
    pair = travel.between_states(every, a, b)
    held = travel.sequence(j for j in pair if j.status is Status.HELD and travel.begun(j, as_of))
    told = {event.id: _told(event) for event in given}
    last = held[-1] if held else None
    opposite = [j for j in held if last and j.guest == last.host]
    other = opposite[-1] if opposite else None
    turn = last.host if last and _settled(held) else None
    found = Turn(
        states=(a, b),
        sentence="",
        turn=turn,
        last=last,
        other=other,
        since=travel.days_since(last.when, as_of) if last and as_of else None,
        run=_run(held),
        planned=tuple(j for j in pair if j.status in travel.AHEAD and _ahead(j, last, told[j.event])),
        meetings=_meetings(given, a, b, as_of),
    )
    return _with_sentence(found, _apart(found.planned, told), names or {}, as_of)


def _settled(held: Sequence[Journey]) -> bool:
    """Whether no visit the other way can have been later than the last one."""
    last = held[-1]
    rivals = (j for j in held[:-1] if j.guest != last.guest)
    return all(j.when.latest_start() < last.when.earliest_start() for j in rivals)


def _run(held: Sequence[Journey]) -> int:
    run = 0
    for visit in reversed(held):
        if visit.guest != held[-1].guest:
            break
        run += 1
    return run


def _told(event: Event) -> date | None:
    """The publication date of the latest report of an event, where its history has one."""
    return max((step.published for step in event.history if step.published), default=None)


def _ahead(planned: Journey, last: Journey | None, told: date | None) -> bool:
    """A plan for a day before the last visit, or without a day and told before it, has been overtaken."""
    if last is None:
        return True
    if planned.dated:
        return planned.when.latest_end() >= last.when.earliest_start()
    return told is None or told > last.when.latest_end()


def _apart(plans: Sequence[Journey], told: Mapping[str, date | None]) -> list[Journey]:
    """The plans without those that a later report seems to tell more exactly: one trip is not told twice."""
    return [
        plan
        for plan in plans
        if not any(_sharpens(one, plan, told) for one in plans if one.event != plan.event)
    ]


def _sharpens(one: Journey, plan: Journey, told: Mapping[str, date | None]) -> bool:
    """Whether a plan says of the same travellers, not earlier, when they go where another leaves it open."""
    before, after = told[plan.event], told[one.event]
    return (
        one.dated
        and not plan.dated
        and one.guest == plan.guest
        and set(plan.persons) <= set(one.persons)
        and plan.place in (None, one.place)
        and (before is None or after is None or before <= after)
    )


def _meetings(events: Iterable[Event], a: str, b: str, as_of: date | None) -> tuple[str, ...]:
    return tuple(
        sorted(
            event.id
            for event in events
            if event.facts.type is EventType.MEETING
            and event.facts.status is Status.HELD
            and event.part_of is None
            and {a, b} <= set(event.facts.states)
            and (
                as_of is None or event.facts.when.start is None or event.facts.when.earliest_start() <= as_of
            )
        )
    )


def _who(journey: Journey, names: Mapping[str, str]) -> str:
    return wording.listing(journey.travellers) or f"a visitor from {wording.state(journey.guest, names)}"


def _to(journey: Journey, names: Mapping[str, str]) -> str:
    return journey.place or wording.state(journey.host, names)


def _last_words(turn: Turn, last: Journey, names: Mapping[str, str]) -> str:
    told = f"{_who(last, names)} went to {_to(last, names)} {wording.on(last.when)}"
    way = f"from {wording.state(last.host, names)} to {wording.state(last.guest, names)}"
    if turn.other is None:
        return f"{told}; no visit {way} is recorded."
    who = wording.possessive(_who(turn.other, names))
    return (
        f"{told}; the last visit {way} was {who} to {_to(turn.other, names)} {wording.on(turn.other.when)}."
    )


def _planned_words(plans: Sequence[Journey], names: Mapping[str, str], as_of: date | None) -> str:
    words = []
    for visit in plans[:MOST_PLANS]:
        past = as_of is not None and visit.dated and visit.when.latest_end() < as_of
        verb = f"{'was' if past else 'is'} {visit.status}"
        date_words = f" for {wording.span(visit.when)}" if visit.dated else ""
        tail = "; no source tells that it was held" if past else ""
        words.append(f"A visit of {_who(visit, names)} to {_to(visit, names)} {verb}{date_words}{tail}.")
    return " ".join(words)


def _with_sentence(
    turn: Turn, plans: Sequence[Journey], names: Mapping[str, str], as_of: date | None
) -> Turn:
    a, b = (wording.state(code, names) for code in turn.states)
    if turn.last is None:
        elsewhere = wording.count(len(turn.meetings), "meeting")
        start = f"No visit recorded between {a} and {b}; {elsewhere} elsewhere."
    elif turn.turn is None:
        start = f"Whose turn it is between {a} and {b} cannot be told, for the dates are too coarse: "
        start += _last_words(turn, turn.last, names)
    else:
        start = f"It is {wording.possessive(wording.state(turn.turn, names))} turn: "
        start += _last_words(turn, turn.last, names)
    sentence = " ".join(filter(None, [start, _planned_words(plans, names, as_of)]))
    return replace(turn, sentence=sentence)
