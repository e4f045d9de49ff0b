"""The back-off: a strong cue whose grammar could not be filled gets the nearest actors of two states.

Takes a line and a cue; gives frames that say that they are guesses.
"""

from __future__ import annotations

from diplograph.extract import frames
from diplograph.extract.clauses import coordinated_left, subject
from diplograph.extract.cues import CueHit
from diplograph.extract.frame import Frame, locate, states_of, states_of_all
from diplograph.extract.journeys import elsewhere, travels
from diplograph.extract.status import Reading, of_verb
from diplograph.extract.verbgroups import verb_group
from diplograph.extract.verbs import verb_forms
from diplograph.model import Status
from diplograph.text.actors import Actor
from diplograph.text.lines import Line


def frames_of(line: Line, hit: CueHit) -> list[Frame]:
    """A strong cue whose grammar could not be filled: the nearest actors of two states."""
    if hit.cue.strength < 0.4 or (
        hit.cue.verb and hit.cue.type in frames.MUTUAL and _meets_others(line, hit)
    ):
        return []
    if hit.cue.verb and frames.suffered(line, hit, verb_group(line, hit.head, hit.form)):
        return []
    if hit.cue.type == "visit" and not hit.cue.verb and _taken_up(line, hit):
        return []
    if hit.cue.type in frames.MUTUAL and not hit.cue.verb and (_of_body(line, hit) or _purpose(line, hit)):
        return []
    named = any(k < hit.head < end and found.meaning("series") for k, (end, found) in line.hits.items())
    if named and not hit.cue.verb:
        return []  # the "summit" in the name of a gathering
    chosen = _nearest(line, hit)
    if len(states_of_all(chosen)) < 2 or len(chosen) < 2:
        return _with_pair(line, hit, chosen)
    chosen.sort(key=lambda a: a.i)
    if hit.cue.type == "visit" and all(
        a.kind == "state" and a.preposition for a in _with_heads(line, chosen)
    ):
        return []
    passive = hit.cue.verb and verb_group(line, hit.head, hit.form).passive
    if hit.cue.reversed != passive:
        chosen.reverse()
    if hit.cue.type == "visit":
        chosen = _journey(line, hit, *chosen[:2])
    return _backed_off(line, hit, chosen) if chosen else []


def _journey(line: Line, hit: CueHit, guest: Actor, host: Actor) -> list[Actor]:
    """Guest and host among two states near the word of a visit; none if neither travels to the other.

    A destination that is told is the only one, where something is nobody travels from, and who receives
    advice receives nobody.
    """
    if hit.cue.verb and hit.cue.reversed:
        met = any(hit.end <= a.i < hit.end + 8 and not a.preposition for a in (guest, host))
        return [guest, host] if met else []
    there = {p.state for p in line.places if hit.head < p.i and p.preposition in ("to", "in", "for")}
    there &= {*states_of(guest), *states_of(host)} if hit.cue.verb else set()
    if _stands(guest) or (there and there.isdisjoint(states_of(host))):
        guest, host = host, guest
    stays = elsewhere(line, hit) or _stands(guest) or (there and there.isdisjoint(states_of(host)))
    return [] if stays or (guest.kind == "state" and guest.i > hit.head) else [guest, host]


def _stands(actor: Actor) -> bool:
    """Whether a state is only where something is, or says of what nation troops or nurses are."""
    return not travels(actor) or (
        actor.kind == "state" and actor.preposition in ("in", "at", "to", "near", "for", "on", "of", "from")
    )


def _purpose(line: Line, hit: CueHit) -> bool:
    """Whether talks are what a meeting of the same sentence is for: "will meet here for talks"."""
    lowers = line.tokens.lowers
    return "for" in lowers[max(0, hit.head - 3) : hit.head] and any(
        verb_forms().get(word, ("", ""))[0] == "meet" for word in lowers[: hit.head]
    )


