"""How the tests of the command line run it: in this process, as the shell would."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from diplograph.cli.verbs import run


@dataclass
class Done:
    """What a command left behind."""

    code: int
    out: str
    err: str


@pytest.fixture
def diplograph(capsys, tmp_path, monkeypatch):
    """Runs a command in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def command(*words):
        capsys.readouterr()
        code = run([str(word) for word in words])
        printed = capsys.readouterr()
        return Done(int(code), printed.out, printed.err)

    return command
