"""Broken, odd and hostile requests, some of them every day; all of them in ``benchmarks/server_fuzz.py``."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import jsonschema
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))

import server_fuzz


def test_fuzzed_requests(client, capsys):
    """No request is answered with 5xx beyond the server's own limits, and none kills it."""
    found = server_fuzz.fuzz(client.port, 100, seed=20261122)
    wrong = [status for status in found if status == 0 or (status >= 500 and status != 503)]

    assert [] == wrong, capsys.readouterr().out
    assert len(found) >= 5
    assert 200 == client.get("/openapi.json").status


def test_description_is_well_formed(client):
    """The description says of each address what comes back, and names each once."""
    told = json.loads(client.get("/openapi.json").text)
    asked = [one for path in told["paths"].values() for one in path.values()]

    assert "3.1.0" == told["openapi"]
    assert len({one["operationId"] for one in asked}) == len(asked) >= 15
    assert all(one["summary"] and one["responses"] for one in asked)


@pytest.mark.parametrize("path", ["/index.json", "/pair/{key}.json", "/questions.json"])
def test_twins_are_as_described(client, path):
    """What the twins give is what the description says of them."""
    described = json.loads(client.get("/openapi.json").text)["paths"][path]["get"]
    schema = described["responses"]["200"]["content"]["application/json"]["schema"]
    given = json.loads(client.get(path.replace("{key}", "KOR-JPN")).text)

    jsonschema.validate(given, schema)


def test_problems_are_as_described(client):
    """So is what is told instead."""
    described = json.loads(client.get("/openapi.json").text)["paths"]["/state/{key}.json"]["get"]
    reply = client.get("/state/Atlantis.json")
    schema = described["responses"][str(reply.status)]["content"][reply.headers["content-type"]]["schema"]

    jsonschema.validate(json.loads(reply.text), schema)


@pytest.mark.soak
@pytest.mark.skipif("DIPLOGRAPH_TEST_SOAK" not in os.environ, reason="slow; runs with `make soak`")
def test_schemathesis(client):
    """schemathesis finds nothing that is not as described; the longer run is in the benchmark."""
    pytest.importorskip("schemathesis", reason="schemathesis is not installed (extra dev)")
    ended, words = server_fuzz.schemathesis(client.port, 2)

    assert 0 == ended, words[-4000:]
