"""Tables fit: at 80 columns words stay whole, at 40 rows stand line by line, and long ones go to a pager."""

from __future__ import annotations

import os
import struct
import subprocess
import sys

import pytest

from diplograph.cli.layout import laid_out, shared

pty = pytest.importorskip("pty", reason="this system has no terminals of its own")

HEADINGS = ["when", "what", "status", "citation", "event"]
ROWS = [
    [
        "2025-09-30/10-01",
        "Shigeru Ishiba and Lee Jae Myung met in Busan (shuttle diplomacy)",
        "held",
        "“Shigeru Ishiba arrived in Busan on Tuesday for a two-day visit …” 2025-09-30-ishiba-busan.md",
        "95224472b5",
    ],
    ["2025-08", "", "planned", "“In August he came to Tokyo.” a.md", "0444cda7c0"],
]


@pytest.mark.parametrize("width", [20, 40, 60, 80, 100, 160, 400])
def test_no_line_is_too_long(width):
    """Whatever the width, no line is longer, and nothing is lost."""
    text = laid_out(HEADINGS, ROWS, width)

    assert max(len(line.rstrip()) for line in text.splitlines()) <= width
    letters = "".join("".join(ROWS[0]).split())
    assert set(letters) <= set(text)


@pytest.mark.parametrize("width", [80, 100, 160])
def test_words_dates_and_ids_stay_whole(width):
    """Where words fit they are not broken, nor are dates and ids."""
    text = laid_out(HEADINGS, ROWS, width)

    for word in ("2025-09-30/10-01", "95224472b5", "diplomacy)", "Tuesday", "planned", "citation"):
        assert word in text


def test_narrow_rows_stand_line_by_line():
    """Where the words of a row do not fit beside each other, they stand below each other; empty ones not."""
    text = laid_out(HEADINGS, ROWS, 40)

    assert text.splitlines()[0] == "when      2025-09-30/10-01"
    assert 2 == len([line for line in text.splitlines() if line.startswith("event ")])
    assert 1 == len([line for line in text.splitlines() if line.startswith("what ")])


def test_room_goes_where_most_lines_are():
    """What is left over goes to the column that would have most lines, and to none that is full."""
    assert [5, 15] == shared([5, 5], [5, 100], 20)
    assert [5, 8] == shared([5, 5], [5, 8], 20)
    assert [10, 10] == shared([5, 5], [30, 30], 20)


def test_wide_letters_count_twice():
    """Letters that take two places are counted so."""
    text = laid_out(["name", "state"], [["李在明" * 8, "KOR"]], 30)

    assert all(len(line.rstrip()) + sum(ord(c) > 0x2E80 for c in line) <= 30 for line in text.splitlines())


OF_TERMINALS = ("LINES", "COLUMNS", "NO_COLOR", "PAGER", "LESS")
"""What the terminal of whoever runs the tests may have set."""


def on_terminal(words, *, lines, **environment):
    """What a command shows on a terminal of 80 columns and so many lines."""
    import fcntl
    import termios

    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", lines, 80, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-m", "diplograph", *words],
        stdin=follower,
        stdout=follower,
        stderr=subprocess.DEVNULL,
        env={
            **{k: v for k, v in os.environ.items() if k not in OF_TERMINALS},
            "TERM": "xterm",
            **environment,
        },
    )
    os.close(follower)
    shown = b""
    while True:
        try:
            block = os.read(leader, 4096)
        except OSError:
            break
        if not block:
            break
        shown += block
    os.close(leader)
    return process.wait(60), shown.decode()


@pytest.mark.parametrize(
    ("lines", "pager", "paged"),
    [(20, "sed s/^/PAGED:/", True), (500, "sed s/^/PAGED:/", False), (20, "cat", False)],
)
def test_long_tables_go_to_the_pager(lines, pager, paged):
    """A table that is longer than the terminal goes through the pager; a short one does not."""
    code, shown = on_terminal(["measure"], lines=lines, DIPLOGRAPH_PAGER=pager)

    assert 0 == code
    assert paged == ("PAGED:" in shown)
    assert "whose-turn" in shown


def test_colour_is_honoured():
    """Headings are set off on a terminal, and not where colours are unwanted."""
    plain = on_terminal(["measure"], lines=500, NO_COLOR="1")[1]

    assert "\x1b[1m" in on_terminal(["measure"], lines=500)[1]
    assert "\x1b" not in plain
