"""From candidates to told events: competing readings of a sentence, and one event told several times.

Takes the candidates of a document in reading order; gives clusters of those that tell the same event.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from diplograph.extract import status
from diplograph.extract.candidates import Candidate, span_of
from diplograph.knowledge import grammar
from diplograph.model import Polarity, SegmentKind, Status, TimeSpan

THRESHOLD = 0.54
"""Readings less likely than this are dropped."""

SOFT_DAYS = 3
"""How far an inferred day of publication may lie from the told day of the same event."""

_DAY = len("2026-01-13")

MEMORY = 200
"""How many events of one type and the same states a telling is compared with, the latest first."""

OFTEN = 50
"""How many tellings of one event are kept."""

SUPPORT = 0.35
"""Readings at least this likely may add to an event that is told elsewhere."""

_CONTACT = frozenset({"visit", "meeting"})


@dataclass(slots=True, eq=False)
class Cluster:
    """Candidates that tell one event, the best first told kept as ``head``."""

    members: list[Candidate] = field(default_factory=list)

    @property
    def head(self) -> Candidate:
        """The most confident of them; the first of equals."""
        return max(self.members, key=lambda c: c.confidence)

    @property
    def type(self) -> str:
        """The type they share."""
        return self.members[0].type


def select(candidates: Sequence[Candidate]) -> list[Cluster]:
    """Drop weak and competing readings and join those that tell the same event."""
    clusters: list[Cluster] = []
    # Only what is of one type and of the same states can be one event, and long texts tell of many.
    alike: dict[tuple[str, frozenset[str]], list[Cluster]] = defaultdict(list)
    for candidate in _uncontested([c for c in candidates if c.confidence >= SUPPORT]):
        rivals = alike[candidate.type, frozenset(candidate.states)]
        home = next((c for c in islice(reversed(rivals), MEMORY) if _same_event(c, candidate)), None)
        if home:
            # What has been told so often needs no further telling, and each is compared with all before.
            home.members += [candidate] if len(home.members) < OFTEN else []
            _defer(home, candidate)
        elif candidate.confidence >= THRESHOLD:
            clusters.append(Cluster([candidate]))
            rivals.append(clusters[-1])
    return [c for c in clusters if not _sums_up(c, clusters)]


def _sums_up(cluster: Cluster, clusters: Sequence[Cluster]) -> bool:
    """Whether a headline only sums up what is told apart: "holds phone talks with Lao, Khmer leaders"."""
    states = set(cluster.head.states)
    headline = cluster.head.frame.line.sentence.kind is SegmentKind.HEADLINE
    if len(cluster.members) > 1 or len(states) < 3 or not headline:
        return False
    parts = [set(c.head.states) for c in clusters if c.type == cluster.type and set(c.head.states) < states]
    return len(parts) > 1 and set().union(*parts) == states


def _uncontested(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Of readings of the same words about the same states, the most confident of each type."""
    kept: list[Candidate] = []
    line: list[Candidate] = []
    for candidate in candidates:
        # Candidates come line by line, and only those of one line compete.
        if line and line[0].frame.line is not candidate.frame.line:
            kept += line
            line = []
        rivals = [k for k in line if _rivals(k, candidate)]
        if all(candidate.confidence > rival.confidence for rival in rivals):
            line = [k for k in line if k not in rivals]
            line.append(candidate)
            for rival in rivals:
                _lend(rival, candidate)
        else:
            _lend(candidate, max(rivals, key=lambda rival: rival.confidence))
    return kept + line


def _lend(loser: Candidate, winner: Candidate) -> None:
    """Keep the place and the length that only the weaker of two readings of one act found."""
    if loser.type != winner.type or loser.host != winner.host:
        return
    if loser.timing.days and not winner.timing.days:
        winner.timing = replace(winner.timing, days=loser.timing.days)
    if loser.place and not winner.place:
        winner.place, winner.place_state, winner.place_slug = loser.place, loser.place_state, loser.place_slug
        winner.spans.extend(s for s in loser.spans if s[0] == "place")


