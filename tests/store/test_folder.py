"""A store on disk: layout, lock, ledger, and what is noticed at opening."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys

import pytest

from diplograph import store
from diplograph.errors import StoreError
from diplograph.store.ledger import Entry, Ledger
from made_reports import BACKGROUND, shuttle_history

HISTORY = shuttle_history()

WRITER = """
import sys, time
sys.path.insert(0, sys.argv[2])
from made_reports import BACKGROUND, shuttle_history
from diplograph import store
kept = store.open(sys.argv[1], background=BACKGROUND)
for document, reports in shuttle_history():
    kept.add(document, reports)
    print(document.id, flush=True)
print("ready", flush=True)
time.sleep(60)
"""


@pytest.fixture
def folder(tmp_path):
    """A folder with a filled store."""
    path = tmp_path / "kg"
    with store.open(path, background=BACKGROUND) as kept:
        for document, reports in HISTORY:
            kept.add(document, reports)
        kept.infer()
    return path


def unseal(path):
    """As a writer leaves it that was killed."""
    (path / "seal.json").unlink()


def writer(root, path):
    command = [sys.executable, "-c", WRITER, str(path), str(root / "tests")]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_a_store_is_found_again(folder):
    """What was stored is there after closing, for a writer and for a reader, with nothing amiss."""
    for read_only in (False, True):
        with store.open(folder, read_only=read_only, background=BACKGROUND) as kept:
            assert len(HISTORY) == len(kept.sources())
            assert () == kept.verify()


def test_a_second_writer_is_told_who_holds_the_store(folder):
    """The one who comes second learns the process that writes, and may read."""
    with store.open(folder, background=BACKGROUND):
        with pytest.raises(StoreError, match=f"process {os.getpid()}"):
            store.open(folder)
        with store.open(folder, read_only=True) as reader:
            assert len(HISTORY) == len(reader.sources())


def test_a_reader_does_not_write(folder):
    """A store that is open for reading refuses every change."""
    with store.open(folder, read_only=True, background=BACKGROUND) as kept:
        for change in (lambda: kept.add(*HISTORY[0]), kept.infer, kept.rebuild, lambda: kept.drop("x")):
            with pytest.raises(StoreError, match="reading only"):
                change()


def test_a_killed_writer_leaves_a_whole_store(root, tmp_path):
    """After kill -9 the lock is free, and every document that was reported stored is there."""
    path = tmp_path / "kg"
    process = writer(root, path)
    acknowledged = [process.stdout.readline().strip() for _ in range(3)]
    process.send_signal(signal.SIGKILL)
    process.communicate()
    with store.open(path, background=BACKGROUND) as kept:
        assert set(acknowledged) <= set(kept.sources())
        assert () == kept.verify()
        for document, reports in HISTORY:
            kept.add(document, reports)
        kept.infer()
        again = kept.export("nq")
    with store.open(background=BACKGROUND) as fresh:
        for document, reports in HISTORY:
            fresh.add(document, reports)
        fresh.infer()
        assert fresh.export("nq") == again


def test_two_hash_seeds_give_the_same_bytes(root):
    """All formats are the same under two seeds of Python's hash, in two processes."""
    script = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from made_reports import BACKGROUND, shuttle_history\n"
        "from diplograph import store\n"
        "kept = store.open(background=BACKGROUND)\n"
        "[kept.add(d, r) for d, r in shuttle_history()]\n"
        "kept.infer()\n"
        "from diplograph.store.export import FORMATS\n"
        "sys.stdout.buffer.write(''.join(kept.export(f) for f in FORMATS).encode())\n"
    )
    command = [sys.executable, "-c", script, str(root / "tests")]
    runs = [
        subprocess.run(
            command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    ]

    assert runs[0] == runs[1]
    assert len(runs[0]) > 10_000


def test_an_interrupted_change_is_settled_at_opening(folder):
    """A change that was begun and never made is forgotten; one that was made and not noted is noted."""
    ledger = folder / "ledger.jsonl"
    lines = ledger.read_text().splitlines()
    made = json.loads(lines[-1])
    ledger.write_text("\n".join([*lines[:-1], json.dumps(["begin", "f" * 64, 3, "0"]), '["end", "ab']))
    with store.open(folder, background=BACKGROUND) as kept:
        assert made[1] in kept.sources()
        assert () == kept.verify()
        kept.drop(made[1])
    with store.open(folder, read_only=True) as kept:
        assert made[1] not in kept.sources()


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (lambda p: (p / "layout.json").write_text('{"layout": 99}'), "layout 99.*newer"),
        (lambda p: (p / "layout.json").write_text("{"), "cannot be read"),
        (lambda p: (p / "layout.json").unlink(), "no store of diplograph"),
        (lambda p: shutil.rmtree(p / "graph"), "the database cannot be read"),
        (lambda p: (p / "graph" / "CURRENT").write_text("nonsense"), "graph/CURRENT is not as it was"),
        (lambda p: (unseal(p), shutil.rmtree(p / "graph")), "is missing|cannot be opened"),
        (lambda p: (unseal(p), (p / "graph" / "CURRENT").write_text("nonsense")), "cannot be opened"),
        (lambda p: (p / "ledger.jsonl").unlink(), "not in the ledger"),
        (lambda p: (p / "ledger.jsonl").write_text("nonsense\n"), "ledger is damaged"),
    ],
)
@pytest.mark.parametrize("read_only", [False, True])
def test_a_damaged_store_is_refused_in_words(folder, harm, words, read_only):
    """Whatever is broken, opening says what, and does not go on as if nothing were."""
    harm(folder)
    with pytest.raises(StoreError, match=words):
        store.open(folder, read_only=read_only)


