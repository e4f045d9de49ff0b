"""What codes and texts of CAMEO and PLOVER are among our event types; read from ontology/vocab/.

``spellings()`` gives a row for each way in which a table may write a code: number, number without its leading
zero, text, PLOVER type with or without mode, and the names of our own types.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from diplograph import resources
from diplograph.knowledge import ontology
from diplograph.vocab import DG, SKOS

_EVENT_TYPE: Final = f"{DG}event-type/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One spelling of a code.

    Attributes:
        spelling: How a table writes it, in lower case.
        concept: Address of its concept.
        act: The PLOVER type: what rows must share to be one episode.
        type: One of the seven kinds.
        subtype: Subtype of ours, if there is one.
        guest: Which actor of a visit travels, ``actor`` or ``target``; empty for what is no visit.
        goldstein: The score of the code, if it has one.
    """

    spelling: str
    concept: str
    act: str
    type: str
    subtype: str | None = None
    guest: str = ""
    goldstein: float | None = None


@cache
def spellings() -> tuple[Code, ...]:
    """Every spelling, each once; a number before a text, CAMEO before PLOVER before our own names."""
    plover = _concepts(resources.path("ontology/vocab/plover.ttl"))
    found: dict[str, Code] = {}
    for code in (*_cameo(plover), *_plover(plover), *_own()):
        found.setdefault(code.spelling, code)
    return tuple(found.values())


def _cameo(plover: dict[str, dict[str, str]]) -> list[Code]:
    concepts = _concepts(resources.path("ontology/vocab/cameo.ttl"))
    numbers = {told[f"{SKOS}notation"] for told in concepts.values() if f"{SKOS}notation" in told}
    numbered, short, named = [], [], []
    for concept, told in sorted(concepts.items()):
        number = told.get(f"{SKOS}notation")
        if number is None:
            continue
        match = told[f"{SKOS}closeMatch"]
        score = float(told[f"{DG}goldstein"])
        numbered.append(_code(number, concept, match, plover, score))
        if number.startswith("0") and number[1:] not in numbers:
            # Spreadsheets lose the leading zero.
            short.append(_code(number[1:], concept, match, plover, score))
        named.append(_code(told[f"{SKOS}prefLabel"].casefold(), concept, match, plover, score))
    # "Consult" is a root and a code below it; the more exact one comes last and is meant.
    return [*numbered, *short, *reversed(named)]


def _plover(plover: dict[str, dict[str, str]]) -> list[Code]:
    return [
        _code(told[f"{SKOS}notation"].casefold(), concept, concept, plover, None)
        for concept, told in sorted(plover.items())
        if f"{SKOS}notation" in told
    ]


def _own() -> list[Code]:
    return [
        Code(
            spelling=term.id,
            concept=f"{_EVENT_TYPE}{term.id}",
            act=term.type.value,
            type=term.type.value,
            subtype=term.id if term.broader else None,
            guest="actor" if term.type.value == "visit" else "",
        )
        for term in ontology.event_types()
    ]


def _code(
    spelling: str, concept: str, match: str, plover: dict[str, dict[str, str]], score: float | None
) -> Code:
    kind = plover[match][f"{SKOS}broadMatch"].removeprefix(_EVENT_TYPE)
    term = next(term for term in ontology.event_types() if term.id == kind)
    return Code(
        spelling=spelling,
        concept=concept,
        act=match.rpartition("/")[2],
        type=term.type.value,
        subtype=term.id if term.broader else None,
        guest=plover[match].get(f"{DG}guestIs", ""),
        goldstein=score,
    )


def _concepts(path: Path) -> dict[str, dict[str, str]]:
    """Subject → property → value, of the concepts of a vocabulary."""
    from pyoxigraph import RdfFormat, parse

    found: dict[str, dict[str, str]] = {}
    for quad in parse(path=str(path), format=RdfFormat.TURTLE):
        found.setdefault(_value(quad.subject), {})[_value(quad.predicate)] = _value(quad.object)
    return {subject: told for subject, told in found.items() if f"{SKOS}inScheme" in told}


def _value(term: object) -> str:
    return str(getattr(term, "value", ""))
