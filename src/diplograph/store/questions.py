"""Competency questions: asked by name, answered by a query of ontology/queries/.

Takes a store, a name and parameters; gives an ``Answer``. Values take the place of variables and never become
part of a query's text. A file begins with the question in English, then a line for each parameter::

    # Which visits did one state make to another?
    # param: guest State ISO3 code of the visitor, e.g. KOR
    # param: years Integer = 5 how many years back
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from diplograph import resources
from diplograph.errors import KnowledgeError, QueryError, UnknownPluginError
from diplograph.model import first_day
from diplograph.store.answers import Answer
from diplograph.vocab import DG, ID

if TYPE_CHECKING:
    from pyoxigraph import Literal, NamedNode

    from diplograph.store import Store

_PARAM = re.compile(r"# param: (?P<name>\w+) (?P<kind>[A-Z]\w+)(?: = (?P<default>\S+))?(?: (?P<text>.+))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """What a question must be told: name, kind of value, what it is, and its default if it has one."""

    name: str
    kind: str
    text: str
    default: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A competency question: its name, its English wording, its parameters and its query."""

    name: str
    text: str
    parameters: tuple[Parameter, ...]
    sparql: str


def questions(folder: Path | None = None) -> tuple[Question, ...]:
    """All questions of a folder, sorted by name.

    Raises:
        KnowledgeError: If a file does not begin with its question, or a parameter line is malformed.
    """
    return tuple(_loaded(folder).values())


def question(name: str) -> Question:
    """The question of a name.

    Raises:
        UnknownPluginError: If there is none; lists the names there are.
    """
    known = _loaded(None)
    if name not in known:
        raise UnknownPluginError("question", name, known)
    return known[name]


def ask(store: Store, name: str, parameters: Mapping[str, Any] | None = None, /, **more: Any) -> Answer:
    """The answer to a question.

    Args:
        store: The store that is asked.
        name: Name of the question.
        parameters: Values by parameter.
        more: The same, as keywords.

    Raises:
        UnknownPluginError: If there is no such question.
        QueryError: If a parameter is missing, unknown, or no value of its kind.
    """
    asked = question(name)
    values = bound(asked, {**(parameters or {}), **more})
    answer = store.query(asked.sparql, values)
    # What was asked with need not be answered with.
    shown = tuple(v for v in answer.variables if v not in values)
    rows = tuple({v: row[v] for v in shown if v in row} for row in answer.bindings)
    return Answer(variables=shown, bindings=rows)


def bound(asked: Question, given: Mapping[str, Any]) -> dict[str, NamedNode | Literal]:
    """The terms that take the place of a question's variables.

    Raises:
        QueryError: If a parameter is missing, unknown, or no value of its kind.
    """
    known = {parameter.name: parameter for parameter in asked.parameters}
    strange = sorted(set(given) - set(known))
    if strange:
        raise QueryError(f"{asked.name} has no parameter {strange[0]!r}; it has: {_listed(asked)}")
    terms = {}
    for parameter in asked.parameters:
        value = given.get(parameter.name, parameter.default)
        if value is None:
            raise QueryError(
                f"{asked.name} needs {parameter.name} ({parameter.text}); it has: {_listed(asked)}"
            )
        terms[parameter.name] = _term(asked, parameter, value)
    return terms


def _listed(asked: Question) -> str:
    return ", ".join(parameter.name for parameter in asked.parameters) or "none"


def _term(asked: Question, parameter: Parameter, value: Any) -> NamedNode | Literal:
    try:
        return _KINDS[parameter.kind](str(value).strip())
    except ValueError as fault:
        raise QueryError(
            f"{asked.name}: {value!r} is no {parameter.kind.lower()} for {parameter.name} "
            f"({parameter.text}): {fault}"
        ) from fault


def _instance(kind: str, pattern: str) -> Callable[[str], NamedNode]:
    def made(value: str) -> NamedNode:
        from pyoxigraph import NamedNode

        local = value.removeprefix(f"{ID}{kind}/").removeprefix(f"{kind}:").removeprefix(f"id:{kind}/")
        if not re.fullmatch(pattern, local):
            raise ValueError(f"expected {kind} such as {_EXAMPLES[kind]}")
        return NamedNode(f"{ID}{kind}/{local}")

    return made


def _moment(value: str) -> Literal:
    from pyoxigraph import Literal, NamedNode

    day = date.fromisoformat(value)
    return Literal(f"{day.isoformat()}T00:00:00Z", datatype=NamedNode(f"{_XSD}dateTime"))


def _day(value: str) -> Literal:
    from pyoxigraph import Literal

    first_day(value)
    return Literal(value)


def _number(value: str) -> Literal:
    from pyoxigraph import Literal

    return Literal(int(value))


def _words(value: str) -> Literal:
    from pyoxigraph import Literal

    if not value:
        raise ValueError("it is empty")
    return Literal(value)


def _concept(scheme: str) -> Callable[[str], NamedNode]:
    def made(value: str) -> NamedNode:
        from pyoxigraph import NamedNode

        if not re.fullmatch(r"[a-z-]+", value):
            raise ValueError(f"expected the slug of a concept of {scheme}")
        return NamedNode(f"{DG}{scheme}/{value}")

    return made


_XSD = "http://www.w3.org/2001/XMLSchema#"
_EXAMPLES = {
    "event": "the 32 digits that `diplograph ask` prints",
    "gathering": "g20-2025",
    "issue": "liancourt-rocks-dispute",
    "office": "KOR-president",
    "org": "apec",
    "person": "lee-jae-myung",
    "series": "g20",
    "state": "KOR",
}
_KINDS: Mapping[str, Callable[[str], NamedNode | Literal]] = {
    "Day": _day,
    "Event": _instance("event", r"[0-9a-f]{32}"),
    "Date": _moment,
    "Gathering": _instance("gathering", r"[a-z0-9-]+"),
    "Integer": _number,
    "Issue": _instance("issue", r"[a-z0-9-]+"),
    "Office": _instance("office", r"[A-Za-z]+-[a-z-]+"),
    "Organisation": _instance("org", r"[a-z0-9-]+"),
    "Person": _instance("person", r"[^\s/<>\"{}|^`\\]+"),
    "Series": _instance("series", r"[a-z0-9-]+"),
    "State": _instance("state", r"[A-Z]{3}"),
    "Status": _concept("status"),
    "Text": _words,
}


@cache
def _loaded(folder: Path | None) -> dict[str, Question]:
    found = sorted((folder or resources.path("ontology/queries")).glob("*.rq"))
    return {path.stem: _read(path) for path in found}


def _read(path: Path) -> Question:
    sparql = path.read_text(encoding="utf-8")
    lines = sparql.split("\n")
    if not re.fullmatch(r"# .+\?", lines[0]):
        raise KnowledgeError(str(path), 1, "begin with '# ' and the question in English, ending in '?'")
    parameters = []
    for number, line in enumerate(lines, 1):
        if not line.startswith("# param"):
            continue
        told = _PARAM.fullmatch(line)
        if not told or told["kind"] not in _KINDS:
            kinds = ", ".join(sorted(_KINDS))
            raise KnowledgeError(str(path), number, f"write '# param: name Kind what it is'; kinds: {kinds}")
        parameters.append(
            Parameter(name=told["name"], kind=told["kind"], text=told["text"] or "", default=told["default"])
        )
    return Question(name=path.stem, text=lines[0][2:], parameters=tuple(parameters), sparql=sparql)
