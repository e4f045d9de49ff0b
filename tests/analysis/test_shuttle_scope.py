"""What exchanges and shuttles leave out: day, level, gatherings, and what was called off."""

from datetime import date

from made_events import person, visit

from diplograph.analysis.levels import SUMMIT, Level
from diplograph.analysis.shuttle import exchange, shuttles
from diplograph.model import Status

LEE = person("Lee Jae Myung", "KOR")
ISHIBA = person("Shigeru Ishiba", "JPN", "Prime Minister")
CHO = person("Cho Hyun", "KOR", "Foreign Minister")
EVENTS = [
    visit("KOR", "JPN", "2025-01-10", LEE, event_id="tokyo"),
    visit("JPN", "KOR", "2025-03-10", ISHIBA, event_id="busan"),
    visit("KOR", "JPN", "2025-05-10", CHO, event_id="minister"),
    visit("KOR", "JPN", "2025-07-10", LEE, event_id="osaka", occasion="Expo"),
    visit("JPN", "KOR", "2025-09-10", ISHIBA, event_id="seoul", status=Status.CANCELLED),
]


def legs(found):
    """The events of the legs of each shuttle."""
    return [shuttle.events for shuttle in found]


def test_what_was_called_off_stands_by_itself():
    """A cancelled visit is listed as such and nowhere else."""
    found = exchange(EVENTS, "KOR", "JPN")

    assert ["seoul"] == [journey.event for journey in found.cancelled]
    assert ("tokyo", "busan") == tuple(journey.event for journey in found.legs)
    assert [] == [journey.event for journey in found.ahead]


def test_an_exchange_seen_from_a_day():
    """What had not begun by the day is left out; a visit of the day itself is there."""
    assert [] == legs(exchange(EVENTS, "KOR", "JPN", as_of=date(2025, 3, 9)).shuttles)
    assert [("tokyo", "busan")] == legs(exchange(EVENTS, "KOR", "JPN", as_of=date(2025, 3, 10)).shuttles)


def test_shuttles_seen_from_a_day():
    """The shuttles of all dyads leave out what had not begun, as an exchange does."""
    assert [] == legs(shuttles(EVENTS, as_of=date(2025, 3, 9)))
    assert [("tokyo", "busan")] == legs(shuttles(EVENTS, as_of=date(2025, 3, 10)))


def test_levels_of_shuttles():
    """A minister's visit is a leg only if ministers are asked for."""
    assert [("tokyo", "busan")] == legs(shuttles(EVENTS))
    assert [("tokyo", "busan", "minister")] == legs(shuttles(EVENTS, level={*SUMMIT, Level.MINISTER}))


def test_gatherings_in_shuttles():
    """A visit to a gathering is a leg only if that is asked for."""
    assert [("tokyo", "busan", "osaka")] == legs(shuttles(EVENTS, multilateral=True))
