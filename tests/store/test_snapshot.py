"""Views of a store: one moment each, whatever the writer does."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))

from hardship import BACKGROUND, made

from diplograph import store
from diplograph.store import embedded, safeguard, snapshot
from diplograph.store.folder import open_folder

ARTICLES = tuple(made(6))


@pytest.fixture
def kept(tmp_path):
    """A writer at work, with half of the articles stored."""
    with store.open(tmp_path / "kg", background=BACKGROUND) as writer:
        for document, reports in ARTICLES[:3]:
            writer.add(document, reports)
        yield writer


def go_on(writer):
    for document, reports in ARTICLES[3:]:
        writer.add(document, reports)
    writer.infer()


def statements(folder):
    from pyoxigraph import Store

    return sorted(map(str, Store.read_only(str(folder))))


def test_a_view_stays_as_it_was_taken(kept, tmp_path):
    """What is written after a view was taken is not in it, whenever it is opened."""
    view = snapshot.take(tmp_path / "kg")
    before = statements(view)
    go_on(kept)

    assert before
    assert before == statements(view)


def test_a_long_change_that_is_cut_short_leaves_what_was_before(kept, tmp_path):
    """The copy that is put back after an interruption has nothing of the change that was under way."""
    path = tmp_path / "kg"
    before = statements(snapshot.take(path))
    # It is entered and never left, as when the writer is killed.
    safeguard.whole(kept.where).__enter__()
    go_on(kept)
    kept.close()
    safeguard.restore(path, under_way=True)

    assert before == statements(path / "graph")


def test_a_reader_knows_just_the_sources_of_its_view(kept, tmp_path):
    """A source that is noted while a reader opens counts as the view has it."""
    path = tmp_path / "kg"
    first, second = (document.id for document, _ in ARTICLES[:2])
    kept.ledger.begin({first: None, "0" * 64: kept.ledger.entries[second]})
    with open_folder(path, read_only=True, background=BACKGROUND) as reader:
        assert reader.has(first)
        assert not reader.has("0" * 64)
        assert () == reader.verify()


def test_the_journal_stays_short(tmp_path, monkeypatch):
    """A writer empties its journal now and then, and not each time: every reader reads all of it."""
    sizes, flushed = [], []
    real = embedded.EmbeddedEngine.flush
    monkeypatch.setattr(embedded.EmbeddedEngine, "flush", lambda e: (flushed.append(1), real(e)))
    for most in (60_000, 10**9):
        monkeypatch.setattr(embedded, "_JOURNAL", most)
        with store.open(tmp_path / str(most), background=BACKGROUND) as writer:
            for document, reports in ARTICLES:
                writer.add(document, reports)
            # The one of the highest number is written to.
            journal = max((tmp_path / str(most) / "graph").glob("*.log"))
            sizes.append(journal.stat().st_size)

    assert 2 * sizes[0] < sizes[1]
    # Two of them are of closing.
    assert 2 < len(flushed) < 2 + len(ARTICLES)


def test_logs_of_the_engine_do_not_gather(tmp_path):
    """However often a store is opened, its folder does not grow by that."""
    for _ in range(4):
        store.open(tmp_path / "kg", background=BACKGROUND).close()

    assert 1 >= len(list((tmp_path / "kg" / "graph").glob("LOG.old.*")))


def test_a_folder_without_a_database_gives_no_view(tmp_path):
    """What is no database is told, and leaves no empty view behind."""
    (tmp_path / "graph").mkdir()
    with pytest.raises(snapshot.Restless, match="files are missing"):
        snapshot.take(tmp_path)
    assert [] == list((tmp_path / snapshot.VIEWS).iterdir())
