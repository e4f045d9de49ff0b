"""Journeys: guest and host of a visit, told from either side, one frame for each state visited.

Takes a frame of type visit with the grammatical roles around its cue; gives it filled.
"""

from __future__ import annotations

from dataclasses import replace

from diplograph.extract.clauses import Roles
from diplograph.extract.cues import CueHit
from diplograph.extract.frame import Frame, hit_lemma, locate, states_of, states_of_all
from diplograph.extract.status import Reading
from diplograph.extract.verbgroups import VerbGroup
from diplograph.knowledge import grammar
from diplograph.model import Polarity, Status
from diplograph.text.actors import Actor, Place
from diplograph.text.lines import Line

_TO_LEAVE_FOR = frozenset({"for", "to"})
_TO_GO = frozenset({"", "to", "in", "at", "into", "for", "via", "through", "on", "across", "toward"})


_NEAR = 9
"""How many words behind "this visit" a place may stand and still be that of the visit."""


def fill(frame: Frame, roles: Roles, group: VerbGroup) -> list[Frame]:
    """Guest and host of a journey; one frame per state visited."""
    if frame.hit.cue.verb and "home" in frame.line.tokens.lowers[frame.hit.head + 1 : frame.hit.end + 1]:
        return []
    if frame.hit.cue.reversed:
        hosts = roles.after("by") if group.passive else roles.subject
        frame.first = roles.object + roles.after("of") if not group.passive else roles.subject
        frame.second = [a for a in hosts if states_of(a)]
        return _received(frame)
    if group.passive and frame.hit.cue.verb:
        frame.first = roles.after("by")
        return _to_each(frame, [(s, None) for a in roles.subject for s in states_of(a)])
    frame.first = [a for a in roles.subject if travels(a)]
    if not frame.hit.cue.verb:
        # "accused Taipei of a visit by its vice president": he who is named with the visit pays it.
        frame.first = [a for a in roles.after("by") if states_of(a)] or frame.first
        frame.first = frame.first or _by_or_of(frame, roles) or [a for a in roles.object if a.kind != "state"]
        frame.first = frame.first or _traveller(frame)
    destinations = _destinations(frame, roles)
    if not destinations and (other := _other_state(frame)):
        destinations = [(other, None)]
        frame.features.append("host-by-nearness")
    if not destinations and (here := _scene(frame)):
        destinations = [(here, None)]
        frame.features.append("host-from-scene")
    return _to_each(_since(frame), destinations)


def travels(actor: Actor) -> bool:
    """Whether somebody can pay a visit: no nation by its adjective alone, and no troops."""
    armed = actor.kind == "body" and (actor.title or "") in grammar.words("armed")
    return actor.kind not in ("loose", "force") and not armed


def _by_or_of(frame: Frame, roles: Roles) -> list[Actor]:
    """Who pays "the visit of X"; not who gave "the invitation of X" that it follows."""
    lowers = frame.line.tokens.lowers
    found = roles.after("by", "of")
    return [a for a in found if "invitation" not in lowers[max(0, a.i - 3) : a.i]]


def _scene(frame: Frame) -> str | None:
    """Where those go of whom the text only says that they came: to where it was telling of."""
    scene, comes = frame.line.scene, hit_lemma(frame) in grammar.words("arriving")
    guests = states_of_all([a for a in frame.first if a.person])
    return scene if comes and frame.hit.cue.verb and guests and scene and scene not in guests else None


def _traveller(frame: Frame) -> list[Actor]:
    """Whose tour it is that goes on "with visits to Ghana and Benin"."""
    before = [a for a in frame.line.actors if a.j <= frame.hit.head and a.possessive and a.person and a.state]
    if before:
        frame.features.append("guest-by-possession")
    return before[-1:]


def _other_state(frame: Frame) -> str | None:
    """For visits without a place: the one other state of the sentence, else of the pair told of before."""
    guests = set(states_of_all(frame.first))
    if elsewhere(frame.line, frame.hit) or len(guests) != 1 or frame.hit.cue.strength < 0.5:
        return None
    that = frame.line.tokens.lowers[frame.hit.head :]
    border = frame.hit.head + that.index("that") if "that" in that else len(frame.line.tokens)
    here = {
        s
        for a in frame.line.actors
        if a.i < border and a.kind not in ("loose", "force", "organisation")
        for s in states_of(a)
    } - guests
    if not here and len(frame.line.pair) == 2:
        pair = {s for a in frame.line.pair for s in states_of(a)}
        here = pair - guests if guests <= pair else set()
    return here.pop() if len(here) == 1 else None


