"""The SPARQL 1.1 protocol, case by case, and clients that others wrote."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
from pathlib import Path

import pyoxigraph
import pytest
from served import LIMITS as TOLD
from served import TOKEN, query, serving

TABLE = Path(__file__).parents[1] / "tables" / "protocol.tsv"
CASES = list(csv.DictReader(io.StringIO(TABLE.read_text(encoding="utf-8")), delimiter="\t"))
UPDATE = {"content_type": "application/sparql-update", "authorization": f"Bearer {TOKEN}"}
SD = "http://www.w3.org/ns/sparql-service-description#"


@pytest.fixture(scope="module")
def endpoint(small_graph, tmp_path_factory):
    """A server with three graphs besides its own, each saying of itself that it is a thing."""
    folder = shutil.copytree(small_graph, tmp_path_factory.mktemp("protocol") / "kg")
    with serving(folder, TOLD) as found:
        graphs = (
            f"GRAPH <http://d.example/{n}> {{ <http://d.example/{n}> a <http://x/Thing> }}" for n in "123"
        )
        assert 204 == found.post("/sparql", f"INSERT DATA {{ {' '.join(graphs)} }}", **UPDATE).status
        yield found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_protocol(endpoint, case):
    """Each case of the protocol has the status and the answer that the specification wants."""
    headers = {"authorization": f"Bearer {TOKEN}"}
    headers |= {"content-type": case["type"]} if case["type"] else {}
    headers |= {"accept": case["accept"]} if case["accept"] else {}
    body = case["body"].encode() if case["method"] == "POST" else None
    reply = endpoint.send(case["method"], case["target"], body, headers)

    assert str(reply.status).startswith(case["status"]), reply.text
    if case["answer"] in ("true", "false"):
        assert (case["answer"] == "true") is json.loads(reply.text)["boolean"]
    elif case["answer"]:
        assert case["answer"] == reply.headers["content-type"].split(";")[0]
    if reply.status >= 400:
        assert reply.text.strip()


@pytest.mark.parametrize(
    ("clauses", "expected"),
    [
        ("using-graph-uri=http%3A%2F%2Fd.example%2F1", {"http://d.example/1"}),
        (
            "using-graph-uri=http%3A%2F%2Fd.example%2F1&using-graph-uri=http%3A%2F%2Fd.example%2F2",
            {"http://d.example/1", "http://d.example/2"},
        ),
    ],
)
def test_update_sees_the_graphs_of_the_request(endpoint, clauses, expected):
    """An update's patterns see those graphs that its request names, and no others."""
    text = (
        "CLEAR SILENT GRAPH <http://d.example/out> ; "
        "INSERT { GRAPH <http://d.example/out> { ?s a <http://x/Found> } } WHERE { ?s a <http://x/Thing> }"
    )
    reply = endpoint.post(f"/sparql?{clauses}", text, **UPDATE)
    found = endpoint.rows("SELECT ?s { GRAPH <http://d.example/out> { ?s a <http://x/Found> } }")

    assert 204 == reply.status, reply.text
    assert expected == {row["s"]["value"] for row in found}


def test_relative_addresses_of_updates(endpoint):
    """What an update writes is a whole address, made with the base of the graph."""
    text = (
        "CLEAR SILENT GRAPH <http://d.example/base> ; "
        "INSERT DATA { GRAPH <http://d.example/base> { <x:s> <x:p> <state/KOR> } }"
    )
    assert 204 == endpoint.post("/sparql", text, **UPDATE).status
    found = endpoint.rows("SELECT ?o { GRAPH <http://d.example/base> { ?s ?p ?o } }")

    assert ["https://w3id.org/diplograph/id/state/KOR"] == [row["o"]["value"] for row in found]


def test_update_sees_named_graphs_of_the_request(endpoint):
    """Likewise for graphs that can be named."""
    text = (
        "CLEAR SILENT GRAPH <http://d.example/out> ; "
        "INSERT { GRAPH <http://d.example/out> { ?g a <http://x/Found> } } WHERE { GRAPH ?g { ?s a ?t } }"
    )
    clauses = "using-graph-uri=http%3A%2F%2Fd.example%2F3&using-named-graph-uri=http%3A%2F%2Fd.example%2F2"
    assert 204 == endpoint.post(f"/sparql?{clauses}", text, **UPDATE).status
    found = endpoint.rows("SELECT ?s { GRAPH <http://d.example/out> { ?s a <http://x/Found> } }")

    assert ["http://d.example/2"] == [row["s"]["value"] for row in found]


@pytest.mark.parametrize("name", ["http://d.example/> { } } ; CLEAR ALL #", "no address"])
def test_graphs_of_the_request_are_addresses(endpoint, name):
    """What a request names is an address or refused; it never becomes another piece of the update."""
    from urllib.parse import quote

    text = "INSERT { GRAPH <http://d.example/8> { ?s ?p ?o } } WHERE { ?s ?p ?o }"

    assert 400 == endpoint.post(f"/sparql?using-graph-uri={quote(name)}", text, **UPDATE).status


@pytest.mark.parametrize("bearer", ["", "Bearer", "Bearer wrong", f"Basic {TOKEN}", "Bearer \xe9"])
def test_updates_bear_a_token(endpoint, bearer):
    """Without the token nothing is changed."""
    reply = endpoint.post(
        "/sparql", "CLEAR DEFAULT", content_type="application/sparql-update", authorization=bearer
    )

    assert 401 == reply.status
    assert "Bearer" == reply.headers["www-authenticate"]


