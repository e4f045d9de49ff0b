"""What is known before reading: people in office, states, organisations, gatherings, places."""

import csv
from datetime import date
from pathlib import Path

import pytest

HOLDERS = Path(__file__).parent.parent / "tables" / "holders.tsv"


def rows(path):
    with path.open(encoding="utf-8", newline="") as lines:
        return [tuple(row.values()) for row in csv.DictReader(lines, delimiter="\t")]


@pytest.mark.parametrize(("state", "office", "on", "name"), rows(HOLDERS))
def test_holder_of_an_office_on_a_date(gazetteer, state, office, on, name):
    """The first holder given is the one in office on that day; nobody where there was none."""
    found = gazetteer.holders(state, office, on)
    assert name == (found[0].name if found else "")


def test_there_are_enough_questions():
    """The table of office-holders keeps its size."""
    assert len(rows(HOLDERS)) >= 150


def test_day_of_a_change_belongs_to_the_new_holder(gazetteer):
    """On 21 October 2025 Japan has one prime minister, the new one."""
    assert ["Sanae Takaichi"] == [
        one.name for one in gazetteer.holders("JPN", "prime minister", date(2025, 10, 21))
    ]


def test_month_gives_everybody_in_office_in_it(gazetteer):
    """Of October 2025 both prime ministers of Japan are answers, the later one first."""
    found = gazetteer.holders("JPN", "prime minister", "2025-10")
    assert ["Sanae Takaichi", "Shigeru Ishiba"] == [one.name for one in found]


def test_predecessor_and_successor(gazetteer):
    """Takaichi followed Ishiba, and stand-ins do not count."""
    takaichi = gazetteer.holders("JPN", "prime minister", "2026-01-09")[0]
    assert "Shigeru Ishiba" == gazetteer.predecessor(takaichi).name
    assert takaichi == gazetteer.successor(gazetteer.predecessor(takaichi))
    assert gazetteer.successor(takaichi) is None
    lee = gazetteer.holders("KOR", "president", "2025-08-01")[0]
    assert "Yoon Suk Yeol" == gazetteer.predecessor(lee).name


@pytest.mark.parametrize(
    ("written", "person"),
    [
        ("Shinzo Abe", "shinzo-abe"),
        ("Abe Shinzo", "shinzo-abe"),
        ("Lee Jae-myung", "lee-jae-myung"),
        ("Lee Jae Myung", "lee-jae-myung"),
        ("Jae-myung Lee", "lee-jae-myung"),
        ("Recep Tayyip Erdoğan", "recep-tayyip-erdogan"),
        ("Viktor Orbán", "viktor-orban"),
        ("Volodymyr Zelenskyy", "volodymyr-zelensky"),
        ("Moammar Gadhafi", "muammar-gaddafi"),
        ("Mao Tse-tung", "mao-zedong"),
        ("Tô Lâm", "to-lam"),
        ("Sheikh Tamim bin Hamad Al Thani", "tamim-bin-hamad"),
        ("Nobody Atall", None),
    ],
)
def test_people_by_any_spelling(gazetteer, written, person):
    """Either order of names, with or without accents and hyphens, names the same person."""
    assert ((person,) if person else ()) == gazetteer.people_named(written)


def test_surname_on_a_date(gazetteer):
    """In January 2026 there is a Takaichi in office, and in 2020 there is none as prime minister."""
    assert {"sanae-takaichi"} == {one.person for one in gazetteer.by_surname("Takaichi", "2026-01-09")}
    assert () == gazetteer.by_surname("Takaichi", "2020-01-09")
    assert "thaksin-shinawatra" in {one.person for one in gazetteer.by_surname("Thaksin", "2003")}


@pytest.mark.parametrize(
    ("surface", "first"),
    [
        ("South Korea", "KOR"),
        ("Korea", "KOR"),
        ("North Korean", "PRK"),
        ("Blue House", "KOR"),
        ("Kremlin", "RUS"),
        ("Türkiye", "TUR"),
        ("Swaziland", "SWZ"),
        ("Burma", "MMR"),
        ("Dutch", "NLD"),
        ("USSR", "SUN"),
        ("Élysée", "FRA"),
        ("Tokyo", "JPN"),
        ("U.S.", "USA"),
        ("US", "USA"),
        ("Zaire", "ZAR"),
        ("Bonn", "DEU"),
    ],
)
def test_states_by_any_word(gazetteer, surface, first):
    """Names, adjectives, capitals and houses of government lead to the state."""
    assert first == gazetteer.state_named(surface)[0].id