def test_a_source_that_lost_statements_is_noticed(folder):
    """The count of each source is compared at opening."""
    import pyoxigraph

    database = pyoxigraph.Store(str(folder / "graph"))
    source = f"https://w3id.org/diplograph/id/source/{HISTORY[0][0].id}"
    graph = pyoxigraph.NamedNode(source)
    database.remove(next(database.quads_for_pattern(None, None, None, graph)))
    database.flush()
    del database
    unseal(folder)
    with pytest.raises(StoreError, match="statements instead of"):
        store.open(folder)


def test_a_statement_that_was_exchanged_is_found(folder):
    """Counts agree, but the digest does not: reading everything finds it."""
    import pyoxigraph

    database = pyoxigraph.Store(str(folder / "graph"))
    graph = pyoxigraph.NamedNode(f"https://w3id.org/diplograph/id/source/{HISTORY[0][0].id}")
    quad = next(database.quads_for_pattern(None, None, None, graph))
    database.remove(quad)
    database.add(pyoxigraph.Quad(quad.subject, quad.predicate, pyoxigraph.Literal("x"), graph))
    database.flush()
    del database
    unseal(folder)
    with store.open(folder, background=BACKGROUND) as kept:
        assert (f"source {HISTORY[0][0].id} is not as it was stored",) == kept.verify()


@pytest.mark.parametrize("read_only", [False, True])
def test_what_is_no_folder_of_ours_is_refused(tmp_path, read_only):
    """A file, and a folder with other things in it, are left alone."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="is a file"):
        store.open(tmp_path / "file", read_only=read_only)
    with pytest.raises(StoreError, match="no store of diplograph"):
        store.open(tmp_path, read_only=read_only)


def test_reading_what_is_not_there(tmp_path):
    """A store that does not exist is not made by reading it."""
    with pytest.raises(StoreError, match="there is no store"):
        store.open(tmp_path / "none", read_only=True)
    assert not (tmp_path / "none").exists()


def test_the_ledger_remembers(tmp_path):
    """What was begun and ended is known again, what was dropped is not, half a line is ignored."""
    path = tmp_path / "ledger.jsonl"
    ledger = Ledger(path)
    entry = Entry(quads=3, digest="d")
    ledger.begin({"a": entry, "b": entry})
    ledger.end(["a", "b"])
    ledger.begin({"b": None})
    ledger.end(["b"])
    ledger.begin({"c": entry})
    with path.open("a") as stream:
        stream.write('["end", "c')
    again = Ledger(path)

    assert ({"a": entry}, {"c": entry}) == (again.entries, again.pending)
    again.end(["c"])
    assert {"a": entry, "c": entry} == Ledger(path).entries
