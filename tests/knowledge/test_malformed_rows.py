"""A malformed row of data/ is refused with file and line, and nothing is half-loaded."""

import csv
import re
import time

import pytest

from diplograph.errors import KnowledgeError
from diplograph.knowledge import gazetteer as room
from diplograph.knowledge import reading
from diplograph.knowledge.checks import check

TENURE = "{id},x-y,X Y,,Y,given-first,{state},president,President,head-of-state,{start},{end},no,{source}\n"

BLANK = {
    "id": "KOR-president-2100-01-01",
    "state": "KOR",
    "start": "2100-01-01",
    "end": "",
    "source": "test,2026-01-31,",
}


def line(**cells):
    return TENURE.format(**(BLANK | cells))


@pytest.mark.parametrize(
    ("added", "says"),
    [
        (line(id="KOR-president-2025-06-04"), "occurs twice"),
        (line(state="QQQ"), "'QQQ'"),
        (line(start="2100-13-01"), "'2100-13-01' is no date"),
        (line(start="2100-02-30"), "day"),
        (line(end="2099-01-01"), "before it starts"),
        ("KOR-x,only,three\n", "3 cells"),
        (line(source=",2026-01-31,"), "'source' is empty"),
    ],
)
def test_bad_tenure_is_refused_with_file_and_line(folder, added, says):
    """The message names the file, the line and what was found there."""
    table = folder / "tenures.csv"
    count = len(table.read_text(encoding="utf-8").splitlines())
    with table.open("a", encoding="utf-8") as stream:
        stream.write(added)
    with pytest.raises(KnowledgeError, match=says) as refused:
        room.read(folder)
    assert (str(table), count + 1) == (refused.value.file, refused.value.line)


def test_missing_column_is_named(folder):
    """A table without one of its columns is refused."""
    table = folder / "series.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("aliases", "nicknames", 1), encoding="utf-8")
    with pytest.raises(KnowledgeError, match="'aliases'"):
        room.read(folder)


def test_missing_and_empty_files_are_refused(folder):
    """An empty table and a missing one are refused by name."""
    (folder / "places.csv").write_text("", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"places\.csv:1: the file is empty"):
        room.read(folder)
    (folder / "places.csv").unlink()
    with pytest.raises(KnowledgeError, match=r"places\.csv:1: cannot be read"):
        room.read(folder)


def test_check_finds_seeded_faults(folder):
    """A gap, an overlap and a missing end are each found."""
    table = folder / "tenures.csv"
    kept = [
        row
        for row in table.read_text(encoding="utf-8").splitlines(keepends=True)
        if "JPN-prime-minister-2021-10-04" not in row
    ]
    kept.append(line(id="FRA-president-2009", state="FRA", start="2009", end="2010"))
    kept.append(
        line(id="CAN-prime-minister-2016", state="CAN", start="2016").replace("president", "prime-minister")
    )
    table.write_text("".join(kept), encoding="utf-8")
    kinds = {(one.kind, one.about) for one in check(room.read(folder))}
    assert {("gap", "JPN"), ("overlap", "FRA president"), ("no end", "CAN prime-minister")} <= kinds


def least(action):
    """The least processor time of five runs, in seconds."""
    times = []
    for _ in range(5):
        begin = time.process_time()
        action()
        times.append(time.process_time() - begin)
    return min(times)


def test_reading_takes_little_time(folder):
    """All tables are read and checked in a few times what `csv` alone needs for them."""

    def plainly():
        for table in folder.glob("*.csv"):
            with table.open(encoding="utf-8", newline="") as lines:
                assert list(csv.DictReader(lines))

    assert least(lambda: room.read(folder)) < 5 * least(plainly)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("Prime Minister,,prime-minister,,", "must be written as it is compared: 'prime minister'"),
        ("premier,,,,", "means no office"),
        (",,premier,,", "column 'words' is empty"),
        ("premier,,premier,", "4 cells where the header names 5"),
    ],
)
def test_a_malformed_office_word_is_refused_with_its_line(tmp_path, row, message):
    """A row of offices.csv that means nothing, or that nobody could find, ends the reading."""
    table = tmp_path / "offices.csv"
    table.write_text(f"words,states,offices,role,home\npope,VAT,pope,,VAT\n{row}\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=re.escape(message)) as caught:
        reading.table(table, reading.office_words)
    assert 3 == caught.value.line


@pytest.mark.parametrize("cell", ["Burma", "Burma@1948", "@1948/1989", "Burma@48/1989", "Burma@1989/1948"])
def test_a_former_name_without_its_time_is_refused(folder, cell):
    """A name over time says from when to when, in whole or partial dates and in order."""
    table = folder / "states.csv"
    rows = table.read_text(encoding="utf-8").splitlines(keepends=True)
    at = next(n for n, row in enumerate(rows) if row.startswith("MMR,"))
    assert "Burma@1948-01-04/1989-06-18" in rows[at]
    rows[at] = rows[at].replace("Burma@1948-01-04/1989-06-18", cell)
    table.write_text("".join(rows), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=rf"states\.csv:{at + 1}: "):
        room.read(folder)
