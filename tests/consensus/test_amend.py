"""Adding and removing sources one by one ends where merging everything at once ends."""

from __future__ import annotations

import os
import random
from collections import defaultdict
from datetime import date, timedelta

import pytest

from diplograph.consensus import Ruling, Rulings, Verdict, amend, merge
from diplograph.consensus.joining import can_join, card_of, home
from diplograph.consensus.touch import filed, filed_event
from diplograph.model import Participant, PlaceName, Polarity, Status
from made_reports import BUSAN, G20, G20_2025, ISHIBA, LEE, NARA, TAKAICHI, TOKYO, article, told

SEEDS = range(400 if os.environ.get("DIPLOGRAPH_TEST_SOAK") else 14)


class Shelf:
    """An archive in dictionaries, filed as a store files it."""

    def __init__(self):
        self.known, self.made = {}, {}
        self.keys = defaultdict(set)

    def found(self, keys):
        return {key: self.keys[key] for key in keys if key in self.keys}

    def reports(self, ids):
        return [self.known[name] for name in ids if name in self.known]

    def events_of(self, reports):
        asked = set(reports)
        return [event for event in self.made.values() if asked & set(event.reports)]

    def together(self, ids):
        return [event.reports for event in self.events_of(ids)]

    def events(self, ids):
        return [self.made[name] for name in ids if name in self.made]

    def change(self, added=(), removed=(), rulings=None, ruled=()):
        done = amend(self, added=added, removed=removed, rulings=rulings, ruled=ruled)
        for event in done.gone:
            self._unfile(self.made.pop(event.id).id, filed_event(event))
        for name in removed:
            self._unfile(name, filed(self.known.pop(name)))
        for report in added:
            self.known[report.id] = report
            self._file(report.id, filed(report))
        for event in done.fresh:
            self.made[event.id] = event
            self._file(event.id, filed_event(event))
        return done

    def _file(self, name, keys):
        for key in keys:
            self.keys[key].add(name)

    def _unfile(self, name, keys):
        for key in keys:
            self.keys[key].discard(name)

    def events_made(self):
        return tuple(self.made[name] for name in sorted(self.made))


def some_time(dice):
    """A day, a stay, a month, a year or nothing, mostly within two months so that much overlaps."""
    day = date(2025, 8, 1) + timedelta(days=dice.choice([*range(60), 200, 400]))
    stay = day + timedelta(days=dice.choice([1, 2, 20]))
    month, year = f"{day:%Y-%m}", f"{day:%Y}"
    return dice.choice([day.isoformat()] * 4 + [f"{day}/{stay}", month, month, year, "", "", "2020/2030"])


def some_article(number, dice):
    """An article with up to four events of two states."""
    people = [(), (LEE,), (LEE, ISHIBA), (LEE, TAKAICHI), (Participant(name="Lee", person="lee"),)]
    places = [None, None, TOKYO, NARA, BUSAN, PlaceName(name="Japan", state="JPN")]
    sentences = [
        told(
            dice.choice(["visit", "meeting", "meeting", "tension"]),
            dice.choice([("KOR", "JPN"), ("JPN", "KOR")]),
            some_time(dice),
            f"Sentence {n}.",
            participants=dice.choice(people),
            place=dice.choice(places),
            status=dice.choice([Status.HELD] * 3 + list(Status)),
            occasion=dice.choice([None] * 4 + [G20, G20_2025]),
            host=dice.choice([None, None, "JPN"]),
            polarity=dice.choice([Polarity.AFFIRMED] * 9 + [Polarity.DENIED, Polarity.HYPOTHETICAL]),
        )
        for n in range(dice.randint(0, 4))
    ]
    published = dice.choice([None, *(date(2025, 8, 1) + timedelta(days=9 * n) for n in range(60))])
    return article(f"source {number}", published.isoformat() if published else None, *sentences)


def some_ruling(dice, reports):
    """A decision that two reports of one family are or are not of one event."""
    families = defaultdict(list)
    for report in reports:
        if report.polarity is Polarity.AFFIRMED:
            families[card_of(report).family].append(report.id)
    choices = [ids for ids in families.values() if len(ids) > 1]
    one, other = dice.sample(sorted(dice.choice(choices)), 2)
    day = date(2025, 9, dice.randint(1, 28))
    return Ruling(verdict=dice.choice(list(Verdict)), one=(one,), other=(other,), author="Ann", decided=day)


