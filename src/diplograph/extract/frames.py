"""Frames: who did what to whom, where, by the grammar that a cue's type of event has.

Takes a line and a cue found in it; gives ``Frame``s: one act each, with its parties in order, its place
and the words that decide its status. A frame says how its roles were found, so that scoring can weigh it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from diplograph.extract import clauses
from diplograph.extract.clauses import Roles, VerbGroup
from diplograph.extract.cues import CueHit
from diplograph.extract.status import Reading, hypothetical, of_noun, of_verb
from diplograph.extract.verbs import verb_forms
from diplograph.model import Polarity, Status
from diplograph.text.linking import Line
from diplograph.text.phrases import Actor, Place

MUTUAL = frozenset({"meeting", "call", "agreement"})
_TARGETS = ("against", "on", "with", "to", "from", "of", "at", "over", "toward", "towards", "for", "in", "into")
_LIGHT = frozenset(
    "hold have make pay conduct undertake attend begin start conclude end finish open join lead co-chair host "
    "embark kick wrap take give complete arrive travel fly come go depart leave sit continue resume sign".split()
)


@dataclass(slots=True, eq=False)
class Frame:
    """One act as a sentence tells it.

    Attributes:
        first: Actors of the first role: guests, parties, those who act.
        second: Actors of the second role: hosts, counterparts, targets.
        host: State in which a visit or meeting takes place.
        stop: Index of the word that names this stop of a tour.
        features: Names of what speaks for or against the reading.
    """

    line: Line
    hit: CueHit
    type: str
    subtype: str | None
    first: list[Actor]
    second: list[Actor]
    reading: Reading
    verb: int
    border: int
    place: Place | None = None
    host: str | None = None
    stop: int | None = None
    features: list[str] = field(default_factory=list)

    @property
    def actors(self) -> list[Actor]:
        """All actors, the first role first."""
        return self.first + self.second

    @property
    def states(self) -> tuple[str, ...]:
        """The states of its actors in order, without repetition."""
        states = [s for a in self.actors for s in states_of(a)]
        if self.type == "visit" and self.host:
            states = [s for s in states_of_all(self.first) if s != self.host] + [self.host]
        return tuple(dict.fromkeys(states))


def states_of(actor: Actor) -> list[str]:
    """The states that an actor stands for."""
    if actor.members:
        return [s for member in actor.members for s in states_of(member)]
    return [actor.state] if actor.state and actor.state.isupper() else []  # an organisation is no state


def states_of_all(actors: list[Actor]) -> list[str]:
    """The states of several actors, in order, without repetition."""
    return list(dict.fromkeys(s for a in actors for s in states_of(a)))


def build(line: Line, hit: CueHit) -> list[Frame]:
    """The frames of one cue; none if its grammar cannot be filled."""
    if hit.cue.verb:
        group = clauses.verb_group(line, hit.head, hit.form)
        roles = clauses.roles(line, group, hit.end)
        reading, verb = of_verb(group), hit.head
        if _reduced(group, hit):
            roles.subject, roles.object = [], roles.subject + roles.object
    else:
        group, roles, reading, verb = around_noun(line, hit)
    if frame_is_agreement(hit, group):
        reading = Reading(Status.HELD, reading.polarity, "tense: agreed")
    if hypothetical(line.tokens.lowers, hit.head):
        reading = Reading(reading.status, Polarity.HYPOTHETICAL, "if")
    border = clauses.right_border(line, hit.end)
    frame = Frame(line, hit, hit.cue.type, hit.cue.subtype, [], [], reading, verb, border)
    if roles.inherited:
        frame.features.append("subject-inherited")
    fill = {"visit": _visit, "tension": _directed, "statement-of-intent": _directed, "other": _directed}.get(frame.type, _mutual)
    return fill(frame, roles, group)


def frame_is_agreement(hit: CueHit, group: VerbGroup) -> bool:
    """Whether "agreed to restore relations" is itself the agreement, whatever is still to be done."""
    return hit.cue.type == "agreement" and any(w.startswith("agree") for w in group.governors[:3])


def _reduced(group: VerbGroup, hit: CueHit) -> bool:
    """Whether a participle stands without auxiliary after a noun: "talks held in Cairo"."""
    return False if group.auxiliaries else hit.form == "participle"


def around_noun(line: Line, hit: CueHit) -> tuple[VerbGroup, Roles, Reading, int]:
    """Roles of a noun cue, from its own phrase and from the verb that governs it."""
    roles = clauses.noun_roles(line, hit.head, hit.end)
    governor = clauses.governing_verb(line, hit.head, verb_forms())
    group, verb, lemma = VerbGroup(hit.head), hit.head, None
    if governor:
        verb, lemma, form = governor
        group = clauses.verb_group(line, verb, form)
        if verb < hit.head and not roles.subject:
            roles.subject, roles.inherited = clauses.subject(line, group.start)
        if lemma in _LIGHT and group.passive:
            roles.by_preposition.setdefault("by", [])
    reading = of_noun(line.tokens.lowers, hit.head, (lemma, group) if lemma else None)
    return group, roles, reading, verb


def _mutual(frame: Frame, roles: Roles, group: VerbGroup) -> list[Frame]:
    """Meetings, calls, agreements: everyone in any role is a party."""
    if group.passive and frame.hit.cue.verb:
        frame.first = roles.after("by") or roles.object
        frame.second = roles.subject + roles.after("with", "between", "to")
    else:
        frame.first = roles.subject
        frame.second = roles.object + roles.after("with", "between", "to", "by", "of", "among", "alongside")
    _drop_bystanders(frame)
    locate(frame)
    if len(states_of_all(frame.actors)) < 2:
        return []
    return _one_per_counterpart(frame)


def _drop_bystanders(frame: Frame) -> None:
    """Loose nationalities and spokespeople are no parties; a party is one only once."""
    keep = ("person", "office", "state", "body", "counterpart", "pronoun", "pair", "plural", "organisation", "diplomat")
    seen: set[int] = set()
    for role in (frame.first, frame.second):
        role[:] = [a for a in role if a.kind in keep or (a.kind == "loose" and frame.type == "agreement")]
        role[:] = [a for a in role if not (id(a.person or a) in seen or seen.add(id(a.person or a)))]  # type: ignore[func-returns-value]  # set.add as filter
    if any(a.kind in ("person", "office", "pair", "pronoun") for a in frame.actors):
        named = states_of_all([a for a in frame.actors if a.kind != "state"])
        if len(named) > 1:
            frame.second = [a for a in frame.second if a.kind != "state" or a.state not in named]


def _one_per_counterpart(frame: Frame) -> list[Frame]:
    """Split "met A's, B's and C's ministers" into a meeting each, unless they sat together."""
    sides = states_of_all(frame.second)
    firsts = states_of_all(frame.first)
    words = set(frame.line.tokens.lowers)
    together = words & {"trilateral", "three-way", "quadrilateral", "jointly", "together", "tripartite", "four-way"}
    if frame.type == "agreement" and len(firsts) == 1 and len(sides) > 1 and "agreements" in words:
        together = set()
    elif frame.type != "meeting" or len(firsts) != 1 or len(sides) < 2 or len(frame.first) != 1 or not words & {"separate", "separately", "one-on-one", "bilateral", "respectively"}:
        return [frame]
    if together:
        return [frame]
    frames = []
    for side in sides:
        second = [a for a in frame.second if side in states_of(a)]
        frames.append(
            Frame(
                frame.line, frame.hit, frame.type, frame.subtype, frame.first, second, frame.reading,
                frame.verb, frame.border, frame.place, frame.host, None, [*frame.features, "split"],
            )
        )
    return frames


def locate(frame: Frame) -> None:
    """Set the place of the clause: after the cue, or at the head of the sentence."""
    places = [p for p in frame.line.places if p.preposition in ("in", "at", "near", "outside", "on", "inside")]
    after = [p for p in places if frame.hit.head <= p.i < frame.border]
    before = [p for p in places if p.i < frame.hit.head]
    chosen = after[:1] or before[-1:]
    if chosen and not _is_party(frame, chosen[0]):
        frame.place, frame.host = chosen[0], chosen[0].state


def _is_party(frame: Frame, place: Place) -> bool:
    return any(a.i <= place.i < a.j and a.kind != "state" for a in frame.line.actors)


def _visit(frame: Frame, roles: Roles, group: VerbGroup) -> list[Frame]:
    """Guest and host of a journey; one frame per state visited."""
    if frame.hit.cue.reversed:
        hosts = roles.after("by") if group.passive else roles.subject
        frame.first = roles.object + roles.after("of") if not group.passive else roles.subject
        frame.second = [a for a in hosts if states_of(a)]
        return _received(frame)
    if group.passive and frame.hit.cue.verb:
        frame.first = roles.after("by")
        return _to_each(frame, [(s, None) for a in roles.subject for s in states_of(a)])
    frame.first = [a for a in roles.subject if a.kind != "loose"]
    if not frame.hit.cue.verb:
        frame.first = frame.first or roles.after("by", "of") or [a for a in roles.object if a.kind != "state"]
    destinations = _destinations(frame, roles)
    if not destinations and (other := _other_state(frame)):
        destinations = [(other, None)]
        frame.features.append("host-by-nearness")
    return _to_each(_since(frame), destinations)


def _other_state(frame: Frame) -> str | None:
    """The one other state of the sentence, else of the pair of whom the text tells; for visits without a place."""
    guests = set(states_of_all(frame.first))
    if len(guests) != 1 or frame.hit.cue.strength < 0.5:
        return None
    here = {s for a in frame.line.actors if a.kind not in ("loose", "organisation") for s in states_of(a)} - guests
    if not here and len(frame.line.pair) == 2:
        pair = {s for a in frame.line.pair for s in states_of(a)}
        here = pair - guests if guests <= pair else set()
    return here.pop() if len(here) == 1 else None


def _since(frame: Frame) -> Frame:
    """ "No French president had come since Mitterrand in 1994" tells of Mitterrand's visit."""
    lowers = frame.line.tokens.lowers
    denied = frame.reading.polarity is Polarity.DENIED or "no" in lowers[: frame.hit.head] or "first" in lowers
    if not denied or "since" not in lowers[frame.hit.end :]:
        return frame
    at = lowers.index("since", frame.hit.end)
    earlier = next((a for a in frame.line.actors if at < a.i <= at + 3 and a.kind in ("person", "office")), None)
    if earlier is None or not set(states_of(earlier)) & set(states_of_all(frame.first)):
        return frame
    frame.first, frame.stop = [earlier], earlier.i
    frame.reading = Reading(Status.HELD, Polarity.AFFIRMED, "the last before")
    frame.features.append("since")
    return frame


