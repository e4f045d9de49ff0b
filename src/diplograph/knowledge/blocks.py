"""Reads a Turtle file of the ontology block by block, and says where a block stands.

Takes a path; gives ``Block`` objects (subject, line, values by predicate) in the order of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from diplograph.errors import KnowledgeError
from diplograph.vocab import RDF

if TYPE_CHECKING:
    from pyoxigraph import Quad

TYPE = RDF + "type"


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """An object of a triple: its text, and its language if it is a literal in one."""

    text: str
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """All triples of one named subject in one file."""

    file: str
    line: int
    iri: str
    values: dict[str, tuple[Value, ...]]

    @property
    def slug(self) -> str:
        """The last step of the subject's address."""
        return self.iri.rsplit("/", 1)[1]

    def all(self, predicate: str, language: str | None = None) -> tuple[str, ...]:
        """The objects of a predicate, in the order of the file; with a language, only those in it."""
        found = self.values.get(predicate, ())
        return tuple(v.text for v in found if language is None or v.language in (language, None))

    def optional(self, predicate: str, language: str | None = None) -> str | None:
        """The only object of a predicate, or None.

        Raises:
            KnowledgeError: If there is more than one.
        """
        found = self.all(predicate, language)
        if len(found) > 1:
            raise self.error(f"{self.slug} has {len(found)} values of {predicate}; keep one")
        return found[0] if found else None

    def one(self, predicate: str, language: str | None = None) -> str:
        """The only object of a predicate.

        Raises:
            KnowledgeError: If there is none, or more than one.
        """
        found = self.optional(predicate, language)
        if found is None:
            raise self.error(f"{self.slug} has no {predicate}; add one")
        return found

    def error(self, found: str) -> KnowledgeError:
        """An error that names the file and line of this block."""
        return KnowledgeError(self.file, self.line, found)


def read(path: Path) -> tuple[Block, ...]:
    """The blocks of a Turtle file, without those of blank nodes.

    Raises:
        KnowledgeError: If the file is no UTF-8 or no Turtle; with the line.
    """
    text = _text(path)
    by_subject: dict[str, dict[str, list[Value]]] = {}
    for subject, predicate, value in _triples(path, text):
        by_subject.setdefault(subject, {}).setdefault(predicate, []).append(value)
    lines = _first_lines(text)
    return tuple(
        Block(
            file=str(path),
            line=lines.get(_local(iri), 1),
            iri=iri,
            values={predicate: tuple(objects) for predicate, objects in values.items()},
        )
        for iri, values in by_subject.items()
    )


def of_type(blocks: Iterable[Block], type_: str) -> tuple[Block, ...]:
    """The blocks that have a type, sorted by subject."""
    return tuple(sorted((b for b in blocks if type_ in b.all(TYPE)), key=lambda b: b.iri))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise KnowledgeError(str(path), line, "a byte that is no UTF-8; save the file as UTF-8") from error


def _triples(path: Path, text: str) -> Iterable[tuple[str, str, Value]]:
    from pyoxigraph import BlankNode, RdfFormat, parse

    try:
        # The parser is lazy: errors come while it is walked, so the walk stays inside the try.
        quads: list[Quad] = list(parse(text, format=RdfFormat.TURTLE))
    except SyntaxError as error:
        raise KnowledgeError(str(path), error.lineno or 1, f"no Turtle: {error.msg}") from error
    for quad in quads:
        if isinstance(quad.subject, BlankNode):
            continue
        yield _address(quad.subject), quad.predicate.value, _value(quad.object)


def _address(term: object) -> str:
    return str(getattr(term, "value", term))


def _value(term: object) -> Value:
    return Value(text=_address(term), language=getattr(term, "language", None))


def _local(iri: str) -> str:
    return re.split(r"[/#]", iri)[-1]


def _first_lines(text: str) -> dict[str, int]:
    """The line at which a subject of that local name begins; subjects begin in the first column."""
    lines: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        found = re.match(r"(?:<[^>]*[/#]([^>/#]+)>|[\w-]*:([\w.-]+))\s", line)
        if found:
            lines.setdefault(found[1] or found[2], number)
    return lines
