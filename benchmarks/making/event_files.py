# ruff: noqa: E501 - rows of tables
"""Writes event data that looks like the real thing, in every format that diplograph imports; always the same bytes.

Dyads are drawn by Zipf's law, codes as ICEWS has them, actors are states, persons in office that day, ministries,
citizens, regions; visits come as a row of each side and are told again for days; some rows are mislinked.

    python benchmarks/making/event_files.py icews 100000 /tmp/icews.tab [PART PARTS]

With PART and PARTS the rows are those of one of so many stretches of time, as yearly files are.
"""

from __future__ import annotations

import csv
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from diplograph.knowledge import gazetteer
from diplograph.model import first_day, last_day
from diplograph.sources.tables import IMPORTERS
from diplograph.sources.tables.codes import spellings

FIRST: Final = date(1995, 1, 1)
DAYS: Final = 365 * 25
CODES: Final = {
    "010": 20, "020": 4, "030": 3, "036": 5, "040": 14, "041": 2, "042": 9, "043": 9, "046": 4, "051": 5, "057": 2,
    "060": 1, "061": 2, "073": 1, "084": 1, "110": 6, "111": 5, "112": 4, "120": 2, "130": 1, "150": 1, "163": 1,
    "173": 2, "190": 4,
}  # fmt: skip
KINDS: Final = ("state", "person", "ministry", "citizen", "region", "mislinked")
SHARES: Final = (40, 35, 12, 9, 2, 2)


