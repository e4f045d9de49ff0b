"""The server: pages, the SPARQL protocol, and what strangers may not do."""

from __future__ import annotations

import csv
import io
import json
import shutil
import socket
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass

import pytest
import uvicorn

from diplograph.app.server import LARGEST_BODY, application
from diplograph.settings import Settings

VISITS = "SELECT ?guest ?host WHERE { ?event a dg:Visit ; dg:guest ?guest ; dg:host ?host }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(STR(?c) > STR(?f)) }"


@dataclass
class Reply:
    """What the server said."""

    status: int
    text: str
    headers: dict


@pytest.fixture(scope="module")
def server(small_graph, tmp_path_factory):
    """A running server on a port of its own; gives its address."""
    folder = shutil.copytree(small_graph, tmp_path_factory.mktemp("served") / "kg")
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    running = uvicorn.Server(
        uvicorn.Config(
            application(Settings(store=folder, timeout=3, limit=1000)), log_level="error", ws="none"
        )
    )
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]})
    thread.start()
    while not running.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    running.should_exit = True
    thread.join()
    listening.close()


@pytest.fixture
def ask(server):
    """Sends a request; gives the reply, whatever its status."""

    def send(path, *, data=None, **headers):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(server + path, data=data, headers=named)
        try:
            with urllib.request.urlopen(request, timeout=20) as reply:
                return Reply(reply.status, reply.read().decode(), dict(reply.headers))
        except urllib.error.HTTPError as error:
            with error:
                return Reply(error.code, error.read().decode(), dict(error.headers))

    return send


def query(text):
    return "/sparql?" + urllib.parse.urlencode({"query": text})


@pytest.mark.parametrize("path", ["/", "/network", "/pair/KOR/JPN"])
def test_pages(ask, path):
    """Every page answers with a policy that forbids requests, and with the headers of the house."""
    reply = ask(path)

    assert 200 == reply.status
    policy = reply.headers.get("content-security-policy", "") + reply.text
    assert "default-src 'none'" in policy or "default-src &#39;none&#39;" in policy
    assert "nosniff" == reply.headers["x-content-type-options"]


def test_pages_lead_to_each_other(ask):
    """Every link of the start page leads to a page."""
    links = [part.split('"')[0] for part in ask("/").text.split('href="')[1:]]

    assert len(links) >= 4
    assert {200} == {ask(link).status for link in links}


@pytest.mark.parametrize(
    ("path", "status"), [("/source/nothing", 404), ("/pair/KOR/Atlantis", 400), ("/else", 404)]
)
def test_missing_pages(ask, path, status):
    """What is not there is told without a traceback."""
    reply = ask(path)

    assert status == reply.status
    assert "Traceback" not in reply.text


def test_query_by_get(ask):
    """A query in the address is answered in the W3C's JSON."""
    reply = ask(query(VISITS), Accept="application/sparql-results+json")
    told = json.loads(reply.text)

    assert "application/sparql-results+json" in reply.headers["content-type"]
    assert ["guest", "host"] == told["head"]["vars"]
    assert ["https://w3id.org/diplograph/id/state/JPN"] == [
        row["guest"]["value"] for row in told["results"]["bindings"]
    ]


@pytest.mark.parametrize("kind", ["application/sparql-query", "application/x-www-form-urlencoded"])
def test_query_by_post(ask, kind):
    """A query in the body is answered, in both forms of the protocol."""
    body = VISITS if kind.endswith("query") else urllib.parse.urlencode({"query": VISITS})
    reply = ask("/sparql", data=body.encode(), Content_Type=kind)

    assert 1 == len(json.loads(reply.text)["results"]["bindings"])


def test_csv(ask):
    """CSV is given to those who ask for it."""
    reply = ask(query(VISITS), Accept="text/csv")

    assert ["guest", "host"] == next(csv.reader(io.StringIO(reply.text)))


@pytest.mark.parametrize(
    ("accept", "start"),
    [
        ("text/tab-separated-values", "?guest\t?host"),
        ("application/sparql-results+xml", "<?xml"),
        ("application/pdf;q=0.9, text/csv;q=0.1, application/json;q=0.5", "{"),
        ("*/*", "{"),
    ],
)
def test_negotiation(ask, accept, start):
    """The form of an answer is the one that was asked for."""
    assert ask(query(VISITS), Accept=accept).text.startswith(start)


