"""Frames: who did what to whom, where, by the grammar that a cue's type of event has.

Takes a line and a cue found in it; gives ``Frame``s. A frame says how its roles were found, so that
scoring can weigh it. Meetings, calls and agreements are filled here, the rest in ``journeys`` and ``acts``.
"""

from __future__ import annotations

from dataclasses import replace

from diplograph.extract import acts, clauses, journeys
from diplograph.extract.clauses import Roles
from diplograph.extract.cues import CueHit
from diplograph.extract.frame import Frame, hit_lemma, locate, states_of, states_of_all
from diplograph.extract.polarity import denied, hypothetical
from diplograph.extract.status import Reading, of_noun, of_status_verb, of_verb, word_class
from diplograph.extract.verbgroups import VerbGroup, governing_verb, verb_group
from diplograph.extract.verbs import verb_forms
from diplograph.knowledge import grammar
from diplograph.model import Polarity, Status
from diplograph.text.actors import Actor
from diplograph.text.lines import Line

MUTUAL = frozenset({"meeting", "call", "agreement"})
"""Types of event in which all parties play the same part."""

_FILL = {
    "visit": journeys.fill,
    "tension": acts.fill,
    "statement-of-intent": acts.fill,
    "other": acts.fill,
}
_PARTIES = frozenset(
    {
        "person",
        "office",
        "state",
        "body",
        "counterpart",
        "pronoun",
        "pair",
        "plural",
        "organisation",
        "diplomat",
    }
)


def build(line: Line, hit: CueHit) -> list[Frame]:
    """The frames of one cue; none if its grammar cannot be filled."""
    if hit.cue.verb:
        group = verb_group(line, hit.head, hit.form)
        if suffered(line, hit, group):
            group = replace(group, auxiliaries=("were",), form="participle")
        roles = clauses.roles(line, group, hit.end)
        reading, verb = of_verb(group), hit.head
        if _reduced(group, hit):
            roles.subject, roles.object = [], roles.subject + roles.object
    else:
        group, roles, reading, verb = around_noun(line, hit)
        if lifted(line, hit, verb):
            return []
    reading = mended(line, hit, group, reading)
    # In "a tour that will take him to A and B" the destinations stand behind all of the cue.
    border = clauses.right_border(line, hit.end if hit.cue.verb else max(hit.end, hit.last))
    frame = Frame(line, hit, hit.cue.type, hit.cue.subtype, [], [], reading, verb, border)
    if roles.inherited:
        frame.features.append("subject-inherited")
    return _FILL.get(frame.type, _mutual)(frame, roles, group)


def suffered(line: Line, hit: CueHit, group: VerbGroup) -> bool:
    """Whether a past form without object is what was done to somebody: "a general accused of murder"."""
    bare = hit.form in ("past", "participle") and not group.auxiliaries
    return (
        bare
        and hit.cue.type == "tension"
        and line.tokens.lowers[hit.head + 1 : hit.head + 2] in (["of"], ["by"])
    )


def mended(line: Line, hit: CueHit, group: VerbGroup, reading: Reading) -> Reading:
    """The status of a cue after what its own word and the words around it say of it."""
    lowers = line.tokens.lowers
    if hit.cue.verb and hit.cue.type in ("visit", "meeting", "call"):
        reading = of_status_verb(lowers, hit.head, reading)
        ahead = any(word_class(word) == "planned" for word in hit.cue.text.split())
        if reading.status is Status.HELD and ahead:
            reading = Reading(Status.PLANNED, reading.polarity, f"the words {hit.cue.text!r}")
    if denied(lowers, hit.head):
        reading = Reading(reading.status, Polarity.DENIED, "denied")
    if _agreed(hit, group):
        reading = Reading(Status.HELD, reading.polarity, "tense: agreed")
    if hypothetical(lowers, hit.head):
        reading = Reading(reading.status, Polarity.HYPOTHETICAL, "if")
    return reading


def lifted(line: Line, hit: CueHit, verb: int) -> bool:
    """Whether a tension is only named to tell its end: "lifted the sanctions"."""
    return hit.cue.type == "tension" and line.tokens.lowers[verb] in grammar.words("lifting")


def _agreed(hit: CueHit, group: VerbGroup) -> bool:
    """Whether "agreed to restore relations" is itself the agreement, whatever is still to be done."""
    return hit.cue.type == "agreement" and any(w.startswith("agree") for w in group.governors[:3])


def _reduced(group: VerbGroup, hit: CueHit) -> bool:
    """Whether a participle stands without auxiliary after a noun: "a treaty drawn up in Cairo"."""
    return not group.auxiliaries and hit.form == "participle"


