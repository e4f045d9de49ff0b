"""What persons decided, as evidence: a source of its own with the author's words.

Takes a ``Ruling``; gives its document and statements, and finds rulings again.
"""

from __future__ import annotations

from diplograph.consensus import Ruling, Verdict
from diplograph.graph.ntriples import TYPE, dg, label, line, node, text
from diplograph.graph.provenance import source_lines
from diplograph.graph.records import document_from
from diplograph.model import Document
from diplograph.store.engine import INDEX, Engine, first, local

MARK = text("ruling")
_WORDS = {Verdict.SAME: "are of one event", Verdict.APART: "are not of the event of"}


def ruling_document(ruling: Ruling) -> Document:
    """The document in which a person says what was decided."""
    one, other = ", ".join(ruling.one), ", ".join(ruling.other)
    if ruling.verdict is Verdict.SAME:
        told = f"The reports {one} and {other} are of one event."
    else:
        told = f"The reports {one} are not of the event of the reports {other}."
    words = " ".join(filter(None, (told, ruling.reason)))
    return Document(
        id=Document.digest(words, ruling.decided, ruling.author),
        name=f"ruling of {ruling.author}",
        text=words,
        raw=words.encode(),
        published=ruling.decided,
        publisher=ruling.author,
        title=f"{ruling.author}: reports that {_WORDS[ruling.verdict]}",
    )


def ruling_lines(ruling: Ruling) -> list[str]:
    """The statements of the graph of a ruling, sorted."""
    document = ruling_document(ruling)
    source = node("source", document.id)
    told = [
        (TYPE, dg("Ruling")),
        (dg("verdict"), text(ruling.verdict)),
        (dg("author"), label(ruling.author)),
        *((dg("ruledOn"), node("report", report)) for report in ruling.one),
        *((dg("ruledAgainst"), node("report", report)) for report in ruling.other),
    ]
    if ruling.reason:
        told.append((dg("reason"), text(ruling.reason)))
    lines = source_lines(document) + [line(source, predicate, value) for predicate, value in told]
    return sorted(set(lines))


def ruling_of(engine: Engine, source: str) -> Ruling | None:
    """The ruling that a source is; None if it is an ordinary one."""
    verdict = first(engine, source, "verdict", source)
    if verdict is None:
        return None
    document = document_from(first(engine, source, "record", source) or "{}", "")
    reports = {
        term: tuple(sorted(map(local, engine.values([source], term, source).get(source, ()))))
        for term in ("ruledOn", "ruledAgainst")
    }
    return Ruling(
        verdict=Verdict(verdict),
        one=reports["ruledOn"],
        other=reports["ruledAgainst"],
        author=document.publisher or "",
        reason=first(engine, source, "reason", source) or "",
        decided=document.published,
    )


def all_rulings(engine: Engine) -> list[Ruling]:
    """All rulings, found without the index."""
    found = (ruling_of(engine, told.graph) for told in engine.all("verdict", None))
    return [ruling for ruling in found if ruling]


def stored_rulings(engine: Engine) -> dict[str, Ruling]:
    """All rulings, by the id of their source."""
    sources = engine.subjects("filed", [MARK], INDEX).get(MARK, ())
    found = ((local(source), ruling_of(engine, source)) for source in sorted(sources))
    return {source: ruling for source, ruling in found if ruling}
