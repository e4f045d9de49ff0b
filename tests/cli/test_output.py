"""What the command line prints."""

from __future__ import annotations

import csv
import io
import json

import pytest

from diplograph.cli.output import Format, cell, clean, show
from diplograph.errors import DiplographError
from diplograph.model import Status, TimeSpan

ROWS = [{"name": "Lee", "states": ["KOR", "JPN"], "share": 0.5, "none": None}]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain text", "plain text"),
        ("\x1b[2Jgone", "<1B>[2Jgone"),
        ("\x9b31m", "<9B>31m"),
        ("right\u202eto left", "right<202E>to left"),
        ("bell\x07", "bell<07>"),
        ("two\nlines", "two\nlines"),
        ("Łódź – “quoted”", "Łódź – “quoted”"),
    ],
)
def test_clean(text, shown):
    """Control and formatting characters are shown instead of obeyed."""
    assert shown == clean(text)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        (True, "yes"),
        (0.5, "0.50"),
        (["a", "b"], "a, b"),
        (Status.HELD, "held"),
        ({"a": 1, "b": None}, "a: 1"),
        (TimeSpan(start="2025-08"), "start: 2025-08"),
    ],
)
def test_cell(value, shown):
    """Every value has a form for people."""
    assert shown == cell(value)


def test_table_neutralises_hostile_text(capsys):
    """A table shows control characters and reads no markup."""
    show([{"title": "\x1b]0;owned\x07 [red]not red[/red]"}], ["title"], Format.TABLE)

    printed = capsys.readouterr().out
    assert "\x1b" not in printed
    assert "<1B>]0;owned<07> [red]not red[/red]" in printed


def test_json(capsys):
    """JSON holds the rows as they are."""
    show(ROWS, ["name"], Format.JSON)

    assert ROWS == json.loads(capsys.readouterr().out)


def test_jsonl(capsys):
    """JSON lines hold a row each."""
    show(ROWS * 2, ["name"], Format.JSONL)

    assert ROWS * 2 == [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_csv(capsys):
    """CSV holds the columns asked for, and no cell that a spreadsheet would run."""
    show([*ROWS, {"name": "=cmd()", "states": []}], ["name", "states"], Format.CSV)

    read = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert [["name", "states"], ["Lee", "KOR, JPN"], ["'=cmd()", ""]] == read


def test_no_turtle_for_tables():
    """A table has no Turtle form, and says so."""
    with pytest.raises(DiplographError, match="no Turtle form"):
        show(ROWS, ["name"], Format.TTL)


def test_empty_table_says_so(capsys):
    """No row is an answer, told beside the data."""
    show([], ["name"], Format.TABLE, empty="no event found")

    assert ("", "no event found\n") == capsys.readouterr()
