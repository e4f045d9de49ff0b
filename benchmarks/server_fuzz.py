#!/usr/bin/env python3
"""Sends broken, odd and hostile requests to a running server, and runs schemathesis over its description.

usage: server_fuzz.py [--requests 2000] [--seed 1] [--examples 50] [--write]

It makes a small graph, starts ``diplograph serve`` on it, sends the requests, and counts the answers by
status. It ends with 1 if the server answers with 5xx beyond its own limits (503), or does not answer at all.
``--write`` keeps the figures in ``benchmarks/results/server-fuzz.md``.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import os
import platform
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from urllib.parse import quote, quote_plus

ROOT = Path(__file__).resolve().parent.parent
ARTICLE = (
    "TOKYO, Jan. 3, 2025 -- South Korean President Yoon Suk Yeol met Prime Minister Shigeru Ishiba in Tokyo."
)
PATHS = (
    "/ /index.json /index.ttl /pair/KOR-JPN /pair/KOR-JPN.json /pair/JPN-KOR.ttl /state/KOR /state/KOR.json "
    "/leader/yoon-suk-yeol /event/x /why/x /issue/x /gathering/x /source/x /graph /graph/KOR-JPN /map "
    "/changes /questions /questions/whose-turn /sparql /sparql/ /ontology /ontology.ttl /dossier/KOR-JPN "
    "/openapi.json /read /read.json /ingest /ingest.json /../etc/passwd //evil.example/ /%2e%2e/ /%00 /%ff "
    "/.json /.ttl /a/b/c/d"
).split()
QUERIES = (
    "ASK {}",
    "SELECT * { ?s ?p ?o } LIMIT 3",
    "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 3",
    "DESCRIBE state:KOR",
    "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "DROP ALL",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER(REGEX(STR(?o), '(a*)*b')) }",
    "SELECT * { GRAPH ?g { ?s ?p ?o } } ORDER BY ?o LIMIT 5 OFFSET 3",
)
PIECES = (
    *"{}()<>[]\"'\\#@^|/*+?!$%&;,.: \n\t\r\0",
    *("SELECT", "ASK", "FILTER", "UNION", "SERVICE", "\\u0000", "\\U0010FFFF", "''' ", '"""', "_:b"),
    *("<http://x/>", "\u202e", "\U0001f600", "\xe9", "\ufeff", "1e999", "-0", "<script>", "{{7*7}}", "../"),
    *("%00", "a" * 3000, "0" * 400),
)
MEDIA = (
    "",
    "application/x-www-form-urlencoded",
    "application/sparql-query",
    "application/sparql-update",
    "application/json",
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    "text/plain",
    "application/json; charset=utf-16",
    "\xff/\xfe",
    ";;;=",
)
ACCEPTS = (
    "",
    "*/*",
    "text/html",
    "application/json",
    "text/turtle;q=x",
    ",;,",
    "image/*",
    "a" * 500,
    "q=1",
    "*/*;q=0",
)


def broken(chance: random.Random, text: str) -> str:
    """A text with some pieces put in, taken out or doubled."""
    for _ in range(chance.randrange(6)):
        place = chance.randrange(len(text) + 1)
        kind = chance.randrange(3)
        if kind == 0:
            text = text[:place] + chance.choice(PIECES) + text[place:]
        elif kind == 1:
            text = text[:place] + text[place + chance.randrange(5) :]
        else:
            text = text[:place] + text[max(0, place - 10) :]
    return text


def raw_bytes(chance: random.Random, text: str) -> bytes:
    """Its bytes, now and then not in UTF-8."""
    told = text.encode("utf-8", "replace")
    if chance.random() < 0.1:
        place = chance.randrange(len(told) + 1)
        told = told[:place] + chance.randbytes(chance.randrange(1, 20)) + told[place:]
    return told


def request(chance: random.Random) -> tuple[str, str, dict[str, str], bytes | None]:
    """Method, target, headers and body of a request."""
    path = chance.choice(PATHS)
    if chance.random() < 0.3:
        path = "/" + quote(broken(chance, path.lstrip("/")), safe="/%")
    query = broken(chance, chance.choice(QUERIES))
    fields = {"query": query, "text": broken(chance, ARTICLE), "as-of": broken(chance, "2025-01-01")}
    fields |= {
        "default-graph-uri": broken(chance, "http://x/"),
        "token": "x",
        "update": query,
        "a": "KOR",
        "b": "JPN",
    }
    chosen = [name for name in fields if chance.random() < 0.3]
    form = "&".join(f"{quote_plus(name)}={quote_plus(fields[name], errors='replace')}" for name in chosen)
    method = chance.choice(["GET"] * 6 + ["POST"] * 6 + ["HEAD", "PUT", "OPTIONS", "DELETE"])
    target = f"{path}?{form}" if form and chance.random() < 0.6 else path
    headers = {"Accept": chance.choice(ACCEPTS), "Content-Type": chance.choice(MEDIA)}
    if chance.random() < 0.2:
        odd = (
            "Cookie",
            "Origin",
            "Authorization",
            "Sec-Fetch-Site",
            "Range",
            "If-None-Match",
            "X-Forwarded-Host",
        )
        headers[chance.choice(odd)] = (
            broken(chance, "x=1").replace("\n", "").replace("\r", "").replace("\0", "")
        )
    told = {name: value for name, value in headers.items() if value}
    if method != "POST":
        return method, target, told, None
    bodies = (
        form,
        query,
        '{"text": "' + fields["text"] + '"}',
        "--x\r\n" + form,
        "[" * chance.randrange(2000),
    )
    return method, target, told, raw_bytes(chance, chance.choice(bodies))


