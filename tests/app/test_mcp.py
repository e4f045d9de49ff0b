"""The graph as tools for a language model: the protocol's rules, seven tools, and bad messages."""

from __future__ import annotations

import io
import json
import subprocess
import sys

import pytest

from diplograph.app import mcp, tools


def ask(folder, method, given=None, **fields):
    """The answer to one request."""
    message = {"jsonrpc": "2.0", "id": 1, "method": method, "params": given or {}, **fields}
    return mcp.answer(folder, json.dumps(message))


def called(folder, name, **arguments):
    """What a tool gives: whether it failed, and its values or words."""
    result = ask(folder, "tools/call", {"name": name, "arguments": arguments})["result"]
    return result["isError"], result.get("structuredContent", result["content"][0]["text"])


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [("2024-11-05", "2024-11-05"), ("2025-06-18", "2025-06-18"), ("1999-01-01", "2025-06-18")],
)
def test_versions_are_agreed_on(small_graph, asked, spoken):
    """The version asked for is spoken if it is known, else the newest that is."""
    told = ask(small_graph, "initialize", {"protocolVersion": asked})["result"]

    assert spoken == told["protocolVersion"]
    assert "tools" in told["capabilities"]
    assert "diplograph" == told["serverInfo"]["name"]


def test_tools_are_described(small_graph):
    """Every tool has a description and a schema that names its parameters, and says that it only reads."""
    listed = ask(small_graph, "tools/list")["result"]["tools"]

    assert list(tools.TOOLS) == [tool["name"] for tool in listed]
    for tool in listed:
        assert tool["description"]
        assert set(tool["inputSchema"]["required"]) <= set(tool["inputSchema"]["properties"])
        assert tool["annotations"]["readOnlyHint"]


def test_events_carry_quotes(small_graph):
    """Events come with their sentence and source, narrowed by states and days."""
    failed, told = called(small_graph, "events", states=["Korea", "JPN"], since="2024-01-01", limit=1)

    assert not failed
    assert 1 == len(told["rows"])
    assert told["total"] == 1 + told["left_out"]
    assert "Fumio Kishida arrived in Seoul" in told["rows"][0]["quote"]
    assert 0 == called(small_graph, "events", since="2025-01-01")[1]["total"]


def test_a_pair_tells_its_turn(small_graph):
    """Whose turn it is comes with the visits that it rests on."""
    _, told = called(small_graph, "pair", a="Korea", b="Japan")

    assert told["sentence"].startswith("It is South Korea’s turn")
    assert 1 == told["visits"]["total"]


def test_why_quotes(small_graph):
    """The words behind an event are those of the source, with their place in it."""
    event = called(small_graph, "events")[1]["rows"][0]["event"]
    _, told = called(small_graph, "why", event=event[:8])

    assert told["quotes"][0]["quote"].startswith("SEOUL, Sept. 6, 2024")
    assert "2024-09-06" == told["quotes"][0]["published"]


def test_questions_are_listed_and_asked(small_graph):
    """Questions are listed with what they take, and answered."""
    listed = {one["name"]: one["takes"] for one in called(small_graph, "ask")[1]["questions"]}
    _, told = called(small_graph, "ask", question="whose-turn", parameters={"a": "KOR", "b": "JPN"})

    assert {"a", "b"} <= set(listed["whose-turn"])
    assert "state:KOR" == told["rows"][0]["turn"]


def test_sparql_reads_only(small_graph):
    """A query is answered in a process of its own; one that would change something is refused."""
    assert (
        "state:KOR" == called(small_graph, "sparql", query="SELECT ?h { ?v dg:host ?h }")[1]["rows"][0]["h"]
    )

    failed, words = called(small_graph, "sparql", query="DROP ALL")
    assert failed
    assert "changes the graph" in words


