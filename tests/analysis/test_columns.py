from dataclasses import replace
from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_events import person, visit

from diplograph.analysis import columns, levels, ordering, pairrates, reciprocity, shuttle, tables
from diplograph.analysis import journeys as travel
from diplograph.errors import SourceError, UnknownPluginError
from diplograph.model import Status, TimeSpan

DAYS = [f"2001-0{month}-{day:02}" for month in (1, 2, 3) for day in (1, 2, 14, 28)]
DATES = [*DAYS, "2001-01", "2001-02", "2001-03", "2001", "", "2001-01-28/2001-02-02"]

graphs = st.lists(
    st.tuples(st.sampled_from("ABCD"), st.sampled_from("ABCD"), st.sampled_from(DATES)), max_size=14
).map(
    lambda rows: [
        visit(a * 3, b * 3, when, event_id=f"{number % 7}{number:02}")
        for number, (a, b, when) in enumerate(rows)
        if a != b
    ]
)


def bounds(event):
    when = event.facts.when
    return when.earliest_start(), when.latest_start()


def brute_answer(event, events, within, as_of):
    """Told from the definition, by looking at every other visit."""
    (guest, host), (first, last) = event.facts.states, bounds(event)
    back = [bounds(e) for e in events if e.facts.when.start and e.facts.states == (host, guest)]
    if any((f - last).days > 0 and (t - first).days <= within for f, t in back):
        return "returned"
    if any((t - first).days > 0 and (f - last).days <= within for f, t in back):
        return "perhaps"
    if as_of is not None and (as_of - last).days < within:
        return "open"
    return "not-returned"


def brute_return(event, events):
    """The first visit the other way, in order of bounds and id, that can have begun later."""
    (guest, host), (first, _) = event.facts.states, bounds(event)
    back = [e for e in events if e.facts.when.start and e.facts.states == (host, guest)]
    return next((e.id for e in sorted(back, key=lambda e: (*bounds(e), e.id)) if bounds(e)[1] > first), None)


@settings(max_examples=200, deadline=None)
@given(graphs, st.integers(1, 80), st.sampled_from([None, date(2001, 2, 1), date(2001, 12, 31)]))
def test_returns_equal_brute_force(events, within, as_of):
    """Every answer and every returning visit is what looking at all pairs finds."""
    dated = [event for event in events if event.facts.when.start]
    expected = {e.id: (brute_answer(e, dated, within, as_of), brute_return(e, dated)) for e in dated}
    rows = tables.returns(
        columns.of_events(events), within=within, as_of=as_of.toordinal() if as_of else None
    )
    assert expected == {row["event"]: (row["answer"], row["return_event"]) for row in rows}


def placed(events):
    """Visits that a date puts in sequence, told from the rule."""
    exact = [e for e in events if e.facts.when.start and len(e.facts.when.start) == 10]

    def told_loosely(event):
        return any(
            e.facts.states == event.facts.states and bounds(event)[0] <= bounds(e)[0] <= bounds(event)[1]
            for e in exact
        )

    months = [e for e in events if e.facts.when.start and len(e.facts.when.start) == 7]
    return exact + [e for e in months if not told_loosely(e)]


def brute_shuttles(events, window):
    """Runs found by walking through each pair's visits."""
    runs = []
    for pair in sorted({tuple(sorted(e.facts.states)) for e in events}):
        own = [e for e in placed(events) if tuple(sorted(e.facts.states)) == pair]
        own.sort(key=lambda e: (*bounds(e), e.id))
        run = own[:1]
        for before, after in pairwise(own):
            soon = (bounds(after)[0] - bounds(before)[1]).days <= window
            if before.facts.guests != after.facts.guests and soon:
                run = [*run, after]
                continue
            runs.append((run, after))
            run = [after]
        runs.append((run, None))
    return [
        ([e.id for e in run], after.id if after else None, certain(run, window))
        for run, after in runs
        if len(run) > 1
    ]


def certain(run, window):
    return all(
        bounds(b)[0] >= bounds(a)[1] and (bounds(b)[1] - bounds(a)[0]).days <= window
        for a, b in pairwise(run)
    )