@dataclass(frozen=True, slots=True)
class Side:
    """An actor: what it is called, of which sector and state."""

    name: str
    sector: str
    land: str
    code: str
    office: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A coded event."""

    day: date
    cameo: str
    source: Side
    target: Side
    city: str
    land: str


class Maker:
    """Draws events.

    Args:
        part: Which of the stretches of time, counted from 0.
        parts: How many stretches there are.
    """

    def __init__(self, part: int = 0, parts: int = 1) -> None:
        self.first = FIRST + timedelta(days=part * DAYS // parts)
        self.days = DAYS // parts
        self.draw = random.Random(1)  # noqa: S311 - no secret is made
        book = gazetteer.load()
        self.states = [
            s for s in book.states.values() if s.kind == "state" and s.capitals and s.un_member == "yes"
        ]
        self.states.sort(key=lambda s: s.id)
        self.draw.shuffle(self.states)
        if part:
            self.draw = random.Random(1 + part)  # noqa: S311 - no secret is made
        self.weights = [1 / (rank + 3) for rank in range(len(self.states))]
        self.names = {code.spelling: code for code in spellings()}
        self.leaders: dict[str, list[tuple[date, date, str, str]]] = {}
        for tenure in book.tenures.values():
            if tenure.role in ("head-of-state", "head-of-government", "foreign-minister") and tenure.start:
                ended = last_day(tenure.end) if tenure.end else date.max
                row = (first_day(tenure.start), ended, tenure.name, tenure.title)
                self.leaders.setdefault(tenure.state, []).append(row)

    def rows(self, number: int) -> Iterator[Row]:
        """So many rows, in order of time as far as files are."""
        made = 0
        while made < number:
            for row in self._act(made / number):
                yield row
                made += 1
                if made == number:
                    return

    def _act(self, done: float) -> list[Row]:
        """One act as its rows: both sides of a visit, told again on later days."""
        day = self.first + timedelta(days=int(done * self.days))
        one, two = self.draw.choices(range(len(self.states)), self.weights, k=2)
        cameo = self.draw.choices(tuple(CODES), tuple(CODES.values()))[0]
        source, target = self._side(one, day), self._side(two, day)
        host = self.states[one if cameo == "043" else two]
        rows = [Row(day, cameo, source, target, host.capitals[0], host.name)]
        if cameo in ("042", "043"):
            other = {"042": "043", "043": "042"}[cameo]
            rows.append(Row(day, other, target, source, host.capitals[0], host.name))
        while self.draw.random() < 0.25:
            again = rows[-1]
            rows.append(replace(again, day=again.day + timedelta(days=1)))
        return rows

    def _side(self, index: int, day: date) -> Side:
        state = self.states[index]
        kind = self.draw.choices(KINDS, SHARES)[0]
        if kind == "person":
            serving = [row for row in self.leaders.get(state.id, ()) if row[0] <= day < row[1]]
            if serving:
                _, _, name, title = self.draw.choice(serving)
                return Side(name, "Government,Executive", state.name, state.id, title)
        if kind == "ministry":
            return Side(
                f"Foreign Affairs ({state.name})", "Government,Foreign Ministry", state.name, state.id
            )
        if kind == "citizen":
            return Side(
                f"Citizen ({state.name})", "General Population / Civilian / Social", state.name, state.id
            )
        if kind == "region":
            return Side("Africa", "International", "", "AFR")
        if kind == "mislinked":
            other = self.states[(index + 7) % len(self.states)]
            return Side(state.name, "", other.name, other.id)
        return Side(state.name, "", state.name, state.id)


def write(form: str, number: int, path: Path, part: int = 0, parts: int = 1) -> None:
    """Write a file of so many rows, of all years or of one stretch of them."""
    maker = Maker(part, parts)
    header = IMPORTERS[form].columns if IMPORTERS[form].header else None
    with path.open("w", encoding="utf-8", newline="") as file:
        delimiter = IMPORTERS[form].delimiter
        if delimiter == ",":
            writer = csv.writer(file, lineterminator="\n")
            if header:
                writer.writerow(header)
            for at, row in enumerate(maker.rows(number), 1):
                writer.writerow(CELLS[form](maker, row, at))
            return
        if header:
            file.write("\t".join(header) + "\n")
        for at, row in enumerate(maker.rows(number), 1):
            file.write("\t".join(CELLS[form](maker, row, at)) + "\n")


def _icews(maker: Maker, row: Row, at: int) -> list[str]:
    code = maker.names[row.cameo]
    text = code.concept.rpartition("/")[2]
    a, b = row.source, row.target
    return [
        str(20_000_000 + at), row.day.isoformat(), a.name, a.sector, a.land, text, row.cameo, str(code.goldstein),
        b.name, b.sector, b.land, str(30_000_000 + at // 3), str(at % 9 + 1), "Xinhua News Agency", row.city, "", "",
        row.land, "0.0", "0.0",
    ]  # fmt: skip


def _polecat(maker: Maker, row: Row, at: int) -> list[str]:
    kind, _, mode = maker.names[row.cameo].act.partition("-")
    mode = {"host": "visit", "negotiate": "", "mediate": "third-party"}.get(mode, mode)
    plover = f"{kind}/{mode}" if f"{kind.lower()}/{mode}" in maker.names else kind

    def side(one: Side) -> list[str]:
        sector = {"": "GOV", "G": "GOV"}.get(one.sector[:1], "CIV")
        sector = "GOV" if one.sector[:10] == "Government" or not one.sector else "CIV"
        return [one.name, one.code, "", sector, sector, one.office, one.name, ""]

    kind, _, mode = plover.partition("/")
    kind = kind if kind != "STATEMENT" else "CONSULT"
    return [
        f"{at}-TEST", row.day.isoformat(), kind, mode or "None", "1.0", "verbal cooperation", "diplomatic",
        *side(row.source), *side(row.target), row.city, row.city, "", "", row.land, "0.0", "0.0", "1",
        row.city, "PPL", "AFP", row.day.isoformat(), "", "", "", "English", "1.0",
    ]  # fmt: skip


def _gdelt(maker: Maker, row: Row, at: int) -> list[str]:
    cells = dict.fromkeys(IMPORTERS["gdelt"].columns, "")
    for number, side in ((1, row.source), (2, row.target)):
        cells[f"Actor{number}CountryCode"] = side.code
        cells[f"Actor{number}Name"] = side.name.upper()
        cells[f"Actor{number}Type1Code"] = "CVL" if side.sector.startswith("General") else ""
    code = maker.names[row.cameo]
    cells |= {
        "GLOBALEVENTID": str(at), "SQLDATE": row.day.strftime("%Y%m%d"), "EventCode": row.cameo,
        "GoldsteinScale": str(code.goldstein), "NumMentions": "3", "SOURCEURL": "https://news.example.org/a",
        "DATEADDED": row.day.strftime("%Y%m%d000000"),
    }  # fmt: skip
    return list(cells.values())


def _quadruples(maker: Maker, row: Row, at: int) -> list[str]:  # noqa: ARG001 - every format is called alike
    relation = {code.concept: code.spelling for code in spellings()}[maker.names[row.cameo].concept]
    return [row.source.name.replace(" ", "_"), relation.replace(" ", "_"), row.target.name.replace(" ", "_"),
            row.day.isoformat()]  # fmt: skip


def _colt(maker: Maker, row: Row, at: int) -> list[str]:  # noqa: ARG001 - every format is called alike
    cells = dict.fromkeys(IMPORTERS["colt"].columns, "")
    cells |= {
        "TripID": str(at), "LeaderCountryOrIGO": row.source.land, "LeaderCountryISO": row.source.code,
        "LeaderTitle": row.source.office or "President", "LeaderFullName": row.source.name,
        "CountryVisited": row.target.land, "CountryVisitedISO": row.target.code, "TripYear": str(row.day.year),
        "TripStartDate": row.day.isoformat(), "TripEndDate": "TBD" if at % 50 == 0 else row.day.isoformat(),
        "AttendedMultilatEvent": "0",
    }  # fmt: skip
    return list(cells.values())


def _visits(maker: Maker, row: Row, at: int) -> list[str]:  # noqa: ARG001 - every format is called alike
    slug = row.source.land.lower().replace(" ", "-")
    end = row.day + timedelta(days=2)
    name = f"{row.source.office or 'President'} {row.source.name}"
    return [str(at), row.day.isoformat(), end.isoformat(), name, slug, row.source.land, "Working visit."]


def _travels(maker: Maker, row: Row, at: int) -> list[str]:  # noqa: ARG001 - every format is called alike
    slug = row.target.land.lower().replace(" ", "-")
    return [str(at), "secretary", "smith-john", "John Smith", row.day.isoformat(), row.day.isoformat(), slug,
            row.target.land, row.city, "Official visit."]  # fmt: skip


CELLS: Final = {
    "icews": _icews,
    "polecat": _polecat,
    "gdelt": _gdelt,
    "quadruples": _quadruples,
    "colt": _colt,
    "historyatstate-visits": _visits,
    "historyatstate-travels": _travels,
}


if __name__ == "__main__":
    write(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]), *map(int, sys.argv[4:6]))
