"""What the ontology says, as frozen terms: event types with their cues, issues with their names, all terms.

Takes the Turtle of ontology/ (or of another folder); gives tuples sorted by id, read once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from diplograph import resources
from diplograph.errors import KnowledgeError
from diplograph.knowledge import blocks
from diplograph.knowledge.blocks import Block
from diplograph.model import EventType, first_day
from diplograph.vocab import DCTERMS, DG, ID, OWL, RDFS, SKOS

MODULES = ("core", "events", "issues", "provenance", "time")
_KINDS = {
    OWL + "Class": "class",
    OWL + "ObjectProperty": "object property",
    OWL + "DatatypeProperty": "datatype property",
    OWL + "AnnotationProperty": "annotation property",
}
_STATE = ID + "state/"
_CODES = (DG + "cameo", DG + "plover")


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTypeTerm:
    """An event type of ``ontology/vocab/event-types.ttl``.

    Attributes:
        id: Slug, such as ``state-visit``.
        type: The kind that it is or is under.
        broader: Slug of the type above; None for the seven kinds.
        label: What to call it.
        definition: One sentence.
        cues: Words that signal it, in the language asked for.
        plover: Nearest codes of the PLOVER codebook.
        cameo: Nearest codes of the CAMEO codebook.
        examples: Sentences that tell such an event.
        marks: Any other ``dg:`` literals of the block by local name, such as cues that need a grammar.
    """

    id: str
    type: EventType
    broader: str | None
    label: str
    definition: str
    cues: tuple[str, ...] = ()
    plover: tuple[str, ...] = ()
    cameo: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    marks: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueTerm:
    """An issue of ``ontology/vocab/issues.ttl``.

    Attributes:
        id: Neutral slug, such as ``liancourt-rocks-dispute``.
        label: Neutral name.
        definition: One sentence that takes no side.
        kind: ``historical``, ``territorial``, ``historical and territorial`` or ``agenda``.
        names: What parties and newspapers call it; with the label, what the reader looks for.
        parties: Ids of the states whose issue it is; empty for a general one.
        broader: Slug of the issue above.
        start: Partial ISO date from which it was an issue.
        end: Partial ISO date until which it was one; None if it lasts or is unknown.
    """

    id: str
    label: str
    definition: str
    kind: str
    names: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    broader: str | None = None
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A class or property that the ontology declares.

    Attributes:
        iri: Its address.
        name: Its local name, ``Visit``.
        kind: ``class``, ``object property``, ``datatype property`` or ``annotation property``.
        module: ``core``, ``events``, ``issues``, ``provenance`` or ``time``.
        label: What to call it.
        definition: One sentence.
        examples: How it is used.
        source: Where the notion comes from.
        above: Addresses of its super-terms.
    """

    iri: str
    name: str
    kind: str
    module: str
    label: str
    definition: str
    examples: tuple[str, ...]
    source: str
    above: tuple[str, ...] = ()


@cache
def event_types(language: str = "en", path: Path | None = None) -> tuple[EventTypeTerm, ...]:
    """The event types, sorted by id, with their cues in one language.

    Raises:
        KnowledgeError: If a block lacks what it needs; with file and line.
    """
    found = _concepts(path or resources.path("ontology/vocab/event-types.ttl"))
    return tuple(_event_type(block, found, language) for block in found.values())


@cache
def issues(language: str = "en", path: Path | None = None) -> tuple[IssueTerm, ...]:
    """The issues, sorted by id, with their names in one language.

    Raises:
        KnowledgeError: If a block lacks what it needs; with file and line.
    """
    found = _concepts(path or resources.path("ontology/vocab/issues.ttl"))
    return tuple(_issue(block, found, language) for block in found.values())


@cache
def terms() -> tuple[Term, ...]:
    """The classes and properties of the ontology's modules, sorted by address.

    Raises:
        KnowledgeError: If a block lacks what it needs; with file and line.
    """
    found = [term for module in MODULES for term in _terms_of(module)]
    return tuple(sorted(found, key=lambda term: term.iri))


