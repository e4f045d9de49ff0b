"""Names that the gazetteer knows, found in a text by one automaton.

Takes a text; gives ``Hit``s in order: where a known surface stands and what it can mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from diplograph.knowledge import gazetteer, grammar, ontology

Meaning = tuple[str, str]
"""A kind (state, adjective, capital, person, …) and the id within it."""

_SHOUTED = frozenset({"state", "adjective", "capital"})


@dataclass(frozen=True, slots=True)
class Hit:
    """``text[start:end]`` is a surface that the gazetteer knows, with all its meanings."""

    start: int
    end: int
    meanings: tuple[Meaning, ...]

    def meaning(self, *kinds: str) -> str | None:
        """The id of the first meaning that is of one of the kinds."""
        for kind, id_ in self.meanings:
            if kind in kinds:
                return id_
        return None


class Automaton:
    """All surfaces of the gazetteer and the issue vocabulary, searched in one pass."""

    def __init__(self, surfaces: Sequence[tuple[str, str, str]]) -> None:
        """Index (surface, kind, id) triples; equal surfaces gather their meanings in the order given."""
        table: dict[str, dict[Meaning, None]] = {}
        for surface, kind, id_ in surfaces:
            table.setdefault(surface, {})[kind, id_] = None
            if kind in _SHOUTED and len(surface) > 4:
                table.setdefault(surface.upper(), {})[kind, id_] = None
            if "'" in surface:
                table.setdefault(surface.replace("'", "’"), {})[kind, id_] = None
        self._surfaces = list(table)
        self._meanings = [tuple(meanings) for meanings in table.values()]
        self._search = AhoCorasick(self._surfaces, matchkind=MatchKind.LeftmostLongest)

    def find(self, text: str) -> list[Hit]:
        """The longest known surfaces that stand as whole words, from left to right."""
        found = []
        length = len(text)
        meanings = self._meanings
        for index, start, end in self._search.find_matches_as_indexes(text):
            if (start and text[start - 1].isalnum()) or (end < length and text[end].isalnum()):
                continue
            found.append(Hit(start, end, meanings[index]))
        return found


@cache
def automaton() -> Automaton:
    """The automaton over everything that is known before reading; built once."""
    known = [s for s in map(_today, gazetteer.load().surfaces()) if s]
    # "Latin American" is no nationality: the longest surface wins.
    regions = [(name, "region", "") for name in sorted(grammar.words("regions"))]
    return Automaton([*known, *regions])


@cache
def issue_automaton() -> Automaton:
    """The automaton over the names of issues, apart because they contain names of states."""
    return Automaton([(label, "issue", issue.id) for issue in ontology.issues() for label in _labels(issue)])


_BOUND_TO_STATE = frozenset({"state", "weak-state", "adjective", "demonym", "capital", "seat", "metonym"})


def _today(surface: tuple[str, str, str]) -> tuple[str, str, str] | None:
    """A surface of a former state or a territory under the state that acts for it; its capital is a place."""
    word, kind, id_ = surface
    if kind == "gathering" and " in " in word:
        return None  # the place of a gathering is read by itself
    state = gazetteer.load().states.get(id_) if kind in _BOUND_TO_STATE else None
    if (
        state
        and kind == "weak-state"
        and any(form.endswith(" " + word) for form in (*state.adjectives, *state.demonyms))
    ):
        kind = "adjective"
    heir = state and (
        gazetteer.load().heir(id_)
        if state.successors
        else (state.sovereign if state.kind == "territory" else None)
    )
    if not heir:
        return word, kind, id_
    return (word, kind, heir) if kind in ("state", "adjective", "demonym", "weak-state") else None


def _labels(issue: ontology.IssueTerm) -> list[str]:
    """Labels of an issue that are names: of several words, or capitalised."""
    labels = [issue.label, *issue.names]
    return [label for label in labels if " " in label or label[:1].isupper()]


def find(text: str) -> list[Hit]:
    """All known names in a text, issues aside."""
    return automaton().find(text)


def find_issues(text: str) -> list[Hit]:
    """All names of issues in a text."""
    return issue_automaton().find(text)