def _rivals(a: Candidate, b: Candidate) -> bool:
    """Whether two readings of one sentence exclude each other."""
    if (
        a.type == b.type == "tension"
        and "as-reason" in (*a.features, *b.features)
        and a.states[:1] == b.states[:1]
    ):
        return True
    if _other_people(a, b):
        return False
    if set(a.states) != set(b.states) or (
        span_of(a).start and span_of(b).start and not span_of(a).overlaps(span_of(b))
    ):
        return False
    near = abs(a.frame.hit.head - b.frame.hit.head) <= 3
    if a.type == b.type:
        apart = abs(a.frame.hit.head - b.frame.hit.head) > 6 and a.reading.status != b.reading.status
        return (a.states == b.states and not apart) or near
    pair = {a.type, b.type}
    return near and pair != {"visit", "meeting"} and "agreement" not in pair


def _other_people(a: Candidate, b: Candidate) -> bool:
    """Whether two readings name different persons for one state: other talks, at another time."""
    mine, theirs = ({(p.slug, p.state) for p, _ in c.people} for c in (a, b))
    shared = {state for _, state in mine} & {state for _, state in theirs}
    return any(
        {slug for slug, s in mine if s == state}.isdisjoint({slug for slug, s in theirs if s == state})
        for state in shared
    )


def _same_event(cluster: Cluster, candidate: Candidate) -> bool:
    """Whether a candidate tells the event of a cluster again."""
    head = cluster.head
    if head.type != candidate.type or not _same_parties(cluster, candidate):
        return False
    if (head.reading.polarity is Polarity.AFFIRMED) != (candidate.reading.polarity is Polarity.AFFIRMED):
        return False
    if head.type not in ("visit", "meeting", "call") and not _same_act(cluster, candidate):
        return False
    if not _compatible_status(cluster, candidate) or not _compatible_place(cluster, candidate):
        return False
    return _compatible_time(cluster, candidate)


def _same_act(cluster: Cluster, candidate: Candidate) -> bool:
    """Whether two tellings can mean the same act: of one subtype, by one word, or one in a heading."""
    for member in cluster.members:
        if member.subtype != candidate.subtype and member.subtype and candidate.subtype:
            continue
        if member.subtype and member.subtype == candidate.subtype:
            return True
        if member.frame.hit.cue.text.split()[:2] == candidate.frame.hit.cue.text.split()[:2]:
            return True
        if member.frame.line.index <= 1 or member.type == "agreement":
            return True
    return False


def _same_parties(cluster: Cluster, candidate: Candidate) -> bool:
    head = cluster.head
    if head.type in ("visit", "tension"):
        same = head.states == candidate.states
    else:
        same = set(head.states) == set(candidate.states)
    if not same:
        return False
    mine, theirs = _travellers([candidate]), _travellers(cluster.members)
    for slug, state in mine:
        rivals = {s for s, other in theirs if other == state}
        if rivals and slug not in rivals and head.type in _CONTACT | {"call"}:
            return False
    return True


def _travellers(members: Sequence[Candidate]) -> set[tuple[str, str | None]]:
    """Those by whom an act is told from another: of a visit the guests, whoever received them."""
    guests = [c for c in members if c.type == "visit"]
    return {(p.slug, p.state) for c in members for p, _ in c.people if c not in guests or p.state != c.host}


def _compatible_status(cluster: Cluster, candidate: Candidate) -> bool:
    a, b = cluster.head.reading.status, candidate.reading.status
    if a == b or any(untold(c) for c in (cluster.head, candidate)):
        return True
    open_ = {Status.PLANNED, Status.PROPOSED}
    if Status.HELD in (a, b) and cluster.type == "visit" and _invitation(candidate):
        return _dated(candidate) == ""
    if {a, b} <= open_:
        return True
    if Status.HELD in (a, b) and any(_headline_news(c) for c in (cluster.head, candidate)):
        return _times_agree(cluster.head, candidate)
    if Status.HELD in (a, b):
        return {a, b} & open_ != set() and _dated(cluster.head) == _dated(candidate) != ""
    return bool({a, b} & open_)


