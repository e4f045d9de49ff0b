"""A year of ICEWS, as it looks, against a script that knows nothing of diplograph: visits, and chance."""

from __future__ import annotations

import csv
import random
import sys
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

pytest.importorskip("duckdb")
ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "benchmarks" / "making"))

from event_files import CELLS, Maker, Row, Side  # noqa: E402 - it lies beside the benchmarks

from diplograph import store  # noqa: E402 - after the path is set
from diplograph.analysis import columns, significance, twin  # noqa: E402
from diplograph.knowledge import gazetteer  # noqa: E402
from diplograph.sources import tables  # noqa: E402
from diplograph.store import bulk  # noqa: E402

YEAR = date(2014, 1, 1)
VISITS = 2200
WITHIN = 180


class Year(Maker):
    """Draws a year of visits, of which a quarter are returns, among much that is none."""

    def visits(self):
        """Guest, host and day of each visit, as positions of states."""
        found = []
        while len(found) < VISITS:
            guest, host = self.draw.choices(range(60), self.weights[:60], k=2)
            if found and self.draw.random() < 0.25:
                host, guest, before = self.draw.choice(found)
                day = before + timedelta(days=self.draw.randint(5, WITHIN))
            else:
                day = YEAR + timedelta(days=self.draw.randint(0, 360))
            if guest != host and day.year == YEAR.year:
                found.append((guest, host, day))
        return found

    def side(self, index, day, kinds=("state",) * 5 + ("person",) * 3 + ("ministry",) * 2):
        """An actor of one of some kinds; the state itself where nobody is known to have been in office."""
        state, kind = self.states[index], self.draw.choice(kinds)
        serving = [row for row in self.leaders.get(state.id, ()) if row[0] <= day < row[1]]
        if kind == "person" and serving:
            _, _, name, title = self.draw.choice(serving)
            return Side(name, "Government,Executive", state.name, state.id, title)
        if kind == "ministry":
            ministry = f"Foreign Affairs ({state.name})"
            return Side(ministry, "Government,Foreign Ministry", state.name, state.id)
        return Side(state.name, "", state.name, state.id)

    def told(self, guest, host, day):
        """The rows of a visit: both sides, some told again for days, some told by one side alone."""
        place = self.states[host]
        side, other = self.side(guest, day), Side(place.name, "", place.name, place.id)
        there = Row(day, "042", side, other, place.capitals[0], place.name)
        back = Row(day, "043", other, side, place.capitals[0], place.name)
        rows = self.draw.choices(([there, back], [there], [back]), (90, 5, 5))[0]
        for row in list(rows):
            while self.draw.random() < 0.3:
                late = timedelta(days=self.draw.randint(0, 2))
                rows.append(replace(row, day=min(day + late, date(2014, 12, 31))))
        return rows

    def noise(self):
        """What is no visit of state to state: domestic trips, regions, citizens, intentions, statements."""
        one, two = self.draw.choices(range(60), self.weights[:60], k=2)
        day = YEAR + timedelta(days=self.draw.randint(0, 364))
        state, other = self.states[one], self.states[two]
        plain = Side(other.name, "", other.name, other.id)
        rows = {
            "domestic": ("042", self.side(two, day, ("person",)), plain),
            "region": ("042", self.side(one, day), Side("Africa", "International", "", "AFR")),
            "intent": ("036", self.side(one, day), plain),
            "statement": ("010", self.side(one, day), plain),
        }
        cameo, source, target = rows[self.draw.choice(sorted(rows))]
        return Row(day, cameo, source, target, state.capitals[0], state.name)


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """A file of such a year, in the order of days."""
    year = Year()
    year.draw = random.Random(2014)
    rows = [row for visit in year.visits() for row in year.told(*visit)]
    rows += [year.noise() for _ in range(2000)]
    rows.sort(key=lambda row: row.day)
    path = tmp_path_factory.mktemp("icews") / "events.2014.tab"
    form = tables.IMPORTERS["icews"]
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write("\t".join(form.columns) + "\n")
        for at, row in enumerate(rows, 1):
            out.write("\t".join(CELLS["icews"](year, row, at)) + "\n")
    return path


def by_itself(path):
    """Visits by directed dyad, counted by a script that reads the columns and nothing else.

    A row that makes a visit and one that hosts it are one visit, as are rows of a dyad within three days.
    """
    days = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            ends = row["Source Country"], row["Target Country"]
            if row["CAMEO Code"] not in ("042", "043") or "" in ends or ends[0] == ends[1]:
                continue
            way = ends if row["CAMEO Code"] == "042" else ends[::-1]
            days.setdefault(way, set()).add(date.fromisoformat(row["Event Date"]))
    return Counter({way: 1 + sum(gaps(told)) for way, told in days.items()})


def gaps(days):
    ordered = sorted(days)
    return [(after - before).days > 3 for before, after in pairwise(ordered)]


@pytest.fixture(scope="module")
def ours(file, tmp_path_factory):
    """The visits of that file as columns of the twin of a store."""
    with store.open(tmp_path_factory.mktemp("icews") / "kg") as kept:
        with tables.stage(file, "icews") as staging:
            bulk.load(kept, staging)
        return twin.of_store(kept)


def test_counts_are_those_of_an_independent_script(file, ours):
    """Visits in all, directed dyads and visits of each dyad differ by less than two in a hundred."""
    theirs = by_itself(file)
    found = Counter((ours.states[g], ours.states[h]) for g, h in zip(ours.guest, ours.host, strict=True))
    total = sum(theirs.values())

    assert 0.02 * total > abs(total - len(ours)), (total, len(ours))
    assert 0.02 * len(theirs) > abs(len(theirs) - len(found)), (len(theirs), len(found))
    names = {state.name: state.id for state in gazetteer.load().states.values()}
    apart = sum(abs(found[names[a], names[b]] - count) for (a, b), count in theirs.items())
    assert 0.02 * total > apart
    assert (2000, 600) < (total, len(theirs))


def test_returns_stand_out_from_chance(ours):
    """Visits returned within 180 days lie more than five deviations above hosts shuffled in the year."""
    verdict = significance.of_visits(
        columns.in_order(ours), measure="returned", within=WITHIN, draws=199, seed=1
    )

    assert 5 < verdict.z
    assert 1 / 200 == verdict.p


def test_chance_is_not_called_reciprocity(ours):
    """With hosts of the same year shuffled, the same file says nothing out of the ordinary."""
    from diplograph.analysis import nulls

    (sample,) = nulls.samples(columns.in_order(ours), nulls.Model.YEAR, draws=1, seed=7)
    shuffled = replace(columns.in_order(ours), host=sample.host[0])
    verdict = significance.of_visits(shuffled, measure="returned", within=WITHIN, draws=199, seed=1)

    assert 3 > abs(verdict.z)