def elsewhere(line: Line, hit: CueHit) -> bool:
    """Whether a destination is told that nobody knows: "together went to the memorial"."""
    lowers = line.tokens.lowers
    if lowers[hit.end : hit.end + 1] in (["outside"], ["abroad"], ["overseas"]):
        return True
    if not hit.cue.verb:
        k = hit.end if lowers[hit.end : hit.end + 1] == ["to"] else hit.end - 1
        known = any(k < p.i < k + 4 for p in line.places) or any(k < a.i < k + 4 for a in line.actors)
        return lowers[k] == "to" and not known
    told = not {"to", "for", "in", "at", "on"}.isdisjoint(hit.cue.text.split()[-1].split("|"))
    return told and lowers[hit.end : hit.end + 1] in (["the"], ["a"], ["an"], ["his"], ["her"], ["their"])


def _since(frame: Frame) -> Frame:
    """Turn "no French president had come since Mitterrand in 1994" into Mitterrand's visit."""
    lowers = frame.line.tokens.lowers
    denied = (
        frame.reading.polarity is Polarity.DENIED or "no" in lowers[: frame.hit.head] or "first" in lowers
    )
    if not denied or "since" not in lowers[frame.hit.end :]:
        return frame
    at = lowers.index("since", frame.hit.end)
    earlier = next(
        (a for a in frame.line.actors if at < a.i <= at + 3 and a.kind in ("person", "office")), None
    )
    if earlier is None or not set(states_of(earlier)) & set(states_of_all(frame.first)):
        return frame
    frame.first, frame.stop = [earlier], earlier.i
    frame.reading = Reading(Status.HELD, Polarity.AFFIRMED, "the last before")
    frame.features.append("since")
    return frame


def _received(frame: Frame) -> list[Frame]:
    """A journey told from the host's side."""
    locate(frame)
    hosts = states_of_all(frame.second)
    if not hosts and frame.host:
        hosts = [frame.host]
    if len(hosts) == 1:
        frame.first = [a for a in frame.first if hosts[0] not in states_of(a)]
    if len(hosts) != 1 or not states_of_all(frame.first):
        return []
    frame.host = hosts[0]
    if len(states_of_all(frame.first)) > 1:
        # Who hosts two of different states brings them together.
        frame.type, frame.second = "meeting", frame.second or []
    if frame.place and frame.place.state not in (None, frame.host):
        frame.features.append("place-elsewhere")
        frame.place = None
    return [frame]


def _destinations(frame: Frame, roles: Roles) -> list[tuple[str, Place | None]]:
    """The states that a journey goes to, each with the place named for it."""
    named = [a for a in roles.after("to") if a.i < frame.hit.head]
    found = {s: None for a in named for s in states_of(a)} or _places_after(frame)
    if not found:
        found = {s: None for a in (*roles.object, *roles.after("to", "in")) for s in states_of(a)}
    if not found and not frame.hit.cue.verb:
        near = [p for p in frame.line.places if p.preposition in ("in", "to", "for") and p.i < frame.border]
        found = {p.state: _town(p) for p in near if p.state}
    return list(found.items())


def _places_after(frame: Frame) -> dict[str, Place | None]:
    """States of the places after the cue that a preposition or mere nearness makes destinations."""
    leaving = hit_lemma(frame) in grammar.words("leaving")
    found: dict[str, Place | None] = {}
    last = frame.hit.head
    for place in frame.line.places:
        if not frame.hit.head < place.i < frame.border or not place.state or place.preposition == "from":
            continue
        if "that" in frame.line.tokens.lowers[frame.hit.end : place.i]:
            break
        listed = place.i - last <= 2 and (found or not leaving)
        if not listed and place.preposition not in (_TO_LEAVE_FOR if leaving else _TO_GO):
            continue
        if not frame.hit.cue.verb and place.preposition != "to" and place.i - last > _NEAR:
            continue
        if not place.preposition and place.i > frame.hit.end + 2 and place.i - last > 3:
            continue
        found[place.state] = found.get(place.state) or _town(place)
        last = place.j
    return found


def _town(place: Place) -> Place | None:
    """A place unless it is only the state itself."""
    return place if place.capital or place.slug else None


def _to_each(frame: Frame, destinations: list[tuple[str, Place | None]]) -> list[Frame]:
    """One frame for each state visited that is not the guest's own."""
    parties = _parties(frame)
    tour = ["tour"] if len(destinations) > 1 else []
    return [
        replace(
            frame,
            first=party,
            second=[],
            place=place,
            host=state,
            stop=_stop(frame, state, destinations),
            features=[*frame.features, *tour],
        )
        for state, place in destinations
        for party in parties
        if state not in states_of_all(party)
    ]


def _parties(frame: Frame) -> list[list[Actor]]:
    """The guests of each state by themselves: two presidents who arrive pay two visits."""
    each = [member for actor in frame.first for member in (actor.members or (actor,))]
    return [[a for a in each if state in states_of(a)] for state in states_of_all(frame.first)]


def _stop(frame: Frame, state: str, destinations: list[tuple[str, Place | None]]) -> int | None:
    """Where a stop of a tour is named, so that its own days can be found."""
    if len(destinations) < 2:
        return frame.stop
    return next((p.i for p in frame.line.places if p.state == state and p.i > frame.hit.head), None)