@settings(max_examples=200, deadline=None)
@given(graphs, st.integers(1, 80))
def test_shuttles_equal_brute_force(events, window):
    """Legs, the visit that ended a run, and certainty are what walking through the pairs finds."""
    expected = brute_shuttles(events, window)
    grid = tables.shuttles(columns.of_events(events), window=window)
    assert expected == [(row["events"], row["next_event"], row["certain"]) for row in grid]
    found = shuttle.shuttles(events, window=window)
    assert expected == [([*s.events], s.next_visit, s.certain) for s in found]
    assert [s.ending.value for s in found] == [row["ending"] for row in grid]


@settings(max_examples=200, deadline=None)
@given(graphs)
def test_balances_equal_brute_force(events):
    """Counts, events and reciprocity of every pair are what counting one by one finds."""
    ways = [event.facts.states for event in events]
    pairs = sorted({tuple(sorted(way)) for way in ways})
    grid = tables.balances(columns.of_events(events))
    assert [(a, b, ways.count((a, b)), ways.count((b, a))) for a, b in pairs] == [
        (row["a"], row["b"], row["a_to_b"], row["b_to_a"]) for row in grid
    ]
    assert {e.id for e in events} == {event for row in grid for event in row["events"]}
    low = sum(min(ways.count((a, b)), ways.count((b, a))) for a, b in pairs)
    high = sum(max(ways.count((a, b)), ways.count((b, a))) for a, b in pairs)
    expected = (low / high, 2 * low / (low + high)) if high else (None, None)
    assert expected == tables.reciprocity(columns.of_events(events))
    whole = reciprocity.reciprocity(events)
    assert expected == (whole.minmax, whole.weighted)


@settings(max_examples=50, deadline=None)
@given(graphs)
def test_the_sequence_rule_is_the_same_in_columns(events):
    """What can be put in sequence does not depend on the form in which visits are held."""
    found = travel.journeys(events)
    flags = columns.in_sequence(columns.of_journeys(found))
    assert {j.event for j in travel.sequence(found)} == {
        j.event for j, kept in zip(found, flags, strict=True) if kept
    }


def test_columns_of_nothing():
    """No visit gives tables of no row, not an error."""
    none = columns.of_events([])
    assert (0, 0, 0) == (
        len(tables.returns(none, within=9)),
        len(tables.shuttles(none, window=9)),
        len(tables.balances(none)),
    )
    assert (None, None) == tables.reciprocity(none)


def some():
    return [
        visit("KOR", "JPN", "2025-08-23/2025-08-24", event_id="tokyo"),
        visit("JPN", "KOR", "2025-09", event_id="busan", occasion="APEC"),
        visit("USA", "JPN", "2025", event_id="year"),
        visit("USA", "KOR", "", event_id="undated"),
    ]


def as_table(events):
    """The visits as a table that a columnar twin would hold."""
    import pyarrow as pa

    found = travel.journeys(events)
    spans = [journey.when if journey.dated else None for journey in found]
    return pa.table(
        {
            "event": [journey.event for journey in found],
            "guest": [journey.guest for journey in found],
            "host": [journey.host for journey in found],
            "first": [span and span.earliest_start() for span in spans],
            "first_at_latest": [span and span.latest_start() for span in spans],
            "edtf": [span.edtf if span else None for span in spans],
            "level": [str(journey.level) for journey in found],
            "subtype": [journey.subtype for journey in found],
            "occasion": [journey.occasion for journey in found],
            "quote": ["not read"] * len(found),
        }
    )


def test_a_parquet_file_and_events_give_the_same_columns(tmp_path):
    """The two doors lead to the same room."""
    import pyarrow.parquet as pq

    from diplograph.analysis import arrow

    pq.write_table(as_table(some()), tmp_path / "visits.parquet")
    read, told = arrow.read(tmp_path / "visits.parquet"), columns.of_events(some())
    for name in ("states", *columns.COLUMNS):
        assert list(getattr(told, name)) == list(getattr(read, name)), name
    assert list(told.events) == list(read.events)
    grid = tables.returns(read, within=30)
    assert list(tables.returns(told, within=30)) == list(grid)
    written = grid.to_arrow().to_pylist()
    assert (date(2025, 8, 23), "busan", "perhaps") == tuple(
        written[1][name] for name in ("first_day", "return_event", "answer")
    )
    assert [["tokyo", "busan"]] == tables.shuttles(read, window=40).to_arrow().column("events").to_pylist()


