"""States and polities since 1945: who followed whom, and that a text still reads them rightly."""

import re
from collections import defaultdict

import pytest

from diplograph.knowledge import asking
from diplograph.model.timespan import first_day, last_day
from diplograph.text import mentions

SINCE_1945 = (
    "ANT ARF BIA BWI CSK DDR EAT EAZ FRN FTT HYD KTG MAL MLF NFL NKR PCI PCZ RHO RSK RVN SAA SCG SKM "
    "SUN TIB UAR VDR YAR YMD YUG ZAR"
).split()


def test_former_states_are_complete(gazetteer):
    """Each polity that ended and that COW, Gleditsch and Ward, or ISO 3166-3 list by itself is there."""
    assert set(SINCE_1945) == {one.id for one in gazetteer.states.values() if one.end}


def test_former_states_have_time_successor_and_source(gazetteer):
    """Each says from when to when it lasted, and which states followed; those are known."""
    ended = [gazetteer.states[one] for one in SINCE_1945]
    assert [] == [one.id for one in ended if not (one.start and one.end and one.successors and one.source)]
    assert [] == [s for one in ended for s in one.successors if s not in gazetteer.states]
    assert [] == [one.id for one in ended if first_day(one.start) >= last_day(one.end)]
    assert [] == [one.id for one in ended if one.line and one.line not in one.successors]


def test_predecessors(gazetteer):
    """What followed whom can be asked from the other side."""
    yemen, germany = gazetteer.states["YEM"], gazetteer.states["DEU"]
    assert ["YAR", "YMD"] == [one.id for one in asking.predecessors(gazetteer, yemen)]
    assert "DDR" in {one.id for one in asking.predecessors(gazetteer, germany, "1991")}
    assert "DDR" not in {one.id for one in asking.predecessors(gazetteer, germany, "1970")}


def test_former_names_are_names(gazetteer):
    """A name that a state once bore is an alias, or the name of a polity that it followed."""
    for state in gazetteer.states.values():
        known = {state.name, *state.aliases}
        known |= {n for one in asking.predecessors(gazetteer, state) for n in (one.name, *one.aliases)}
        assert [] == [n for n in (entry.partition("@")[0] for entry in state.former_names) if n not in known]


@pytest.mark.parametrize(
    ("text", "kind", "state"),
    [
        ("South Vietnam", "state", "VNM"),
        ("North Vietnamese", "adjective", "VNM"),
        ("Yemen", "state", "YEM"),
        ("Rhodesia", "state", "ZWE"),
        ("United Arab Republic", "state", "EGY"),
        ("Tanganyika", "state", "TZA"),
        ("Soviet", "adjective", "RUS"),
        ("West German", "adjective", "DEU"),
    ],
)
def test_reader_takes_the_state_that_followed(text, kind, state):
    """In a text the name of a former state means the one that acts for it today."""
    (hit,) = mentions.find(f"The {text} minister left.")
    assert state == hit.meaning(kind)


@pytest.mark.parametrize("name", ["Tibet", "Biafra", "Somaliland", "Northern Cyprus", "Transnistria"])
def test_claimed_states_are_places_in_a_text(name):
    """A polity that few recognise is no actor by its name alone; its region stays a place."""
    (hit,) = mentions.find(f"He went to {name} again.")
    assert hit.meaning("state", "adjective", "weak-state") is None
    assert hit.meaning("place")


def test_codes_are_unlike(gazetteer):
    """Ids have three letters, and a number or code is shared only along a line of succession."""
    assert [] == [one for one in gazetteer.states if not re.fullmatch("[A-Z]{3}", one)]
    for field in ("cow", "gec"):
        bearers = defaultdict(set)
        for one in gazetteer.states.values():
            bearers[getattr(one, field)].add(gazetteer.heir(one.id))
        assert {} == {code: states for code, states in bearers.items() if code and len(states) > 1}
