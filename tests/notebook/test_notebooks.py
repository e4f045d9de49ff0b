"""The notebooks run from top to bottom, and the magic does what it says."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


class Shell:
    """As much of IPython as the magic needs."""

    def __init__(self, **variables):
        self.user_ns = variables
        self.magics = {}

    def register_magic_function(self, function, magic_kind, magic_name):
        """Keep the magic, as IPython does."""
        self.magics[magic_kind, magic_name] = function


@pytest.fixture
def shell(graph):
    """A shell with the magic and a graph."""
    import diplograph

    made = Shell(kg=graph)
    diplograph.load_ipython_extension(made)
    return made


QUERY = "SELECT ?host WHERE { ?event a dg:Visit ; dg:host ?host }"


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_runs(notebook, tmp_path):
    """The notebook runs from top to bottom without an error."""
    import nbformat
    from nbclient import NotebookClient

    with warnings.catch_warnings():
        # The kernel's own libraries warn about their future; that is theirs to settle.
        warnings.simplefilter("ignore")
        read = nbformat.read(notebook, as_version=4)
        NotebookClient(read, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute()

    kinds = [output.output_type for cell in read.cells for output in cell.get("outputs", [])]
    assert "error" not in kinds
    assert any(
        "srcdoc" in str(output.get("data", "")) for cell in read.cells for output in cell.get("outputs", [])
    )


def test_notebooks_have_question_and_answer():
    """Every notebook asks a question and answers it."""
    for notebook in NOTEBOOKS:
        text = notebook.read_text()
        assert "**Question.**" in text
        assert "**Answer.**" in text


def test_magic_gives_a_table(shell):
    """%%sparql answers the cell from the variable kg."""
    table = shell.magics["cell", "sparql"]("", QUERY)

    assert ["state:KOR"] == table.column("host")


def test_magic_puts_the_answer_into_a_variable(shell):
    """--to names the variable, --df makes a data frame of it."""
    shown = shell.magics["cell", "sparql"]("kg --to hosts --df", QUERY)

    assert shown is None
    assert ["state:KOR"] == list(shell.user_ns["hosts"]["host"])


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("nowhere", "neither a variable with a graph nor the folder"),
        ("--what", "write %%sparql"),
        ("--to 1x", "cannot be the name of a variable"),
    ],
)
def test_magic_refuses(shell, line, message):
    """Wrong words end in a message, not in the end of the kernel."""
    from diplograph.errors import QueryError

    with pytest.raises(QueryError, match=message):
        shell.magics["cell", "sparql"](line, QUERY)


def test_magic_is_typed_as_a_shell_knows_it():
    """IPython finds the door where it looks for it."""
    import diplograph

    assert callable(diplograph.load_ipython_extension)
