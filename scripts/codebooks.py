"""Writes ontology/vocab/cameo.ttl: the codes of CAMEO with their Goldstein scores and their PLOVER types.

Takes the CSV of codes (code, name, goldstein among its columns); prints Turtle. What a PLOVER type is among
our event types is written by hand in ontology/vocab/plover.ttl.

    python scripts/codebooks.py ../shared/data/cameo/cameo-codes.csv > ontology/vocab/cameo.ttl
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import Final

HEAD: Final = """\
@prefix cameo: <https://w3id.org/diplograph/ontology/cameo/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix dg: <https://w3id.org/diplograph/ontology/> .
@prefix plover: <https://w3id.org/diplograph/ontology/plover/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

# CAMEO codes, a block each: notation, name, Goldstein score, and the PLOVER type and mode that took its
# place.
# Written by scripts/codebooks.py; what a PLOVER type is among our event types stands in plover.ttl.

<https://w3id.org/diplograph/ontology/cameo> a skos:ConceptScheme ;
    rdfs:label "CAMEO codes"@en ;
    dcterms:description "Conflict and Mediation Event Observations, the codebook of ICEWS and GDELT."@en ;
    dcterms:license <https://spdx.org/licenses/MIT> ;
    dcterms:source "CAMEO 1.1b3 (Schrodt 2012); scores after Goldstein 1992 as used by the KEDS project"@en .
"""

# The type of PLOVER that took the place of a root of CAMEO.
ROOTS: Final = {
    "01": "STATEMENT",
    "02": "REQUEST",
    "03": "AGREE",
    "04": "CONSULT",
    "05": "SUPPORT",
    "06": "COOPERATE",
    "07": "AID",
    "08": "CONCEDE",
    "09": "ACCUSE-investigate",
    "10": "REQUEST-demand",
    "11": "ACCUSE-disapprove",
    "12": "REJECT",
    "13": "THREATEN",
    "14": "PROTEST",
    "15": "MOBILIZE",
    "16": "SANCTION",
    "17": "COERCE",
    "18": "ASSAULT",
    "19": "ASSAULT",
    "20": "ASSAULT",
}
# Codes that are told apart from their root, by the longest beginning that fits.
CODES: Final = {
    "041": "CONSULT-phone",
    "042": "CONSULT-visit",
    "043": "CONSULT-host",
    "044": "CONSULT-third-party",
    "045": "CONSULT-mediate",
    "046": "CONSULT-negotiate",
    "033": "AGREE-aid",
    "036": "AGREE-meet",
    "054": "SUPPORT-recognise",
    "055": "SUPPORT-apologise",
    "057": "SUPPORT-sign",
    "085": "CONCEDE-sanctions",
    "087": "RETREAT",
    "0871": "RETREAT-ceasefire",
    "112": "ACCUSE-allege",
    "163": "SANCTION-discontinue",
    "171": "COERCE-seize",
}


def plover_of(code: str) -> str:
    """The PLOVER concept of a code."""
    fitting = [start for start in CODES if code.startswith(start)]
    return CODES[max(fitting, key=len)] if fitting else ROOTS[code[:2]]


def block(row: dict[str, str]) -> str:
    """The block of one code."""
    code, name = row["code"], row["name"].strip().replace('"', "'")
    name = name.capitalize() if name.isupper() else name[0].upper() + name[1:]
    lines = [f"cameo:{code} a skos:Concept", f"dg:goldstein {float(row['goldstein'])}"]
    if len(code) > 2:
        lines.append(f"skos:broader cameo:{code[:-1] if len(code) > 2 else code}")
    lines += [
        f"skos:closeMatch plover:{plover_of(code)}",
        "skos:inScheme <https://w3id.org/diplograph/ontology/cameo>",
        f'skos:notation "{code}"',
        f'skos:prefLabel "{name}"@en',
    ]
    return " ;\n    ".join(lines) + " .\n"


def main(path: Path) -> None:
    """Print the vocabulary."""
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["code"])
    print(HEAD)
    print("\n".join(block(row) for row in rows), end="")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
