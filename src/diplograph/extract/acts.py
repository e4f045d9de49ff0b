"""Acts of one state towards another: tensions, intentions and the rest, with actor and target.

Takes a frame with the grammatical roles around its cue; gives it filled.
"""

from __future__ import annotations

from dataclasses import replace

from diplograph.extract.clauses import Roles
from diplograph.extract.frame import Frame, hit_lemma, states_of, states_of_all
from diplograph.extract.verbgroups import VerbGroup
from diplograph.knowledge import grammar
from diplograph.text.actors import Actor

_TARGETS = tuple("against on with to from of at over toward towards for in into".split())
"""Prepositions before a target, those that tell more first."""


def fill(frame: Frame, roles: Roles, group: VerbGroup) -> list[Frame]:
    """Tensions, intentions and other acts: one acts, another is its target."""
    if not frame.hit.cue.verb and len(states_of_all(roles.after("between"))) > 1:
        return _between(frame, roles.after("between"))
    first, targets = _sides(frame, roles, group)
    frame.first = [a for a in first if states_of(a)]
    if not frame.first and group.passive and frame.hit.cue.verb:
        frame.first = _accrediting(targets) or _where_it_was_done(frame, targets)
    frame.second = _target(frame, roles, targets)
    if not frame.second and hit_lemma(frame) in grammar.words("reciprocal"):
        # "Indian and Chinese troops clashed": who does it to whom is not told.
        frame.first, frame.second = frame.first[:1], frame.first[1:]
    if frame.hit.cue.reversed:
        frame.first, frame.second = frame.second, frame.first
    if not frame.first or not frame.second:
        return []
    _add_announcer(frame)
    if _accredited_elsewhere(frame):
        frame.features.append("target-elsewhere")
    return [frame]


def _sides(frame: Frame, roles: Roles, group: VerbGroup) -> tuple[list[Actor], list[Actor]]:
    """Who acts and who may be the target, by the grammar of the cue."""
    if frame.hit.cue.verb:
        if group.passive:
            owners = _owners_of_object(frame)
            if owners and not roles.after("by"):
                return owners, roles.after(*_TARGETS)
            return roles.after("by"), roles.subject
        return roles.subject, roles.object or roles.after(*_TARGETS)
    first = roles.subject or roles.after("by") or roles.object[:1]
    return first, roles.after(*_TARGETS) or roles.object[1 if first else 0 :]


def _owners_of_object(frame: Frame) -> list[Actor]:
    """Who acts in "U.S. sanctions imposed on Moscow": the owner of what was done."""
    words = frozenset(word for alternatives, _ in frame.hit.cue.tail for word in alternatives)
    lowers, head = frame.line.tokens.lowers, frame.hit.head
    noun = next((k for k in range(head - 1, max(-1, head - 6), -1) if lowers[k] in words), None)
    if noun is None:
        return []
    return [
        a for a in frame.line.actors if noun - 2 <= a.j <= noun and states_of(a) and a.kind != "diplomat"
    ][-1:]


def _accrediting(targets: list[Actor]) -> list[Actor]:
    """Who acts in "the Chinese ambassador to Sweden was summoned": the state to which an envoy was sent."""
    sent = [a for a in targets if a.kind == "diplomat" or a.title_kind == "diplomat"]
    return [
        replace(a, state=a.other_state, person=None, kind="state") for a in sent if a.state and a.other_state
    ][:1]


def _where_it_was_done(frame: Frame, targets: list[Actor]) -> list[Actor]:
    """Who acts in "was expelled from Oslo", "was summoned in Rome": the state of the place."""
    others = set(states_of_all(targets))
    after = [a for a in frame.line.actors if frame.hit.head < a.i < frame.border]
    return [
        a for a in after if a.kind in ("state", "body") and states_of(a) and not set(states_of(a)) & others
    ][:1]


def _target(frame: Frame, roles: Roles, targets: list[Actor]) -> list[Actor]:
    """The first target of another state than the actor's, else whoever of another state follows the cue."""
    acting = set(states_of_all(frame.first))
    targets = [_accredited(a, acting) for a in targets]
    told = [a for a in (*targets, *roles.after(*_TARGETS), *roles.object) if set(states_of(a)) - acting]
    if not told:
        after = [a for a in frame.line.actors if frame.hit.head < a.i < frame.border]
        told = [a for a in after if set(states_of(a)) - acting]
        frame.features.append("target-by-nearness")
    return _same_target(told)


def _accredited(actor: Actor, acting: set[str]) -> Actor:
    """One's own ambassador stands for the state to which he is sent: "recalled its ambassador to Israel"."""
    own = actor.kind == "diplomat" and actor.other_state and (actor.state is None or actor.state in acting)
    return replace(actor, state=actor.other_state, person=None) if own else actor


def _between(frame: Frame, sides: list[Actor]) -> list[Frame]:
    """Tensions between two: whoever made the remarks that they are over is the one who acts."""
    states = states_of_all(sides)
    lowers = frame.line.tokens.lowers
    author = next(
        (
            a
            for a in frame.line.actors
            if a.i > frame.hit.head
            and a.state in states
            and (_remarks(a, lowers) if a.possessive else _spoke(a, lowers))
        ),
        None,
    )
    first = [a for a in sides if set(states_of(a)) == {author.state}] if author else sides[:1]
    frame.first = [*first, *([author] if author and author.person else [])]
    if author:
        frame.features.append("author-of-remarks")
    frame.second = [a for a in sides if a not in frame.first]
    return [frame] if frame.first and frame.second else []


def _remarks(actor: Actor, lowers: list[str]) -> bool:
    """Whether an owner owns words that gave offence: "the premier's remarks"."""
    return bool(grammar.words("remarks") & set(lowers[actor.j : actor.j + 3]))


def _spoke(actor: Actor, lowers: list[str]) -> bool:
    """Whether someone spoke before it came so: "since Takaichi spoke about Taiwan"."""
    after = actor.i > 0 and lowers[actor.i - 1] in ("since", "after", "when")
    return after and bool(grammar.words("speaking") & set(lowers[actor.j : actor.j + 2]))


def _add_announcer(frame: Frame) -> None:
    """In "Macron announces that France will supply B" the president takes part in what his state does."""
    if any(a.person for a in frame.first):
        return
    states = states_of_all(frame.first)
    before = [
        a
        for a in frame.line.actors
        if a.j <= frame.hit.head
        and a.person
        and a.state in states
        and not a.preposition
        and not a.possessive
        and frame.line.tokens.lowers[a.j : a.j + 1]
        and frame.line.tokens.lowers[a.j] in grammar.words("reporting")
    ]
    frame.first = [*frame.first, *before[:1]]


def _same_target(told: list[Actor]) -> list[Actor]:
    """The first target and those of the same state."""
    return [a for a in told if states_of(a) == states_of(told[0])][:2] if told else []


def _accredited_elsewhere(frame: Frame) -> bool:
    """Whether the target is an envoy to a third state."""
    envoy = next((a for a in frame.second if a.kind == "diplomat" and a.other_state), None)
    return envoy is not None and envoy.other_state not in states_of_all(frame.first)