def test_lookup_knows_the_day(small_graph):
    """Who held an office is told as of a day, with a source."""
    _, told = called(small_graph, "lookup", words="Prime Minister of Japan", on="2025-08-23")

    assert ["Shigeru Ishiba"] == [one["person"] for one in told["tenures"]]
    assert told["tenures"][0]["source"]


def test_a_text_is_read_and_not_kept(small_graph):
    """A text is read in the interchange format; the graph stays as it is."""
    before = called(small_graph, "events")[1]
    _, told = called(small_graph, "read", text="Macron met Meloni in Rome Tuesday.", published="2025-06-05")

    assert ["2025-06-03"] == [event["start"] for event in told["events"]]
    assert before == called(small_graph, "events")[1]


@pytest.mark.parametrize(
    ("name", "arguments", "words"),
    [
        ("pair", {"a": "Korea"}, "pair needs b"),
        ("pair", {"a": "Korea", "b": "Jpaan"}, "did you mean 'Japan'"),
        ("events", {"states": "Korea"}, "states is to be of type array"),
        ("events", {"colour": "red"}, "events does not take colour"),
        ("events", {"since": "yesterday"}, "Invalid isoformat"),
        ("why", {"event": "ffffffff"}, "which event begins with"),
        ("read", {"text": "   "}, "there is no text in it"),
    ],
    ids=str,
)
def test_wrong_questions_are_told_to_the_model(small_graph, name, arguments, words):
    """A question that cannot be answered is answered in words, so that a better one can follow."""
    failed, told = called(small_graph, name, **arguments)

    assert failed
    assert words in told


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{", -32700),
        ("[]", -32600),
        ('{"id": 1, "method": "ping"}', -32600),
        ('{"jsonrpc": "2.0", "id": 1, "method": "nothing"}', -32601),
        ('{"jsonrpc": "2.0", "id": 1, "method": null}', -32601),
        ('{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "drop"}}', -32602),
        ('{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": []}', None),
        ('{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": [1]}', -32602),
        ('{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"arguments": [1]}}', -32602),
        ("[" * 100_000, -32700),
        ('"' + "x" * 2_000_001, -32600),
    ],
    ids=lambda value: str(value)[:60],
)
def test_bad_messages_are_refused_in_the_protocol(small_graph, line, code):
    """Whatever comes in, an error of JSON-RPC goes out, and the conversation goes on."""
    reply = mcp.answer(small_graph, line)

    assert "2.0" == reply["jsonrpc"]
    assert code in (None, reply["error"]["code"])


def test_faults_of_ours_do_not_end_the_conversation(small_graph, monkeypatch):
    """A fault inside is an answer too."""
    monkeypatch.setattr(tools, "call", lambda *_: 1 / 0)

    assert -32603 == ask(small_graph, "tools/call", {"name": "events"})["error"]["code"]


def test_notices_are_not_answered(small_graph):
    """What has no id wants no answer; empty lines are passed over."""
    out = io.StringIO()
    notice = '{"jsonrpc": "2.0", "method": "notifications/initialized"}\n'
    ping = '{"jsonrpc": "2.0", "id": "a", "method": "ping"}\n'
    mcp.serve(small_graph, [notice, "\n", ping], out)

    assert [{"jsonrpc": "2.0", "id": "a", "result": {}}] == [json.loads(out.getvalue())]


def test_the_verb_speaks_it(small_graph):
    """The verb answers on standard output, a message on each line, and puts everything else on stderr."""
    lines = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion": "2025-06-18"}},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "events", "arguments": {}}},
    ]
    done = subprocess.run(
        [sys.executable, "-m", "diplograph", "mcp", "--store", small_graph],
        input="".join(json.dumps(line) + "\n" for line in lines).encode(),
        capture_output=True,
    )
    told = [json.loads(line) for line in done.stdout.decode().splitlines()]

    assert 0 == done.returncode, done.stderr
    assert [1, 2] == [one["id"] for one in told]
    assert "Fumio Kishida" in told[1]["result"]["content"][0]["text"]
    assert b"offering" in done.stderr