def test_not_acceptable(ask):
    """A form that there is not is refused with those there are."""
    reply = ask(query(VISITS), Accept="image/png")

    assert 400 == reply.status
    assert "text/csv" in reply.text


def test_yes_or_no(ask):
    """A question of yes or no has the W3C's form."""
    told = json.loads(ask(query("ASK { ?event a dg:Visit }")).text)

    assert told["boolean"] is True


def test_construct(ask):
    """Triples come as Turtle unless another form is asked for."""
    text = "CONSTRUCT { ?e dg:host ?h } WHERE { ?e dg:host ?h }"

    assert "dg:host state:KOR" in ask(query(text)).text
    assert "/ontology/host>" in ask(query(text), Accept="application/n-triples").text


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <http://a> <http://b> <http://c> }",
        "DROP ALL",
        "SELECT nothing",
        "",
        "SELECT * { " + "{" * 5000 + "}" * 5000 + " }",
    ],
    ids=["insert", "drop", "malformed", "empty", "deep"],
)
def test_refused_queries(ask, text):
    """Updates, nonsense and queries that bring the engine down are refused, and the server lives on."""
    assert ask(query(text)).status in {400, 503}
    assert 200 == ask("/").status


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <URL> { ?s ?p ?o } }",
        "PREFIX ex: <URL> SELECT * { SERVICEex: { ?s ?p ?o } }",
        "PREFIX : <URL> SELECT * { SERVICE: { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o.SERVICE<URL>{ ?s ?p ?o } }",
        "SELECT * { FILTER(1<2)SERVICE<URL>{ ?s ?p ?o } FILTER(2>1) }",
        'SELECT * { ?s ?p "\\u0022" . SERVICE <URL> { ?s ?p ?o } ?s ?p "\\u0022" }',
        "SELECT * { \\u0053ERVICE <URL> { ?s ?p ?o } }",
        "SELECT * FROM <URL> { ?s ?p ?o }",
        "SELECT * { ?s ?p true.SERVICE<URL>{ ?s ?p ?o } }",
        "PREFIX ex: <URL> SELECT * { SERVICESILENTex:a{ ?s ?p ?o } }",
        "PREFIX ex: <URL> SELECT * { SERVICE ex:a\\\\,b { ?s ?p ?o } }",
        "SELECT * { BIND(<URL> AS ?x) SERVICE ?x { ?s ?p ?o } }",
        "SELECT * { SERVICE # {\\n <URL> { ?s ?p ?o } }",
    ],
)
def test_no_request_leaves(ask, text):
    """Whatever a query says, nobody else is asked."""
    with socket.socket() as trap:
        trap.bind(("127.0.0.1", 0))
        trap.listen()
        trap.settimeout(0.2)
        ask(query(text.replace("URL", f"http://127.0.0.1:{trap.getsockname()[1]}/")))

        with pytest.raises(TimeoutError):
            trap.accept()


def test_time_limit(ask):
    """A query without end is ended at its time, and the server lives on."""
    start = time.monotonic()
    reply = ask(query(ENDLESS))

    assert 503 == reply.status
    assert "longer than 3 s" in reply.text
    assert time.monotonic() - start < 8
    assert 200 == ask(query(VISITS)).status


def test_row_limit(ask):
    """An answer over the limit is refused."""
    reply = ask(query("SELECT * { GRAPH ?g { ?s ?p ?o } . GRAPH ?h { ?t ?q ?u } }"))

    assert 503 == reply.status


def test_large_request(ask):
    """A request over the limit is refused."""
    body = b"SELECT * { ?s ?p ?o } #" + b"x" * LARGEST_BODY

    assert 413 == ask("/sparql", data=body, Content_Type="application/sparql-query").status


def test_update_by_post(ask):
    """The update half of the protocol is refused in words."""
    reply = ask("/sparql", data=b"DROP ALL", Content_Type="application/sparql-update")

    assert 400 == reply.status
    assert "only reads" in reply.text


def test_strange_host(ask):
    """A request under a name of a stranger is refused, so that their page cannot read the graph."""
    assert 400 == ask("/", Host="evil.example").status


def test_other_methods(server):
    """Nothing but GET and POST is answered."""
    request = urllib.request.Request(server + "/sparql", method="DELETE")
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request)
    with refused.value:
        assert 405 == refused.value.code
