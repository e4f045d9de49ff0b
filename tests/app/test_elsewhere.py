"""Nobody else is asked and no file is read, whatever a request says; a canary listens, another lies there."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
from urllib.parse import quote

import pytest
from served import TOKEN

SERVICE = [
    "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT <URL> { ?s ?p ?o } }",
    "select * { service silent<URL>{ ?s ?p ?o } }",
    "PREFIX ex: <URL> SELECT * { SERVICEex: { ?s ?p ?o } }",
    "PREFIX : <URL> SELECT * { SERVICE: { ?s ?p ?o } }",
    "PREFIX ex: <URL> SELECT * { SERVICESILENTex:a{ ?s ?p ?o } }",
    "BASE <URL> SELECT * { SERVICE <> { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o.SERVICE<URL>{ ?s ?p ?o } }",
    "SELECT * { ?s ?p true.SERVICE<URL>{ ?s ?p ?o } }",
    "SELECT * { ?s ?p 2.SERVICE<URL>{ ?s ?p ?o } }",
    "SELECT * { FILTER(1<2)SERVICE<URL>{ ?s ?p ?o } FILTER(2>1) }",
    "SELECT * { FILTER(1<2)SERVICE#>\n<URL>{ ?s ?p ?o } }",
    "SELECT * { FILTER(1<'x>')SERVICE<URL>{ ?s ?p ?o FILTER(?o != 'y') } }",
    "PREFIX ex: <http://x/> SELECT * { OPTIONAL { ?s ex:a\\# ?o } SERVICE <URL> { ?s ?p ?o } }",
    "PREFIX ex: <http://x/> SELECT * { OPTIONAL { ?s ex:a\\' ?o } SERVICE <URL> { ?s ex:b\\' ?o } }",
    'SELECT * { ?s ?p "\\u0022" . SERVICE <URL> { ?s ?p ?o } ?s ?p "\\u0022" }',
    "SELECT * { \\u0053ERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { SERVICE \\u003CURL> { ?s ?p ?o } }",
    "SELECT * { SERVICE # {\n <URL> { ?s ?p ?o } }",
    "SELECT * { BIND(<URL> AS ?x) SERVICE ?x { ?s ?p ?o } }",
    "SELECT * { VALUES ?x\u00b7 { <URL> } SERVICE ?x\u00b7 { ?s ?p ?o } }",
    "SELECT * { { SELECT * { SERVICE <URL> { ?s ?p ?o } } } }",
    "ASK { FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
    "DESCRIBE ?s WHERE { SERVICE <URL> { ?s ?p ?o } }",
]
FROM = [
    "SELECT * FROM <URL> { ?s ?p ?o }",
    "SELECT * FROM NAMED <URL> { GRAPH ?g { ?s ?p ?o } }",
    "SELECT * FROM <FILE> { ?s ?p ?o }",
    "SELECT * { GRAPH <FILE> { ?s ?p ?o } }",
]
UPDATES = [
    "LOAD <URL>",
    "LOAD SILENT <URL> INTO GRAPH <http://x/g>",
    "LOAD <FILE> INTO GRAPH <http://x/g>",
    "CLEAR SILENT GRAPH <http://x/g> ; LOAD#\n<URL>",
    "INSERT { GRAPH <http://x/g> { ?s ?p ?o } } WHERE { SERVICE <URL> { ?s ?p ?o } }",
]
TEXTS = [
    '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "URL">]><r>&x;</r>',
    '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "FILE">]><r>&x;</r>',
    '<?xml version="1.0"?><!DOCTYPE r SYSTEM "URL"><r>In Seoul</r>',
    '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY % p SYSTEM "URL"> %p;]><r/>',
    '<html><head><base href="URL"><link rel="canonical" href="URL"></head><p>In Seoul.</p></html>',
    '<html><body><img src="URL"><iframe src="FILE"></iframe><p>In Seoul they met.</p></body></html>',
    '<html><head><meta http-equiv="refresh" content="0; url=URL"></head><p>In Seoul.</p></html>',
    '{"text": "In Seoul.", "url": "URL", "@context": "URL"}',
]
PATHS = [
    "/source/URL",
    "/changes?since=URL",
    "/sparql?default-graph-uri=URL&query=ASK%7B%3Fs%20%3Fp%20%3Fo%7D",
]
SECRET = "the canary of the cellar"


@pytest.fixture
def canary(tmp_path):
    """Listens on loopback and counts who comes; gives how to write its address, and those who came."""
    came = []
    file = tmp_path / "canary.nt"
    file.write_text(f'<http://x/a> <http://x/b> "{SECRET}" .\n')
    with socket.create_server(("127.0.0.1", 0)) as trap:
        trap.settimeout(0.05)
        stop = threading.Event()

        def listen():
            while not stop.is_set():
                try:
                    visitor, _ = trap.accept()
                except TimeoutError:
                    continue
                came.append(visitor.recv(200))
                visitor.close()

        listener = threading.Thread(target=listen)
        listener.start()
        address = f"http://127.0.0.1:{trap.getsockname()[1]}/"
        yield (lambda text: text.replace("URL", address).replace("FILE", file.as_uri())), came
        stop.set()
        listener.join()


@pytest.mark.parametrize("spelling", [*SERVICE, *FROM])
def test_queries_stay_here(client, canary, spelling):
    """A query that asks another server or reads a file gets neither, however it is spelled."""
    written, came = canary
    reply = client.query(written(spelling))

    assert reply.status in {200, 400}
    assert SECRET not in reply.text
    assert [] == came


def test_updates_stay_here(changing, canary):
    """An update that loads a file or another server's data is refused, though its sender may make updates."""
    written, came = canary
    for spelling in UPDATES:
        reply = changing.post(
            "/sparql",
            written(spelling),
            content_type="application/sparql-update",
            authorization=f"Bearer {TOKEN}",
        )
        assert 400 == reply.status, spelling
    found = changing.query("SELECT * { GRAPH ?g { ?s ?p ?o } }", accept="text/csv")

    assert SECRET not in found.text
    assert [] == came