def test_filters_of_columns_are_those_of_journeys():
    """Levels, gatherings and the as-of day keep the same rows in either form; undated rows stay."""
    every = columns.of_events([*some(), visit("KOR", "JPN", "2024-02-01", CHO, event_id="cho")])
    asked = {"level": frozenset({levels.Level.UNKNOWN}), "multilateral": False, "as_of": date(2025, 8, 1)}
    found = travel.journeys([*some(), visit("KOR", "JPN", "2024-02-01", CHO, event_id="cho")], **asked)
    assert [j.event for j in found] == list(columns.chosen(every, **asked).events)
    assert ["year", "undated"] == [j.event for j in found]


def test_planned_visits_are_not_read_from_a_table():
    """A table tells of all statuses; held ones are taken unless others are asked for."""
    import pyarrow as pa

    from diplograph.analysis import arrow

    table = pa.Table.from_pylist([{**row_of(some()[0]), "status": "planned"}, row_of(some()[2])])
    assert ["year"] == list(arrow.of_table(table).events)
    assert ["tokyo"] == list(arrow.of_table(table, statuses=frozenset({Status.PLANNED})).events)


def test_a_table_without_a_column_is_refused():
    """The message names the column that is missing and those that are wanted."""
    import pyarrow as pa

    from diplograph.analysis import arrow

    with pytest.raises(SourceError, match=r"no column host, guest; .*first_at_latest"):
        arrow.of_table(pa.table({"event": ["a"], "first": [None], "first_at_latest": [None]}))


def test_spans_wider_than_a_sort_key_are_sorted_too():
    """A span of decades, which no packed key holds, finds its place all the same."""
    first = columns.ints([700000, 690000, 690000])
    last = columns.ints([700000, 699999, 690005])
    group = columns.ints([1, 1, 1])
    assert [2, 1, 0] == ordering.order(group, first, last, ["a", "b", "c"], group).tolist()


def test_ties_are_settled_by_event_id():
    """Rows that dates do not tell apart come in the order of their ids, whatever order they were given in."""
    same = columns.ints([5, 5, 5, 5])
    assert [2, 0, 3, 1] == ordering.order(same, same, same, ["b", "d", "a", "c"], same).tolist()


def test_rows_of_rows():
    """Taking rows twice reads the right ids, and copies none of them."""
    visits = columns.of_events(some())
    twice = visits.take(visits.dated).take(np.array([1]))
    assert ["tokyo"] == list(twice.events)
    assert visits.events is twice.events.given


def test_weights_are_those_of_single_journeys():
    """A scheme weighs a column as it weighs each journey; an unknown one is refused."""
    found = travel.journeys(some())
    single = [levels.weight("protocol", j.level, j.subtype, multilateral=j.multilateral) for j in found]
    assert single == columns.weights(columns.of_events(some()), "protocol").tolist()
    assert [0.5, 0.5, 0.25, 0.5] == single
    with pytest.raises(UnknownPluginError, match="equal, protocol, rank"):
        columns.weights(columns.of_events(some()), "mine")


def test_day_numbers():
    """A day number is a date again; the one for undated is None."""
    span = TimeSpan.parse("2025-08-23")
    assert span.earliest_start() == columns.day(span.earliest_start().toordinal())
    assert columns.day(columns.UNDATED) is None


def test_the_twin_of_a_store_gives_the_same_columns():
    """A row for each event with lists of guests and people gives what the events themselves give."""
    import pyarrow as pa

    from diplograph.analysis import arrow

    joint = visit("KOR", "JPN", "2024-01-01", LEE, CHO, TRUMP, event_id="joint")
    joint = replace(joint, facts=replace(joint.facts, guests=("KOR", "USA"), states=("KOR", "USA", "JPN")))
    given = [*some(), joint, visit("KOR", "JPN", "2024-02-01", CHO, event_id="cho")]
    meeting = {**row_of(some()[0]), "event": "m", "type": "meeting", "guests": []}
    read = arrow.of_table(pa.Table.from_pylist([meeting, *map(row_of, given)]))
    told = columns.of_events(given)
    order = sorted(range(len(read)), key=lambda row: (read.events[row], read.guest[row]))
    other = sorted(range(len(told)), key=lambda row: (told.events[row], told.guest[row]))
    for name in columns.COLUMNS:
        assert [getattr(told, name)[i] for i in other] == [getattr(read, name)[i] for i in order], name


