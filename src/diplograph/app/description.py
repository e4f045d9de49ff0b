"""What the endpoint says of itself: the service description of SPARQL 1.1.

Takes its address; gives RDF in the form that was asked for.
"""

from __future__ import annotations

from typing import Final

from diplograph.app.engine import CONSENSUS
from diplograph.app.negotiation import TRIPLES
from diplograph.vocab import RDF

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_RESULTS: Final = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_GRAPHS: Final = ("Turtle", "N-Triples", "JSON-LD", "TriG", "N-Quads", "RDF_XML", "N3")


def description(address: str, media: str, *, updates: bool) -> bytes:
    """The description of the endpoint.

    Args:
        address: That of the endpoint.
        media: One of ``negotiation.TRIPLES``.
        updates: Whether it takes updates.
    """
    from pyoxigraph import RdfFormat, parse, serialize

    languages = ["SPARQL11Query", "SPARQL11Update"] if updates else ["SPARQL11Query"]
    told = [f"_:service <{_SD}supportedLanguage> <{_SD}{language}> ." for language in languages]
    told += [f"_:service <{_SD}resultFormat> <{_FORMATS}{form}> ." for form in (*_RESULTS, *_GRAPHS)]
    text = "\n".join(
        [
            f"_:service <{RDF}type> <{_SD}Service> .",
            f"_:service <{_SD}endpoint> <{address}> .",
            f"_:service <{_SD}feature> <{_SD}EmptyGraphs> .",
            f"_:service <{_SD}defaultDataset> _:dataset .",
            f"_:dataset <{RDF}type> <{_SD}Dataset> .",
            f"_:dataset <{_SD}defaultGraph> _:consensus .",
            f"_:consensus <{RDF}type> <{_SD}Graph> .",
            f"_:consensus <{_SD}name> <{CONSENSUS}> .",
            *told,
        ]
    )
    triples = [quad.triple for quad in parse(text, format=RdfFormat.N_TRIPLES)]
    rdf = RdfFormat.from_media_type(TRIPLES[media])
    assert rdf is not None
    prefixes = {"sd": _SD, "formats": _FORMATS} if media == "text/turtle" else None
    return serialize(triples, format=rdf, prefixes=prefixes) or b""
