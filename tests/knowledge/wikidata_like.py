"""A SPARQL endpoint on this machine with data of Wikidata's shape, and with the faults of real ones."""

from __future__ import annotations

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox

PREFIXES = """
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix wds: <http://www.wikidata.org/entity/statement/> .
@prefix wdv: <http://www.wikidata.org/value/> .
@prefix wdt: <http://www.wikidata.org/prop/direct/> .
@prefix p: <http://www.wikidata.org/prop/> .
@prefix ps: <http://www.wikidata.org/prop/statement/> .
@prefix psv: <http://www.wikidata.org/prop/statement/value/> .
@prefix pq: <http://www.wikidata.org/prop/qualifier/> .
@prefix pqv: <http://www.wikidata.org/prop/qualifier/value/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <http://schema.org/> .
@prefix wikibase: <http://wikiba.se/ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
# Two states, their offices, and the day on which all of it was changed last.
STATES = """
<http://www.wikidata.org> schema:dateModified "2026-11-20T08:00:00Z"^^xsd:dateTime .
wd:Q17 wdt:P298 "JPN" ; wdt:P297 "JP" ; rdfs:label "Japan"@en , "日本"@ja ;
  wdt:P36 wd:Q1490 ; wdt:P1313 wd:Q274948 .
wd:Q1490 rdfs:label "Tokyo"@en .
wd:Q274948 rdfs:label "Prime Minister of Japan"@en .
wd:Q30005861 rdfs:label "Minister for Foreign Affairs"@en ; wdt:P279 wd:Q7330070 ; wdt:P1001 wd:Q17 .
wd:Q30 wdt:P298 "USA" ; wdt:P297 "US" ; rdfs:label "United States"@en ;
  wdt:P1313 wd:Q11696 ; wdt:P1906 wd:Q11696 .
wd:Q11696 rdfs:label "President of the United States"@en .
"""


def date(name, prop, value, precision):
    """A qualifier with a time, in its simple and in its full form."""
    return (
        f'{name} pq:{prop} "{value}"^^xsd:dateTime ; pqv:{prop} wdv:{prop}-{name.partition(":")[2]} .\n'
        f'wdv:{prop}-{name.partition(":")[2]} wikibase:timeValue "{value}"^^xsd:dateTime ; '
        f"wikibase:timePrecision {precision} .\n"
    )


def held(number, office, name, start=None, end=None, *, precision=11, more=""):
    """A person who held an office; dates are day, month or year as the precision says."""
    statement = f"wds:Q{number}-held"
    text = f'wd:Q{number} rdfs:label "{name}"@en ; p:P39 {statement} .\n'
    text += f"{statement} ps:P39 wd:{office} {more} .\n"
    for prop, day in (("P580", start), ("P582", end)):
        if day:
            text += date(statement, prop, f"{day}T00:00:00Z", precision)
    return text


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self._answer(parse_qs(urlsplit(self.path).query)["query"][0])

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        self._answer(parse_qs(self.rfile.read(length).decode())["query"][0])

    def log_message(self, *_arguments):
        """Keep quiet."""

    def _answer(self, sparql):
        server = self.server
        server.asked.append(sparql)
        fault = server.faults.pop(0) if server.faults else None
        if callable(fault):
            fault(self, _json(server.store, sparql))
            return
        send(self, 200, _json(server.store, sparql))


def _json(store, sparql):
    return store.query(sparql).serialize(format=ox.QueryResultsFormat.JSON)


def send(handler, code, body, **headers):
    """A whole answer."""
    handler.send_response(code)
    for name, value in {"Content-Type": "application/sparql-results+json", **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def refuse(code, **headers):
    """A fault: a code and its headers, instead of an answer."""
    return lambda handler, _body: send(handler, code, b"come back later", **headers)


def cut(handler, body):
    """A fault: the whole is announced, half of it comes."""
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body[: len(body) // 2])
    handler.close_connection = True


def halved(handler, body):
    """A fault: half the JSON, announced as if it were all, as an endpoint does that runs out of time."""
    send(handler, 200, body[: len(body) // 2] + b"\njava.util.concurrent.TimeoutException")


def fewer(handler, body):
    """A fault: good JSON from which the last row is missing, as behind a limit on rows."""
    answer = json.loads(body)
    answer["results"]["bindings"] = answer["results"]["bindings"][:-1]
    send(handler, 200, json.dumps(answer).encode())


def says(text):
    """A fault: something else instead of an answer."""
    return lambda handler, _body: send(handler, 200, text.encode())


def sleeps(handler, body):
    """A fault: nothing for a second."""
    time.sleep(1.0)
    send(handler, 200, body)


def drips(handler, body):
    """A fault: one byte after the other, each in time, the whole never."""
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    for at in range(len(body)):
        try:
            handler.wfile.write(body[at : at + 1])
            handler.wfile.flush()
        except OSError:
            return
        time.sleep(0.05)


@contextmanager
def serving(turtle, faults=()):
    """An endpoint with this data; each fault replaces one answer, ``None`` lets one through.

    Yields:
        The server: ``url``, and ``asked``, the queries so far.
    """
    store = ox.Store()
    store.load(PREFIXES + turtle, format=ox.RdfFormat.TURTLE)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.store, server.faults, server.asked = store, list(faults), []
    server.url = f"http://127.0.0.1:{server.server_address[1]}/sparql"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