def around_noun(line: Line, hit: CueHit) -> tuple[VerbGroup, Roles, Reading, int]:
    """Roles of a noun cue, from its own phrase and from the verb that governs it."""
    roles = clauses.noun_roles(line, hit.head, hit.end)
    governor = governing_verb(line, hit.head)
    group, verb, lemma = VerbGroup(hit.head), hit.head, None
    if governor:
        verb, lemma, form = governor
        group = verb_group(line, verb, form)
        if verb < hit.head and not roles.subject:
            roles.subject, roles.inherited = clauses.subject(line, group.start)
    elif not roles.subject and (at := _adjunct(line, hit.head)) is not None:
        # "face the cameras before a short meeting": who does one thing on the occasion of another does both.
        roles.subject, roles.inherited = clauses.subject(line, at)[0], True
    reading = of_noun(line.tokens.lowers, hit.head, (lemma, group) if lemma else None)
    return group, roles, reading, verb


def _adjunct(line: Line, head: int) -> int | None:
    """Where the preposition stands that makes a noun the occasion of something else: "before a meeting"."""
    prepositions = grammar.words("adjunct_prepositions") | {"before"}
    near = range(head - 1, max(-1, head - 5), -1)
    at = next((k for k in near if line.tokens.lowers[k] in prepositions), None)
    return at if at and line.actor_at(at) is None else None


def _mutual(frame: Frame, roles: Roles, group: VerbGroup) -> list[Frame]:
    """Meetings, calls, agreements: everyone in any role is a party."""
    if group.passive and frame.hit.cue.verb:
        frame.first = roles.after("by") or roles.object
        frame.second = roles.subject + roles.after("with", "between", "to")
    else:
        frame.first = roles.subject
        # What is discussed is a topic and no party: "discussed Taiwan on the phone".
        objects = [] if hit_lemma(frame) in grammar.words("topic_verbs") else roles.object
        frame.second = objects + roles.after("with", "between", "to", "by", "of", "among", "alongside")
        if not frame.hit.cue.verb and len(states_of_all(roles.after("between"))) > 1:
            frame.first, frame.second = [], roles.after("between")
    _drop_bystanders(frame)
    locate(frame)
    if frame.host is None and (verb_forms().get(frame.line.tokens.lowers[frame.verb]) or ("",))[0] == "host":
        hosts = states_of_all(roles.after("by") if group.passive else roles.subject)
        frame.host = hosts[0] if len(hosts) == 1 else None
    if len(states_of_all(frame.actors)) < 2:
        return []
    return _one_per_counterpart(frame)


def _drop_bystanders(frame: Frame) -> None:
    """Loose nationalities and spokespeople are no parties; a party is one only once."""
    seen: set[int] = set()
    for role in (frame.first, frame.second):
        role[:] = _parties(role, seen, loose=frame.type == "agreement")
    if any(a.kind in ("person", "office", "pair", "pronoun") for a in frame.actors):
        named = states_of_all([a for a in frame.actors if a.kind != "state"])
        if len(named) > 1:
            frame.second = [a for a in frame.second if a.kind != "state" or a.state not in named]


def _parties(role: list[Actor], seen: set[int], *, loose: bool) -> list[Actor]:
    """Those of a role who can be parties and have not been seen; enters them as seen."""
    kept = []
    for actor in role:
        key = id(actor.person or actor)
        speaker = actor.kind == "person" and actor.title_kind == "spokes"
        party = actor.kind in _PARTIES or (loose and actor.kind == "loose") or _officials(actor)
        if key not in seen and not speaker and party:
            seen.add(key)
            kept.append(actor)
    return kept


def _officials(actor: Actor) -> bool:
    """Whether several officials of a state are meant, who can meet others: "U.S. and Iraqi officials"."""
    return actor.kind == "spokes" and (actor.title or "") in grammar.words("several_officials")


def _one_per_counterpart(frame: Frame) -> list[Frame]:
    """Split "met A's, B's and C's ministers" into a meeting each, unless they sat together."""
    if len(states_of_all(frame.second)) == 1 < len(states_of_all(frame.first)):
        frame.first, frame.second = frame.second, frame.first
    own = states_of_all(frame.first)
    sides = [side for side in states_of_all(frame.second) if side not in own]
    if len(own) != 1 or len(sides) < 2 or not _told_apart(frame):
        return [frame]
    return [
        replace(
            frame,
            second=[a for a in frame.second if side in states_of(a)],
            features=[*frame.features, "split"],
        )
        for side in sides
    ]


def _told_apart(frame: Frame) -> bool:
    """Whether a sentence says of several counterparts that each had their own meeting or agreement."""
    words = set(frame.line.tokens.lowers)
    if frame.type == "agreement":
        return "agreements" in words
    apart = (
        frame.type in ("meeting", "call") and len(frame.first) == 1 and bool(words & grammar.words("apart"))
    )
    return apart and not words & grammar.words("together")
