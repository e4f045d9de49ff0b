from dataclasses import replace
from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from made_events import other, person, visit

from diplograph.analysis.journeys import Days, days_between
from diplograph.analysis.shuttle import Ending, exchange, shuttles, whose_turn
from diplograph.model import EventType, Status, StatusStep, TimeSpan

NAMES = {"KOR": "Korea", "JPN": "Japan", "USA": "United States"}

LEE = person("Lee Jae Myung", "KOR")
ISHIBA = person("Shigeru Ishiba", "JPN", "Prime Minister")


def korea_japan():
    return [
        visit("KOR", "JPN", "2025-08-23/2025-08-24", LEE, event_id="tokyo", place="Tokyo"),
        visit("JPN", "KOR", "2025-09-30", ISHIBA, event_id="busan", place="Busan"),
        visit(
            "KOR",
            "JPN",
            "2026-01-13/2026-01-14",
            LEE,
            event_id="nara",
            place="Nara",
            status=Status.PLANNED,
        ),
        other(EventType.MEETING, ("JPN", "KOR"), "2025-11-23", event_id="johannesburg"),
    ]


def test_a_visit_and_its_return_are_a_shuttle():
    """Two visits that answer one another within the window are two legs with one turn-around."""
    found = exchange(korea_japan(), "KOR", "JPN")
    assert [("tokyo", "busan")] == [shuttle.events for shuttle in found.shuttles]
    assert (Days(at_least=38, at_most=38),) == found.shuttles[0].turn_arounds
    assert ("KOR", "JPN") == found.shuttles[0].states
    assert found.shuttles[0].certain
    assert Ending.OPEN is found.shuttles[0].ending
    assert found.shuttles[0].broken_by is None


def test_planned_visits_and_meetings_elsewhere_are_no_legs():
    """A planned visit stands beside the legs; a meeting in a third country is none of them."""
    found = exchange(korea_japan(), "KOR", "JPN")
    assert ["nara"] == [journey.event for journey in found.ahead]
    assert ["tokyo", "busan"] == [leg.event for leg in found.legs]


def test_a_visit_to_a_gathering_is_no_leg_unless_asked():
    """A leader at a G7 in the other state visits it, but does not return a visit by it."""
    events = [
        visit("KOR", "JPN", "2023-03-16", event_id="tokyo"),
        visit("JPN", "KOR", "2023-05-07", event_id="seoul"),
        visit("KOR", "JPN", "2023-05-19", event_id="hiroshima", occasion="G7"),
    ]
    assert [("tokyo", "seoul")] == [s.events for s in exchange(events, "KOR", "JPN").shuttles]
    assert ["hiroshima"] == [j.event for j in exchange(events, "KOR", "JPN").gatherings]
    asked = exchange(events, "KOR", "JPN", multilateral=True)
    assert [("tokyo", "seoul", "hiroshima")] == [s.events for s in asked.shuttles]


def test_a_minister_does_not_return_a_presidents_visit():
    """The levels asked for decide which visits are legs; the others are listed below."""
    minister = person("Takeshi Iwaya", "JPN", "Foreign Minister")
    events = [
        visit("KOR", "JPN", "2025-01-01", LEE, event_id="lee"),
        visit("JPN", "KOR", "2025-01-13", minister, event_id="iwaya"),
    ]
    found = exchange(events, "KOR", "JPN")
    assert () == found.shuttles
    assert ["iwaya"] == [journey.event for journey in found.lower]
    assert ["lee"] == [journey.event for journey in found.single]


def test_why_a_shuttle_ended():
    """The next visit ends a run: late if it came after the window, repeated if by the same side."""
    events = [
        visit("KOR", "JPN", "2011-10-18", event_id="a"),
        visit("JPN", "KOR", "2011-12-17", event_id="b"),
        visit("JPN", "KOR", "2012-02-01", event_id="c"),
        visit("KOR", "JPN", "2012-03-01", event_id="d"),
        visit("JPN", "KOR", "2023-03-16", event_id="e"),
    ]
    found = exchange(events, "KOR", "JPN")
    assert [("a", "b"), ("c", "d")] == [shuttle.events for shuttle in found.shuttles]
    assert [Ending.REPEATED, Ending.LATE] == [shuttle.ending for shuttle in found.shuttles]
    assert ["c", "e"] == [shuttle.next_visit for shuttle in found.shuttles]
    assert ["KOR", "JPN"] == [shuttle.broken_by for shuttle in found.shuttles]
    assert ["e"] == [journey.event for journey in found.single]


