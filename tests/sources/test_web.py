"""Addresses of the web are read politely, within limits, and never from where nobody sent us."""

import gzip
import json
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from needed import need

from diplograph.errors import SourceError
from diplograph.model import Document
from diplograph.sources import SourceFailure, open_draft, web
from diplograph.sources.addresses import is_public, settled, split
from diplograph.sources.exchange import Limits
from diplograph.sources.fetching import Fetcher

need("trafilatura", "protego", "feedparser")

STORY = (
    "The president of South Korea is going to Nara for a two-day visit, and his host will be the prime "
    "minister of Japan, who grew up there; so much was made known in Seoul at the end of the week."
)
HTML = {"Content-Type": "text/html; charset=utf-8"}


def page(title, head=""):
    body = f"<article><h1>{title}</h1><p>{STORY}</p><p>{STORY[::-1]}</p></article>"
    return f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>".encode()


class Handler(BaseHTTPRequestHandler):
    """Answers from the server's table: path → (status, headers, body), or a function that answers itself."""

    def do_GET(self):
        self.server.asked.append(self.path)
        route = self.server.routes.get(self.path, (404, {}, b"not here"))
        if callable(route):
            route = route(self)
        if route is None:
            return
        status, headers, body = route
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if "Content-Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Say nothing."""


@contextmanager
def served(routes):
    """A server on this machine; its address, and the paths that it was asked for."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.routes, server.asked, server.daemon_threads = routes, [], True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", server.asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def fetch(address, *, slept=None, **limits):
    """What stands at an address, opened."""
    naps = [] if slept is None else slept
    fetcher = Fetcher(Limits(**{"delay": 0.0, "timeout": 5.0, **limits}), sleep=naps.append)
    return [open_draft(draft) for draft in web.read(address, fetcher)]


def reasons(found):
    return [str(one.reason) for one in found if isinstance(one, SourceFailure)]


def test_a_page():
    """A page gives its article, its day and its address without what advertisers add."""
    head = '<meta property="article:published_time" content="2026-01-09T12:51:00Z">'
    with served({"/a?id=1&utm_source=x": (200, HTML, page("A visit to Nara", head))}) as (home, asked):
        (found,) = fetch(f"{home}/a?id=1&utm_source=x#top")

    assert (date(2026, 1, 9), f"{home}/a?id=1", f"{home}/a?id=1") == (
        found.published,
        found.url,
        found.name,
    )
    assert "two-day visit" in found.text
    assert ["/robots.txt", "/a?id=1&utm_source=x"] == asked


def test_a_text():
    """A plain text is a document as it stands."""
    with served({"/a.txt": (200, {"Content-Type": "text/plain"}, b"Lee met Xi.\r\n")}) as (home, _):
        (found,) = fetch(f"{home}/a.txt")

    assert "Lee met Xi.\n" == found.text


RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>
<item><title>One</title><link>/one</link><pubDate>Fri, 09 Jan 2026 12:00:00 GMT</pubDate></item>
<item><title>Gone</title><link>/gone</link></item>
<item><title>One again</title><link>/one#part</link></item>
<item><title>Two</title><link>/two</link><pubDate>Sat, 10 Jan 2026 12:00:00 GMT</pubDate></item>
</channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>
<entry><title>One</title><link href="/one"/><published>2026-01-09T12:00:00Z</published></entry>
<entry><title>Gone</title><link rel="alternate" href="/gone"/></entry>
<entry><title>Two</title><link href="/two"/><updated>2026-01-10T12:00:00Z</updated></entry></feed>"""
TWO = '<meta property="article:published_time" content="2026-01-11">'


