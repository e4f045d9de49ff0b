"""Writes a graph out, the same bytes for the same content.

Takes the engine and the name of a format; gives text. ``nq``, ``trig`` and ``jsonld`` hold evidence and
consensus, ``nt`` and ``ttl`` the consensus alone.
"""

from __future__ import annotations

from typing import Final

from diplograph.errors import QueryError
from diplograph.store.engine import BOOKKEEPING, DEFAULT, Engine
from diplograph.vocab import DG, ID, OA, PROV, RDF, RDFS, XSD

FORMATS: Final = ("jsonld", "nq", "nt", "trig", "ttl")
_KINDS = (
    "change decision event evidence gathering issue occasion office org participation person place report "
    "selector series source state tenure topic"
).split()
_PREFIXES: Final = {
    "dg": DG,
    "oa": OA,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "xsd": XSD,
    "event-type": f"{DG}event-type/",
    "polarity": f"{DG}polarity/",
    "role": f"{DG}role/",
    "status": f"{DG}status/",
    **{kind: f"{ID}{kind}/" for kind in _KINDS},
}


def export(engine: Engine, form: str) -> str:
    """The content of a store in one of ``FORMATS``.

    Raises:
        QueryError: If there is no such format.
    """
    if form not in FORMATS:
        raise QueryError(f"no format is called {form!r}; there are: {', '.join(FORMATS)}")
    lines = _lines(engine, whole=form in ("jsonld", "nq", "trig"))
    if form in ("nq", "nt"):
        return "".join(f"{line}\n" for line in lines)
    return _serialised(lines, form)


def _lines(engine: Engine, *, whole: bool) -> list[str]:
    lines = engine.lines(DEFAULT)
    for graph in engine.graphs() if whole else ():
        if graph not in BOOKKEEPING:
            lines += [f"{line[:-1]}<{graph}> ." for line in engine.lines(graph)]
    return sorted(lines)


def _serialised(lines: list[str], form: str) -> str:
    from pyoxigraph import RdfFormat, parse, serialize

    formats = {
        "jsonld": RdfFormat.JSON_LD,
        "trig": RdfFormat.TRIG,
        "ttl": RdfFormat.TURTLE,
    }
    quads = list(parse("\n".join(lines), format=RdfFormat.N_QUADS))
    # Sorting is stable, so that within a graph the order of the lines is kept.
    quads.sort(key=lambda quad: str(quad.graph_name))
    if form == "ttl":
        written = serialize((quad.triple for quad in quads), format=formats[form], prefixes=_PREFIXES)
    else:
        written = serialize(quads, format=formats[form], prefixes=_PREFIXES)
    return (written or b"").decode()
