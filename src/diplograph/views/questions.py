"""The pages of questions: competency questions as forms, their SPARQL, and answers that lead into the pages.

Takes a ``World``, questions and an answer; gives a ``Sheet``. Also the page of SPARQL itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlencode

from diplograph.analysis import wording
from diplograph.store.answers import Answer
from diplograph.store.questions import Question
from diplograph.views import clean
from diplograph.views.cards import Part
from diplograph.views.world import Sheet, World
from diplograph.vocab import ID, PREFIXES, prologue

_HASH: Final = re.compile(r"[0-9a-f]{32,64}")
MOST: Final = 500
"""Rows of an answer that are shown; the page says how many it left out."""

# Which page an address of the graph has.
_PAGES: Final[Mapping[str, str]] = {
    "event": "event",
    "gathering": "gathering",
    "issue": "issue",
    "person": "leader",
    "source": "source",
    "state": "state",
    "topic": "issue",
}
EXAMPLES: Final[tuple[tuple[str, str], ...]] = (
    (
        "Visits by host",
        """SELECT ?host (COUNT(?visit) AS ?visits) WHERE {
  ?visit a dg:Visit ; dg:status status:held ; dg:host ?host .
} GROUP BY ?host ORDER BY DESC(?visits)""",
    ),
    (
        "The last ten meetings",
        """SELECT ?meeting ?what ?when WHERE {
  ?meeting a dg:Meeting ; rdfs:label ?what ; dg:edtf ?when .
} ORDER BY DESC(?when) LIMIT 10""",
    ),
    (
        "Sentences that tell of visits to Japan",
        """SELECT ?visit ?quote WHERE {
  ?visit a dg:Visit ; dg:host state:JPN .
  ?report dg:denotes ?visit .
  GRAPH ?source {
    ?report dg:evidence ?words .
    ?words dg:supports "event" ; oa:hasSelector/oa:exact ?quote
  }
} LIMIT 20""",
    ),
)


def listing(given: World, questions: Sequence[Question]) -> Sheet:
    """All questions, each as a form with its query."""
    return Sheet(
        kind="questions",
        template="questions.html",
        title="Questions",
        sentence=f"{wording.count(len(questions), 'question')} that the graph answers, each with its query.",
        values={"questions": [_form(one, {}, given) for one in questions], "states": _states(given)},
        facts={
            "questions": [
                {
                    "name": one.name,
                    "question": one.text,
                    "parameters": [
                        {"name": p.name, "kind": p.kind, "default": p.default, "about": p.text}
                        for p in one.parameters
                    ],
                    "sparql": one.sparql,
                }
                for one in questions
            ]
        },
    )


def answered(
    given: World, asked: Question, values: Mapping[str, str], answer: Answer | None, problem: str = ""
) -> Sheet:
    """One question with its form, and its answer if it was asked."""
    sentence = asked.text
    if answer is not None:
        sentence = f"{asked.text} {wording.count(len(answer), 'row').capitalize()}."
    return Sheet(
        kind="questions",
        key=asked.name,
        template="question.html",
        title=asked.name.replace("-", " ").capitalize(),
        sentence=sentence,
        values={
            "form": _form(asked, values, given),
            "states": _states(given),
            "answer": table(answer, given) if answer is not None else None,
            "problem": clean.plain(problem),
        },
        facts={
            "question": asked.text,
            "parameters": dict(values),
            "answer": answer.to_json() if answer is not None else None,
        },
    )


def sparql(given: World, query: str = "", answer: Answer | None = None, problem: str = "") -> Sheet:
    """The page of SPARQL: an editor with the prefixes, examples, and the answer as a table."""
    told = "Ask the graph in SPARQL; the prefixes below need not be declared."
    if answer is not None:
        told = f"{wording.count(len(answer), 'row').capitalize()} answer the query."
    return Sheet(
        kind="sparql",
        template="sparql.html",
        title="SPARQL",
        sentence=(problem and "The query was not answered.") or told,
        values={
            "query": clean.plain(query) or EXAMPLES[0][1],
            "prefixes": prologue(),
            "examples": [(label, text, _asking(text, given)) for label, text in EXAMPLES],
            "answer": table(answer, given) if answer is not None else None,
            "downloads": _downloads(query) if answer is not None and given.ways.served else [],
            "problem": clean.plain(problem),
        },
        facts={"prefixes": dict(PREFIXES), "examples": [{"about": a, "sparql": q} for a, q in EXAMPLES]},
    )


def _asking(query: str, given: World) -> str | None:
    return f"/sparql?{urlencode({'query': query})}" if given.ways.served else None


def _downloads(query: str) -> list[tuple[str, str]]:
    return [
        (form.upper(), f"/sparql?{urlencode({'query': query, 'format': form})}")
        for form in ("csv", "tsv", "json", "xml")
    ]


def _states(given: World) -> list[tuple[str, str]]:
    return sorted((given.name(code), code) for code in given.names)


def _form(one: Question, values: Mapping[str, str], given: World) -> Mapping[str, Any]:
    command = " ".join(
        ["diplograph ask", one.name, *(f"{p.name}={p.default or '…'}" for p in one.parameters)]
    )
    return {
        "name": one.name,
        "text": one.text,
        "sparql": one.sparql,
        "href": given.ways.to("questions", one.name),
        "command": command,
        "fields": [
            {
                "name": p.name,
                "kind": p.kind,
                "text": p.text or p.name,
                "value": clean.plain(values.get(p.name) or p.default),
                "required": p.default is None,
            }
            for p in one.parameters
        ],
    }


def table(answer: Answer, given: World) -> Mapping[str, Any]:
    """The rows of an answer, each cell with the page it leads to."""
    rows = [[cell(row.get(name), given) for name in answer.variables] for row in answer.bindings[:MOST]]
    heads = [clean.plain(name.replace("_", " ")) for name in answer.variables]
    return {"heads": heads, "rows": rows, "left_out": max(0, len(answer) - MOST)}


def cell(term: Mapping[str, Any] | None, given: World) -> Part:
    """A term of an answer: a name instead of an address where there is one."""
    if term is None:
        return Part(text="")
    value = str(term.get("value", ""))
    if term.get("type") != "uri":
        return Part(text=clean.plain(value))
    if value.startswith(ID):
        kind, _, key = value.removeprefix(ID).partition("/")
        text = given.name(key) if kind == "state" else key
        # The beginning of an id tells as much as all of it, and finds it on the command line too.
        text = f"{kind} {key[:10]}" if _HASH.fullmatch(key) else text
        return Part(text=clean.short(text, 60), kind=_PAGES.get(kind, ""), key=key)
    short = next((f"{p}:{value.removeprefix(a)}" for p, a in _prefixes() if value.startswith(a)), value)
    return Part(text=clean.short(short, 80))


def _prefixes() -> list[tuple[str, str]]:
    # The longest first: what is in id:state/ is a state, not something in id:.
    return sorted(PREFIXES.items(), key=lambda item: (-len(item[1]), item[0]))