def test_updates_are_off(small_graph, tmp_path):
    """A server that was not told to takes no update, whatever it bears."""
    from diplograph.app.limits import Limits

    with serving(shutil.copytree(small_graph, tmp_path / "kg"), Limits(rate=0)) as shut:
        reply = shut.post("/sparql", "CLEAR SILENT GRAPH <http://x/g>", **UPDATE)

    assert 403 == reply.status


@pytest.mark.parametrize("media", ["text/turtle", "application/ld+json", "application/rdf+xml"])
def test_service_description(endpoint, media):
    """Asked for nothing, the endpoint describes itself in RDF."""
    reply = endpoint.get("/sparql", accept=media)
    form = pyoxigraph.RdfFormat.from_media_type(media)
    told = {quad.predicate.value: quad.object for quad in pyoxigraph.parse(reply.body, format=form)}

    assert media == reply.headers["content-type"].split(";")[0]
    assert f"{endpoint.address}/sparql" == told[f"{SD}endpoint"].value
    assert f"{SD}supportedLanguage" in told


def test_the_consensus_has_a_name(endpoint):
    """The unnamed graph can be asked for beside others, by the name that the description tells."""
    named = "https://w3id.org/diplograph/graph/consensus"
    text = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    told = [
        json.loads(endpoint.get(query(text, **more)).text)["results"]["bindings"][0]["n"]["value"]
        for more in ({}, {"default-graph-uri": named}, {"default-graph-uri": "http://d.example/1"})
    ]

    assert told[0] == told[1]
    assert "1" == told[2]


def test_rows_that_look_like_triples(endpoint):
    """Rows called subject, predicate and object are rows."""
    reply = endpoint.query("SELECT ?subject ?predicate ?object { ?subject ?predicate ?object } LIMIT 1")

    assert "application/sparql-results+json" == reply.headers["content-type"]


def test_blank_nodes_and_languages(endpoint):
    """Blank nodes, languages and types come through."""
    row = endpoint.rows('SELECT (BNODE() AS ?b) ("a"@fr AS ?l) (1.5 AS ?d) {}')[0]

    assert "bnode" == row["b"]["type"]
    assert "fr" == row["l"]["xml:lang"]
    assert row["d"]["datatype"].endswith("decimal")


def test_same_triples_same_bytes(endpoint):
    """A construction gives the same bytes each time, each triple once."""
    text = "CONSTRUCT { ?s a ?t } WHERE { ?s a ?t . ?s ?p ?o }"
    told = {endpoint.query(text).body for _ in range(3)}

    assert 1 == len(told)


def test_rdflib(endpoint):
    """rdflib asks the endpoint as a store of its own."""
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    asked = SPARQLStore(f"{endpoint.address}/sparql")
    by_post = SPARQLStore(f"{endpoint.address}/sparql", method="POST_FORM", returnFormat="json")
    visits = "SELECT ?host { ?e a dg:Visit ; dg:host ?host }"

    assert ["https://w3id.org/diplograph/id/state/KOR"] == [str(row[0]) for row in asked.query(visits)]
    assert 1 == len(list(by_post.query(visits)))
    assert asked.query("ASK { ?e a dg:Visit }").askAnswer


def test_rdflib_updates(endpoint):
    """rdflib changes a graph of its own, bearing the token."""
    from rdflib import Graph, Literal, URIRef
    from rdflib.plugins.stores.sparqlstore import SPARQLUpdateStore

    address = f"{endpoint.address}/sparql"
    headers = {"Authorization": f"Bearer {TOKEN}"}
    store = SPARQLUpdateStore(address, address, autocommit=True, headers=headers)
    graph = Graph(store, identifier=URIRef("http://d.example/rdflib"))
    graph.add((URIRef("http://x/a"), URIRef("http://x/b"), Literal("c")))

    assert 1 == len(graph)


def test_sparqlwrapper(endpoint):
    """SPARQLWrapper gets rows, truth and triples by GET and by POST."""
    wrapper = pytest.importorskip("SPARQLWrapper", reason="SPARQLWrapper is not installed (extra dev)")
    told = []
    for method in (wrapper.GET, wrapper.POST):
        client = wrapper.SPARQLWrapper(f"{endpoint.address}/sparql")
        client.setMethod(method)
        client.setReturnFormat(wrapper.JSON)
        client.setQuery("PREFIX dg: <https://w3id.org/diplograph/ontology/> ASK { ?e a dg:Visit }")
        told.append(client.query().convert()["boolean"])
        client.setQuery("CONSTRUCT WHERE { ?s a ?t }")
        client.setReturnFormat(wrapper.TURTLE)
        told.append(b"@prefix" in client.query().convert())

    assert [True] * 4 == told


def test_curl(endpoint):
    """curl asks as the documentation shows it."""
    if not shutil.which("curl"):
        pytest.skip("curl is not installed")
    command = ["curl", "-sS", f"{endpoint.address}/sparql", "-H", "Accept: text/csv"]
    done = subprocess.run(
        [*command, "--data-urlencode", "query=SELECT ?host { ?e a dg:Visit ; dg:host ?host }"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert ["host"] == next(csv.reader(io.StringIO(done.stdout)))
