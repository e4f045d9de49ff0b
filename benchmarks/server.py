#!/usr/bin/env python3
"""Measures the server over a large graph: a well-behaved load, and a load beside hostile queries.

usage: server.py [--events 100000] [--clients 50] [--seconds 20] [--timeout 10] [--folder DIR] [--write]

It makes a graph of that many events (kept in the folder and used again), starts ``diplograph serve`` on it,
and prints one line for each figure. ``--write`` keeps them in ``benchmarks/results/server.md``.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import http.client
import os
import platform
import random
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
DG, ID, XSD = (
    "https://w3id.org/diplograph/ontology/",
    "https://w3id.org/diplograph/id/",
    "http://www.w3.org/2001/XMLSchema#",
)
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
STATES = (
    "ARG AUS BRA CAN CHN DEU EGY ESP FRA GBR IDN IND IRN ISR ITA JPN KOR MEX NGA RUS SAU TUR USA ZAF".split()
)
KINDS = ("visit", "meeting", "call", "agreement", "tension")
CHUNK = 20_000
_LOAD = (
    "The clients run on the same cores as the server; {:.0f} processes wanted to run in the last minute, "
    "those of other people among them."
)

# Questions as people and pages ask them: an event, a pair's latest, a count, a label, a day.
SIMPLE: tuple[Callable[[random.Random, int], str], ...] = (
    lambda chance, n: f"SELECT ?p ?o {{ event:{chance.randrange(n):032x} ?p ?o }}",
    lambda chance, _: (
        f"SELECT ?e ?when {{ ?e dg:guest state:{chance.choice(STATES)} ;"
        f" dg:host state:{chance.choice(STATES)} ; dg:edtf ?when }} LIMIT 20"
    ),
    lambda chance, n: f"ASK {{ event:{chance.randrange(n):032x} a dg:Visit }}",
    lambda chance, n: (
        f"SELECT ?l {{ VALUES ?e {{ event:{chance.randrange(n):032x} event:{chance.randrange(n):032x} }}"
        " ?e rdfs:label ?l }"
    ),
    lambda chance, n: (
        f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ VALUES ?s {{ event:{chance.randrange(n):032x} }} ?s ?p ?o }}"
    ),
)

HOSTILE = {
    "cross product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STR(?c) > STR(?f)) }",
    "cross product, sorted": "SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f } ORDER BY DESC(CONCAT(STR(?a), STR(?d)))",
    "cross product, distinct": "SELECT DISTINCT ?c ?f { ?a ?b ?c . ?d ?e ?f }",
    "deep nesting": "SELECT * " + "{" * 3000 + "}" * 3000,
    "deep expression": "SELECT * { FILTER(" + "!" * 30_000 + "true) }",
    "nesting under the limit": "SELECT * { "
    + "{ SELECT * { " * 25
    + "?s ?p ?o . ?a ?b ?c"
    + "} }" * 25
    + " }",
    "long union": "SELECT * { " + " UNION ".join(["{ ?s ?p ?o }"] * 8000) + " }",
    "huge IN list": "SELECT * { ?s ?p ?o FILTER(STR(?o) IN ("
    + ",".join(f'"{n}"' for n in range(11_000))
    + ")) }",
    "huge VALUES": "SELECT * { VALUES ?x { "
    + " ".join(map(str, range(15_000)))
    + " } ?s ?p ?o . FILTER(?o > ?x) }",
    "regex": 'SELECT * { ?s ?p ?o FILTER(REGEX(STR(?o), "(a|aa)+$") && REGEX(STR(?s), "^(.*)*(.*)*x$")) }',
    "regex product": (
        "SELECT * { ?s rdfs:label ?l . ?t rdfs:label ?m FILTER(REGEX(?l, CONCAT('.*', ?m, '.*.*x'))) }"
    ),
    "path explosion": "SELECT (COUNT(*) AS ?n) { ?s (dg:involves|^dg:involves)* ?t }",
    "path of any": "SELECT (COUNT(*) AS ?n) { ?s (!<x:y>|!^<x:y>)+ ?t }",
    "path chain": "SELECT * { ?a dg:host/^dg:host/dg:guest/^dg:guest/dg:host/^dg:host/dg:guest ?b }",
    "replacement growth": (
        "SELECT * { ?s rdfs:label ?l BIND(REPLACE(?l, '.', '$0$0$0$0$0$0$0$0') AS ?a) "
        "BIND(REPLACE(?a, '.', '$0$0$0$0$0$0$0$0') AS ?b) BIND(REPLACE(?b, '.', '$0$0$0$0$0$0$0$0') AS ?c) "
        "BIND(REPLACE(?c, '.', '$0$0$0$0$0$0$0$0') AS ?d) FILTER(STRLEN(?d) = 1) }"
    ),
    "concatenated group": (
        'SELECT (GROUP_CONCAT(?t; SEPARATOR="----------") AS ?all) { ?s ?p ?o . BIND(STR(?o) AS ?t) }'
    ),
    "optionals": "SELECT * { ?s ?p ?o " + "OPTIONAL { ?s ?p1 ?o1 } OPTIONAL { ?x ?y ?z } " * 8 + "}",
    "everything": "SELECT * { ?s ?p ?o }",
    "everything built": "CONSTRUCT { ?s ?p ?o . ?o ?p ?s } WHERE { ?s ?p ?o . ?s ?q ?r }",
    "not exists": (
        "SELECT * { ?s ?p ?o FILTER NOT EXISTS { ?t ?q ?o2 FILTER(?o2 = ?o && ?t != ?s && ?q != ?p) } }"
    ),
}


def lines(first: int, last: int) -> Iterator[str]:
    """The statements of some events, as the consensus has them."""
    for number in range(first, last):
        guest, host = STATES[number % 24], STATES[(number * 7 + number // 24 + 1) % 24]
        kind, year, day = KINDS[number % 5], 1995 + number % 30, 1 + number % 28
        event, when = f"<{ID}event/{number:032x}>", f"{year}-{1 + number % 12:02d}-{day:02d}"
        yield f"{event} <{RDF}type> <{DG}{kind.capitalize()}> ."
        yield f"{event} <{RDF}type> <{DG}Event> ."
        yield f"{event} <{DG}eventType> <{DG}event-type/{kind}> ."
        yield f"{event} <{DG}status> <{DG}status/held> ."
        yield f"{event} <{DG}involves> <{ID}state/{guest}> ."
        yield f"{event} <{DG}involves> <{ID}state/{host}> ."
        yield f"{event} <{DG}guest> <{ID}state/{guest}> ."
        yield f"{event} <{DG}host> <{ID}state/{host}> ."
        yield f'{event} <{DG}edtf> "{when}" .'
        yield f'{event} <{DG}earliestStart> "{when}T00:00:00Z"^^<{XSD}dateTime> .'
        yield f'{event} <{DG}latestEnd> "{when}T23:59:59Z"^^<{XSD}dateTime> .'
        yield f'{event} <{DG}confidence> "0.{number % 90 + 10}"^^<{XSD}decimal> .'
        yield f'{event} <{LABEL}> "{kind} of {guest} in {host}, {number}"@en .'


def make(folder: Path, events: int) -> None:
    """A store that holds so many events."""
    import pyoxigraph

    from diplograph import store
    from diplograph.store import seal

    mark = folder / f"{events}.events"
    if mark.exists():
        return
    shutil.rmtree(folder, ignore_errors=True)
    store.open(folder).close()
    database = pyoxigraph.Store(str(folder / "graph"))
    for first in range(0, events, CHUNK):
        text = "\n".join(lines(first, min(first + CHUNK, events)))
        database.bulk_load(text.encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)
    database.optimize()
    database.flush()
    del database
    seal.put(folder)
    mark.touch()


class Served:
    """``diplograph serve`` in a process of its own."""

    def __init__(self, folder: Path, timeout: float, *more: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        command = [sys.executable, "-m", "diplograph", "serve", "--store", folder, "--port", str(self.port)]
        self.process = subprocess.Popen(
            [*command, "--timeout", str(timeout), "--rate", "0", "--no-intake", *more]
        )
        self._wait()

    def _wait(self) -> None:
        until = time.monotonic() + 120
        while time.monotonic() < until:
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            time.sleep(0.1)
        raise SystemExit("the server did not start")

    def memory(self) -> float:
        """Megabytes that the serving process itself holds, without those that answer."""
        told = Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]
        return int(told) * os.sysconf("SC_PAGE_SIZE") / 1_000_000

    def close(self) -> None:
        """End it, as Ctrl-C would."""
        self.process.terminate()
        self.process.wait(30)


async def ask(port: int, query: str) -> tuple[int, float]:
    """Status and seconds of a query, over a connection of its own."""
    body = urlencode({"query": query}).encode()
    head = (
        f"POST /sparql HTTP/1.1\r\nHost: localhost:{port}\r\nAccept: */*\r\nConnection: close\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    start = time.perf_counter()
    status = 0
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    with contextlib.suppress(ConnectionError):
        writer.write(head.encode() + body)
        status = int((await reader.readline()).split()[1])
        while await reader.read(1 << 16):
            pass
    writer.close()
    return status, time.perf_counter() - start


async def client(port: int, events: int, until: float, seed: int, pause: float) -> list[tuple[int, float]]:
    """One client: asks, reads the answer, pauses, asks again."""
    chance = random.Random(seed)  # noqa: S311 - the same questions each time
    told = []
    while time.monotonic() < until:
        told.append(await ask(port, chance.choice(SIMPLE)(chance, events)))
        await asyncio.sleep(pause)
    return told


def centile(seconds: list[float], share: float) -> float:
    """Milliseconds below which a share lies."""
    ordered = sorted(seconds)
    return 1000 * ordered[min(len(ordered) - 1, int(len(ordered) * share))]


async def calm(port: int, events: int, clients: int, length: float) -> dict[str, str]:
    """Many clients that behave well."""
    until = time.monotonic() + length
    start = time.monotonic()
    each = await asyncio.gather(*(client(port, events, until, n, 0.05) for n in range(clients)))
    told = list(chain.from_iterable(each))
    took = [seconds for status, seconds in told if status == 200]
    return {
        f"{clients} clients: requests answered": f"{len(took)} of {len(told)}",
        f"{clients} clients: requests a second": f"{len(told) / (time.monotonic() - start):.0f}",
        f"{clients} clients: p50 / p95 / p99 ms": _centiles(took),
    }


async def beside_loops(port: int, events: int, length: float) -> dict[str, str]:
    """The same five clients beside as many loops that do nothing, to know what any load would cost.

    The loops run like the hostile queries in the group of the server, but as strong as itself.
    """
    loops = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in HOSTILE]
    try:
        until = time.monotonic() + length
        told = chain.from_iterable(
            await asyncio.gather(*(client(port, events, until, n, 0.01) for n in range(5)))
        )
        took = [seconds for status, seconds in told if status == 200]
    finally:
        for loop in loops:
            loop.kill()
    return {"beside 20 loops that do nothing: p50 / p95 / p99 ms": _centiles(took)}


async def beside_nothing(port: int, events: int, length: float) -> dict[str, str]:
    """The same five clients alone."""
    until = time.monotonic() + length
    told = chain.from_iterable(
        await asyncio.gather(*(client(port, events, until, n, 0.01) for n in range(5)))
    )
    return {"5 clients alone: p50 / p95 / p99 ms": _centiles([seconds for _, seconds in told])}


def _centiles(took: list[float]) -> str:
    return " / ".join(f"{centile(took, share):.0f}" for share in (0.5, 0.95, 0.99))


async def beside_hostile(served: Served, events: int, timeout: float) -> dict[str, str]:
    """Twenty hostile queries at once, and five clients with simple ones meanwhile."""
    before = served.memory()
    peak = [before]
    stop = threading.Event()

    def watch() -> None:
        while not stop.wait(0.05):
            peak.append(served.memory())

    watcher = threading.Thread(target=watch)
    watcher.start()
    until = time.monotonic() + timeout
    simple = [asyncio.ensure_future(client(served.port, events, until, n, 0.01)) for n in range(5)]
    hostile = dict(
        zip(HOSTILE, await asyncio.gather(*(ask(served.port, q) for q in HOSTILE.values())), strict=True)
    )
    told = list(chain.from_iterable(await asyncio.gather(*simple)))
    stop.set()
    watcher.join()
    took = [seconds for status, seconds in told if status == 200]
    for name, (status, each) in sorted(hostile.items(), key=lambda one: -one[1][1]):
        print(f"  {name:28} {status} after {each:5.2f} s")
    return {
        "20 hostile at once: longest": f"{max(s for _, s in hostile.values()):.2f} s, limit {timeout:g} s",
        "20 hostile at once: statuses": " ".join(map(str, sorted(status for status, _ in hostile.values()))),
        "20 hostile at once: growth of the server, MB": f"{max(peak) - before:.1f}",
        "beside them: simple requests answered": f"{len(took)} of {len(told)}",
        "beside them: p50 / p95 / p99 ms": _centiles(took),
    }


def written(figures: dict[str, str], told: argparse.Namespace) -> str:
    """The figures as a page."""
    import pyoxigraph
    import starlette
    import uvicorn

    modules = (pyoxigraph, starlette, uvicorn)
    versions = ", ".join(f"{module.__name__} {module.__version__}" for module in modules)
    command = (
        f"benchmarks/server.py --events {told.events} --clients {told.clients} --seconds {told.seconds:g}"
    )
    where = f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}, {versions}"
    lines_ = [
        "# The server under load",
        "",
        f"`{command}`, {time.strftime('%Y-%m-%d')}, {where}.",
        _LOAD.format(os.getloadavg()[0]),
        "",
        "| figure | value |",
        "|---|---|",
        *(f"| {name} | {value} |" for name, value in figures.items()),
    ]
    return "\n".join(lines_) + "\n"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--timeout", type=float, default=10)
    parser.add_argument("--folder", type=Path, default=Path("/tmp/diplograph-bench-server"))  # noqa: S108
    parser.add_argument("--write", action="store_true")
    told = parser.parse_args()
    start = time.monotonic()
    make(told.folder, told.events)
    print(f"graph of {told.events} events: {time.monotonic() - start:.0f} s")
    served = Served(told.folder, told.timeout)
    try:
        asyncio.run(calm(served.port, told.events, 5, 3))  # the caches of a server that has run for a while
        figures = asyncio.run(calm(served.port, told.events, told.clients, told.seconds))
        figures |= asyncio.run(beside_nothing(served.port, told.events, 5))
        figures |= asyncio.run(beside_hostile(served, told.events, told.timeout))
        figures |= asyncio.run(beside_loops(served.port, told.events, 5))
        figures["afterwards: the server answers"] = str(http_status(served.port))
    finally:
        served.close()
    for name, value in figures.items():
        print(f"{name}: {value}")
    if told.write:
        (ROOT / "benchmarks" / "results" / "server.md").write_text(written(figures, told))


def http_status(port: int) -> int:
    """Whether the server still answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/sparql?query=ASK%7B%7D")
    return connection.getresponse().status


if __name__ == "__main__":
    main()
