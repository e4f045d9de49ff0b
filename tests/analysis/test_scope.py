"""Filters, and what is written for other tools."""

from dataclasses import replace
from datetime import date

from made_events import other, person, visit

from diplograph.analysis import panels, relational
from diplograph.analysis.levels import Level
from diplograph.analysis.scope import Scope
from diplograph.knowledge import gazetteer
from diplograph.model import EventType, Status


def ids(narrowed):
    return [event.id for event in narrowed.events]


LEE = person("Lee Jae Myung", "KOR")
CHO = person("Cho Hyun", "KOR", "Foreign Minister")


def events():
    return [
        visit("KOR", "JPN", "2025-08-23", LEE, event_id="lee"),
        visit("KOR", "JPN", "2025-07-29", CHO, event_id="cho"),
        visit("USA", "JPN", "2025-10", event_id="trump", status=Status.PLANNED),
        visit("JPN", "KOR", "2024", event_id="when"),
        visit("JPN", "KOR", "", event_id="never"),
        other(EventType.CALL, ("KOR", "CHN"), "2025-11-01", event_id="call"),
    ]


def test_a_scope_that_asks_nothing_keeps_everything():
    """Every event passes, the same object."""
    assert events() == list(Scope().narrow(events()).events)


def test_each_filter():
    """Pairs, states, guests, hosts, levels, kinds and statuses each keep what they name."""
    wanted = {
        "lee cho when never": Scope(pairs=frozenset({frozenset(("JPN", "KOR"))})),
        "call": Scope(states=frozenset({"CHN"})),
        "trump call": Scope(guests=frozenset({"USA"})),
        "when never call": Scope(hosts=frozenset({"KOR"})),
        "cho call": Scope(level=frozenset({Level.MINISTER})),
        "lee cho trump when never": Scope(kinds=frozenset({"visit"})),
        "trump": Scope(statuses=frozenset({Status.PLANNED})),
    }
    assert list(wanted) == [" ".join(ids(scope.narrow(events()))) for scope in wanted.values()]


def test_years_name_what_they_cannot_judge():
    """A visit some time in 2024 is neither after July of it nor before, and is named."""
    found = Scope(since=date(2024, 7, 1), until=date(2025, 9, 30)).narrow(events())
    assert ["lee", "cho"] == ids(found)
    assert (("when",), ("never",)) == (found.doubtful, found.undated)
    assert "1 event left out, for the dates do not tell" in found.remark
    assert "" == Scope().narrow(events()).remark


def test_a_joint_visit_loses_the_guest_that_is_not_asked_about():
    """Of two guests only those that pass stay."""
    event = visit("KOR", "JPN", "2025")
    joint = replace(event, facts=replace(event.facts, guests=("KOR", "USA"), states=("KOR", "USA", "JPN")))
    (left,) = Scope(pairs=frozenset({frozenset(("JPN", "USA"))})).narrow([joint]).events
    assert (("USA",), joint.id) == (left.facts.guests, left.id)


def test_sequences_for_relevent():
    """Senders and receivers are numbers from 1, time counts days, bounds and ids stand beside."""
    found = relational.relevent(events(), names={"KOR": "Korea"})
    assert [(1, 1, 2, 366), (576, 2, 1, 576), (601, 2, 1, 601)] == [
        tuple(row[key] for key in ("time", "sender", "receiver", "time_latest")) for row in found.events
    ]
    assert [1, 2, 3] == [row["order"] for row in found.events]
    assert (("never",), {"id": 2, "label": "KOR", "name": "Korea"}) == (found.undated, found.nodes[1])
    assert ((), ()) == (relational.relevent([]).events, relational.relevent([]).nodes)


def test_sequences_for_goldfish():
    """Labels, ISO dates and increments; the nodes are present."""
    found = relational.goldfish(events())
    assert {"time": "2025-08-23", "sender": "KOR", "receiver": "JPN", "increment": 1}.items() <= found.events[
        -1
    ].items()
    assert {"label": "JPN", "present": "TRUE", "name": "JPN"} == found.nodes[0]


def test_a_panel_merges_by_cow_codes():
    """Korea is 732 and Japan 740; years without events are zeros; a visit some time in a year is in it."""
    states = gazetteer.load().states
    rows = panels.dyad_years([*events(), visit("KOR", "JPN", "2022-01-01", event_id="old")], states)
    korea = [row for row in rows if (row["ccode1"], row["ccode2"]) == (732, 740)]
    assert [(2022, 1, 0, 0), (2023, 0, 0, 0), (2024, 0, 1, 1), (2025, 2, 0, 0)] == [
        tuple(row[key] for key in ("year", "visits_1to2", "visits_2to1", "visits_2to1_max")) for row in korea
    ]
    assert ["cho", "lee"] == sorted(korea[-1]["events"])
    assert (710, "CHN") == (rows[0]["ccode1"], rows[0]["iso1"])
    directed = panels.dyad_years(events(), states, directed=True)
    assert {(732, 740, 2), (740, 732, 0)} <= {(r["ccode1"], r["ccode2"], r["visits_1to2"]) for r in directed}
    assert () == panels.dyad_years([], states)


def test_two_states_of_one_code_are_one_row():
    """In the year in which Russia took over the Soviet Union's code the key stands once, with all visits."""
    given = [
        visit("SUN", "USA", "1991-07-30", event_id="moscow"),
        visit("USA", "SUN", "1991-09-01", event_id="back"),
        visit("RUS", "USA", "1991-12-28", event_id="new"),
    ]
    (row,) = panels.dyad_years(given, gazetteer.load().states)
    assert (2, 365, 1991, "USA", "SUN") == tuple(
        row[name] for name in ("ccode1", "ccode2", "year", "iso1", "iso2")
    )
    assert (1, 2, ["back", "moscow", "new"]) == (row["visits_1to2"], row["visits_2to1"], row["events"])


def test_a_panel_knows_when_states_were_there():
    """No row of zeros for a year before a state began."""
    states = gazetteer.load().states
    rows = panels.dyad_years([visit("SSD", "KEN", "2013-01-01")], states, since=2009, until=2013)
    assert [2011, 2012, 2013] == [row["year"] for row in rows]


def test_a_matrix():
    """Guests in rows, hosts in columns, weighed on request."""
    found = panels.matrix(events())
    assert (("JPN", "KOR"), ((0, 2), (2, 0))) == (found.states, found.cells)
    assert {"guest": "KOR", "JPN": 1.5, "KOR": 0} == panels.matrix(events(), scheme="rank").rows()[1]
    assert ((), ()) == (panels.matrix([]).states, panels.matrix([]).rows())
