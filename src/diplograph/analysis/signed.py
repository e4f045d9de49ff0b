"""Weighs contact against tension: a signed graph of states, and how balanced it is.

Definition: for each pair, *contact* is the number of visits, meetings, calls and agreements, *tension* that
of tensions; talks within a visit count with it. The sign is that of contact − tension, or of the sum of
Goldstein scores (``by="score"``); 0 is no tie. A triad of three ties is *balanced* if the product of its
signs is positive; the graph's balance is the share of balanced triads.
Reference: Heider (1946), J. Psychology 21:107; Cartwright and Harary (1956), Psychological Review 63:277.

Preconditions: only held events with two states and more; an event of several states is a tie of each pair.
Takes events; gives ``Tie`` rows with event ids, a networkx graph, and a ``Balance``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final, Literal

from diplograph.analysis import goldstein
from diplograph.model import Event, EventType, Status

if TYPE_CHECKING:
    import networkx as nx

By = Literal["count", "score"]
CONTACT: Final = frozenset({EventType.VISIT, EventType.MEETING, EventType.CALL, EventType.AGREEMENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """What is between two states.

    Attributes:
        a: Code of one state, before b in the alphabet.
        b: Code of the other.
        contact: Event ids of contact.
        tension: Event ids of tension.
        score: Sum of Goldstein scores of both.
        sign: 1, −1 or 0.
    """

    a: str
    b: str
    contact: tuple[str, ...]
    tension: tuple[str, ...]
    score: float
    sign: int

    @property
    def events(self) -> tuple[str, ...]:
        """All event ids."""
        return (*self.contact, *self.tension)


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """Triads of a signed graph: how many are balanced, and the codes of those that are not."""

    balanced: int
    triads: int
    frustrated: tuple[tuple[str, str, str], ...]

    @property
    def share(self) -> float | None:
        """The share of balanced triads; None without a triad."""
        return self.balanced / self.triads if self.triads else None


def ties(events: Iterable[Event], *, by: By = "count") -> tuple[Tie, ...]:
    """One row for each pair with contact or tension, sorted by pair."""
    found: dict[tuple[str, str], list[Event]] = {}
    for event in sorted(events, key=lambda event: event.id):
        if event.facts.status is Status.HELD and event.part_of is None and _sign(event):
            for pair in _pairs(event):
                found.setdefault(pair, []).append(event)
    return tuple(_tie(a, b, own, by) for (a, b), own in sorted(found.items()))


def _sign(event: Event) -> int:
    if event.facts.type is EventType.TENSION:
        return -1
    return 1 if event.facts.type in CONTACT else 0


def _pairs(event: Event) -> Sequence[tuple[str, str]]:
    """The pairs that an event ties: guests with their host, an actor with its targets, else all."""
    facts = event.facts
    if facts.type is EventType.VISIT and facts.host:
        ways = [(guest, facts.host) for guest in facts.guests if guest != facts.host]
    elif facts.type is EventType.TENSION and facts.states:
        ways = [(facts.states[0], target) for target in facts.states[1:]]
    else:
        ways = list(combinations(sorted(set(facts.states)), 2))
    return sorted({(min(way), max(way)) for way in ways})


def _tie(a: str, b: str, own: Sequence[Event], by: By) -> Tie:
    contact = tuple(event.id for event in own if _sign(event) > 0)
    tension = tuple(event.id for event in own if _sign(event) < 0)
    score = round(sum(goldstein.score(event) or 0.0 for event in own), 6)
    value = score if by == "score" else len(contact) - len(tension)
    return Tie(a=a, b=b, contact=contact, tension=tension, score=score, sign=(value > 0) - (value < 0))


def graph(rows: Iterable[Tie], *, names: Mapping[str, str] | None = None) -> nx.Graph:
    """The ties as an undirected graph; edges carry sign, contact, tension, score and event ids."""
    import networkx as nx

    made = nx.Graph(name="signed")
    for row in rows:
        for code in (row.a, row.b):
            made.add_node(code, label=(names or {}).get(code, code))
        made.add_edge(
            row.a,
            row.b,
            sign=row.sign,
            contact=len(row.contact),
            tension=len(row.tension),
            score=row.score,
            events="; ".join(row.events),
        )
    return made


def balance(rows: Iterable[Tie]) -> Balance:
    """How many triads of ties with a sign are balanced."""
    sign = {(row.a, row.b): row.sign for row in rows if row.sign}
    near: dict[str, set[str]] = {}
    for a, b in sign:
        near.setdefault(a, set()).add(b)
    triads = [(a, b, c) for a, b in sorted(sign) for c in sorted(near[a] & near.get(b, set()))]
    bad = tuple((a, b, c) for a, b, c in triads if sign[a, b] * sign[b, c] * sign[a, c] < 0)
    return Balance(balanced=len(triads) - len(bad), triads=len(triads), frustrated=bad)
