"""Who held an office, asked as people ask: everyday titles, former states, variant spellings."""

import csv
import re
from pathlib import Path

import pytest

from diplograph.knowledge import asking, spelling
from diplograph.knowledge.names import unaccented

ASKED = Path(__file__).parent.parent / "tables" / "asked.tsv"


def questions():
    with ASKED.open(encoding="utf-8", newline="") as lines:
        return [tuple(row.values()) for row in csv.DictReader(lines, delimiter="\t")]


def names(answer):
    return [one.name for one in answer.tenures]


def right(answer, pattern):
    """Whether the first answer bears a name of the pattern, or there is none where there shall be none."""
    if pattern == "-" or not answer.tenures:
        return pattern == "-" and not answer.tenures
    first = answer.tenures[0]
    spelt = {first.name, *first.aliases}
    return any(re.search(pattern, name) for name in spelt | {unaccented(name) for name in spelt})


def test_questions_of_every_day(gazetteer):
    """Each office, named as newspapers name it, has the holder of that day; none where there was none."""
    asked = [(words, on, pattern, asking.ask(gazetteer, words, on)) for words, on, pattern in questions()]
    assert len(asked) > 600
    assert [] == [
        (words, on, names(answer)) for words, on, pattern, answer in asked if not right(answer, pattern)
    ]


def test_leader_of_all_stands_first(gazetteer):
    """Several may lead a state; the one who counts most is given first."""
    assert "Deng Xiaoping" == names(asking.ask(gazetteer, "leader of China", "1985-01-01"))[0]
    assert ["Kim Jong Il"] == names(asking.ask(gazetteer, "leader of North Korea", "2000-01-01"))


@pytest.mark.parametrize(
    ("words", "on", "told"),
    [
        ("Chancellor of Spain", "2020-01-01", "Prime Minister Pedro Sanchez"),
        ("President of Saudi Arabia", "2010-01-01", "King Abdullah"),
        ("President of Yemen", "1985-01-01", "look up North Yemen, South Yemen"),
        ("President of Zaire", "2005-01-01", "look up Democratic Republic of the Congo"),
    ],
)
def test_unknown_office_tells_what_is_near(gazetteer, words, on, told):
    """Where nobody is known no one is guessed, and it is said what could be meant."""
    answer = asking.ask(gazetteer, words, on)
    assert () == answer.tenures
    assert any(told in sentence for sentence in answer.near)


@pytest.mark.parametrize(
    ("words", "on", "told"),
    [
        ("President of Spain", "2020-01-01", "'President' of Spain was read as Prime Minister"),
        ("Prime Minister of Germany", "2000-01-01", "'Prime Minister' of Germany was read as Chancellor"),
        ("Chancellor of Germany", "2000-01-01", ""),
        ("Taoiseach", "2000-01-01", ""),
        ("President of Columbia", "1999-01-01", "'Columbia' was read as Colombia"),
    ],
)
def test_answer_says_how_words_were_read(gazetteer, words, on, told):
    """Where a state calls the office otherwise, or is spelt otherwise, the answer says so."""
    answer = asking.ask(gazetteer, words, on)
    assert answer.tenures
    assert told == answer.read_as


def test_vacancy_has_its_reason(gazetteer):
    """Between two presidents of Peru nobody was in office, and it is said why."""
    answer = asking.ask(gazetteer, "President of Peru", "2020-11-16")
    assert () == answer.tenures
    assert ["Merino had resigned"] == [one.reason for one in answer.vacancies]


@pytest.mark.parametrize(
    ("written", "on", "person"),
    [
        ("Kadafi", "1990-01-01", "muammar-gaddafi"),
        ("Moammar Qadhafi", None, "muammar-gaddafi"),
        ("Nikita Khrushchyov", None, "nikita-khrushchev"),
        ("Deng Hsiao-ping", "1985-01-01", "deng-xiaoping"),
        ("Ayatollah Khomeyni", "1985-01-01", "ruhollah-khomeini"),
        ("Nelson Mandella", None, "nelson-mandela"),
        ("Francois Miterrand", "1985-01-01", "francois-mitterrand"),
        ("Slobodan Milosevich", "1995-01-01", "slobodan-milosevic"),
        ("Kadafi", None, None),
        ("Nelson Mandella", "1970-01-01", None),
        ("Smith", "1990-01-01", None),
        ("Nobody Atall", "1990-01-01", None),
        ("Kim", "2000-01-01", None),
        ("", "2000-01-01", None),
    ],
)
def test_spelling_by_sound(gazetteer, written, on, person):
    """A spelling leads to the one person in office whose name sounds so, and else to nobody."""
    assert ((person,) if person else ()) == spelling.people(gazetteer, written, on)


@pytest.mark.parametrize(
    ("written", "state"),
    [
        ("Phillipines", ["PHL"]),
        ("Columbia", ["COL"]),
        ("Kazakstan", ["KAZ"]),
        ("Azerbaidjan", ["AZE"]),
        ("Slovania", []),
        ("Atlantis", []),
        ("Chin", []),
    ],
)
def test_states_nearly_spelt(gazetteer, written, state):
    """A state is recognised from a slip of spelling only if no other state comes near."""
    assert state == list(spelling.states(gazetteer, written))


@pytest.mark.parametrize(
    ("words", "on", "ids"),
    [
        ("South Vietnam", "1970-01-01", ["RVN"]),
        ("North Vietnam", "1970-01-01", ["VDR"]),
        ("Yemen", "1985-01-01", ["YEM"]),
        ("Kingdom of Spain", None, ["ESP"]),
        ("United Arab Republic", "1960-01-01", ["UAR"]),
        ("West German", "1970-01-01", ["DEU"]),
        ("Rhodesia", None, ["RHO"]),
        ("Somaliland", None, ["SML"]),
        ("US", None, ["USA"]),
        ("us", None, []),
    ],
)
def test_polities_by_name(gazetteer, words, on, ids):
    """Former and claimed states are found by name like those of today."""
    assert ids == [one.id for one in asking.polities(gazetteer, words, on)][: max(1, len(ids))]


@pytest.mark.parametrize(
    ("state", "on", "called", "capital"),
    [
        ("MMR", "1970", "Burma", "Yangon"),
        ("MMR", "2020", "Myanmar", "Nay Pyi Taw"),
        ("DEU", "1970-01-01", "West Germany", "Bonn"),
        ("DEU", None, "Germany", "Berlin"),
        ("BFA", "1983", "Upper Volta", "Ouagadougou"),
        ("LKA", "1960", "Ceylon", "Colombo"),
        ("SWZ", "2010", "Swaziland", "Mbabane"),
        ("ZWE", "1970", "Rhodesia", "Harare"),
    ],
)
def test_names_and_capitals_over_time(gazetteer, state, on, called, capital):
    """A state is called as it was on the day, and so is its capital."""
    entry = gazetteer.states[state]
    assert (called, capital) == (asking.called(entry, on), asking.capital(entry, on))


def test_line_of_a_former_state_ends_with_it(gazetteer):
    """Tanganyika's office-holders stand with Tanzania's, and are Tanganyika's while it lasted."""
    assert ["Julius Nyerere"] == [one.name for one in gazetteer.holders("EAT", "president", "1963-06-01")]
    assert () == gazetteer.holders("EAT", "president", "1970-01-01")
    assert {"Julius Nyerere"} == {one.name for one in gazetteer.holders("EAT", "president")}
