"""The map on the page of a pair."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hostile import STRINGS
from korea_japan import world as history
from shelf import Shelf

from diplograph.model import PlaceName, Status
from diplograph.pages import gather
from diplograph.views import cards, legs

GIVEN = gather.world(Shelf(*history()))
OWN = GIVEN.between("KOR", "JPN")


def drawn(own=OWN, given=GIVEN):
    return ET.fromstring(legs.figure(own, "KOR", "JPN", given))


def test_every_line_leads_to_an_event_and_says_what_it_is():
    """Each line is a link into the record, and its words say who went where how often and when."""
    links = drawn().findall("a")
    known = {f"#{cards.anchor(event.id)}" for event in OWN}

    assert len(links) > 2
    assert known >= {link.get("href") for link in links}
    assert all(re.search(r" to .+, (a|\d+) visits?: .*\d{4}", link.get("aria-label")) for link in links)


def test_each_side_has_its_colour():
    """The journeys of the first state are in its colour, those of the other in the other."""
    sides = {
        link.get("aria-label").split(" to ")[0]: link.find("path").get("class")
        for link in drawn().findall("a")
    }

    assert sides["South Korea"].startswith("leg from-a")
    assert sides["Japan"].startswith("leg from-b")


def test_plans_are_dashed():
    """A line of nothing but plans says so, in form and in words."""
    plans = tuple(
        replace(event, facts=replace(event.facts, status=Status.PLANNED))
        for event in OWN
        if event.facts.place and event.facts.place.name == "Busan"
    )
    (link,) = drawn(plans).findall("a")

    assert link.find("path").get("class").endswith(" planned")
    assert "(planned)" in link.get("aria-label")


def test_nothing_to_draw():
    """Without a journey, or without knowing where anything is, there is no map."""
    assert "" == legs.figure((), "KOR", "JPN", GIVEN)
    assert "" == legs.figure(OWN, "KOR", "JPN", replace(GIVEN, known=None))


def test_names_do_not_lie_on_one_another():
    """Of two towns close together both have their mark, and their names do not meet."""
    taken = []
    assert legs._name("Jeju", 100, 100, taken)
    assert legs._name("Seogwipo", 102, 104, taken)
    assert [] == legs._name("A third", 101, 102, taken)


@pytest.mark.parametrize("words", STRINGS)
def test_hostile_names_stay_words(words):
    """What a source calls a place is text, never markup."""
    event = next(event for event in OWN if event.facts.guests and event.facts.host == "KOR")
    place = PlaceName(name=words, state="KOR")
    picture = drawn((replace(event, facts=replace(event.facts, place=place)),))
    tags = {element.tag for element in picture.iter()}

    assert {"svg", "title", "path", "a", "circle", "text"} >= tags
    assert all(link.get("href").startswith("#") for link in picture.iter("a"))


def test_land_stays_in_one_piece():
    """A coast that crosses the edge of the globe, or lies behind it, is drawn without a tear."""
    view = legs.View(lon=-170.0, lat=40.0, scale=3.0)
    for ring in (
        [[170, 60], [179, 62], [-179, 62], [-170, 60], [170, 60]],
        [[-5, 50], [5, 50], [12, 45], [-2, 44], [-5, 50]],
    ):
        for piece in legs._ring(ring, view).split("Z"):
            xs = [float(point.split(",")[0]) for point in piece.strip("M").split("L") if point]
            assert all(abs(one - other) < 60 for one, other in itertools.pairwise(xs))
    assert "M" in legs._ring([[170, 60], [179, 62], [-179, 62], [170, 60]], view)
