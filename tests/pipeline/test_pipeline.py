"""The whole journey of documents, with a reader made for the test."""

from __future__ import annotations

import json
import random
import re
from datetime import date

import pytest

from diplograph import pipeline, store
from diplograph.errors import SourceError, StoreError
from diplograph.model import EventType, Evidence, Facts, Report, Status, TimeSpan
from made_reports import BACKGROUND, LEE, NARA

SENTENCE = re.compile(r"([A-Z]{3}) (visits|meets) ([A-Z]{3})(?: on (\S+))?( \(planned\))?\.")


def extractor(document):
    """Reads sentences such as 'KOR visits JPN on 2026-01-13.'"""
    if "unreadable" in document.text:
        raise SourceError("this text is unreadable")
    found = []
    for match in SENTENCE.finditer(document.text):
        guest, verb, host, when, planned = match.groups()
        visit = verb == "visits"
        facts = Facts(
            type=EventType.VISIT if visit else EventType.MEETING,
            status=Status.PLANNED if planned else Status.HELD,
            states=(guest, host),
            host=host if visit else None,
            guests=(guest,) if visit else (),
            participants=(LEE,) if guest == "KOR" else (),
            place=NARA if host == "JPN" else None,
            when=TimeSpan.parse(when or ""),
        )
        spans = (Evidence(start=match.start(), end=match.end(), field="event", quote=match[0]),)
        found.append(
            Report(
                id=Report.digest(document.id, facts, spans),
                source=document.id,
                published=document.published,
                facts=facts,
                evidence=spans,
            )
        )
    return tuple(found)


TEXTS = {
    "a.md": ("2026-01-09", "KOR visits JPN on 2026-01-13 (planned)."),
    "b.md": ("2026-01-14", "KOR visits JPN on 2026-01-13. KOR meets JPN on 2026-01-13."),
    "c.md": ("2026-02-01", "KOR visits JPN on 2026-01. JPN visits KOR on 2026-01-30."),
    "d.md": ("2026-02-02", "CHN meets JPN on 2026-02-01."),
}


