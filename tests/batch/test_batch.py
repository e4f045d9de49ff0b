"""Many documents at once: the same lines as one at a time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import warnings
from importlib.util import find_spec
from pathlib import Path

import pytest

from diplograph.batch import lines, read_folder
from diplograph.errors import MissingExtraError, SourceError, StoreError

spark = pytest.mark.skipif(
    "DIPLOGRAPH_TEST_SPARK" not in os.environ, reason="starts Spark; run it with `make test-spark`"
)


def test_a_partition_gives_the_lines_of_extract(articles):
    """A partition's lines are those that ``diplograph extract`` prints."""
    printed = subprocess.run(
        [sys.executable, "-m", "diplograph", "extract", articles], capture_output=True, text=True, check=True
    ).stdout

    assert printed.splitlines() == [line.text for line in lines([str(articles)])]


def test_a_partition_keeps_the_rest(articles):
    """A bad document is told, and the others are read."""
    (articles / "empty.txt").write_text("")
    found = list(lines(sorted(map(str, articles.iterdir()))))

    assert ["empty.txt"] == [Path(line.failure.split(":")[0]).name for line in found if line.failure]
    assert 2 == sum(bool(line.text) for line in found)


def test_nothing_to_read(tmp_path):
    """A folder without documents is refused in words."""
    with pytest.raises(SourceError, match="holds no document"):
        read_folder(tmp_path, tmp_path / "out")


def test_output_is_not_overwritten(articles, tmp_path):
    """What is there already is not written over."""
    (tmp_path / "out").mkdir()
    with pytest.raises(StoreError, match="there already"):
        read_folder(articles, tmp_path / "out")


@pytest.mark.skipif(find_spec("pyspark") is not None, reason="pyspark is installed")
def test_without_spark(articles, tmp_path):
    """Without pyspark the message says which extra brings it."""
    with pytest.raises(MissingExtraError, match=r"diplograph\[spark\]"):
        read_folder(articles, tmp_path / "out")


@spark
def test_spark_gives_the_same_lines(articles, tmp_path):
    """Spark writes the lines of a partition, in the order of the files, and tells of a bad one."""
    (articles / "empty.txt").write_text("")
    with warnings.catch_warnings():
        # Spark's own libraries warn about their future; that is theirs to settle.
        warnings.simplefilter("ignore")
        done = read_folder(articles, tmp_path / "out", master="local[2]")
    parts = sorted((tmp_path / "out").glob("part-*"))
    written = [line for part in parts for line in part.read_text().splitlines()]

    assert (2, 1) == (done.documents, len(done.failures))
    assert [line.text for line in lines(sorted(map(str, articles.iterdir()))) if line.text] == written
    assert done.events == sum(len(json.loads(line)["events"]) for line in written)
