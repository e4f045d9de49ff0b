#!/usr/bin/env python3
"""Runs the protocol part of the W3C's SPARQL 1.1 test suite against a server of ours.

usage: protocol_w3c.py FOLDER [--write]

The folder is ``sparql/sparql11/protocol`` of a checkout of https://github.com/w3c/rdf-tests, which is not
kept here. Each test is a row of requests with what is expected of each answer. Prints a line for each test;
``--write`` keeps them in ``benchmarks/results/protocol-w3c.md``.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from diplograph.store import open as store_of
from server import Served

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "results" / "protocol-w3c.md"
TOKEN = "a token of this run"  # noqa: S105 - of a server that lives for seconds
HT, CNT = "http://www.w3.org/2011/http#", "http://www.w3.org/2011/content#"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
UT = "http://www.w3.org/2009/sparql/tests/test-update#"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
FORMATS = {
    "boolean": ("application/sparql-results+json", "application/sparql-results+xml"),
    "tabular": ("application/sparql-results+json", "application/sparql-results+xml", "text/csv"),
    "RDF": ("text/turtle", "application/rdf+xml", "application/n-triples"),
}


class Tests:
    """The tests of a manifest.

    Args:
        folder: Where it lies.
    """

    def __init__(self, folder: Path) -> None:
        import rdflib

        self.folder = folder
        self.graph = rdflib.Graph().parse(folder / "manifest.ttl", publicID=folder.as_uri() + "/")
        self._node = rdflib.URIRef

    def value(self, node: Any, name: str) -> Any:
        """The value of a property."""
        return self.graph.value(node, self._node(name))

    def values(self, node: Any, name: str) -> list[Any]:
        """All values of a property."""
        return list(self.graph.objects(node, self._node(name)))

    def items(self, node: Any) -> list[Any]:
        """The members of a list."""
        return list(self.graph.items(node)) if node is not None else []

    def each(self) -> Iterator[Any]:
        """The tests, by name."""
        kind = self._node("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
        yield from sorted(self.graph.subjects(kind, self._node(f"{MF}ProtocolTest")))

    def graphs(self, test: Any) -> dict[str, str]:
        """The graphs that a test wants, as N-Triples by name."""
        found = {}
        for data in self.values(test, f"{UT}graphData"):
            file = self.folder / str(self.value(data, f"{UT}graph")).rpartition("/")[2]
            found[str(self.value(data, LABEL))] = file.read_text(encoding="utf-8")
        return found

    def requests(self, test: Any) -> list[Any]:
        """The requests of a test, in order."""
        return self.items(self.value(self.value(test, f"{MF}action"), f"{HT}requests"))


def send(port: int, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> tuple[Any, bytes]:
    """An answer and its body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(method, path, body, {"Authorization": f"Bearer {TOKEN}", **headers})
    answer = connection.getresponse()
    told = answer.read()
    connection.close()
    return answer, told


def update(port: int, text: str) -> None:
    """Prepare the graph."""
    answer, told = send(port, "POST", "/sparql", text.encode(), {"Content-Type": "application/sparql-update"})
    if answer.status != 204:
        raise SystemExit(f"the graph cannot be prepared: {answer.status} {told.decode()}")


def fault(tests: Tests, port: int, request: Any) -> str:
    """Sends a request; what is wrong with the answer, nothing if it is as expected."""
    content = tests.value(request, f"{HT}body")
    body = None
    if content is not None:
        body = str(tests.value(content, f"{CNT}chars")).encode(
            str(tests.value(content, f"{CNT}characterEncoding") or "UTF-8")
        )
    headers = {
        str(tests.value(h, f"{HT}fieldName")): str(tests.value(h, f"{HT}fieldValue"))
        for h in tests.items(tests.value(request, f"{HT}headers"))
    }
    method = str(tests.value(request, f"{HT}methodName"))
    path = quote(str(tests.value(request, f"{HT}absolutePath")), safe="/?&=%")
    answer, told = send(port, method, path, body, headers)
    expected = tests.value(request, f"{HT}resp")
    wanted = {str(status)[-3] for status in tests.values(expected, f"{MF}expectedStatus")}
    if str(answer.status)[0] not in wanted:
        return f"status {answer.status}: {told.decode(errors='replace').strip()[:120]}"
    return _format_fault(tests, expected, answer, told)


def _format_fault(tests: Tests, expected: Any, answer: Any, told: bytes) -> str:
    media = (answer.getheader("content-type") or "").partition(";")[0]
    form, truth = (tests.value(expected, f"{MF}{name}") for name in ("expectedFormat", "expectedBoolean"))
    if form is not None and media not in FORMATS[str(form)]:
        return f"media type {media}"
    if truth is not None and json.loads(told)["boolean"] is not truth.toPython():
        return f"it answers {told.decode()}"
    return ""


def run(tests: Tests, port: int) -> list[tuple[str, str]]:
    """Name and fault of each test."""
    found = []
    for test in tests.each():
        for name, text in tests.graphs(test).items():
            update(port, f"CLEAR SILENT GRAPH <{name}> ; INSERT DATA {{ GRAPH <{name}> {{ {text} }} }}")
        faults = [fault(tests, port, request) for request in tests.requests(test)]
        found.append((str(test).rpartition("#")[2], "; ".join(filter(None, faults))))
    return found


def main() -> None:
    """Run all tests and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true")
    told = parser.parse_args()
    os.environ["DIPLOGRAPH_UPDATE_TOKEN"] = TOKEN
    with tempfile.TemporaryDirectory() as name:
        store = Path(name) / "kg"
        # Empty, as the suite wants it: some of its updates clear everything, also what sources say.
        store_of(store).close()
        served = Served(store, 10, "--updates")
        try:
            found = run(Tests(told.folder.resolve()), served.port)
        finally:
            served.close()
    for test, wrong in found:
        print(f"{'FAILED' if wrong else 'passed'}  {test}  {wrong}".rstrip())
    passed = sum(not wrong for _, wrong in found)
    print(f"{passed} of {len(found)} passed")
    if told.write:
        rows = [f"| {test} | {wrong or 'passed'} |" for test, wrong in found]
        head = [
            "# The protocol part of the W3C's SPARQL 1.1 test suite",
            "",
            f"`benchmarks/protocol_w3c.py FOLDER`, {time.strftime('%Y-%m-%d')}: {passed} of {len(found)}.",
            "",
            "| test | result |",
            "|---|---|",
        ]
        RESULTS.write_text("\n".join([*head, *rows]) + "\n", encoding="utf-8")
    sys.exit(passed < len(found))


if __name__ == "__main__":
    main()