@pytest.fixture
def articles(tmp_path):
    """A folder of articles."""
    for name, (day, text) in TEXTS.items():
        (tmp_path / name).write_text(f"---\npublished: {day}\n---\n{text}\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def kept():
    """An empty store."""
    with store.open(background=BACKGROUND) as made:
        yield made


def ingest(kept, *inputs, **options):
    return pipeline.ingest(kept, inputs, extractor=extractor, **options)


def test_documents_become_events(kept, articles):
    """Four articles that tell six things make four events."""
    result = ingest(kept, articles)

    assert (4, 0, (), 6, 4) == (
        len(result.ingested),
        len(result.unchanged),
        result.failed,
        result.reports,
        result.events,
    )


def test_ingesting_twice_changes_nothing(kept, articles):
    """The second time everything is known, and the graph keeps its bytes."""
    first = ingest(kept, articles)
    before = kept.export("nq")
    second = ingest(kept, articles)

    assert (first.ingested, ()) == (second.unchanged, second.ingested)
    assert before == kept.export("nq")


def test_order_and_batches_do_not_matter(kept, articles):
    """All at once, one by one, in any order, and rebuilt: the same bytes."""
    ingest(kept, articles)
    expected = kept.export("trig")
    for seed in range(4):
        paths = sorted(articles.glob("*.md"))
        random.Random(seed).shuffle(paths)
        with store.open(background=BACKGROUND) as other:
            for path in paths:
                ingest(other, path)
            assert expected == other.export("trig")
            pipeline.rebuild(other)
            assert expected == other.export("trig")


def test_one_bad_document_does_not_stop_the_rest(kept, articles):
    """Missing, binary, empty and unreadable documents are listed with their reasons; the rest is kept."""
    (articles / "empty.txt").write_bytes(b"")
    (articles / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (articles / "e.md").write_text("this is unreadable", encoding="utf-8")
    result = ingest(kept, articles, articles / "missing.txt")

    assert 4 == len(result.ingested)
    assert ["binary.txt", "e.md", "empty.txt", "missing.txt"] == sorted(
        f.name.rpartition("/")[2] for f in result.failed
    )
    assert all(failure.reason for failure in result.failed)


def test_a_text_without_events_is_kept(kept):
    """A document that tells no event is a source all the same."""
    result = ingest(kept, text="Nothing happened today.", published=date(2026, 1, 1))

    assert (1, 0, 0) == (len(result.ingested), result.reports, result.events)


def test_a_text_is_taken_as_it_is(kept):
    """An article can be given as text with its date."""
    result = ingest(kept, text="KOR visits JPN on 2026-01-13.", published=date(2026, 1, 14))
    (event,) = kept.events()

    assert date(2026, 1, 14) == event.history[0].published
    assert result.ingested == kept.sources()


@pytest.mark.parametrize("corrected_first", [False, True])
def test_a_corrected_article_replaces_the_older(kept, tmp_path, corrected_first):
    """Of two versions under one name, the one published later stays, whichever comes first."""
    path = tmp_path / "a.md"
    texts = [
        "---\npublished: 2026-01-14\n---\nKOR visits JPN on 2026-01-13. More words follow here.\n",
        "---\npublished: 2026-01-15\n---\nKOR visits JPN on 2026-01-12. More words follow here.\n",
    ]
    results = []
    for text in reversed(texts) if corrected_first else texts:
        path.write_text(text, encoding="utf-8")
        results.append(ingest(kept, path))

    assert ["2026-01-12"] == [event.facts.when.edtf for event in kept.events()]
    assert 1 == len(kept.sources())
    assert (((str(path),), ()) if corrected_first else ((), results[0].ingested)) == (
        results[1].older,
        results[1].replaced,
    )


def test_another_article_under_the_same_name_is_kept(kept, tmp_path):
    """A file that is overwritten by a wholly different article does not take the first one's place."""
    path = tmp_path / "article.txt"
    for text in ("KOR visits JPN on 2026-01-13.", "Beijing reports that CHN meets RUS on 2026-01-20."):
        path.write_text(text, encoding="utf-8")
        ingest(kept, path, published=date(2026, 1, 21))

    assert 2 == len(kept.sources())


def test_one_address_is_one_article(kept, tmp_path):
    """A page that changed is the same page, however much of it changed."""
    path = tmp_path / "pages.jsonl"
    rows = [
        {"text": "KOR visits JPN on 2026-01-13.", "published": "2026-01-14", "url": "https://example.org/1"},
        {
            "text": "Correction: CHN meets JPN on 2026-01-12.",
            "published": "2026-01-15",
            "url": "https://example.org/1",
        },
    ]
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    result = ingest(kept, path)

    assert (2, 1, 1) == (len(result.ingested), len(result.replaced), len(kept.sources()))


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_one_text_in_two_places_is_one_source(kept, tmp_path, order):
    """The same document under two names is stored once, under the name that sorts first."""
    paths = [tmp_path / "one.txt", tmp_path / "two.txt"]
    for path in paths:
        path.write_text("KOR visits JPN on 2026-01-13.", encoding="utf-8")
    for n in order:
        ingest(kept, paths[n])
    (source,) = kept.sources()

    assert str(paths[0]) == kept.document(source).name


@pytest.mark.parametrize("called", ["id", "start of id", "name", "end of name"])
def test_a_source_is_retracted(kept, articles, called):
    """What only it supported goes, what others support stays; it is found by id or name."""
    ingest(kept, articles)
    path = articles / "d.md"
    (source,) = kept.sources_named(str(path))
    name = {"id": source, "start of id": source[:12], "name": str(path), "end of name": "d.md"}[called]

    assert (source,) == pipeline.retract(kept, name)
    assert "state/CHN" not in kept.export("nq")
    path.unlink()
    with store.open(background=BACKGROUND) as other:
        ingest(other, articles)
        assert other.export("nq") == kept.export("nq")


def test_retracting_what_is_not_there(kept):
    """A source that is not stored is named."""
    with pytest.raises(StoreError, match=r"no source 'nothing\.txt'"):
        pipeline.retract(kept, "nothing.txt")


def test_retracting_what_fits_several(kept, tmp_path):
    """Of several sources that end alike none goes; they are listed."""
    for n, folder in enumerate(("one", "two")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(f"KOR visits JPN on 2026-01-1{n}.", encoding="utf-8")
        ingest(kept, tmp_path / folder / "a.txt")
    with pytest.raises(StoreError, match=r"'a\.txt' fits 2 sources: .*one/a\.txt.*two/a\.txt"):
        pipeline.retract(kept, "a.txt")
    assert 2 == len(kept.sources())


def test_progress_is_told(kept, articles):
    """Every document is reported once, in order."""
    names = []
    ingest(kept, articles, on_progress=names.append)

    assert sorted(str(path) for path in articles.glob("*.md")) == names


def test_several_processes_give_the_same(kept, articles):
    """Reading in two processes, with diplograph's own reader, ends in the same bytes as in one."""
    one = pipeline.ingest(kept, [articles])
    with store.open(background=BACKGROUND) as other:
        two = pipeline.ingest(other, [articles], jobs=2)
        assert kept.export("nq") == other.export("nq")
    assert one == two
