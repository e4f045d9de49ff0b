"""Pages, what every answer bears, and whom the server answers."""

from __future__ import annotations

import json

import pytest
from served import LIMITS, query, serving

from diplograph.app.limits import LARGEST_QUERY, Limits
from diplograph.app.server import from_settings
from diplograph.settings import Settings, load

PAGES = ["/", "/pair/KOR-JPN", "/graph", "/questions", "/sparql", "/read"]
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize("path", PAGES)
def test_pages(client, path):
    """Every page answers with a policy that forbids requests, and with the headers of the house."""
    reply = client.get(path, accept=BROWSER)

    assert 200 == reply.status
    assert reply.headers["content-type"].startswith("text/html")
    assert "default-src 'none'" in reply.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in reply.headers["content-security-policy"]
    assert "unsafe" not in reply.headers["content-security-policy"]
    assert "nosniff" == reply.headers["x-content-type-options"]


@pytest.mark.parametrize("path", ["/index.json", "/pair/KOR-JPN.json", "/pair/JPN-KOR.ttl"])
def test_twins(client, path):
    """Pages have twins for programs, whatever a browser would be given."""
    reply = client.get(path, accept=BROWSER)

    assert 200 == reply.status
    assert reply.headers["content-type"].split(";")[0] in {"application/json", "text/turtle"}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/source/nothing", 404),
        ("/pair/KOR-Atlantis", 404),
        ("/pair/KOR-JPN?as-of=tomorrow", 400),
        ("/else", 404),
        ("/dossier/KOR-JPN.pdf", 404),
        ("/../../../etc/passwd", 404),
        ("/source/..%2f..%2fetc%2fpasswd", 404),
        ("/%00", 404),
        ("/%ff%fe", 404),
        ("/event/" + "x" * 5000, 404),
    ],
)
def test_missing_pages(client, path, status):
    """What is not there is told without a traceback, as JSON to programs."""
    reply = client.get(path)

    assert status == reply.status
    assert "application/problem+json" == reply.headers["content-type"]
    assert status == json.loads(reply.text)["status"]
    assert "Traceback" not in reply.text


def test_missing_page_for_people(client):
    """A browser is told what is wrong on a page, with the words of the request escaped."""
    reply = client.get("/state/%3Cscript%3Ealert(1)%3C%2Fscript%3E", accept=BROWSER)

    assert 404 == reply.status
    assert "text/html" in reply.headers["content-type"]
    assert "<script>alert" not in reply.text


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "localhost.evil.example", "10.0.0.1", ""]
)
def test_foreign_names_are_refused(client, host):
    """A request under a foreign name is refused, so that no page of strangers reads the graph (rebinding)."""
    assert 421 == client.get("/", host=host).status


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "127.0.0.1", "[::1]:8765", "127.9.9.9:80"])
def test_own_names_are_answered(client, host):
    """The names of this machine are answered."""
    assert 200 == client.get("/openapi.json", host=host).status


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://localhost:1"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site", "sec-fetch-mode": "no-cors"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "origin": "null"},
    ],
)
def test_pages_of_strangers_send_nothing(client, headers):
    """No form, script or picture on a foreign page gets a request through."""
    body = "query=ASK+%7B%7D"
    reply = client.post("/sparql", body, content_type="application/x-www-form-urlencoded", **headers)

    assert 403 == reply.status


def test_own_forms_are_sent(client):
    """A form of our own pages gets through: browsers say no origin for it, as our pages tell no referrer."""
    own = {"origin": "null", "sec-fetch-site": "same-origin", "sec-fetch-mode": "navigate"}
    reply = client.post(
        "/sparql", "query=ASK+%7B%7D", content_type="application/x-www-form-urlencoded", **own
    )

    assert 200 == reply.status


def test_links_of_strangers_lead_here(client):
    """A link on a foreign page may be followed; a picture from there may not be fetched."""
    link = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    picture = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}

    assert 200 == client.get("/openapi.json", **link).status
    assert 403 == client.get("/openapi.json", **picture).status


def test_no_cors(client):
    """No answer lets pages of other origins read it."""
    own = client.get("/openapi.json", origin=f"http://127.0.0.1:{client.port}")
    asked = client.send(
        "OPTIONS",
        "/sparql",
        headers={"origin": "https://evil.example", "access-control-request-method": "GET"},
    )

    assert 200 == own.status
    assert not [name for name in {**own.headers, **asked.headers} if name.startswith("access-control")]
    assert 403 == asked.status


@pytest.mark.parametrize("path", ["/sparql", "/read.json", "/"])
@pytest.mark.parametrize("method", ["DELETE", "PUT", "PATCH", "TRACE"])
def test_other_methods(client, method, path):
    """What is neither read nor posted is refused with the methods there are."""
    reply = client.send(method, path)

    assert 405 == reply.status
    assert "allow" in reply.headers


def test_large_requests_are_refused(client):
    """A request over the limit is refused, whether it tells its size or not."""
    body = b"ASK {} #" + b"x" * LARGEST_QUERY
    told = client.post("/sparql", body, content_type="application/sparql-query")
    untold = _chunked(client, body)

    assert 413 == told.status
    assert 413 == untold


def _chunked(client, body):
    import http.client

    connection = http.client.HTTPConnection("127.0.0.1", client.port, timeout=10)
    parts = (body[start : start + 60_000] for start in range(0, len(body), 60_000))
    try:
        connection.request(
            "POST", "/sparql", parts, {"content-type": "application/sparql-query"}, encode_chunked=True
        )
        return connection.getresponse().status
    finally:
        connection.close()


def test_rate_limit(small_graph):
    """Who asks too often is told to wait, and is answered again a moment later."""
    import time

    with serving(small_graph, Limits(rate=20, burst=10)) as slow:
        statuses = [slow.get("/openapi.json").status for _ in range(40)]
        refused = slow.get("/openapi.json")
        time.sleep(0.3)

        assert 10 <= statuses.count(200) < 40
        assert 429 == refused.status
        assert "1" == refused.headers["retry-after"]
        assert 200 == slow.get("/openapi.json").status


def test_only_this_machine_by_default():
    """Without being told otherwise, the server listens on this machine alone, and takes texts only there."""
    assert "127.0.0.1" == Settings().host
    assert from_settings(Settings()).reads
    assert not from_settings(Settings(host="0.0.0.0")).reads


def test_default_limits():
    """A query has ten seconds, unless the settings say otherwise; no token, no update."""
    assert 10 == from_settings(load({}, environment={})).timeout
    assert 3 == from_settings(load({"timeout": 3}, environment={})).timeout
    assert "" == from_settings(load({}, environment={})).token


def test_answers_tell_no_versions(client):
    """The server does not tell what it is made of."""
    reply = client.get("/")

    assert "x-powered-by" not in reply.headers
    assert "uvicorn" not in reply.headers.get("server", "")


def test_sparql_page(client):
    """A browser gets the answer of a query, and what is wrong with one, as a page."""
    found = client.get(query("SELECT ?host { ?e a dg:Visit ; dg:host ?host }"), accept=BROWSER)
    wrong = client.get(query("SELECT nothing"), accept=BROWSER)

    assert "text/html" in found.headers["content-type"]
    assert "/state/KOR" in found.text
    assert 'role="alert"' in wrong.text


def test_limits_are_those_of_the_tests(client):
    """The server of these tests has the limits that they speak of."""
    assert 2 == LIMITS.timeout
    assert client.port
