"""Wheel and sdist: they carry the ontology and the data, and work outside the checkout.

Every Python, every extra and the oldest dependencies are tried by ``benchmarks/packaging.py``.
"""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ARTICLE = (
    "SEOUL, Sept. 6, 2024 -- Japanese Prime Minister Fumio Kishida arrived in Seoul on Friday "
    "for a two-day visit.\n"
)


def built(kind, folder):
    command = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", folder]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next(path for path in folder.iterdir() if path.name.startswith("diplograph-"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built from the checkout without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    return built("wheel", folder)


@pytest.fixture(scope="module")
def sdist(tmp_path_factory):
    """The names in the sdist, without the folder that all lie in."""
    with tarfile.open(built("sdist", tmp_path_factory.mktemp("sdist"))) as archive:
        return {name.partition("/")[2] for name in archive.getnames()}


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """A fresh environment that has the wheel and sees our libraries, but not the checkout."""
    folder = tmp_path_factory.mktemp("fresh") / "venv"
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    paths = sysconfig.get_paths(vars={"base": str(folder), "platbase": str(folder)})
    site = Path(paths["purelib"])
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "--python",
            python,
            "install",
            "--quiet",
            "--no-deps",
            "--no-index",
            wheel,
        ],
        check=True,
        capture_output=True,
    )
    # A plain path line adds the folder without running the .pth files in it: the checkout stays out.
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python


def run(command, folder, **options):
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, **options)


def test_wheel_carries_ontology_and_data(wheel):
    """Everything in ontology/ and data/ lies in the wheel."""
    packed = {name.removeprefix("diplograph/_resources/") for name in zipfile.ZipFile(wheel).namelist()}
    wanted = {
        path.relative_to(ROOT).as_posix()
        for folder in ("ontology", "data")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }

    assert set() == wanted - packed


def test_wheel_is_typed(wheel):
    """Type checkers see the annotations of an installed diplograph."""
    assert "diplograph/py.typed" in zipfile.ZipFile(wheel).namelist()


def test_sdist_builds_the_wheel(wheel, sdist):
    """Whatever lies in the wheel lies in the sdist, from which others build."""
    packed = {
        name.removeprefix("diplograph/_resources/") if "_resources/" in name else f"src/{name}"
        for name in zipfile.ZipFile(wheel).namelist()
        if ".dist-info/" not in name
    }

    assert set() == packed - sdist
    assert {"pyproject.toml", "README.md", "LICENSE", "PKG-INFO"} <= sdist


def test_citation_names_this_version():
    """CITATION.cff tells title, authors, version and licence as pyproject.toml has them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    lines = (ROOT / "CITATION.cff").read_text().splitlines()
    told = dict(line.split(": ", 1) for line in lines if ": " in line and line[0].isalpha())

    assert ("1.2.0", "software") == (told["cff-version"], told["type"])
    assert (project["version"], project["license"]) == (told["version"], told["license"])
    assert [f"  - name: {one['name']}" for one in project["authors"]] == [
        line for line in lines if line.startswith("  - name: ")
    ]
    assert told["title"].strip('"').startswith(f"{project['name']}: ")
    assert told["message"]


def test_wheel_carries_nothing_else(wheel):
    """The wheel holds the package and its licence only."""
    roots = {name.split("/")[0].split("-")[0] for name in zipfile.ZipFile(wheel).namelist()}

    assert {"diplograph"} == roots


def test_installed_package_is_not_the_checkout(installed, tmp_path):
    """The fresh environment imports diplograph from the wheel."""
    done = run([installed, "-c", "import diplograph.resources as r; print(r.root())"], tmp_path)

    assert done.stdout.strip().endswith("site-packages/diplograph/_resources"), done.stderr


@pytest.mark.parametrize("python", ["installed", "checkout"])
def test_version(python, request, tmp_path):
    """``diplograph --version`` answers wherever it stands."""
    interpreter = request.getfixturevalue("installed") if python == "installed" else sys.executable
    done = run([interpreter, "-m", "diplograph", "--version"], tmp_path)

    assert (0, "diplograph 0.1.0\n") == (done.returncode, done.stdout)


@pytest.mark.parametrize("python", ["installed", "checkout"])
def test_extract(python, request, tmp_path):
    """An article is read outside the checkout, which needs the ontology and the data."""
    interpreter = request.getfixturevalue("installed") if python == "installed" else sys.executable
    (tmp_path / "article.txt").write_text(ARTICLE)
    done = run([interpreter, "-m", "diplograph", "extract", "article.txt", "--format", "jsonl"], tmp_path)

    assert 0 == done.returncode, done.stderr
    assert '"host": "KOR"' in done.stdout


def test_script(installed, tmp_path):
    """The command ``diplograph`` itself is installed."""
    done = run([installed.with_name("diplograph"), "doctor"], tmp_path)

    assert 0 == done.returncode, done.stdout + done.stderr