def test_coarse_dates_give_bounds():
    """A return in a month is a turn-around between two numbers of days, never the first of the month."""
    events = [visit("KOR", "JPN", "2025-01-01"), visit("JPN", "KOR", "2025-06")]
    (found,) = exchange(events, "KOR", "JPN").shuttles
    assert (Days(at_least=151, at_most=180),) == found.turn_arounds
    assert "151 to 180 days" == str(found.turn_arounds[0])
    assert found.certain


def test_order_that_dates_do_not_fix_is_uncertain():
    """A visit in August and one on 15 August may have been in either order."""
    events = [visit("KOR", "JPN", "2025-08"), visit("JPN", "KOR", "2025-08-15")]
    (found,) = exchange(events, "KOR", "JPN").shuttles
    assert not found.certain
    assert (Days(at_least=0, at_most=14),) == found.turn_arounds
    assert whose_turn(events, "KOR", "JPN").turn is None


def test_undated_visits_are_kept_aside():
    """A visit without a date is in no sequence, and is not lost."""
    found = exchange([visit("KOR", "JPN", event_id="when")], "KOR", "JPN")
    assert ["when"] == [journey.event for journey in found.undated]
    assert ((), ()) == (found.shuttles, found.single)


def test_a_visit_told_loosely_is_not_counted_twice():
    """A visit "in August" beside one on 23 August of that side is the same one for the sequence."""
    events = [*korea_japan(), visit("KOR", "JPN", "2025-08", event_id="loose"), visit("KOR", "JPN", "2025")]
    found = exchange(events, "KOR", "JPN")
    assert [("tokyo", "busan")] == [shuttle.events for shuttle in found.shuttles]
    assert found.shuttles[0].certain
    assert "loose" in [journey.event for journey in found.undated]
    assert ("KOR", 1) == (whose_turn(events, "KOR", "JPN").turn, whose_turn(events, "KOR", "JPN").run)


def test_a_plan_told_before_the_last_visit_is_overtaken():
    """A plan without a day counts only if it was told after the last visit."""
    plan = visit("KOR", "JPN", event_id="plan", status=Status.PLANNED)
    step = StatusStep(status=Status.PLANNED, report="r", published=date(2025, 8, 1))
    old, new = (
        replace(plan, history=(step,)),
        replace(plan, history=(replace(step, published=date(2025, 10, 1)),)),
    )
    held = korea_japan()[:2]
    assert () == whose_turn([*held, old], "KOR", "JPN").planned
    assert ["plan"] == [j.event for j in whose_turn([*held, new], "KOR", "JPN").planned]


def test_a_plan_that_was_told_more_exactly_is_told_once():
    """Of an open plan and a dated one that may be the same trip the sentence tells the dated one."""

    def plan(name, published, *people, **told):
        made = visit("KOR", "JPN", *people, event_id=name, status=Status.PLANNED, **told)
        step = StatusStep(status=Status.PLANNED, report="r", published=published)
        return replace(made, history=(step,))

    held = korea_japan()[:2]
    early, late = date(2025, 11, 24), date(2026, 1, 9)
    nara = plan("nara", late, "2026-01-13", LEE, place="Nara")
    loose = plan("loose", early, "", LEE)
    other_person = plan("other", early, "", person("Cho Hyun", "KOR", "President"))
    newer = plan("newer", date(2026, 1, 20), "", LEE)

    def said(*plans):
        return whose_turn([*held, *plans], "KOR", "JPN", late, names=NAMES).sentence.count(" planned")

    assert 1 == said(nara, loose)
    assert 2 == said(nara, other_person)
    assert 2 == said(nara, newer)
    assert {"nara", "loose"} == {
        j.event for j in whose_turn([*held, nara, loose], "KOR", "JPN", late).planned
    }