def _received(frame: Frame) -> list[Frame]:
    """A journey told from the host's side."""
    locate(frame)
    hosts, guests = states_of_all(frame.second), states_of_all(frame.first)
    if not hosts and frame.host:
        hosts = [frame.host]
    if len(hosts) != 1 or not guests or hosts[0] in guests:
        return []
    frame.host = hosts[0]
    if frame.place and frame.place.state not in (None, frame.host):
        frame.features.append("place-elsewhere")
        frame.place = None
    return [frame]


def _destinations(frame: Frame, roles: Roles) -> list[tuple[str, Place | None]]:
    """The states that a journey goes to, each with the place named for it."""
    leaving = hit_lemma(frame) in ("leave", "depart", "set")
    wanted = ("for", "to") if leaving else ("", "to", "in", "at", "into", "for", "via", "through", "on", "across", "toward")
    found: dict[str, Place | None] = {}
    last = frame.hit.head
    for place in frame.line.places:
        fits = place.preposition in wanted or (not leaving and place.i - last <= 2) or (found and place.i - last <= 2)
        if frame.hit.head < place.i < frame.border and fits and place.preposition != "from" and place.state:
            if not place.preposition and place.i > frame.hit.end + 2 and place.i - last > 3:
                continue
            town = place if place.capital or place.slug else None
            if place.state not in found or (found[place.state] is None and town):
                found[place.state] = town
            last = place.j
    if not found:
        found = {s: None for a in (*roles.object, *roles.after("to", "in")) for s in states_of(a)}
    if not found and not frame.hit.cue.verb:
        found = {p.state: p if p.slug or p.capital else None for p in frame.line.places if p.preposition in ("in", "to", "for") and p.state}
    return list(found.items())