@pytest.mark.parametrize(
    ("feed", "kind"), [(RSS, "application/rss+xml"), (ATOM, "application/atom+xml"), (RSS, "text/xml")]
)
def test_a_feed(feed, kind):
    """Each article of a feed is fetched once, in order; its page knows its day better than the feed."""
    routes = {
        "/feed": (200, {"Content-Type": kind}, feed.encode()),
        "/one": (200, HTML, page("One")),
        "/two": (200, HTML, page("Two", TWO)),
    }
    with served(routes) as (home, asked):
        one, gone, two = fetch(f"{home}/feed")

    assert (date(2026, 1, 9), date(2026, 1, 11)) == (one.published, two.published)
    assert f"{home}/gone: the server answered 404 Not Found" == str(gone.reason)
    assert ["/robots.txt", "/feed", "/one", "/gone", "/two"] == asked


def test_a_feed_is_limited():
    """Of a feed without end a number of articles is read, and it says so."""
    items = "".join(f"<item><link>/{n}</link></item>" for n in range(9))
    routes = {f"/{n}": (200, HTML, page(f"Number {n}")) for n in range(9)}
    feed = f"<rss version='2.0'><channel>{items}</channel></rss>".encode()
    with served({**routes, "/feed": (200, {"Content-Type": "text/xml"}, feed)}) as (home, _):
        found = fetch(f"{home}/feed", entries=3)

    assert [Document] * 3 + [SourceFailure] == [type(one) for one in found]
    assert "names 9 articles; only the first 3 were read" in reasons(found)[0]


def robots(rules, status=200):
    return {"/robots.txt": (status, {"Content-Type": "text/plain"}, rules.encode())}


@pytest.mark.parametrize(
    ("rules", "status", "reason"),
    [
        ("User-agent: *\nDisallow: /private*/", 200, "robots.txt of this server forbids it"),
        ("User-agent: diplograph\nDisallow: /", 200, "robots.txt of this server forbids it"),
        ("User-agent: *\nCrawl-delay: 600", 200, "wants 600 s between requests"),
        ("oops", 500, "its robots.txt cannot be had, so it is not read (the server answered 500 Internal"),
    ],
)
def test_robots_are_respected(rules, status, reason):
    """What robots.txt forbids is not asked for."""
    with served({**robots(rules, status), "/private-1/a": (200, HTML, page("A"))}) as (home, asked):
        (found,) = fetch(f"{home}/private-1/a")

    assert reason in str(found.reason)
    assert ["/robots.txt"] == asked


@pytest.mark.parametrize(("rules", "status"), [("User-agent: *\nDisallow: /b", 200), ("", 404), ("", 403)])
def test_robots_may_read_the_rest(rules, status):
    """What is not forbidden is read; no file forbids nothing."""
    with served({**robots(rules, status), "/a": (200, HTML, page("A"))}) as (home, _):
        (found,) = fetch(f"{home}/a")

    assert isinstance(found, Document)


def test_requests_keep_their_distance():
    """Between pages of one server as many seconds pass as it asks for."""
    rules = robots("User-agent: *\nCrawl-delay: 7")
    routes = {"/feed": (200, {"Content-Type": "text/xml"}, RSS.encode()), "/one": (200, HTML, page("One"))}
    slept = []
    with served({**rules, **routes}) as (home, _):
        fetch(f"{home}/feed", slept=slept)

    assert 3 == len(slept)
    assert all(6 < nap <= 7 for nap in slept)


def test_a_busy_server_is_asked_again():
    """After 429 with Retry-After we wait so long and ask once more."""
    answers = [(429, {"Retry-After": "3"}, b""), (200, HTML, page("A"))]
    slept = []
    with served({"/a": lambda _: answers.pop(0)}) as (home, _):
        (found,) = fetch(f"{home}/a", slept=slept)

    assert isinstance(found, Document)
    assert 3.0 in slept


def moved(to):
    return 302, {"Location": to}, b""


def test_redirects_are_followed():
    """A page that moved is read where it lies now, and kept under that address."""
    with served({"/a": moved("/b"), "/b": moved("c?x=1"), "/c?x=1": (200, HTML, page("A"))}) as (home, _):
        (found,) = fetch(f"{home}/a")

    assert f"{home}/c?x=1" == found.url