def by_the_book(reports):
    """The rules of docs/consensus.md in the plainest way: every report against every cluster."""
    clusters = []
    cards = [card_of(report) for report in reports if report.polarity is Polarity.AFFIRMED]
    for card in sorted(cards, key=lambda c: c.order):
        choices = [c for c in clusters if c[0].family == card.family and can_join(card, c)]
        chosen = home(card, choices)
        if chosen is None:
            clusters.append([card])
        else:
            chosen.append(card)
    return sorted(tuple(sorted(card.id for card in cluster)) for cluster in clusters)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_filed_is_found(seed):
    """Looking only under shared keys forms the same events as comparing everything with everything."""
    dice = random.Random(seed)
    reports = [r for n in range(25) for r in some_article(n, dice)[1]]

    assert by_the_book(reports) == sorted(event.reports for event in merge(reports))


@pytest.mark.parametrize("seed", SEEDS)
def test_step_by_step_is_all_at_once(seed):
    """Sources that come, change and go, and decisions of persons, end in the events of a rebuild."""
    dice = random.Random(seed)
    shelf, stored, rulings = Shelf(), {}, []
    for step in range(40):
        number = dice.randint(0, 22)
        if number in stored and dice.random() < 0.3:
            shelf.change((), [r.id for r in stored.pop(number)], Rulings(rulings))
        else:
            _, reports = some_article(number, dice)
            shelf.change(reports, [r.id for r in stored.get(number, ())], Rulings(rulings))
            stored[number] = reports
        if seed % 2 and step % 8 == 7 and len(shelf.known) > 20:
            before = Rulings(rulings)
            if rulings and dice.random() < 0.4:
                changed = rulings.pop(dice.randrange(len(rulings)))
            else:
                changed = some_ruling(dice, shelf.known.values())
                rulings.append(changed)
            after = Rulings(rulings)
            ruled = {p for r in changed.reports for k in (before, after) for p in k.partners(r)}
            shelf.change(rulings=after, ruled=sorted(ruled | changed.reports))
        assert merge(shelf.known.values(), rulings) == shelf.events_made()


def test_what_stays_is_not_handed_on():
    """Events that a new report does not touch neither go nor come; one that it changes does both."""
    shelf = Shelf()
    (visit,) = article("one", "2025-09-01", told("visit", ("KOR", "JPN"), "2025-08", participants=(LEE,)))[1]
    (far,) = article("far", "2025-10-03", told("visit", ("JPN", "KOR"), "2025-10-01"))[1]
    (same,) = article("two", "2025-09-02", told("visit", ("KOR", "JPN"), "2025-08-23", participants=(LEE,)))[
        1
    ]
    first = shelf.change(added=[visit])
    second = shelf.change(added=[far])
    third = shelf.change(added=[same])
    (near,) = article("near", "2025-12-21", told("visit", ("KOR", "JPN"), "2025-12-20", participants=(LEE,)))[
        1
    ]
    fourth = shelf.change(added=[near])

    assert [(0, 1), (0, 1), (1, 1), (0, 1)] == [
        (len(done.gone), len(done.fresh)) for done in (first, second, third, fourth)
    ]


def test_a_visit_that_comes_later_takes_in_the_meetings_around_it():
    """A meeting stored before its visit becomes part of it, and is free again when the visit goes."""
    shelf = Shelf()
    known = {"host": "JPN", "participants": (LEE, ISHIBA)}
    (meeting,) = article("one", "2025-09-01", told("meeting", ("KOR", "JPN"), "2025-08-23", **known))[1]
    (visit,) = article("two", "2025-09-02", told("visit", ("KOR", "JPN"), "2025-08-23/2025-08-24"))[1]
    shelf.change(added=[meeting])
    taken = shelf.change(added=[visit])
    freed = shelf.change(removed=[visit.id])

    assert [True] == [event.part_of is not None for event in taken.fresh if event.facts.type == "meeting"]
    assert [None] == [event.part_of for event in freed.fresh]