def test_us_is_no_state_in_lower_case(gazetteer):
    """A short word means a state only as it is written."""
    assert () == gazetteer.state_named("us")


def test_all_members_and_observers_are_there(gazetteer):
    """193 members, two observers, Taiwan and Kosovo, each with a name, an adjective and a capital."""
    members = [one for one in gazetteer.states.values() if one.un_member == "yes"]
    assert 193 == len(members)
    assert {"PSE", "VAT"} == {one.id for one in gazetteer.states.values() if one.un_member == "observer"}
    known = [*members, *(gazetteer.states[one] for one in ("PSE", "VAT", "TWN", "XKX"))]
    assert [] == [one.id for one in known if not (one.adjectives and one.capitals)]


def test_sixty_states_have_a_metonym(gazetteer):
    """At least sixty states have a house that stands for their government."""
    assert 60 <= sum(bool(one.metonyms) for one in gazetteer.states.values())


def test_gathering_by_year_month_and_day(gazetteer):
    """A year, a month or a day near it finds the gathering; two in a year are not guessed between."""
    assert "g20-2025" == gazetteer.gathering("g20", 2025).id
    assert "g20-2025" == gazetteer.gathering("g20", "2025-11").id
    assert "apec-2025" == gazetteer.gathering("apec", date(2025, 10, 30)).id
    assert gazetteer.gathering("g20", 2009) is None
    assert "g20-2009-london" == gazetteer.gathering("g20", "2009-04-02").id
    assert gazetteer.gathering("g20", 1990) is None


def test_places_sorted_by_state_then_prominence(gazetteer):
    """Nara is in Japan, and Georgia's neighbours do not hide Tripoli's capital."""
    assert "JPN" == gazetteer.places_named("Nara")[0].state
    assert "LBY" == gazetteer.places_named("Tripoli")[0].state
    assert "GBR" == gazetteer.places_named("Birmingham", "GBR")[0].state
    assert "USA" == gazetteer.places_named("Birmingham", "USA")[0].state
    assert () == gazetteer.places_named("Nowhere-on-Sea")


@pytest.mark.parametrize(
    "venue",
    [
        "Camp David",
        "Panmunjom",
        "Kananaskis",
        "Sunnylands",
        "Mar-a-Lago",
        "Jekyll Island",
        "Ibusuki",
        "Gyeongju",
    ],
)
def test_summit_venues_are_places(gazetteer, venue):
    """The houses and resorts where leaders meet are known."""
    assert gazetteer.places_named(venue)


def test_members_on_a_date(gazetteer):
    """The United Kingdom left the European Union, and Finland joined NATO."""
    assert "GBR" in gazetteer.members("eu", "2019-01-01")
    assert "GBR" not in gazetteer.members("eu", "2021-01-01")
    assert "FIN" not in gazetteer.members("nato", "2022-01-01")
    assert "FIN" in gazetteer.members("nato", "2024-01-01")
    assert () == gazetteer.members("no-such-body")


def test_surfaces_name_known_things(gazetteer):
    """Every surface leads to something, none is empty, and none comes twice."""
    found = list(gazetteer.surfaces())
    assert len(set(found)) == len(found)
    assert [] == [one for one in found if not one.surface.strip()]
    kinds = {one.kind for one in found}
    assert {"state", "adjective", "person", "series", "gathering", "place", "weak-state"} <= kinds
    people = {one.person for one in gazetteer.tenures.values()}
    assert {one.id for one in found if one.kind == "person"} <= people


def test_every_row_has_a_source(gazetteer):
    """Each tenure and state says where it was taken from and when that was so."""
    rows = [*gazetteer.tenures.values(), *gazetteer.states.values(), *gazetteer.places.values()]
    assert [] == [one.id for one in rows if not (one.source and one.as_of)]


def test_check_finds_nothing(gazetteer):
    """No overlap, no gap without a reason, nobody's name shared by two."""
    assert () == gazetteer.check()