def test_nothing_gives_nothing():
    """No events give an empty exchange and a sentence that says so."""
    assert () == exchange([], "KOR", "JPN").shuttles
    assert () == shuttles([])
    turn = whose_turn([], "KOR", "USA", names=NAMES)
    assert turn.turn is None
    assert "No visit recorded between Korea and the United States; no meetings elsewhere." == turn.sentence


def test_the_sentence_of_the_turn():
    """The answer names the state, both last visits and what is planned."""
    turn = whose_turn(korea_japan(), "KOR", "JPN", date(2026, 1, 9), names=NAMES)
    assert "KOR" == turn.turn
    assert (
        "It is Korea’s turn: Shigeru Ishiba went to Busan on 30 September 2025; the last visit from Korea to "
        "Japan was Lee Jae Myung’s to Tokyo on 23–24 August 2025. "
        "A visit of Lee Jae Myung to Nara is planned for 13–14 January 2026."
    ) == turn.sentence
    assert Days(at_least=101, at_most=101) == turn.since
    assert ("busan", "tokyo", "nara") == turn.events
    assert ("johannesburg",) == turn.meetings


def test_a_plan_whose_day_has_passed_is_not_taken_for_held():
    """After its day a planned visit is still a plan, and the sentence says that nobody told more."""
    turn = whose_turn(korea_japan(), "KOR", "JPN", date(2026, 2, 1), names=NAMES)
    assert "KOR" == turn.turn
    assert turn.sentence.endswith("was planned for 13–14 January 2026; no source tells that it was held.")


def test_as_of_looks_from_that_day():
    """Before the return it was the other side's turn."""
    turn = whose_turn(korea_japan(), "KOR", "JPN", date(2025, 9, 1), names=NAMES)
    assert ("JPN", 1) == (turn.turn, turn.run)
    assert "no visit from Japan to Korea is recorded" in turn.sentence


def test_days_between_unresolved_times_are_not_invented():
    """Where either time is unresolved there is no number."""
    assert days_between(TimeSpan(), TimeSpan.parse("2025")) is None


@st.composite
def small_histories(draw):
    visits = draw(
        st.lists(
            st.tuples(
                st.booleans(),
                st.one_of(
                    st.dates(date(2000, 1, 1), date(2006, 1, 1)).map(date.isoformat),
                    st.dates(date(2000, 1, 1), date(2006, 1, 1)).map(lambda day: day.isoformat()[:7]),
                ),
            ),
            max_size=9,
        )
    )
    return [
        visit("AAA", "BBB", when, event_id=f"{number:02}")
        if out
        else visit("BBB", "AAA", when, event_id=f"{number:02}")
        for number, (out, when) in enumerate(visits)
    ]


def answers(before, after, window):
    days = days_between(before.facts.when, after.facts.when)
    return before.facts.host != after.facts.host and days.at_least <= window


@given(small_histories(), st.integers(1, 900))
def test_shuttles_equal_a_brute_force_search(events, window):
    """The runs are exactly the maximal stretches in which every step answers the one before."""
    exact = {(e.facts.host, e.facts.when.edtf[:7]) for e in events if len(e.facts.when.edtf) == 10}
    events = [
        e for e in events if len(e.facts.when.edtf) == 10 or (e.facts.host, e.facts.when.edtf) not in exact
    ]
    line = sorted(events, key=lambda e: (e.facts.when.earliest_start(), e.facts.when.latest_start(), e.id))
    size = len(line)
    good = [
        (i, j)
        for i in range(size)
        for j in range(i + 1, size)
        if all(answers(x, y, window) for x, y in pairwise(line[i : j + 1]))
    ]
    widest = [(i, j) for i, j in good if not any((a, b) != (i, j) and a <= i and b >= j for a, b in good)]
    expected = [tuple(event.id for event in line[i : j + 1]) for i, j in widest]
    assert expected == [shuttle.events for shuttle in exchange(events, "AAA", "BBB", window=window).shuttles]


@given(small_histories(), st.randoms())
def test_order_of_events_does_not_matter(events, random):
    """The same events in another order give the same turn and the same shuttles."""
    mixed = list(events)
    random.shuffle(mixed)
    assert whose_turn(events, "AAA", "BBB") == whose_turn(mixed, "AAA", "BBB")
    assert shuttles(events) == shuttles(mixed)
