"""The page of the ontology: its terms with definitions and examples, and a diagram of its classes.

Takes terms; gives a ``Sheet``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from diplograph.analysis import wording
from diplograph.knowledge.ontology import EventTypeTerm, Term
from diplograph.views import clean, start, svg
from diplograph.views.world import Sheet
from diplograph.vocab import DG

ROW: Final = 26.0
INDENT: Final = 28.0
WIDTH: Final = 460
MODULES: Final[Mapping[str, str]] = {
    "core": "States, people, offices, places",
    "events": "Events and who takes part",
    "issues": "Issues",
    "time": "Time",
    "provenance": "Sources, reports and evidence",
}


def sheet(terms: Sequence[Term], kinds: Sequence[EventTypeTerm]) -> Sheet:
    """The page of the ontology."""
    classes = [term for term in terms if term.kind == "class"]
    properties = wording.count(len(terms) - len(classes), "property", "properties")
    names = {term.iri: term.name for term in terms}
    return Sheet(
        kind="ontology",
        template="ontology.html",
        title="Ontology",
        sentence=f"{wording.count(len(classes), 'class', 'classes')} and {properties}, "
        f"with {wording.count(len(kinds), 'type')} of event.",
        values={
            "diagrams": [start.safe(drawn) for drawn in diagrams(classes)],
            "modules": [
                (heading, [_term(term, names) for term in terms if term.module == module])
                for module, heading in MODULES.items()
            ],
            "kinds": [
                {
                    "label": clean.plain(kind.label),
                    "type": str(kind.type),
                    "definition": clean.plain(kind.definition),
                    "cues": ", ".join(kind.cues[:8]),
                    "examples": kind.examples[:2],
                }
                for kind in kinds
            ],
            "base": DG,
        },
        facts={
            "namespace": DG,
            "terms": [
                {
                    "iri": term.iri,
                    "kind": term.kind,
                    "module": term.module,
                    "label": term.label,
                    "definition": term.definition,
                    "examples": list(term.examples),
                    "above": list(term.above),
                }
                for term in terms
            ],
        },
    )


def _term(term: Term, names: Mapping[str, str]) -> Mapping[str, Any]:
    return {
        "name": term.name,
        "kind": term.kind,
        "definition": clean.plain(term.definition),
        "examples": term.examples,
        "above": [names[iri] for iri in term.above if iri in names],
        "source": clean.plain(term.source),
    }


def diagrams(classes: Sequence[Term]) -> list[str]:
    """The classes as trees, one drawing for each that has others below it, the largest first."""
    known = {term.iri: term for term in classes}
    below: dict[str, list[str]] = {}
    for term in classes:
        for iri in term.above[:1]:
            if iri in known:
                below.setdefault(iri, []).append(term.iri)
    roots = [term.iri for term in classes if not any(iri in known for iri in term.above)]
    trees = [_walk(iri, 0, below) for iri in roots]
    trees.sort(key=lambda tree: (-len(tree), tree))
    return [_drawn(tree, known) for tree in trees if len(tree) > 1]


def _walk(iri: str, depth: int, below: Mapping[str, Sequence[str]]) -> list[tuple[str, int]]:
    return [
        (iri, depth),
        *(row for child in sorted(below.get(iri, ())) for row in _walk(child, depth + 1, below)),
    ]


def _drawn(tree: Sequence[tuple[str, int]], known: Mapping[str, Term]) -> str:
    height = ROW * len(tree) + 4
    said = ", ".join(known[iri].name for iri, _ in tree)
    parts = [svg.element("title", svg.words(f"Classes below {known[tree[0][0]].name}: {said}"))]
    heights = {iri: n * ROW + ROW / 2 + 2 for n, (iri, _) in enumerate(tree)}
    for iri, depth in tree:
        term, y = known[iri], heights[iri]
        x = 4 + depth * INDENT
        above = next((up for up in term.above if up in heights), None)
        if above:
            bend = f"{svg.number(x - INDENT + 10)} {svg.number(heights[above] + 9)}"
            steps = f"M{bend}V{svg.number(y)}H{svg.number(x)}"
            parts.append(svg.path(steps, class_="branch"))
        name = svg.group(
            svg.rect(x, y - 10, svg.width_of(term.name, 13) + 18, 20, rx=5, class_="class"),
            svg.text(x + 8, y + 4.5, term.name, class_="name"),
        )
        parts.append(svg.element("a", name, href=f"#{term.name}"))
    return svg.element(
        "svg", *parts, xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {WIDTH} {svg.number(height)}",
        width=WIDTH, height=height, role="group", aria_label=f"Classes below {known[tree[0][0]].name}",
        class_="tree",
    )  # fmt: skip
