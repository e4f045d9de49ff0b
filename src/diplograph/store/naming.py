"""What the graph says of things because events name them, and what goes when none does any more.

Takes things that events no longer name; gives the statements that nothing else in the graph asks for.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Set
from functools import lru_cache
from typing import Final

from diplograph.graph import rules
from diplograph.graph.background import Background
from diplograph.graph.ntriples import node
from diplograph.store.engine import INFERRED, Engine
from diplograph.vocab import ID

_NAMING: Final = (
    "involves", "guest", "host", "actor", "target", "hasParticipant", "place", "occasion", "issue",
    "forState",
)  # fmt: skip
_NODE = re.compile(r"<[^>]*>")
# What was minted for one name is described by nothing but itself.
_MINTED = re.compile(f"<{ID}(?:topic|occasion)/|<{ID}place/[^>]*~")


def is_named(engine: Engine, thing: str, leaving: Set[str]) -> bool:
    """Whether an event names a thing, other than those that leave (ids)."""
    return any(_owner(user) not in leaving for user in engine.users(thing.strip("<>"), _NAMING))


def forgotten(
    engine: Engine, background: Background, lost: Set[str], leaving: Set[str], present: Set[str]
) -> tuple[set[str], set[str]]:
    """What is said of things that no event names any more: what was asserted, and what was derived.

    Args:
        engine: What is stored.
        background: What the gazetteer knows.
        lost: The things.
        leaving: Ids of the events that leave.
        present: Things that events which come name.
    """
    asserted, derived = _of_minted(engine, background, lost)
    known = {thing for thing in lost if not _MINTED.match(thing)}
    own = _lines(background, known)
    if not own:
        return asserted, derived
    around = {thing for line in own for thing in _sharers(background).get(line, ())} - lost
    around = {thing for thing in around if thing in present or is_named(engine, thing, leaving)}
    kept = _lines(background, around)
    nodes = {found for line in own for found in _NODE.findall(line)}
    near = {line for line in kept if nodes.intersection(_NODE.findall(line))}
    return asserted | own - kept, derived | _derived(own) - own - _derived(near)


def _of_minted(engine: Engine, background: Background, lost: Set[str]) -> tuple[set[str], set[str]]:
    minted = {thing for thing in lost if _MINTED.match(thing)}
    names = [thing.strip("<>") for thing in sorted(minted)]
    derived = {*engine.about(names, INFERRED), *engine.pointing(names, INFERRED)} if names else set()
    return _lines(background, minted), derived


def _lines(background: Background, things: Iterable[str]) -> set[str]:
    return {line for thing in things for line in background.lines(thing)}


def _derived(lines: set[str]) -> set[str]:
    """What the rules make of these statements, with the statements themselves."""
    from pyoxigraph import RdfFormat, Store

    scratch = Store()
    scratch.load("\n".join(lines), format=RdfFormat.N_TRIPLES)
    rules.materialise(rules.StoreDoor(scratch))
    return {f"{quad.triple} ." for quad in scratch}


@lru_cache(maxsize=4)
def _sharers(background: Background) -> dict[str, list[str]]:
    """Which things of the gazetteer a statement is made for."""
    sharers: dict[str, list[str]] = defaultdict(list)
    persons = {tenure.person for tenure in background.tenures}
    for kind, names in (
        ("state", background.states),
        ("person", persons),
        ("place", background.places),
        ("gathering", background.gatherings),
        ("series", background.series),
    ):
        for name in sorted(names):
            thing = node(kind, name)
            for line in background.lines(thing):
                sharers[line].append(thing)
    return sharers


def _owner(address: str) -> str:
    """The id of the event that a node is or belongs to."""
    return address.rpartition("/")[2].partition("-")[0]
