#!/usr/bin/env python3
"""Builds the documentation as HTML that opens from a disk, without a network.

usage: book.py [FOLDER]

Writes into FOLDER (default: out/book), whose ``docs/index.html`` is the first page. The pages are those of
``docs/``, the others of the checkout to which they lead, and a reference made from the docstrings. A warning
of Sphinx, such as a broken link or a page that no other leads to, is an error.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import reference  # noqa: E402 - lies beside this script

ROOT = HERE.parent
ANCHOR = re.compile(r'^<a id="([^"]+)"></a>$', re.MULTILINE)
"""A place that pages lead to, as GitHub knows it; MyST writes it otherwise."""
OTHERS = ("README.md", "CONTRIBUTING.md", "THREAT_MODEL.md", "CHANGELOG.md", "data/README.md")

CHAPTERS = {
    "Begin": ["why", "start", "tutorial", "concepts", "glossary"],
    "Do": [
        "howto/*",
        "sources",
        "event-data",
        "cookbook",
        "exports",
        "gephi-qgis",
        "r",
        "python",
        "pictures",
        "server",
        "plugins",
    ],
    "Know": [
        "reading",
        "limits",
        "consensus",
        "measures",
        "gazetteer",
        "store",
        "scaling",
        "graph-layout",
        "ontology-design",
        "figures",
        "comparison",
        "architecture",
        "decisions",
        "releasing",
    ],
    "Look up": ["cli", "ontology/index", "reference/index"],
}
"""The pages of ``docs/`` in the order in which they are read; those that are missing here come last."""


def lay_out(stage: Path) -> None:
    """Copy the pages, with their folders, and add what is made from the code."""
    shutil.copytree(ROOT / "docs", stage / "docs")
    shutil.move(stage / "docs" / "conf.py", stage / "conf.py")
    shutil.copy(ROOT / "LICENSE", stage)
    for name in (*OTHERS, *results()):
        text = (ROOT / name).read_text(encoding="utf-8")
        (stage / name).parent.mkdir(parents=True, exist_ok=True)
        # A page without a title cannot be listed.
        titled = text if "\n# " in f"\n{text}" else f"# {Path(name).stem}\n\n{text}"
        (stage / name).write_text(titled, encoding="utf-8")
    reference.write(stage / "docs" / "reference")
    for page in (stage / "docs").rglob("*.md"):
        page.write_text(for_myst(page.read_text("utf-8")), encoding="utf-8")
    with (stage / "docs" / "index.md").open("a", encoding="utf-8") as file:
        file.write("\n".join(contents(stage)))
    for folder, names in (("ontology", "*.md"), ("reference", "*.md")):
        index = stage / "docs" / folder / "index.md"
        pages = sorted(path.stem for path in index.parent.glob(names) if path != index)
        index.write_text(index.read_text("utf-8") + "\n".join(tree("", pages)), encoding="utf-8")


def for_myst(text: str) -> str:
    """A page as MyST reads it; of one with many headings only the upper ones are listed in the margin."""
    many = len(re.findall(r"^##", text, re.MULTILINE)) > 12
    return ("---\ntocdepth: 2\n---\n" if many else "") + ANCHOR.sub(r"(\1)=", text)


def results() -> list[str]:
    """The results of the benchmarks."""
    return sorted(
        f"benchmarks/results/{path.name}" for path in (ROOT / "benchmarks" / "results").glob("*.md")
    )


def contents(stage: Path) -> Iterator[str]:
    """The table of contents, which Markdown for GitHub has no words for."""
    docs = stage / "docs"
    told = set()
    for caption, patterns in CHAPTERS.items():
        pages = [
            path.relative_to(docs).with_suffix("").as_posix()
            for pattern in patterns
            for path in sorted(docs.glob(f"{pattern}.md"))
        ]
        told |= set(pages)
        yield from tree(caption, pages)
    here = {path.stem for path in docs.glob("*.md")} - {"index"}
    yield from tree("More", [*sorted(here - told), *(f"../{Path(name).with_suffix('')}" for name in OTHERS)])
    yield from tree("Results of the benchmarks", [f"../{name.removesuffix('.md')}" for name in results()])


def tree(caption: str, pages: list[str]) -> Iterator[str]:
    """One ``toctree`` of Sphinx, which shows in the margin alone."""
    yield from (
        "",
        "```{toctree}",
        ":hidden:",
        ":titlesonly:",
        *([f":caption: {caption}"] if caption else []),
        "",
    )
    yield from (*pages, "```", "")


def build(target: Path) -> int:
    """Build into a folder; gives the exit code of Sphinx."""
    with tempfile.TemporaryDirectory() as name:
        stage = Path(name)
        lay_out(stage)
        # -E: from nothing; -W: a warning is an error; -n: so is a reference to nothing.
        options = [
            "-b",
            "html",
            "-E",
            "-q",
            "-W",
            "-n",
            "--keep-going",
            "-j",
            "auto",
            "-d",
            str(stage / ".doctrees"),
        ]
        command = [sys.executable, "-m", "sphinx", *options, str(stage), str(target)]
        return subprocess.run(command, check=False).returncode


def main() -> int:
    """Build, and say where the first page is."""
    target = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "out" / "book").resolve()
    failed = build(target)
    if not failed:
        print(target / "docs" / "index.html")
    return failed


if __name__ == "__main__":
    sys.exit(main())
