"""Help, versions, the doctor, and how wrong words are answered."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from diplograph.cli.verbs import GROUPS

VERBS = [name for members in GROUPS.values() for name in members]


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_helps(diplograph, verb):
    """Every verb tells what it does, with an example or a remark on its result."""
    done = diplograph(verb, "--help")

    assert 0 == done.code
    assert f"Usage: diplograph {verb}" in done.out


def test_root_lists_every_verb_in_full(diplograph):
    """The help of the root lists every verb, with a purpose that is not cut short."""
    done = diplograph("--help")

    assert set(VERBS) <= {
        line.split()[0] for line in done.out.splitlines() if line.startswith("  ") and line.split()
    }
    assert "..." not in done.out.split("COMMAND [ARGS]...")[1]


def test_wrong_verb(diplograph):
    """A wrong verb is a usage error that suggests a right one."""
    done = diplograph("docter")

    assert 2 == done.code
    assert "'doctor'" in done.err


def test_wrong_format(diplograph):
    """A wrong format is a usage error."""
    assert 2 == diplograph("doctor", "--format", "xml").code


def test_doctor(diplograph):
    """The doctor finds this installation complete."""
    done = diplograph("doctor", "--format", "json")

    assert 0 == done.code
    assert "missing" not in {row["state"] for row in json.loads(done.out)}


def test_help_is_quick():
    """Help imports none of the heavy libraries."""
    code = (
        "import sys\nfrom diplograph.cli.verbs import run\nrun(['--help'])\n"
        "heavy = {'rdflib', 'networkx', 'pyvis', 'owlready2', 'pyoxigraph', 'diplograph.knowledge'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "[]" == done.stderr.strip()