def _of_body(line: Line, hit: CueHit) -> bool:
    """Whether talks are those of an organisation: "the Turkish European Union accession talks"."""
    near = [a for a in line.actors if a.kind == "organisation" and not a.possessive]
    return any(
        0 <= hit.head - a.j <= 2 or (a.preposition == "with" and 0 < a.i - hit.last <= 3) for a in near
    )


def _with_others(line: Line, hit: CueHit) -> bool:
    """Whether the other side is told and is no actor: "a meeting with members of the council"."""
    if "meetings" in line.tokens.lowers[hit.head : hit.last]:
        return True  # "a day of routine meetings"
    after = line.tokens.lowers[hit.end : hit.end + 2]
    if "with" not in after:
        return False
    k = hit.end + after.index("with") + 1
    return not any(k <= a.i <= k + 6 for a in line.actors)


def _taken_up(line: Line, hit: CueHit) -> bool:
    """Whether a noun only takes up what was told: "The trip will mark his second visit"."""
    return bool({"the", "this", "that"} & set(line.tokens.lowers[max(0, hit.head - 2) : hit.head]))


def _nearest(line: Line, hit: CueHit) -> list[Actor]:
    """The actors nearest to a cue until they are of two states."""
    elsewhere = () if hit.cue.type == "visit" else ("in", "at", "near", "from", "outside")
    chosen: list[Actor] = []
    for actor in sorted(line.actors, key=lambda a: abs(a.i - hit.head)):
        if actor.kind == "spokes" or actor.possessive:
            continue
        if actor.kind == "state" and actor.preposition in elsewhere:
            continue
        if not set(states_of(actor)) <= set(states_of_all(chosen)):
            chosen.append(actor)
        if len(states_of_all(chosen)) >= 2:
            break
    return chosen


def _with_heads(line: Line, actors: list[Actor]) -> list[Actor]:
    """Actors, each as the first of the enumeration in which it stands: "to Ghana and Benin"."""
    return [coordinated_left(line, actor)[0] for actor in actors]


def _with_pair(line: Line, hit: CueHit, chosen: list[Actor]) -> list[Frame]:
    """Talks told without their parties are those of the two of whom the text was telling."""
    told = set(states_of_all(chosen))
    if _with_others(line, hit) or _among_themselves(line, hit):
        return []
    if (
        hit.cue.type not in frames.MUTUAL
        or len(line.pair) != 2
        or not told <= {s for a in line.pair for s in states_of(a)}
    ):
        return []
    found = _backed_off(line, hit, list(line.pair))
    for frame in found:
        frame.features.append("backoff-pair")
    return found


def _among_themselves(line: Line, hit: CueHit) -> bool:
    """Whether a verb has two named subjects of its own: "the president and the premier met"."""
    if not hit.cue.verb:
        return False
    persons = [a for a in subject(line, verb_group(line, hit.head, hit.form).start)[0] if a.person]
    return len({id(a.person) for a in persons}) > 1


def _backed_off(line: Line, hit: CueHit, chosen: list[Actor]) -> list[Frame]:
    """A frame of which the first chosen plays the first role, marked as a guess."""
    model = Frame(
        line,
        hit,
        hit.cue.type,
        hit.cue.subtype,
        chosen[:1],
        chosen[1:],
        Reading(Status.HELD),
        hit.head,
        len(line.tokens),
        features=["backoff"],
    )
    if hit.cue.verb:
        group = verb_group(line, hit.head, hit.form)
        model.reading = of_verb(group)
    else:
        group, _, model.reading, model.verb = frames.around_noun(line, hit)
        if frames.lifted(line, hit, model.verb):
            return []
    model.reading = frames.mended(line, hit, group, model.reading)
    model.features.append(f"backoff:{'verb' if hit.cue.verb else 'noun'}")
    if hit.cue.type == "visit":
        model.host = states_of_all(chosen[1:])[0]
        model.second = []
    else:
        locate(model)
    return [model]


def _meets_others(line: Line, hit: CueHit) -> bool:
    """Whether the object of a verb is no party: "meet with ethnic Koreans"."""
    following = next((a for a in line.actors if a.i >= hit.end), None)
    return following is not None and following.kind == "loose" and following.i - hit.end <= 3