LEE, CHO = person("Lee Jae Myung", "KOR"), person("Cho Hyun", "KOR", "Foreign Minister")
TRUMP = person("Donald Trump", "USA")


def row_of(event):
    """An event as the twin holds it."""
    facts, when = event.facts, event.facts.when
    return {
        "event": event.id,
        "type": "visit",
        "status": "held",
        "subtype": facts.subtype,
        "guests": list(facts.guests),
        "host": facts.host,
        "edtf": when.edtf or None,
        "first": when.earliest_start() if when.start else None,
        "first_at_latest": when.latest_start() if when.start else None,
        "occasion": facts.occasion.name if facts.occasion else None,
        "people": [{"state": p.state, "office": p.office} for p in facts.participants],
    }


def test_partners_as_a_table_codes_them():
    """A state with two codes in the table is two partners where figures of the table are asked for."""
    import pyarrow as pa

    from diplograph.analysis import arrow

    given = [
        visit("USA", "CZE", "1995-01-01", TRUMP, event_id="there"),
        visit("CZE", "USA", "1995-02-01", event_id="back"),
        visit("CZE", "USA", "1995-03-01", event_id="uncoded"),
    ]
    codes = {"there": ("united-states", "czechia"), "back": ("czech-republic", "united-states")}
    rows = [
        {
            **row_of(e),
            "guest_code": codes.get(e.id, (None,) * 2)[0],
            "host_code": codes.get(e.id, (None,) * 2)[1],
        }
        for e in given
    ]
    table = pa.Table.from_pylist(rows)
    assert ["returned", "not-returned", "not-returned"] == [
        row["answer"] for row in tables.returns(arrow.of_table(table), within=90)
    ]
    coded = arrow.of_table(table, coded_names=True)
    assert ("czech-republic", "czechia", "united-states") == coded.states
    assert ["not-returned"] * 2 == [row["answer"] for row in tables.returns(coded, within=90)]
    assert levels.Level.LEADER == columns.LEVELS[coded.level[0]]
    told = reciprocity.returns(given, within=90, codes=codes)
    assert [("back", "not-returned"), ("there", "not-returned")] == sorted(
        (row.visit.event, row.answer.value) for row in told
    )


def test_other_levels_can_answer():
    """A minister's visit is judged by leaders' visits alone where that is asked for."""
    given = [
        visit("KOR", "JPN", "2025-01-01", CHO, event_id="cho"),
        visit("JPN", "KOR", "2025-02-01", person("A", "JPN", "Foreign Minister"), event_id="minister"),
        visit("JPN", "KOR", "2025-03-01", person("B", "JPN", "Prime Minister"), event_id="premier"),
    ]
    minister = frozenset({levels.Level.MINISTER})
    leader = frozenset({levels.Level.LEADER})
    same = reciprocity.returns(given, level=minister)
    assert [("cho", "minister"), ("minister", None)] == [(r.visit.event, r.by and r.by.event) for r in same]
    other = reciprocity.returns(given, level=minister, answered_by=leader)
    assert [("cho", "premier"), ("minister", None)] == [(r.visit.event, r.by and r.by.event) for r in other]


@settings(max_examples=60, deadline=None)
@given(graphs, st.integers(1, 80), st.sampled_from(list(pairrates.Group)))
def test_groups_add_up_to_their_rows(events, within, by):
    """Each group's counts, shares and ids are those of its visits, looked at one by one."""
    rows = reciprocity.returns(events, within=within, as_of=date(2001, 2, 20))
    found = pairrates.grouped(rows, by)
    keys = {"pair": lambda v: v.dyad, "guest": lambda v: (v.guest,), "host": lambda v: (v.host,)}
    assert sorted({keys[by](row.visit) for row in rows}) == sorted(one.states for one in found)
    for one in found:
        own = [row for row in rows if keys[by](row.visit) == one.states]
        rate = reciprocity.rate(own)
        assert (len(own), rate.returned, rate.perhaps, rate.open, rate.at_least, rate.at_most) == (
            one.visits, one.returned, one.perhaps, one.open, one.share, one.share_at_most
        )  # fmt: skip
        assert {event for row in own for event in row.events} == set(one.events)
        if by is pairrates.Group.PAIR:
            ways = [sum(row.visit.guest == code for row in own) for code in one.states]
            assert (*ways, 2 * min(ways) / sum(ways)) == (one.there, one.back, one.reciprocity)
