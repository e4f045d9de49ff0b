"""A watched folder gives each file once it is written to the end, and again when it has changed."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from itertools import islice

import pytest

from diplograph import store
from diplograph.errors import SourceError
from diplograph.sources.watching import watch

SUFFIXES = frozenset({".txt"})


def gather(folder, *acts):
    """What is given when one act happens between each two looks."""
    found, todo = [], list(acts)

    def sleep(_):
        if not todo:
            raise StopWatchingError
        todo.pop(0)()

    given = watch([folder], SUFFIXES, sleep=sleep)
    with suppress(StopWatchingError):
        while True:
            found.append([path.name for path in next(given)])
    return found


class StopWatchingError(Exception):
    """All acts are done."""


def put(folder, name, text):
    return lambda: (folder / name).write_text(text)


def nothing():
    """Time passes."""


def test_new_and_changed_files(tmp_path):
    """What is there, what comes and what changes is given, each once; other files are not."""
    put(tmp_path, "a.txt", "one")()
    acts = [nothing, put(tmp_path, "b.txt", "two"), put(tmp_path, "c.csv", "x"), nothing]
    acts += [put(tmp_path, "a.txt", "changed"), nothing, nothing, nothing]

    assert [["a.txt"], ["b.txt"], ["a.txt"]] == gather(tmp_path, *acts)


def test_a_file_that_is_being_written_waits(tmp_path):
    """A file that grows is not given before it rests."""
    acts = [put(tmp_path, "a.txt", "x" * n) for n in range(1, 6)]
    marks = []
    found = gather(tmp_path, *acts, lambda: marks.append("rested"), nothing, nothing)

    assert ([["a.txt"]], ["rested"]) == (found, marks)


def test_a_file_that_comes_back_is_new(tmp_path):
    """What was deleted is forgotten."""
    put(tmp_path, "a.txt", "one")()
    status = (tmp_path / "a.txt").stat()
    again = [put(tmp_path, "a.txt", "one"), lambda: os.utime(tmp_path / "a.txt", ns=(0, status.st_mtime_ns))]
    acts = [nothing, (tmp_path / "a.txt").unlink, nothing, *again, nothing, nothing]

    assert [["a.txt"], ["a.txt"]] == gather(tmp_path, *acts)


def test_a_folder_that_goes_away(tmp_path):
    """A folder that is not there for a while is no reason to stop."""
    folder = tmp_path / "in"
    folder.mkdir()
    put(folder, "a.txt", "one")()
    away = tmp_path / "away"
    acts = [nothing, lambda: folder.rename(away), nothing, lambda: away.rename(folder), nothing, nothing]

    assert [["a.txt"], ["a.txt"]] == gather(folder, *acts)


@pytest.mark.parametrize("given", ["-", "http://e.org/feed", "no/such/folder"])
def test_what_cannot_be_watched(given):
    """Standard input, addresses and folders that are not there are refused with words."""
    with pytest.raises(SourceError, match=r"cannot be watched|no such folder"):
        list(islice(watch([given], SUFFIXES), 1))


def wait_for(condition):
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end, "nothing happened for half a minute"
        time.sleep(0.05)


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_the_command_line_watches(tmp_path, articles, ending):
    """Articles dropped into a folder get into the graph, a bad one is told, and the end is orderly."""
    errors = tmp_path / "errors"
    command = [sys.executable, "-m", "diplograph", "ingest", str(articles), "--watch", "--interval", "0.05"]
    with (
        errors.open("w") as stream,
        subprocess.Popen([*command, "--store", str(tmp_path / "kg")], stderr=stream) as process,
    ):
        wait_for(lambda: "2 ingested" in errors.read_text())
        (articles / "empty.txt").write_bytes(b"")
        wait_for(lambda: "the file is empty" in errors.read_text())
        (articles / "new.txt").write_text("OSLO, May 3, 2024 -- It rained again.\n")
        wait_for(lambda: "1 ingested" in errors.read_text())
        process.send_signal(ending)
        assert 3 == process.wait(30)
    with store.open(tmp_path / "kg", read_only=True) as kept:
        assert 3 == len(kept.sources())
