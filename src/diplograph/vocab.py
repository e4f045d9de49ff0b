"""The namespaces of the graph, as plain strings, and the prefixes that queries may use.

Importing this module costs nothing; rooms that need term objects make them from these strings.
"""

from __future__ import annotations

from typing import Final

BASE: Final = "https://w3id.org/diplograph/"
DG: Final = BASE + "ontology/"
ID: Final = BASE + "id/"
GRAPH: Final = BASE + "graph/"

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
PROV: Final = "http://www.w3.org/ns/prov#"
OA: Final = "http://www.w3.org/ns/oa#"
DCTERMS: Final = "http://purl.org/dc/terms/"
SEM: Final = "http://semanticweb.cs.vu.nl/2009/11/sem/"
SH: Final = "http://www.w3.org/ns/shacl#"

PREFIXES: Final[dict[str, str]] = {
    "dg": DG,
    "id": ID,
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "xsd": XSD,
    "skos": SKOS,
    "prov": PROV,
    "oa": OA,
    "dcterms": DCTERMS,
    "sem": SEM,
    "sh": SH,
}

# Instances and concepts have slashes in their addresses, which a prefixed name cannot hold: one prefix each.
PREFIXES.update(
    {
        kind: f"{ID}{kind}/"
        for kind in "event gathering issue office org person place report series source state".split()
    }
)
PREFIXES.update({kind: f"{DG}{kind}/" for kind in "event-type polarity status".split()})


def prologue() -> str:
    """The PREFIX lines of a SPARQL query."""
    return "".join(f"PREFIX {prefix}: <{address}>\n" for prefix, address in PREFIXES.items())
