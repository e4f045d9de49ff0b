"""The wheel: it carries the ontology and the data, and works outside the checkout."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ARTICLE = (
    "SEOUL, Sept. 6, 2024 -- Japanese Prime Minister Fumio Kishida arrived in Seoul on Friday "
    "for a two-day visit.\n"
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built from the checkout without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return next(folder.glob("diplograph-*.whl"))


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