def send(port: int, chance: random.Random) -> int:
    """The status of a request; 0 where the connection ended instead."""
    method, target, headers, body = request(chance)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.putrequest(method, target, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name, value.encode("utf-8", "replace"))
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        reply = connection.getresponse()
        reply.read()
        return reply.status
    except (http.client.HTTPException, ValueError):
        return -1  # this client itself refuses to send or to read so odd a request
    except OSError:
        return 0
    finally:
        connection.close()


def raw(port: int, chance: random.Random) -> None:
    """Bytes that are hardly a request; any answer will do, as long as the server lives."""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 5) as line:
        line.settimeout(0.05)
        start = chance.choice(
            [b"GET / HTTP/1.1\r\n", b"POST /sparql HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", b""]
        )
        line.sendall(start + chance.randbytes(chance.randrange(200)) + chance.choice([b"", b"\r\n\r\n"]))
        line.recv(1000)


def fuzz(port: int, number: int, seed: int) -> Counter[int]:
    """The statuses of so many requests."""
    chance = random.Random(seed)  # noqa: S311 - the same requests each time
    found: Counter[int] = Counter()
    for n in range(number):
        state = chance.getstate()
        status = send(port, chance)
        found[status] += 1
        if status == 0 or (status >= 500 and status != 503):
            chance.setstate(state)
            print(f"{status}: {request(chance)!r}"[:1000])
        if n % 20 == 0:
            raw(port, chance)
    return found


def serve(folder: Path) -> tuple[subprocess.Popen[bytes], int]:
    """A server on a free port, with short limits."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "diplograph", "serve", "--store", folder, "--port", str(port)]
    process = subprocess.Popen([*command, "--timeout", "3", "--rate", "0"])
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), 1).close()
            return process, port
        time.sleep(0.1)
    raise SystemExit("the server did not start")


def schemathesis(port: int, examples: int) -> tuple[int, str]:
    """How schemathesis ends over the OpenAPI description, and its last words."""
    command = [
        str(Path(sys.executable).with_name("schemathesis")),
        "run",
        f"http://127.0.0.1:{port}/openapi.json",
    ]
    checks = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
    told = [
        *command,
        "--checks",
        checks,
        "-n",
        str(examples),
        "--seed",
        "1",
        "--no-color",
        "--request-timeout",
        "60",
    ]
    done = subprocess.run(told, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def main() -> None:
    """Make, serve, send, count."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--requests", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--examples", type=int, default=50)
    parser.add_argument("--write", action="store_true")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "kg"
        ingest = [sys.executable, "-m", "diplograph", "ingest", ROOT / "data" / "articles", "--store", folder]
        subprocess.run(ingest, check=True, capture_output=True)
        process, port = serve(folder)
        try:
            start = time.monotonic()
            found = fuzz(port, told.requests, told.seed)
            took = time.monotonic() - start
            ended, words = schemathesis(port, told.examples)
            alive = process.poll() is None and send(port, random.Random(0)) > 0  # noqa: S311
        finally:
            process.terminate()
            process.wait(30)
    wrong = sum(count for status, count in found.items() if status == 0 or (status >= 500 and status != 503))
    if ended:
        print(words[-6000:])
    last = words.strip().splitlines()[-1].strip("= ") if words.strip() else "no words"
    figures = {
        "fuzzed requests": f"{sum(found.values())} in {took:.0f} s",
        "statuses": ", ".join(f"{status}: {count}" for status, count in sorted(found.items())),
        "5xx beyond its limits, or no answer": str(wrong),
        "schemathesis": f"exit code {ended}; {last}",
        "alive afterwards": "yes" if alive else "no",
    }
    for name, value in figures.items():
        print(f"{name}: {value}")
    if told.write:
        (ROOT / "benchmarks" / "results" / "server-fuzz.md").write_text(written(figures, told))
    raise SystemExit(bool(wrong or ended or not alive))


def written(figures: dict[str, str], told: argparse.Namespace) -> str:
    """The figures as a page."""
    command = f"benchmarks/server_fuzz.py --requests {told.requests} --seed {told.seed}"
    where = f"{os.cpu_count()} cores, Python {platform.python_version()}"
    head = [
        "# Fuzzed requests",
        "",
        f"`{command} --examples {told.examples}`, {time.strftime('%Y-%m-%d')}, {where}.",
        "A status of -1 means that the client itself would not send or read so odd a request.",
        "",
        "| figure | value |",
        "|---|---|",
    ]
    return "\n".join([*head, *(f"| {name} | {value} |" for name, value in figures.items())]) + "\n"


if __name__ == "__main__":
    main()
