#!/usr/bin/env python3
"""Writes data/historyatstate.csv: who travelled where and when, from tables of the Office of the Historian.

usage: facts.py STORE

STORE is a graph into which both tables were imported:
diplograph import data/historyatstate/*.csv --store STORE
Its states are resolved, and its event ids are those of any such graph, so that `why` answers for them.
The facts are in the public domain (17 USC 105).
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import diplograph

TARGET = Path(__file__).resolve().parent.parent / "data" / "historyatstate.csv"
HEADINGS = ("event", "edtf", "guest", "host", "guest_code", "host_code", "office", "name", "person")
QUERY = """
    SELECT event, edtf, guests[1], host, guest_code, host_code,
        people[1].office, people[1].name, people[1].person
    FROM events WHERE guest_code IS NOT NULL AND type = 'visit' ORDER BY first, guest_code, host_code, event
"""


def main() -> None:
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    with diplograph.open(sys.argv[1], read_only=True) as kg:
        rows = kg.store.columns.open().sql(QUERY).fetchall()
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADINGS)
        writer.writerows([value or "" for value in row] for row in rows)
    print(f"wrote {len(rows)} rows to {TARGET}")


if __name__ == "__main__":
    main()
