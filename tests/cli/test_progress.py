"""How far a command has come is shown on a terminal, and nowhere else."""

import json
import os
import re
import subprocess
import sys
import threading

import pytest

pty = pytest.importorskip("pty", reason="this system has no terminals of its own")


def run(arguments, output):
    """What a command shows on a terminal on stderr, with stdout going to a file."""
    leader, follower = pty.openpty()
    with output.open("w") as stdout:
        process = subprocess.Popen(
            [sys.executable, "-m", "diplograph", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=follower,
            env={**os.environ, "TERM": "xterm", "COLUMNS": "100"},
        )
    os.close(follower)
    shown = bytearray()

    def listen():
        while True:
            try:
                block = os.read(leader, 4096)
            except OSError:
                # The last one who could write has gone.
                return
            if not block:
                return
            shown.extend(block)

    listener = threading.Thread(target=listen)
    listener.start()
    code = process.wait(60)
    listener.join(10)
    os.close(leader)
    return code, re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", shown.decode())


def test_number_rate_and_remaining_time(articles, tmp_path):
    """On a terminal the number of documents, the rate and the remaining time are shown; data stay clean."""
    lines = "".join(
        json.dumps({"name": f"[b]{n}", "text": f"Rain fell {n} times."}) + "\n" for n in range(200)
    )
    (articles / "many.jsonl").write_text(lines)
    code, shown = run(["extract", str(articles)], tmp_path / "out")

    assert 0 == code
    assert re.search(r"\b\d+/202\b", shown)
    assert re.search(r"\d\.\d/s", shown)
    assert re.search(r"\d:\d\d:\d\d", shown)
    assert "[b]199" in shown
    assert 202 == len([json.loads(line) for line in (tmp_path / "out").read_text().splitlines()])


def test_silence_elsewhere(articles):
    """Where stderr is no terminal there are words only."""
    done = subprocess.run(
        [sys.executable, "-m", "diplograph", "extract", str(articles)], capture_output=True, text=True
    )

    assert "reading" not in done.stderr
    assert "\x1b" not in done.stderr + done.stdout