@pytest.mark.parametrize(
    ("to", "reason"),
    [
        ("/a", "was redirected more than 5 times"),
        ("file:///etc/passwd", "is no address that begins with http"),
        ("ftp://example.org/a", "is no address that begins with http"),
        ("http://user:secret@127.0.0.1/", "carries a name or password"),
        ("http://127.0.0.1:1/", "a private network (127.0.0.1)"),
        ("http://localhost:1/", "a private network"),
        ("http://[::1]:1/", "a private network (::1)"),
        ("http://[::ffff:10.0.0.1]/", "a private network"),
        ("http://2130706433/", "a private network (127.0.0.1)"),
        ("http://0x7f.1/", "a private network (127.0.0.1)"),
        ("http://10.1.2.3/", "a private network (10.1.2.3)"),
        ("http://169.254.169.254/latest/meta-data/", "a private network (169.254.169.254)"),
        ("http://0.0.0.0/", "a private network"),
        ("", "redirects without saying where to"),
    ],
)
def test_redirects_lead_nowhere_else(to, reason):
    """No redirect leads to a file, or to a machine of the private network that nobody named."""
    with served({"/a": moved(to)}) as (home, asked):
        (found,) = fetch(f"{home}/a")

    assert reason in str(found.reason)
    assert f"{home}/a" in str(found.reason)
    assert "secret" not in str(found.reason)
    assert set(asked) <= {"/robots.txt", "/a"}


def test_robots_of_a_feed_lead_nowhere_else():
    """Neither an article of a feed nor a redirected robots.txt reaches another private machine."""
    with served({"/x": (200, HTML, page("Secret"))}) as (inner, inner_asked):
        feed = f"<rss version='2.0'><channel><item><link>{inner}/x</link></item></channel></rss>"
        routes = {"/feed": (200, {"Content-Type": "text/xml"}, feed.encode())}
        with served(routes) as (home, _):
            found = fetch(f"{home}/feed")
        with served({"/robots.txt": moved(f"{inner}/x")}) as (home, _):
            found += fetch(f"{home}/a")

    assert 2 == len([reason for reason in reasons(found) if "private network (127.0.0.1)" in reason])
    assert [] == inner_asked


