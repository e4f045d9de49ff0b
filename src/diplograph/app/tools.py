"""What a language model may ask of a graph: seven tools that only read, each answer with its quotes.

``TOOLS`` is the table of them; ``call`` takes a name, arguments and the folder of a graph; gives plain
values. How they travel is ``mcp``'s affair.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from diplograph.errors import QueryError, UnknownPluginError

if TYPE_CHECKING:
    from diplograph.display import Table
    from diplograph.kg import KnowledgeGraph

MOST: Final = 200
"""Rows of an answer; a model that needs more asks more narrowly."""
USUAL: Final = 40

Given = Mapping[str, Any]
Told = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """One thing that can be asked.

    Attributes:
        name: Its name.
        about: What it gives, and when to use it.
        takes: Parameter → its JSON Schema.
        needs: The parameters that must be given.
        answer: Takes the folder of the graph and the arguments; gives plain values.
    """

    name: str
    about: str
    takes: Mapping[str, Mapping[str, Any]]
    needs: tuple[str, ...] = ()
    answer: Callable[[Path, Given], Told]


def call(name: str, given: Given, folder: Path) -> Told:
    """What a tool answers.

    Raises:
        UnknownPluginError: If there is no such tool.
        QueryError: If an argument is missing, unknown, or of the wrong kind.
        DiplographError: If the question cannot be answered.
    """
    if name not in TOOLS:
        raise UnknownPluginError("tool", name, TOOLS)
    tool = TOOLS[name]
    if absent := [one for one in tool.needs if given.get(one) in (None, "", [])]:
        raise QueryError(f"{name} needs {', '.join(absent)}")
    if unknown := sorted(set(given) - set(tool.takes)):
        raise QueryError(f"{name} does not take {', '.join(unknown)}; it takes {', '.join(tool.takes)}")
    for one, value in given.items():
        if not isinstance(value, _KINDS[tool.takes[one]["type"]]):
            raise QueryError(f"{name}: {one} is to be of type {tool.takes[one]['type']}, not {value!r}")
    return tool.answer(folder, given)


_KINDS: Final[Mapping[str, type]] = {"string": str, "array": list, "integer": int, "object": dict}


def _open(folder: Path) -> KnowledgeGraph:
    """The graph as it is now; it is opened anew for each question, as others may write to it."""
    from diplograph import kg

    return kg.open(folder, read_only=True)


def _rows(table: Table, given: Given) -> Told:
    limit = min(int(given.get("limit", USUAL)), MOST)
    rows = [dict(row) for _, row in zip(range(limit), table, strict=False)]
    left = len(table) - len(rows)
    return {"rows": rows, "total": len(table)} | ({"left_out": left} if left else {})


def _events(folder: Path, given: Given) -> Told:
    from diplograph import record
    from diplograph.analysis.scope import Scope

    first, last = (date.fromisoformat(d) if (d := given.get(k)) else None for k in ("since", "until"))
    with _open(folder) as kg:
        seen = Scope(since=first, until=last).narrow(kg.facts(*given.get("states", ()))).events
        return _rows(record.of_events(seen, *record.evidence(kg.store), kg.names), given)


def _pair(folder: Path, given: Given) -> Told:
    with _open(folder) as kg:
        pair = kg.pair(given["a"], given["b"])
        return {
            "sentence": pair.whose_turn().sentence,
            "as_of": str(kg.as_of() or ""),
            "legs": [dict(row) for row in pair.shuttle()],
            "balance": dict(pair.balance()[0]),
            "visits": _rows(pair.visits(), given),
        }


def _why(folder: Path, given: Given) -> Told:
    with _open(folder) as kg:
        found = kg.why(given["event"], given.get("property"))
    return {
        "quotes": [
            {
                "quote": one.quote,
                "source": one.source_name,
                "published": one.published.isoformat() if one.published else None,
                "attribution": one.attribution,
                "characters": [one.start, one.end],
                "tells": one.field,
                "stance": one.stance,
                "rule": one.rule,
            }
            for one in found[:MOST]
        ]
    }


def _ask(folder: Path, given: Given) -> Told:
    from diplograph.store import questions

    if not given.get("question"):
        return {
            "questions": [
                {"name": one.name, "question": one.text, "takes": {p.name: p.text for p in one.parameters}}
                for one in questions.questions()
            ]
        }
    with _open(folder) as kg:
        return _rows(kg.ask(given["question"], **given.get("parameters", {})), given)


def _sparql(folder: Path, given: Given) -> Told:
    from diplograph import record
    from diplograph.app.once import Question

    return _rows(record.of_answer(Question(folder=folder, query=given["query"]).answer()), given)


def _lookup(_folder: Path, given: Given) -> Told:
    from diplograph.knowledge import asking, gazetteer

    known, words = gazetteer.load(), " ".join(given["words"].split())
    on = date.fromisoformat(given["on"]) if given.get("on") else None
    people = [tenure for person in known.people_named(words) for tenure in known.tenures_of(person, on)]
    held = dict.fromkeys([*people, *asking.ask(known, words, on).tenures])
    return {
        "states": [{"code": one.id, "name": one.name} for one in asking.polities(known, words, on)],
        "tenures": [
            {
                "person": one.name,
                "slug": one.person,
                "office": one.title,
                "state": one.state,
                "from": one.start,
                "to": one.end,
                "source": one.source,
            }
            for one in held
        ][:MOST],
    }


def _read(_folder: Path, given: Given) -> Told:
    from diplograph import pipeline
    from diplograph.model.interchange import to_line
    from diplograph.sources import Draft, SourceFailure

    day = date.fromisoformat(given["published"]) if given.get("published") else None
    draft = Draft(name="text", text=given["text"], raw=given["text"].encode())
    told = pipeline.Task(extractor=pipeline.own_extractor(), published=day)(draft)
    if isinstance(told, SourceFailure):
        raise QueryError(str(told.reason))
    return to_line(told.document, told.reports or ())


_TEXT: Final = {"type": "string"}
_LIMIT: Final = {
    "type": "integer",
    "description": f"Rows of the answer, {USUAL} unless told, {MOST} at most.",
}
_STATE: Final = {"type": "string", "description": "A state: its name or code, such as Korea or KOR."}
_DAY: Final = {"type": "string", "description": "A day, as 2026-01-09."}

TOOLS: Final[Mapping[str, Tool]] = {
    tool.name: tool
    for tool in (
        Tool(
            name="events",
            about="Visits, meetings, calls, agreements and tensions in order of time, each with the sentence "
            "that tells it and its source. Dates are EDTF: 2025-08 is a month of which no day is known.",
            takes={
                "states": {
                    "type": "array",
                    "items": {"type": "string"},
                    "description": "Only events that involve all of these states, by name or code.",
                },
                "since": _DAY,
                "until": _DAY,
                "limit": _LIMIT,
            },
            answer=_events,
        ),
        Tool(
            name="pair",
            about="Two states: whose turn it is to travel, the legs of their shuttles with turn-arounds, how "
            "many visits went either way, and the visits with quotes.",
            takes={"a": _STATE, "b": _STATE, "limit": _LIMIT},
            needs=("a", "b"),
            answer=_pair,
        ),
        Tool(
            name="why",
            about="The exact words of the sources behind an event or one of its facts, with who said them; "
            "stance tells whether they speak for or against what the graph holds.",
            takes={
                "event": {"type": "string", "description": "Id of an event, or its beginning."},
                "property": {
                    "type": "string",
                    "description": "A fact of it: place, guest, host, status, when …",
                },
            },
            needs=("event",),
            answer=_why,
        ),
        Tool(
            name="ask",
            about="A competency question by its name, with parameters; without a name, the list of them.",
            takes={
                "question": {"type": "string", "description": "Its name, such as whose-turn."},
                "parameters": {"type": "object", "description": "Its parameters, such as a: KOR, b: JPN."},
                "limit": _LIMIT,
            },
            answer=_ask,
        ),
        Tool(
            name="sparql",
            about="A SPARQL query that only reads. A plain query sees the consensus, GRAPH the evidence. "
            "Prefixes such as dg:, state: and event: need no declaration; visits are dg:Visit with dg:guest, "
            "dg:host, dg:status and dg:edtf.",
            takes={"query": _TEXT, "limit": _LIMIT},
            needs=("query",),
            answer=_sparql,
        ),
        Tool(
            name="lookup",
            about="Who is meant by a name, or who held an office, on a day: from the gazetteer, not from the "
            "sources of the graph.",
            takes={
                "words": {"type": "string", "description": "A name, or an office: Prime Minister of Japan."},
                "on": _DAY,
            },
            needs=("words",),
            answer=_lookup,
        ),
        Tool(
            name="read",
            about="What a text tells, read by rules: events with participants, place, time and evidence. "
            "Nothing is stored.",
            takes={"text": _TEXT, "published": _DAY},
            needs=("text",),
            answer=_read,
        ),
    )
}
