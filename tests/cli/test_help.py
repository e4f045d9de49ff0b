"""Help is quick and true: purposes, examples, completion, and what is said to wrong words."""

from __future__ import annotations

import inspect
import os
import re
import resource
import shlex
import subprocess
import sys

import pytest
import typer

from diplograph.cli import words
from diplograph.cli.verbs import GROUPS, VERBS, application
from diplograph.errors import likely

FLAT = {name: verb for name, verb in VERBS.items() if not isinstance(verb.load(), typer.Typer)}


def cpu(*command):
    """User and system seconds of a process, the least of several."""
    spent = []
    for _ in range(7):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *command], capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(spent)


def test_help_costs_little_more_than_typer():
    """``--help`` takes at most half as long again as importing typer does."""
    assert cpu("-c", "from diplograph.cli import main; main(['--help'])") < 1.5 * cpu("-c", "import typer")


@pytest.mark.parametrize("name", VERBS)
def test_purposes_are_those_of_the_verbs(name):
    """The list of verbs says of each what its own help says first."""
    verb = VERBS[name].load()
    told = verb.info.help if isinstance(verb, typer.Typer) else inspect.getdoc(verb)

    assert told.startswith(VERBS[name].purpose.rstrip("."))


@pytest.mark.parametrize("name", FLAT)
def test_examples_can_be_typed(name):
    """Every verb has an example, whose words the verb understands."""
    found = re.search(r"Example: (diplograph [^\n]+)", inspect.getdoc(FLAT[name].load()))
    typed = shlex.split(found[1].partition(" > ")[0])
    command = typer.main.get_command(application())
    context = command.make_context("diplograph", typed[1:])
    verb = command.get_command(context, typed[1])
    assert name == typed[1]

    made = verb.make_context(name, typed[2:], parent=context)

    assert not made.args


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_can_be_installed(shell):
    """The script that makes a shell complete verbs is printed for the usual shells."""
    done = subprocess.run(
        [sys.executable, "-m", "diplograph", "--show-completion", shell],
        capture_output=True,
        text=True,
        env={**os.environ, "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"},
    )

    assert 0 == done.returncode, done.stderr
    assert "_DIPLOGRAPH_COMPLETE" in done.stdout


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("diplograph shut", ["shuttle"]),
        ("diplograph shuttle --win", ["--window"]),
        ("diplograph dossier KO", ["KOR"]),
        ("diplograph dossier Jap", ["Japan"]),
        ("diplograph ask whose", ["whose-turn"]),
        ("diplograph measure trav", ["travellers"]),
        ("diplograph view netw", ["network"]),
        ("diplograph extract --extractor ru", ["rules"]),
    ],
)
def test_words_are_completed(typed, offered):
    """Verbs, options, states, questions, measures and pictures are completed as bash asks for them."""
    typed_words = typed.split(" ")
    done = subprocess.run(
        [sys.executable, "-c", "from diplograph.cli import main; main()"],
        capture_output=True,
        text=True,
        env={
            **os.environ,
            "_DIPLOGRAPH_COMPLETE": "complete_bash",
            "COMP_WORDS": typed,
            "COMP_CWORD": str(len(typed_words) - 1),
        },
    )

    assert offered == done.stdout.split()


def test_states_are_offered_by_code_and_name():
    """A state is offered by its code; by its name too, if that is one word."""
    assert ("JPN", "Japan") in list(words.states("jp"))
    assert ("Japan", "JPN") in list(words.states("jap"))
    assert ("KOR", "South Korea") in list(words.states("South K"))
    assert ("rules,rules", "diplograph") in list(words.extractors("rules,ru"))


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (["docter"], "Did you mean 'doctor'"),
        (["timeline", "--stroe", "x"], "--store"),
        (["ask", "whose-trun"], "did you mean 'whose-turn'?"),
        (["measure", "ballance"], "did you mean 'balance'?"),
        (["view", "nteowrk"], "did you mean 'network'?"),
        (["extract", "x", "--extractor", "rulse"], "did you mean 'rules'?"),
        (["balance", "Koera", "Japan"], "did you mean 'Korea' or"),
        (["timeline", "--store", "gk"], "there is no graph at gk; there is one here: --store kg"),
        (["why", "00000000"], "which event begins with '00000000'? none; `diplograph timeline` lists them"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_words_are_answered_with_right_ones(diplograph, small_graph, tmp_path, typed, message):
    """Whoever mistypes a verb, an option, a name or a place is told what was probably meant."""
    (tmp_path / "kg").symlink_to(small_graph)
    done = diplograph(*typed)

    assert done.code in (1, 2)
    assert message in " ".join(done.err.split())


def test_a_query_that_finds_nothing_tells_why(diplograph, small_graph):
    """A query whose terms are spelled wrongly is answered with no row, and with the right ones."""
    done = diplograph("query", "SELECT ?g { ?v dg:gest ?g }", "--store", small_graph)

    assert 0 == done.code
    assert "dg:gest is no term of the graph; did you mean 'guest'" in done.err


def test_no_graph_at_all(diplograph):
    """Where there is no graph the next step is told."""
    done = diplograph("timeline")

    assert 1 == done.code
    assert "make one with `diplograph ingest FILES`" in done.err


def test_likely():
    """Words that are written alike are suggested; where none is, all are listed."""
    assert "; did you mean 'Japan'?" == likely("japn", ["Japan", "Korea"])
    assert "; there are: a, b" == likely("xyz", ["b", "a"])
    assert "" == likely("xyz", ["b", "a"], listed=False)


def test_every_verb_that_answers_takes_a_format():
    """``--format`` is everywhere, but where a page, a folder or a server is made."""
    made = {"gazetteer", "init", "view", "serve", "mcp"}
    without = {name for name, verb in FLAT.items() if "form" not in inspect.signature(verb.load()).parameters}

    assert without <= made
    assert {"Read", "Keep", "Ask", "Measure", "Show", "The house"} == set(GROUPS)