def trickle(handler):
    """Sends a byte now and then, for ever."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b" ")
            time.sleep(0.05)
    except OSError:
        return


def trickle_headers(handler):
    """Sends headers without end."""
    handler.wfile.write(b"HTTP/1.0 200 OK\r\n")
    try:
        while True:
            handler.wfile.write(b"x")
            time.sleep(0.05)
    except OSError:
        return


@pytest.mark.parametrize(
    ("route", "reason"),
    [
        ((200, HTML, b" " * 60_000), "is larger than 50,000 bytes"),
        ((200, HTML | {"Content-Encoding": "gzip"}, gzip.compress(b" " * 9_000_000)), "is larger than"),
        ((200, HTML | {"Content-Encoding": "gzip"}, b"no gzip"), "its packing is broken"),
        ((200, HTML | {"Content-Encoding": "br"}, b"x"), "packed as 'br', which was not asked for"),
        ((200, HTML | {"Content-Length": "999"}, b"<html>"), "broke off 993 bytes before its end"),
        ((200, HTML, b""), "the page is empty"),
        ((200, HTML, b"<html><body></body></html>"), "no article was found"),
        ((200, {"Content-Type": "image/png"}, b"\x89PNG"), "is image/png, neither page, text nor feed"),
        ((200, {"Content-Type": "text/xml"}, b"<rss><channel/></rss>"), "this feed names no article"),
        ((200, {"Content-Type": "text/xml"}, b"<rss><chan" + b"<a>" * 9000), "this feed names no article"),
        ((500, {}, b"oops"), "the server answered 500 Internal Server Error"),
        ((799, {}, b"oops"), "the server answered 799"),
        ((503, {"Retry-After": "9999"}, b""), "the server answered 503 Service Unavailable"),
        (trickle, "took longer than 1 s"),
        (trickle_headers, "took longer than 1 s"),
        (lambda handler: handler.wfile.write(b"hello"), "cannot be fetched"),
        (lambda handler: handler.connection.close(), "cannot be fetched"),
    ],
)
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_what_a_server_may_not_do(route, reason):
    """Whatever a server answers, it becomes one failure in words, in time."""
    start = time.monotonic()
    with served({"/a": route}) as (home, _):
        (found,) = fetch(f"{home}/a", largest=50_000, deadline=1.0)

    assert reason in str(found.reason)
    assert str(found.reason).startswith(f"{home}/a")
    assert time.monotonic() - start < 4


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("http://user:secret@example.org/", "carries a name or password"),
        ("http:///nothing", "is no address"),
        ("http://exa mple.org/", "is no address"),
        ("http://[::1/", "is no address"),
        ("http://127.0.0.1:1/", "cannot be fetched"),
    ],
)
def test_addresses_that_cannot_be_read(address, reason):
    """An address that is none, or where nobody answers, is a failure in words."""
    (found,) = fetch(address)

    assert reason in str(found.reason)
    assert "secret" not in str(found.reason)


@pytest.mark.parametrize(
    ("numbers", "reason"),
    [
        ([], "no machine of this name is known"),
        (["10.0.0.8"], "a private network (10.0.0.8)"),
        (["93.184.216.34", "127.0.0.1"], "a private network"),
    ],
)
def test_names_are_looked_up_once(monkeypatch, numbers, reason):
    """A page that moves to a name is followed only if all its numbers are public."""

    def lookup(host, port, *_, **__):
        if host == "127.0.0.1":
            return [(2, 1, 6, "", (host, port))]
        if not numbers:
            raise socket.gaierror(-2, "Name or service not known")
        return [(2, 1, 6, "", (number, port)) for number in numbers]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    with served({"/a": moved("https://inner.example.org/a")}) as (home, _):
        (found,) = fetch(f"{home}/a")

    assert reason in str(found.reason)


@pytest.mark.parametrize("missing", ["protego", "feedparser", "trafilatura"])
def test_without_the_extra(monkeypatch, missing):
    """Without a library that is needed, the failure names the extra that brings it."""
    with served({"/feed": (200, {"Content-Type": "text/xml"}, RSS.encode())}) as (home, _):
        monkeypatch.setitem(sys.modules, missing, None)
        (found,) = fetch(f"{home}/feed")

    assert "pip install 'diplograph[" in str(found.reason)


@pytest.mark.parametrize(
    ("number", "public"),
    [
        ("8.8.8.8", True),
        ("2001:4860:4860::8888", True),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:8.8.8.8", True),
        ("::ffff:127.0.0.1", False),
        ("2002:7f00:1::", False),
        ("64:ff9b::a00:1", False),
    ],
)
def test_public_addresses(number, public):
    """Private addresses are known in every disguise."""
    assert public == is_public(number)


def test_settled_addresses():
    """Marks of advertisers and fragments are no part of an address; all else is."""
    assert "http://e.org/a?id=1&b=2" == settled("http://e.org/a?utm_source=x&id=1&fbclid=y&b=2#c")
    assert "http://e.org/a" == settled("http://e.org/a?utm_source=x")
    with pytest.raises(SourceError, match="no address"):
        split("javascript:alert(1)")


def test_the_command_line_reads_addresses():
    """A feed on the command line gives a line for each article, and code 3 for the one that is gone."""
    routes = {
        "/feed": (200, {"Content-Type": "text/xml"}, RSS.encode()),
        "/one": (200, HTML, page("One")),
        "/two": (200, HTML, page("Two", TWO)),
    }
    with served(routes) as (home, _):
        # It keeps its distance in earnest: a second between requests.
        run = subprocess.run(
            [sys.executable, "-m", "diplograph", "extract", f"{home}/feed"], capture_output=True, text=True
        )

    assert (3, ["2026-01-09", "2026-01-11"]) == (
        run.returncode,
        [json.loads(line)["published"] for line in run.stdout.splitlines()],
    )
    assert "404 Not Found" in run.stderr