def _concepts(path: Path) -> dict[str, Block]:
    concepts = blocks.of_type(blocks.read(path), SKOS + "Concept")
    if not concepts:
        raise KnowledgeError(str(path), 1, "no skos:Concept in this file; each block needs 'a skos:Concept'")
    return {block.slug: block for block in concepts}


def _event_type(block: Block, found: dict[str, Block], language: str) -> EventTypeTerm:
    return EventTypeTerm(
        id=block.slug,
        type=_kind(block, found),
        broader=_broader(block, found),
        label=block.one(SKOS + "prefLabel", language),
        definition=block.one(SKOS + "definition", language),
        cues=block.all(DG + "cue", language),
        plover=block.all(DG + "plover"),
        cameo=block.all(DG + "cameo"),
        examples=block.all(SKOS + "example", language),
        marks=_marks(block, language),
    )


def _marks(block: Block, language: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    others = sorted(p for p in block.values if p.startswith(DG) and p not in {*_CODES, DG + "cue"})
    return tuple((p.removeprefix(DG), block.all(p, language)) for p in others)


def _kind(block: Block, found: dict[str, Block]) -> EventType:
    above, seen = block, {block.slug}
    while (broader := _broader(above, found)) is not None:
        if broader in seen:
            raise block.error(f"{block.slug} is broader than itself; mend skos:broader")
        seen.add(broader)
        above = found[broader]
    if above.slug not in list(EventType):
        raise block.error(
            f"{block.slug} is under no kind; give it skos:broader, one of {', '.join(EventType)}"
        )
    return EventType(above.slug)


def _broader(block: Block, found: dict[str, Block]) -> str | None:
    broader = block.optional(SKOS + "broader")
    slug = broader.rsplit("/", 1)[1] if broader else None
    if slug is not None and slug not in found:
        raise block.error(f"{block.slug} is under {slug}, which is not in this file")
    return slug


def _issue(block: Block, found: dict[str, Block], language: str) -> IssueTerm:
    return IssueTerm(
        id=block.slug,
        label=block.one(SKOS + "prefLabel", language),
        definition=block.one(SKOS + "definition", language),
        kind=block.one(DG + "issueKind"),
        names=block.all(SKOS + "altLabel", language),
        parties=tuple(_party(block, iri) for iri in block.all(DG + "party")),
        broader=_broader(block, found),
        start=_date(block, DG + "startDate"),
        end=_date(block, DG + "endDate"),
    )


def _party(block: Block, iri: str) -> str:
    code = iri.removeprefix(_STATE)
    if not re.fullmatch(r"[A-Z]{3}", code):
        raise block.error(f"{block.slug} has the party {iri}; a party is state: and three capital letters")
    return code


def _date(block: Block, predicate: str) -> str | None:
    value = block.optional(predicate)
    if value is not None:
        try:
            first_day(value)
        except ValueError as error:
            raise block.error(f"{block.slug}: {error}") from error
    return value


def _terms_of(module: str) -> list[Term]:
    found = blocks.read(resources.path(f"ontology/{module}.ttl"))
    return [_term(block, module) for block in found if block.iri.startswith(DG) and _term_kind(block)]


def _term_kind(block: Block) -> str | None:
    return next((_KINDS[t] for t in block.all(blocks.TYPE) if t in _KINDS), None)


def _term(block: Block, module: str) -> Term:
    kind = _term_kind(block)
    assert kind is not None
    relation = "subClassOf" if kind == "class" else "subPropertyOf"
    return Term(
        iri=block.iri,
        name=block.iri.removeprefix(DG),
        kind=kind,
        module=module,
        label=block.one(RDFS + "label", "en"),
        definition=block.one(SKOS + "definition", "en"),
        examples=block.all(SKOS + "example"),
        source=block.one(DCTERMS + "source"),
        above=block.all(RDFS + relation),
    )