def hit_lemma(frame: Frame) -> str:
    """The head word of a frame's cue as the lexicon has it."""
    return frame.hit.cue.text.removeprefix("to ").split()[0]


def _to_each(frame: Frame, destinations: list[tuple[str, Place | None]]) -> list[Frame]:
    guests = states_of_all(frame.first)
    frames = []
    for state, place in destinations:
        if state in guests or not guests:
            continue
        frames.append(
            Frame(
                frame.line, frame.hit, frame.type, frame.subtype, frame.first, [], frame.reading, frame.verb,
                frame.border, place, state, _stop(frame, state, destinations), [*frame.features, *(["tour"] if len(destinations) > 1 else [])],
            )
        )
    return frames


def _stop(frame: Frame, state: str, destinations: list[tuple[str, Place | None]]) -> int | None:
    """Where a stop of a tour is named, so that its own days can be found."""
    if len(destinations) < 2:
        return frame.stop
    return next((p.i for p in frame.line.places if p.state == state and p.i > frame.hit.head), None)


def _directed(frame: Frame, roles: Roles, group: VerbGroup) -> list[Frame]:
    """Tensions, intentions and other acts: one acts, another is its target."""
    if group.passive and frame.hit.cue.verb:
        frame.first, targets = roles.after("by"), roles.subject
    elif frame.hit.cue.verb:
        frame.first, targets = roles.subject, roles.object or roles.after(*_TARGETS)
    elif len(states_of_all(roles.after("between"))) > 1:
        return _between(frame, roles.after("between"))
    else:
        frame.first = roles.subject or roles.after("by") or roles.object[:1]
        targets = roles.after(*_TARGETS) or roles.object[len(frame.first) and 1 :]
    frame.first = [a for a in frame.first if states_of(a)]
    actors = states_of_all(frame.first)
    told = [a for a in (*targets, *roles.after(*_TARGETS), *roles.object) if set(states_of(a)) - set(actors)]
    if not told:
        told = [a for a in frame.line.actors if frame.hit.head < a.i < frame.border and set(states_of(a)) - set(actors)]
        frame.features.append("target-by-nearness")
    frame.second = _same_target(told)
    if frame.hit.cue.reversed:
        frame.first, frame.second = frame.second, frame.first
    if not frame.first or not frame.second:
        return []
    _add_announcer(frame)
    if _accredited_elsewhere(frame):
        frame.features.append("target-elsewhere")
    return [frame]