def test_texts_stay_here(client, canary):
    """A text that points elsewhere is refused, or read without following where it points."""
    written, came = canary
    for text in TEXTS:
        for name in ("a.html", "a.txt", "a.jsonl"):
            told = json.dumps({"text": written(text), "name": name})
            reply = client.post("/read.json", told, content_type="application/json")
            assert reply.status in {200, 400}, text
            assert SECRET not in reply.text

    assert [] == came


def test_addresses_stay_here(client, canary):
    """No address of a page makes the server go and look elsewhere."""
    written, came = canary
    for path in PATHS:
        address = path.replace("URL", quote(written("URL"), safe=""))
        assert client.get(address).status in {200, 400, 404}

    assert [] == came


def test_the_system_refuses_the_network(canary):
    """Behind every check: a process that answers cannot reach the network even if it is told to."""
    if not sys.platform.startswith("linux"):
        pytest.skip("only Linux has the means; elsewhere the checks of queries stand alone")
    written, came = canary
    code = (
        "import sys, pyoxigraph\n"
        "from diplograph.app import cage\n"
        "if sys.argv[2] == 'shut': assert cage.shut()\n"
        "try: list(pyoxigraph.Store().query(sys.argv[1]))\n"
        "except Exception as fault: print(fault)\n"
    )
    query = written("SELECT * { SERVICE <URL> { ?s ?p ?o } }")
    for state, expected in (("shut", 0), ("open", 1)):
        subprocess.run([sys.executable, "-c", code, query, state], check=True, timeout=30)
        assert expected == len(came)


def test_how_many_spellings():
    """These tests try at least thirty spellings."""
    assert len([*SERVICE, *FROM, *UPDATES, *TEXTS, *PATHS]) >= 30
