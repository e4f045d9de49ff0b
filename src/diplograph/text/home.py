"""Whose prose a text is: the state whose people it names without saying where they are from.

Takes the lines of a document; settles the home state in its ``Registry`` and gives it to titles without one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from diplograph.knowledge.grammar import Grammar
from diplograph.text.actors import Actor, Place
from diplograph.text.lines import Line
from diplograph.text.people import Registry


def settle(lines: Sequence[Line], registry: Registry, known: Grammar, dateline: Place | None = None) -> None:
    """Find whose prose the text is, and give titles without a nationality to that state.

    A ministry or national agency names its own people without a state: "Deputy Secretary Sherman spoke with
    Indonesian Foreign Minister Marsudi". Offices that one state alone has tell, as do known office-holders.
    """
    untold = [
        a
        for line in lines
        for a in line.actors
        if a.state is None and a.kind in ("person", "office", "body") and a.title
    ]
    votes = _votes_of_phrases(lines, known)
    for actor in untold:
        own = known.home.get(actor.title or "")
        if own:
            actor.state = own
            votes[own] += 2
        elif tenure := registry.tenure_of(actor.slug, actor.name, actor.title):
            votes[tenure.state] += 2
    ranked = votes.most_common(2)
    if ranked and (len(ranked) == 1 or ranked[0][1] > 2 * ranked[1][1]):
        registry.home = ranked[0][0]
        for actor in untold:
            if actor.state is None and _officer_unknown(actor):
                actor.state = registry.home
    # "The Foreign Office summoned the ambassador" under a dateline of a capital speaks for its government.
    here = registry.home or (dateline.state if dateline and dateline.capital else None)
    for actor in untold:
        ministry = actor.kind == "body" and actor.title in known.words["ministries"]
        actor.state = actor.state or (here if ministry else None)


def _votes_of_phrases(lines: Sequence[Line], known: Grammar) -> Counter[str]:
    """Two votes for each office of one state alone that the first lines name."""
    opening = [" ".join(line.tokens.lowers) for line in lines[:6]]
    votes: Counter[str] = Counter()
    for phrase, state in known.home.items():
        if " " in phrase and any(phrase in words for words in opening):
            votes[state] += 2
    return votes


def _officer_unknown(actor: Actor) -> bool:
    """Whether an actor is a minister or diplomat, named in full, whom the gazetteer does not know."""
    officer = actor.kind == "person" and not actor.slug and actor.title_kind in ("minister", "diplomat")
    return officer and len((actor.name or "").split()) > 1
