"""Validates a graph against the SHACL shapes of ontology/shapes/, and shows the sentence at fault.

``validate`` takes what changed (N-Quads text, a store, or quads) and asks pyshacl; ``validate_bulk`` asks the
same shapes as SPARQL, which finds the same and is made for whole stores. Both give a ``ValidationReport``.
"""

from __future__ import annotations

import warnings
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from diplograph import resources
from diplograph.errors import InvalidGraphError, MissingExtraError
from diplograph.graph import shapes
from diplograph.graph.axioms import Graph, quads
from diplograph.graph.quotes import quote_of
from diplograph.vocab import DG, SH

if TYPE_CHECKING:
    from pyoxigraph import Quad, Store

_STEPS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class ValidationRow:
    """One constraint that does not hold at one node.

    Attributes:
        severity: ``Violation``, ``Warning`` or ``Info``.
        focus: Address of the node.
        path: Property at fault, ``^`` before it if read backwards; empty for the node itself.
        message: What should hold.
        quote: The words of a source behind the node, if the graph has them; else empty.
    """

    severity: str
    focus: str
    path: str
    message: str
    quote: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidationReport:
    """All constraints that do not hold, sorted."""

    rows: tuple[ValidationRow, ...]

    @property
    def conforms(self) -> bool:
        """Whether no row is a violation; warnings are told and do no harm."""
        return not any(row.severity == "Violation" for row in self.rows)

    def raise_if_invalid(self) -> None:
        """Refuse a graph that does not conform.

        Raises:
            InvalidGraphError: With the report as text.
        """
        if not self.conforms:
            found = sum(row.severity == "Violation" for row in self.rows)
            raise InvalidGraphError(
                f"the graph violates its shapes in {found} places; see its report", str(self)
            )

    def __str__(self) -> str:
        """A line for each row: severity, node, path, message, quote."""
        lines = (
            f"{row.severity}: {row.focus} {row.path}: {row.message}"
            + (f" “{row.quote}”" if row.quote else "")
            for row in self.rows
        )
        return "\n".join(lines)


def validate(data: Graph) -> ValidationReport:
    """Validate a graph with pyshacl, all its named graphs together.

    Made for what changed, not for a whole store: pyshacl needs seconds for ten thousand triples.

    Raises:
        MissingExtraError: If pyshacl is not installed.
        InvalidGraphError: If the data is text but no N-Quads.
    """
    store = _store(data)
    return _report(store, _pyshacl(store))


def part(data: Graph, source: str) -> list[Quad]:
    """What one source brought: its graph, the events that it denotes, and whatever those speak of.

    Every node comes with all that is said of it, so that nothing seems to be missing that is not.

    Args:
        data: Evidence and consensus.
        source: Address of the source.
    """
    from pyoxigraph import BlankNode, NamedNode

    every = list(_store(data))
    by_subject: dict[object, list[Quad]] = defaultdict(list)
    for quad in every:
        by_subject[quad.subject].append(quad)
    wanted: set[object] = {quad.subject for quad in every if quad.graph_name == NamedNode(source)}
    # A report leads to its event, that to its parts, a participation to person, tenure and office.
    for _ in range(_STEPS):
        found = {quad.object for subject in wanted for quad in by_subject[subject]}
        wanted |= {node for node in found if isinstance(node, NamedNode | BlankNode)}
    # The shape of an event reads this property backwards.
    denotes = DG + "denotes"
    return [q for q in every if q.subject in wanted or (q.predicate.value == denotes and q.object in wanted)]


def validate_bulk(data: Graph) -> ValidationReport:
    """Validate a graph by the same shapes as SPARQL; a store is asked in place.

    Raises:
        InvalidGraphError: If the data is text but no N-Quads.
    """
    store = _store(data)
    found: set[tuple[str, str, str, str]] = set()
    for check in shapes.checks():
        for row in _answers(store, check.sparql):
            found.add((check.severity, row, check.path, check.message))
    return _report(store, found)


def _answers(store: Store, sparql: str) -> Iterable[str]:
    from pyoxigraph import QuerySolutions

    answers = store.query(sparql, use_default_graph_as_union=True)
    assert isinstance(answers, QuerySolutions)
    return [_plain(row["this"]) for row in answers]


def _store(data: Graph) -> Store:
    from pyoxigraph import Store

    if isinstance(data, Store):
        return data
    store = Store()
    store.bulk_extend(quads(data))
    return store


def _report(store: Store, found: Iterable[tuple[str, str, str, str]]) -> ValidationReport:
    rows = (
        ValidationRow(severity=severity, focus=focus, path=path, message=message, quote=_quote(store, focus))
        for severity, focus, path, message in found
    )
    return ValidationReport(rows=tuple(sorted(rows)))


def _quote(store: Store, focus: str) -> str:
    from pyoxigraph import NamedNode

    return "" if focus.startswith("_:") else quote_of(store, NamedNode(focus)) or ""


def _pyshacl(store: Store) -> set[tuple[str, str, str, str]]:
    import rdflib
    from pyoxigraph import RdfFormat

    data = rdflib.Graph()
    # Only triples: SHACL knows one graph, and all of ours speak of the same things.
    triples = "".join(sorted({f"{q.subject} {q.predicate} {q.object} .\n" for q in store}))
    data.parse(data=triples, format="nt")
    rules = rdflib.Graph()
    for path in resources.files("ontology/shapes", "*.ttl"):
        rules.parse(path, format=RdfFormat.TURTLE.file_extension)
    return set(_results(_run(data, rules)))


def _run(data: Any, rules: Any) -> Any:
    try:
        import pyshacl
    except ImportError as error:
        raise MissingExtraError("validation", "reason") from error
    with warnings.catch_warnings():
        # rdflib deprecates names that pyshacl still uses; that is theirs to settle.
        warnings.simplefilter("ignore", DeprecationWarning)
        _, report, _ = pyshacl.validate(data, shacl_graph=rules, meta_shacl=False, inference="none")
    return report


def _results(report: Any) -> Iterable[tuple[str, str, str, str]]:
    from rdflib import URIRef

    def value(node: Any, name: str) -> Any:
        return report.value(node, URIRef(SH + name))

    for result in report.objects(None, URIRef(SH + "result")):
        path = value(result, "resultPath")
        inverse = value(path, "inversePath") if path is not None else None
        yield (
            str(value(result, "resultSeverity")).removeprefix(SH),
            str(value(result, "focusNode")),
            f"^{inverse}" if inverse is not None else str(path or ""),
            str(value(result, "resultMessage")),
        )


def _plain(term: Any) -> str:
    return str(getattr(term, "value", term))