def _headline_news(candidate: Candidate) -> bool:
    """Whether a heading tells in the present what the text dates: "Prime Minister attends summit"."""
    headline = candidate.frame.line.sentence.kind is SegmentKind.HEADLINE
    return headline and candidate.timing.soft and candidate.reading.status is Status.HELD


def _defer(cluster: Cluster, candidate: Candidate) -> None:
    """What the text plans for a day is planned, though its headline tells it in the present."""
    if candidate.reading.status is Status.PLANNED:
        for member in cluster.members:
            if _headline_news(member):
                member.reading = candidate.reading


def _invitation(candidate: Candidate) -> bool:
    """Whether a visit is told only as what an invitation was for: "thanked him for inviting him"."""
    before = candidate.frame.line.tokens.lowers[: candidate.frame.hit.head]
    return "invitation" in before[-6:] and grammar.words("inviting_anew").isdisjoint(before)


def untold(candidate: Candidate) -> bool:
    """Whether no word tells the status, as in the heading "X's Travel to Beijing"."""
    return candidate.reading.reason == status.UNTOLD


def _dated(candidate: Candidate) -> str:
    return span_of(candidate).start or ""


def _compatible_place(cluster: Cluster, candidate: Candidate) -> bool:
    for member in cluster.members:
        if member.host and candidate.host and member.host != candidate.host:
            return False
        if (
            member.place
            and candidate.place
            and member.place_slug
            and candidate.place_slug
            and member.place_slug != candidate.place_slug
            and member.type == "meeting"
        ):
            return False
    return True


def _compatible_time(cluster: Cluster, candidate: Candidate) -> bool:
    """Overlapping times; an undated telling joins only what is near or still open."""
    span = span_of(candidate)
    dated = [c for c in cluster.members if span_of(c).start]
    if span.start and dated:
        return all(_times_agree(candidate, c) for c in dated)
    nearest = min(abs(c.frame.line.index - candidate.frame.line.index) for c in cluster.members)
    held = candidate.reading.status is Status.HELD
    same = {p.slug for p, _ in candidate.people} & {p.slug for c in cluster.members for p, _ in c.people}
    return nearest <= (12 if not held else 8 if len(same) > 1 else 3)


def _times_agree(a: Candidate, b: Candidate) -> bool:
    """Whether two told times can be one; an inferred day of publication gives way by some days."""
    if span_of(a).overlaps(span_of(b)):
        return True
    same_journey = a.type == "visit" and bool({p.slug for p, _ in a.people} & {p.slug for p, _ in b.people})
    if not (a.timing.soft or b.timing.soft or same_journey):
        return False
    gap = abs((span_of(a).earliest_start() - span_of(b).earliest_start()).days)
    return gap <= SOFT_DAYS


def time_of(members: Sequence[Candidate]) -> TimeSpan:
    """The time of an event from all its tellings: what was told before what was inferred."""
    told = [span_of(c) for c in members if span_of(c).start and not c.timing.soft]
    spans = told or [span_of(c) for c in members]
    days = [s for s in spans if len(s.start or "") == _DAY and not s.end]
    return narrow(days if days and members[0].type != "visit" else spans)


def narrow(spans: Sequence[TimeSpan]) -> TimeSpan:
    """The finest of overlapping times; a stretch wins over the day on which it begins."""
    resolved = [s for s in spans if s.start]
    if not resolved:
        return spans[0] if spans else TimeSpan()
    finest = max(len(s.start or "") for s in resolved)
    best = [s for s in resolved if len(s.start or "") == finest]
    return next((s for s in best if s.end), best[0])
