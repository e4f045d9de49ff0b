"""Speaking to a server: who asks, what is tried again, and what is refused."""

from __future__ import annotations

import base64
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from diplograph import store
from diplograph.errors import QueryError, StoreError
from diplograph.store import client
from diplograph.store.client import Address, Client
from diplograph.store.remote import RemoteEngine
from diplograph.store.substitution import substituted


@pytest.fixture
def answers():
    """A server on loopback that gives these answers one after the other: (code, body)."""
    told, asked = [], []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            asked.append((self.path, body, dict(self.headers)))
            code, text = told.pop(0)
            self.send_response(code)
            if code == 401:
                self.send_header("WWW-Authenticate", 'Basic realm="graph"')
            if code == 302:
                self.send_header("Location", "http://127.0.0.1:1/elsewhere")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *words):
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield told, asked, f"http://127.0.0.1:{server.server_port}/sparql"
    server.shutdown()
    server.server_close()
    thread.join()


def ask(where, **more):
    return Client(Address(query=where, **more)).query("ASK {}", "text/plain")


def test_what_fails_for_a_moment_is_tried_again(answers, monkeypatch):
    """A busy server is asked again, each time after a longer pause."""
    told, asked, where = answers
    pauses = []
    monkeypatch.setattr(client.time, "sleep", pauses.append)
    told += [(503, "busy"), (429, "slowly"), (200, "yes")]

    assert "yes" == ask(where)
    assert 3 == len(asked)
    assert [0.2, 0.4] == pauses


def test_a_server_that_stays_away_is_given_up(answers, monkeypatch):
    """After six tries the last reason is told."""
    told, asked, where = answers
    monkeypatch.setattr(client.time, "sleep", lambda _: None)
    told += [(503, "under repair")] * 6
    with pytest.raises(StoreError, match="after 6 tries: under repair"):
        ask(where)
    assert 6 == len(asked)


@pytest.mark.parametrize(
    ("code", "fault", "words"),
    [
        (400, QueryError, "malformed at line 1"),
        (403, StoreError, "name a user and password"),
        (404, StoreError, r"refuses \(404\)"),
        (302, StoreError, r"refuses \(302\)"),
    ],
)
def test_what_is_refused_is_told_at_once(answers, code, fault, words):
    """A refusal is not tried again, and a server that points elsewhere is not followed."""
    told, asked, where = answers
    told.append((code, "malformed at line 1"))
    with pytest.raises(fault, match=words):
        ask(where)
    assert 1 == len(asked)


def test_who_asks_is_told_when_the_server_wants_to_know(answers):
    """Basic authentication answers the challenge; without a user the challenge is a refusal."""
    told, asked, where = answers
    told += [(401, "who?"), (200, "yes"), (401, "who?")]

    assert "yes" == ask(where, user="ann", password="secret")
    expected = base64.b64encode(b"ann:secret").decode()
    assert f"Basic {expected}" == asked[-1][2]["Authorization"]
    with pytest.raises(StoreError, match="name a user and password"):
        ask(where)


def test_no_password_in_messages():
    """An address shows everything but the password."""
    assert "secret" not in repr(Address(query="http://x/", user="ann", password="secret"))


def test_an_address_must_be_of_the_web():
    """Files are no servers."""
    with pytest.raises(StoreError, match="no address of a server"):
        Client(Address(query="file:///etc/passwd"))


def test_nobody_there(monkeypatch):
    """A server that is not running is named in words."""
    monkeypatch.setattr(client.time, "sleep", lambda _: None)
    with pytest.raises(StoreError, match="is the server running"):
        store.open("http://127.0.0.1:9/sparql")


def test_large_answers_come_in_pages(answers, monkeypatch):
    """An answer that fills a page may have been cut off, so it is asked for again page by page."""
    told, asked, where = answers
    monkeypatch.setattr("diplograph.store.remote._PAGE", 2)
    row = '{"s": {"type": "uri", "value": "http://x/%d"}, "o": {"type": "literal", "value": "a"}}'
    page = '{"head": {}, "results": {"bindings": [%s]}}'
    told += [(200, page % ",".join(row % n for n in numbers)) for numbers in ((7, 8), (1, 2), (3, 4), (5,))]
    found = RemoteEngine(Client(Address(query=where))).all("name", "http://x/g")

    assert [f"http://x/{n}" for n in (1, 2, 3, 4, 5)] == [one.subject for one in found]
    assert ["OFFSET+0", "OFFSET+2", "OFFSET+4"] == [
        body.rpartition("+LIMIT+2+")[2] for _, body, _ in asked[1:]
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT ?x { ?x ?p ?a }", 'SELECT ?x { ?x ?p "A" }'),
        ("SELECT ?a ?x { ?x ?p ?a }", 'SELECT ("A" AS ?a) ?x { ?x ?p "A" }'),
        ("SELECT ?x { ?x ?p ?ab . FILTER(?ab != ?a) }", 'SELECT ?x { ?x ?p ?ab . FILTER(?ab != "A") }'),
        ('SELECT ?x { ?x ?p "?a" } # ?a', 'SELECT ?x { ?x ?p "?a" } # ?a'),
        ("SELECT ?x { ?x ?a <http://x/?a> }", 'SELECT ?x { ?x "A" <http://x/?a> }'),
        (
            "SELECT ?a (COUNT(?a) AS ?n) { ?x ?p ?a } GROUP BY ?a ORDER BY ?a",
            'SELECT ("A" AS ?a) (COUNT("A") AS ?n) { ?x ?p "A" } GROUP BY ("A" AS ?a_key) ',
        ),
        ("ASK { { SELECT ?a { ?x ?p ?a } } }", 'ASK { { SELECT ("A" AS ?a) { ?x ?p "A" } } }'),
    ],
)
def test_values_take_the_place_of_variables(query, expected):
    """A variable is replaced where it is one, and stays a column where it is asked for."""
    assert expected == substituted(query, {"a": '"A"'})