def _between(frame: Frame, sides: list[Actor]) -> list[Frame]:
    """Tensions between two: whoever made the remarks that they are over is the one who acts."""
    states = states_of_all(sides)
    lowers = frame.line.tokens.lowers
    author = next(
        (
            a for a in frame.line.actors
            if a.possessive and a.i > frame.hit.head and a.state in states and _REMARKS & set(lowers[a.j : a.j + 3])
        ),
        None,
    )
    first = [a for a in sides if set(states_of(a)) == {author.state}] if author else sides[:1]
    frame.first = [*first, *([author] if author and author.person else [])]
    if author:
        frame.features.append("author-of-remarks")
    frame.second = [a for a in sides if a not in frame.first]
    return [frame] if frame.first and frame.second else []


_REMARKS = frozenset("remarks remark comments comment statement statements words speech visit decision".split())


def _add_announcer(frame: Frame) -> None:
    """In "Macron announces that France will supply B" the president takes part in what his state does."""
    if any(a.person for a in frame.first):
        return
    states = states_of_all(frame.first)
    before = [a for a in frame.line.actors if a.j <= frame.hit.head and a.person and a.state in states and not a.preposition and not a.possessive]
    frame.first = [*frame.first, *before[:1]]


def _same_target(told: list[Actor]) -> list[Actor]:
    """The first target and those of the same state."""
    return [a for a in told if states_of(a) == states_of(told[0])][:2] if told else []


def _accredited_elsewhere(frame: Frame) -> bool:
    """Whether the target is an envoy to a third state."""
    envoy = next((a for a in frame.second if a.kind == "diplomat" and a.other_state), None)
    return envoy is not None and envoy.other_state not in states_of_all(frame.first)


def status_word(frame: Frame) -> Status:
    """The status of a frame as its words have it."""
    return frame.reading.status
