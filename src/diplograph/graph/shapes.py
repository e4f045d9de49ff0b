"""Turns the SHACL shapes of ontology/shapes/ into SPARQL, for graphs that are too large for a SHACL engine.

Takes the Turtle of the shapes; gives ``Check`` objects, each a query whose answers are the violations.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from diplograph import resources
from diplograph.errors import KnowledgeError
from diplograph.vocab import RDF, SH, XSD

if TYPE_CHECKING:
    from pyoxigraph import Store

_ABOUT: Final = frozenset(SH + name for name in ("path", "message", "severity"))
_CASTS: Final = {XSD + name: name for name in ("boolean", "date", "dateTime", "decimal", "integer")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One constraint of one shape.

    Attributes:
        target: Class whose instances are checked.
        path: Property checked, ``^`` before it if read backwards; empty for a constraint on the node itself.
        message: What should hold.
        severity: ``Violation``, ``Warning`` or ``Info``.
        sparql: Query for the nodes ``?this`` at which it does not hold.
    """

    target: str
    path: str
    message: str
    severity: str
    sparql: str


@cache
def checks(folder: Path | None = None) -> tuple[Check, ...]:
    """The constraints of all shapes in a folder, sorted.

    Raises:
        KnowledgeError: If a shape uses a constraint that cannot be turned into SPARQL.
    """
    found = sorted((folder or resources.path("ontology/shapes")).glob("*.ttl"))
    every = [check for path in found for check in _of_file(path)]
    return tuple(sorted(every, key=lambda c: (c.target, c.path, c.message, c.sparql)))


class _Shapes:
    """The triples of one file of shapes, by subject and predicate."""

    def __init__(self, store: Store, path: Path) -> None:
        self.store, self.path = store, path

    def values(self, node: object, name: str) -> list[object]:
        """The objects of a predicate of SHACL."""
        from pyoxigraph import NamedNode

        quads = self.store.quads_for_pattern(node, NamedNode(SH + name), None)  # type: ignore[arg-type]  # the stubs are narrower than what is taken
        return sorted((quad.object for quad in quads), key=str)

    def one(self, node: object, name: str, default: str = "") -> str:
        """The text of the only object of a predicate of SHACL."""
        found = self.values(node, name)
        return str(getattr(found[0], "value", found[0])) if found else default

    def members(self, node: object) -> list[str]:
        """The members of an RDF list, as SPARQL writes them."""
        from pyoxigraph import NamedNode

        members = []
        while str(node) != f"<{RDF}nil>":
            rest = {q.predicate.value: q.object for q in self.store.quads_for_pattern(node, None, None)}  # type: ignore[arg-type]  # the stubs are narrower than what is taken
            members.append(str(rest[NamedNode(RDF + "first").value]))
            node = rest[RDF + "rest"]
        return members

    def constraints(self, node: object) -> list[tuple[str, object]]:
        """Name and value of the constraints of a property shape."""
        quads = self.store.quads_for_pattern(node, None, None)  # type: ignore[arg-type]  # the stubs are narrower than what is taken
        found = ((q.predicate.value, q.object) for q in quads if q.predicate.value not in _ABOUT)
        return sorted(((name.removeprefix(SH), value) for name, value in found), key=str)


def _of_file(path: Path) -> Iterator[Check]:
    from pyoxigraph import NamedNode, RdfFormat, Store

    store = Store()
    try:
        store.load(path=str(path), format=RdfFormat.TURTLE)
    except SyntaxError as error:
        raise KnowledgeError(str(path), error.lineno or 1, f"no Turtle: {error.msg}") from error
    shapes = _Shapes(store, path)
    for quad in store.quads_for_pattern(None, NamedNode(SH + "targetClass"), None):
        target = str(quad.object)
        for node in shapes.values(quad.subject, "property"):
            yield from _of_property(shapes, target, node)
        for node in shapes.values(quad.subject, "sparql"):
            select = (
                shapes.one(node, "select")
                .replace("$this", "?this")
                .replace("WHERE {", f"WHERE {{ ?this a {target} .")
            )
            yield _check(shapes, node, target, "", select)


def _of_property(shapes: _Shapes, target: str, node: object) -> Iterator[Check]:
    path = shapes.values(node, "path")[0]
    inverse = shapes.values(path, "inversePath")
    walk = f"^{inverse[0]}" if inverse else str(path)
    for name, value in shapes.constraints(node):
        listed = ", ".join(shapes.members(value)) if name == "in" else str(value)
        pattern = _pattern(name, f"?this a {target} .", walk, listed)
        if pattern is None:
            raise KnowledgeError(
                str(shapes.path), 1, f"sh:{name} at {walk} has no SPARQL; use another constraint"
            )
        yield _check(shapes, node, target, walk, f"SELECT DISTINCT ?this {pattern}")


def _check(shapes: _Shapes, node: object, target: str, path: str, sparql: str) -> Check:
    severity = shapes.one(node, "severity", SH + "Violation").removeprefix(SH)
    plain = path.replace("<", "").replace(">", "")
    return Check(
        target=target.strip("<>"),
        path=plain,
        message=shapes.one(node, "message"),
        severity=severity,
        sparql=sparql,
    )


def _pattern(name: str, target: str, path: str, value: str) -> str | None:
    """The group of a SELECT for the nodes at which a constraint does not hold; None for an unknown one."""
    each = f"{target} ?this {path} ?v ."
    if name in ("minCount", "maxCount"):
        return _count(name, target, path, int(value.split('"')[1]))
    if name in ("lessThan", "lessThanOrEquals"):
        sign = "<" if name == "lessThan" else "<="
        return f"{{ {each} ?this {value} ?o FILTER (!COALESCE(?v {sign} ?o, false)) }}"
    if name == "disjoint":
        return f"{{ {each} ?this {value} ?v }}"
    test = _value_test(name, value)
    return f"{{ {each} FILTER ({test}) }}" if test else None


def _count(name: str, target: str, path: str, number: int) -> str:
    if name == "minCount" and number == 1:
        return f"{{ {target} FILTER NOT EXISTS {{ ?this {path} ?v }} }}"
    sign = "<" if name == "minCount" else ">"
    having = f"HAVING (COUNT(DISTINCT ?v) {sign} {number})"
    return f"{{ {target} OPTIONAL {{ ?this {path} ?v }} }} GROUP BY ?this {having}"


def _value_test(name: str, value: str) -> str | None:
    tests = {
        "nodeKind": "!isIRI(?v)",
        "pattern": f"isBlank(?v) || !REGEX(STR(?v), {value})",
        "in": f"?v NOT IN ({value})",
        "minInclusive": f"!COALESCE(?v >= {value}, false)",
        "maxInclusive": f"!COALESCE(?v <= {value}, false)",
        "minLength": f"isBlank(?v) || STRLEN(STR(?v)) < {value}",
        "datatype": _datatype_test(value),
    }
    return tests.get(name)


def _datatype_test(datatype: str) -> str:
    wrong = f"!isLiteral(?v) || DATATYPE(?v) != {datatype}"
    # A literal can carry a datatype that its text does not fit; only a cast finds that out.
    cast = _CASTS.get(datatype.strip("<>"))
    fits = f"<{XSD}{cast}>(STR(?v))"
    return f"{wrong} || !COALESCE({fits} = {fits}, false)" if cast else wrong
