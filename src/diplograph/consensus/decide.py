"""Which value of each field an event has, by which rule, and who says otherwise.

Takes the reports of one event; gives the event. The rules are explained in docs/consensus.md:
``nearest`` (published nearest to the event), ``primary`` (said by a named party), ``agreement`` (most
sources, copies counted once), ``confidence``, and ``order`` where nothing else tells two values apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from diplograph.consensus.chronicle import decide_when, history
from diplograph.consensus.likeness import part_of, plain, same_person
from diplograph.consensus.origins import origins, voices
from diplograph.consensus.rulings import Ruling
from diplograph.model import Decision, Event, Facts, Occasion, Participant, PlaceName, Report, Topic

_BUCKETS = (7, 31, 366)  # days between event and publication that count as near, less near, far


def decide(event: str, reports: Sequence[Report]) -> Event:
    """The event with this id that the reports tell of, whatever their order."""
    members = sorted(reports, key=lambda r: (r.published or date.min, r.id))
    steps, status = history(members)
    when, when_decision = decide_when(members)
    ballot = _Ballot(members, when.earliest_start() if when.start else None)
    # Who is named first is no matter of fact where it is not settled by what can be one event at all.
    states = members[0].facts.states
    facts = Facts(
        type=members[0].facts.type,
        status=status.value,
        states=states,
        subtype=ballot.settle("subtype", lambda f: f.subtype),
        participants=_participants(members, states, ballot),
        host=ballot.settle("host", lambda f: f.host),
        guests=ballot.settle("guests", lambda f: f.guests or None) or (),
        place=_place(members, ballot),
        when=when,
        occasion=ballot.settle("occasion", lambda f: f.occasion, lambda _: "", _occasion_detail),
        issues=_issues(members),
    )
    decisions = [d for d in (status.decision, when_decision, *ballot.decisions) if d]
    return Event(
        id=event,
        facts=facts,
        reports=tuple(sorted(r.id for r in members)),
        history=steps,
        decisions=tuple(sorted(decisions, key=lambda d: d.field)),
        confidence=_confidence(members),
    )


def deny(event: Event, denials: Sequence[Report]) -> Event:
    """The event, with the reports that deny it named among its decisions."""
    if not denials:
        return event
    denied = Decision(
        field="event",
        rule="affirmed",
        supporting=event.reports,
        contradicting=tuple(sorted(r.id for r in denials)),
    )
    return replace(event, decisions=tuple(sorted((*event.decisions, denied), key=lambda d: d.field)))


def rule_on(event: Event, rulings: Sequence[Ruling]) -> Event:
    """The event, with the reports about which persons decided that they are of it, or that others are not."""
    if not rulings:
        return event
    named = {report for ruling in rulings for report in ruling.reports}
    own = tuple(report for report in event.reports if report in named)
    settled = Decision(field="identity", rule="person", supporting=own)
    return replace(event, decisions=tuple(sorted((*event.decisions, settled), key=lambda d: d.field)))


class _Ballot:
    """Settles one field after the other among the reports of an event, and keeps the decisions."""

    def __init__(self, reports: Sequence[Report], day: date | None) -> None:
        self.reports = reports
        self.day = day
        self.decisions: list[Decision] = []

    def settle(
        self,
        field: str,
        value: Callable[[Facts], Any],
        key: Callable[[Any], Any] = lambda v: v,
        detail: Callable[[Any], tuple[Any, ...]] = lambda v: (str(v),),
    ) -> Any:
        """The value that holds; None if no report has one.

        Args:
            field: Name of the field, for the decision.
            value: The field of a report's facts, None if the report does not tell it.
            key: What values must share to count as the same.
            detail: Sorts values of one key, the most telling last.
        """
        told: dict[Any, list[Report]] = defaultdict(list)
        for report in self.reports:
            if value(report.facts) is not None:
                told[key(value(report.facts))].append(report)
        if not told:
            return None
        ranked = sorted(told.items(), key=lambda item: (*self.weight(item[1]), str(item[0])))
        if len(ranked) > 1:
            self._record(field, ranked)
        return max((value(r.facts) for r in ranked[0][1]), key=detail)

    def weight(self, reports: Sequence[Report]) -> tuple[float, ...]:
        """How the reports for a value rank, the smallest first: nearness, primacy, agreement, confidence."""
        return (
            min(_nearness(r, self.day) for r in reports),
            -max(r.attribution is not None for r in reports),
            -voices(reports),
            -round(max(r.confidence for r in reports), 6),
        )

    def _record(self, field: str, ranked: list[tuple[Any, list[Report]]]) -> None:
        first, second = self.weight(ranked[0][1]), self.weight(ranked[1][1])
        names = ("nearest", "primary", "agreement", "confidence")
        rule = next((n for n, a, b in zip(names, first, second, strict=True) if a != b), "order")
        others = [r.id for _, reports in ranked[1:] for r in reports]
        supporting = tuple(sorted(r.id for r in ranked[0][1]))
        decision = Decision(
            field=field, rule=rule, supporting=supporting, contradicting=tuple(sorted(others))
        )
        self.decisions.append(decision)


def _nearness(report: Report, day: date | None) -> float:
    if report.published is None or day is None:
        return len(_BUCKETS)
    apart = abs((report.published - day).days)
    return next((n for n, limit in enumerate(_BUCKETS) if apart <= limit), len(_BUCKETS))


def _participants(
    reports: Sequence[Report], states: tuple[str, ...], ballot: _Ballot
) -> tuple[Participant, ...]:
    """Everyone named, each once: by the fullest name, with the office that holds, ordered by state."""
    persons: list[list[tuple[Participant, Report]]] = []
    named = [(p, r) for r in reports for p in r.facts.participants]
    # The fullest names come first, so that a bare surname finds the one it abbreviates.
    for participant, report in sorted(named, key=lambda n: (-len(n[0].person), n[0].person, n[1].id)):
        home = [group for group in persons if same_person(group[0][0], participant)]
        if len(home) == 1:
            home[0].append((participant, report))
        elif not home:
            persons.append([(participant, report)])
    people = [_person(group, ballot) for group in persons]
    rank = {state: number for number, state in enumerate(states)}
    return tuple(sorted(people, key=lambda p: (rank.get(p.state or "", len(rank)), p.state or "", p.person)))


def _person(group: list[tuple[Participant, Report]], ballot: _Ballot) -> Participant:
    fullest = group[0][0]
    offices: dict[str, list[Report]] = defaultdict(list)
    for participant, report in group:
        if participant.office:
            offices[participant.office].append(report)
    office = min(offices, key=lambda o: (*ballot.weight(offices[o]), o), default=None)
    state = fullest.state or min((p.state for p, _ in group if p.state), default=None)
    return replace(fullest, office=office, state=state)


def _issues(reports: Iterable[Report]) -> tuple[Topic, ...]:
    topics = {t.id or plain(t.name): t for r in reversed(list(reports)) for t in r.facts.issues}
    return tuple(topics[key] for key in sorted(topics))


def _place(reports: Sequence[Report], ballot: _Ballot) -> PlaceName | None:
    """The place that holds, among those that name no mere whole of another."""
    named = {_place_key(r.facts.place): r.facts.place for r in reports if r.facts.place}
    wholes = {k for k, p in named.items() if any(part_of(q, p) and not part_of(p, q) for q in named.values())}

    def told(facts: Facts) -> PlaceName | None:
        return facts.place if facts.place and _place_key(facts.place) not in wholes else None

    place: PlaceName | None = ballot.settle("place", told, _place_key, _place_detail)
    return place


def _place_key(place: PlaceName) -> str:
    return place.id or plain(place.name).replace(" ", "-")


def _place_detail(place: PlaceName) -> tuple[Any, ...]:
    return place.id is not None, place.state is not None, -len(place.name), place.name


def _occasion_detail(occasion: Occasion) -> tuple[Any, ...]:
    return occasion.id is not None, len(occasion.id or ""), len(occasion.name), occasion.name


def _confidence(reports: Iterable[Report]) -> float:
    """The probability that at least one voice is read rightly; sources that copy each other are one voice."""
    told = list(reports)
    origin = origins(told)
    best: dict[str, float] = {}
    for report in told:
        voice = origin[report.source]
        best[voice] = max(report.confidence, best.get(voice, 0.0))
    doubt = 1.0
    for source in sorted(best):
        doubt *= 1.0 - min(max(best[source], 0.0), 1.0)
    return round(1.0 - doubt, 4)
