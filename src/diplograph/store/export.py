"""Writes a graph out, the same bytes for the same content.

Takes the database and the name of a format; gives text. ``nq``, ``trig`` and ``jsonld`` hold evidence and
consensus, ``nt`` and ``ttl`` the consensus alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from diplograph.errors import QueryError
from diplograph.graph.rdf import RECORDS
from diplograph.store.revision import INFERRED
from diplograph.vocab import DG, ID, OA, PROV, RDF, RDFS, XSD

if TYPE_CHECKING:
    from pyoxigraph import RdfFormat, Store

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
# They are for the store itself: what is in them is said elsewhere, or follows from it.
_BOOKKEEPING = tuple(f" {graph} ." for graph in (RECORDS, INFERRED))


def export(database: Store, form: str) -> str:
    """The content of a database in one of ``FORMATS``.

    Raises:
        QueryError: If there is no such format.
    """
    if form not in FORMATS:
        raise QueryError(f"no format is called {form!r}; there are: {', '.join(FORMATS)}")
    lines = _lines(database, whole=form in ("jsonld", "nq", "trig"))
    if form in ("nq", "nt"):
        return "".join(f"{line}\n" for line in lines)
    return _serialised(lines, form)


def _lines(database: Store, *, whole: bool) -> list[str]:
    from pyoxigraph import DefaultGraph, RdfFormat

    if whole:
        dump = database.dump(format=RdfFormat.N_QUADS)
    else:
        dump = database.dump(format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
    lines = (dump or b"").decode().split("\n")
    return sorted(line for line in lines if line and not line.endswith(_BOOKKEEPING))


def _serialised(lines: list[str], form: str) -> str:
    from pyoxigraph import RdfFormat, parse, serialize

    formats: dict[str, RdfFormat] = {
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
