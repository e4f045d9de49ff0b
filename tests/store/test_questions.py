"""Competency questions: each has an answer that was worked out by hand on one of two small graphs.

The graph of ``tour.py`` and its answers were written before its questions were first asked. The first table
had been drawn up from the answers of the queries; it was worked through again, row by row, from the sentences
of ``made_reports`` and ``MORE`` alone (which visit is returned by which, days counted on a calendar, offsets
counted in the text), and every row held.
"""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path

import pytest
import tour

from diplograph import store
from diplograph.analysis.journeys import EVERY_LEVEL
from diplograph.analysis.levels import SUMMIT
from diplograph.analysis.turn import whose_turn
from diplograph.errors import KnowledgeError, QueryError, UnknownPluginError
from diplograph.model import PlaceName, Status, Topic
from diplograph.pipeline import ingest
from diplograph.store import questions
from made_reports import BACKGROUND, G20, LEE, TOKYO, article, shuttle_history, told

TABLE = Path(__file__).resolve().parent.parent / "tables" / "questions.tsv"
TOUR = TABLE.with_name("questions-tour.tsv")


def rows_of(table):
    return [tuple(line.split("\t")) for line in table.read_text(encoding="utf-8").splitlines()[1:]]


ROWS, TOUR_ROWS = rows_of(TABLE), rows_of(TOUR)

MORE = (
    article(
        "older.txt",
        "2019-06-30",
        told("visit", ("KOR", "JPN"), "2019-06-27/2019-06-29", "Moon went to Osaka in 2019.", occasion=G20),
        told(
            "agreement",
            ("KOR", "JPN"),
            "2019-06-28",
            "They signed an accord.",
            issues=(Topic(name="trade", id="trade"),),
        ),
    ),
    article(
        "quarrel.txt",
        "2025-12-02",
        told(
            "tension",
            ("JPN", "CHN"),
            "2025-11-14",
            "Beijing was the target of Tokyo's protest on Nov. 14.",
            issues=(Topic(name="Taiwan", id="taiwan"),),
            subtype="formal-protest",
        ),
        told(
            "visit",
            ("CHN", "JPN"),
            "2025-12-10",
            "A Chinese visit to Tokyo on Dec. 10 was called off.",
            status=Status.CANCELLED,
            place=TOKYO,
        ),
    ),
    article(
        "recall.txt",
        "2026-01-20",
        told(
            "visit",
            ("KOR", "JPN"),
            "2026-01-13",
            "Lee visited Kyoto on Jan. 13.",
            participants=(LEE,),
            place=PlaceName(name="Kyoto", state="JPN"),
        ),
        told("visit", ("CHN", "JPN"), "2026-01", "A Chinese minister was in Japan in January."),
    ),
)


@pytest.fixture(scope="module")
def kept():
    """A graph of visits, meetings and quarrels."""
    with store.open(background=BACKGROUND) as made:
        for document, reports in (*shuttle_history(), *MORE):
            made.add(document, reports)
        made.infer()
        yield made


@pytest.fixture(scope="module")
def toured():
    """A graph of a mediator's shuttle and a president's tour."""
    with store.open(background=tour.BACKGROUND) as made:
        for document, reports in tour.articles():
            made.add(document, reports)
        made.infer()
        yield made


def short(value):
    """An address as its last part; an event as what it is and when."""
    return (
        value.rpartition("/")[2]
        if isinstance(value, str) and value.startswith("https://w3id.org/")
        else value
    )


def named(kept, value):
    """A row's values with events written as type and time, which people can check."""
    events = {event.id: f"{event.facts.type} {event.facts.when.edtf}".strip() for event in kept.events()}
    return events.get(short(value), short(value))


def parameters(kept, text):
    """Parameters of a row; an event is given as type and time."""
    events = {f"{e.facts.type} {e.facts.when.edtf}".strip(): e.id for e in kept.events()}
    return {name: events.get(value, value) for name, value in json.loads(text or "{}").items()}


@pytest.mark.parametrize(
    ("name", "given", "columns", "expected"), ROWS, ids=[f"{r[0]}-{n}" for n, r in enumerate(ROWS)]
)
def test_a_question_has_its_answer(kept, name, given, columns, expected):
    """The answer is the one in the table."""
    answer = questions.ask(kept, name, parameters(kept, given))
    found = [[named(kept, row[column]) for column in columns.split()] for row in answer]

    assert json.loads(expected) == found


@pytest.mark.parametrize(
    ("name", "given", "columns", "expected"), TOUR_ROWS, ids=[f"{r[0]}-{n}" for n, r in enumerate(TOUR_ROWS)]
)
def test_a_question_on_the_tour_has_its_answer(toured, name, given, columns, expected):
    """The answer is the one in the table of the tour."""
    answer = questions.ask(toured, name, parameters(toured, given))
    found = [[named(toured, row[column]) for column in columns.split()] for row in answer]

    assert json.loads(expected) == found


def test_every_question_is_in_a_table():
    """No question stands without an answer."""
    assert {question.name for question in questions.questions()} == {row[0] for row in ROWS + TOUR_ROWS}


def test_there_are_enough_questions():
    """The set of questions does not shrink unseen."""
    assert len(questions.questions()) >= 30


@pytest.mark.parametrize("question", questions.questions(), ids=lambda q: q.name)
def test_a_question_says_what_it_asks(question):
    """Each has its English wording, and says what each parameter is."""
    assert question.text.endswith("?")
    assert all(parameter.text for parameter in question.parameters)
    assert "ORDER BY" in question.sparql


def test_an_unknown_question_lists_the_questions(kept):
    """Who asks what nobody has written is told what there is."""
    with pytest.raises(UnknownPluginError, match="whose-turn"):
        questions.ask(kept, "who-knows")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"a": "KOR"}, "whose-turn needs b"),
        ({"a": "KOR", "b": "JPN", "c": "CHN"}, "no parameter 'c'; it has: a, b"),
        ({"a": "KOR", "b": "Japan"}, "no state for b"),
        ({"a": "KOR", "b": "JPN> } DROP ALL #"}, "no state for b"),
    ],
)
def test_parameters_are_checked(kept, given, words):
    """A missing, unknown or impossible parameter is named."""
    with pytest.raises(QueryError, match=words):
        questions.ask(kept, "whose-turn", given)


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("planned-not-held", {"as_of": "tomorrow"}),
        ("office-holder-on-date", {"office": "JPN-prime-minister", "day": "2025-13-01"}),
        ("reciprocal-pairs", {"days": "many"}),
        ("sentence-behind", {"event": "abc"}),
        ("events-in-year", {"year": ""}),
    ],
)
def test_values_of_the_wrong_kind_are_refused(kept, name, given):
    """Dates, numbers and ids must be such."""
    with pytest.raises(QueryError, match=name):
        questions.ask(kept, name, given)


def test_keywords_do_as_well(kept):
    """Parameters may be given by keyword, and states as addresses."""
    by_name = questions.ask(kept, "whose-turn", a="KOR", b="JPN")

    assert by_name == questions.ask(kept, "whose-turn", {"a": "id:state/KOR", "b": "state:JPN"})


@pytest.mark.parametrize(
    ("text", "line"),
    [("SELECT ?x { }", 1), ("# What?\n# param: x Colour its colour\n", 2), ("# What?\n# param: x\n", 2)],
)
def test_a_malformed_question_names_its_line(tmp_path, text, line):
    """A file without its question, or with a parameter that cannot be read, is refused with its line."""
    (tmp_path / "odd.rq").write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        questions.questions(tmp_path)

    assert line == caught.value.line


def test_a_planned_visit_is_named_with_the_turn():
    """While the next visit is only planned, the turn is still open, and the plan is told."""
    with store.open(background=BACKGROUND) as made:
        for document, reports in shuttle_history():
            made.add(document, reports)
        (row,) = questions.ask(made, "whose-turn", a="JPN", b="KOR")

    assert ("KOR", "2025-09-30", "2026-01-13/2026-01-14") == (
        short(row["turn"]),
        row["last_when"],
        row["planned_when"],
    )


@pytest.fixture(scope="module")
def demo(tmp_path_factory, root):
    """The graph of the demo articles."""
    with store.open(tmp_path_factory.mktemp("demo") / "kg") as made:
        ingest(made, [root / "data" / "articles"])
        yield made


@pytest.mark.parametrize("level", ["summit", "any"])
@pytest.mark.parametrize("which", ["kept", "demo"])
def test_the_question_whose_turn_agrees_with_the_measure(request, which, level):
    """For every pair of states the query and the measure name the same turn, last visit and plans."""
    asked = request.getfixturevalue(which)
    events = asked.events()
    counted = SUMMIT if level == "summit" else EVERY_LEVEL
    pairs = {pair for event in events for pair in permutations(event.facts.states, 2)}
    assert len(pairs) >= 4
    for a, b in sorted(pairs):
        turn = whose_turn(events, a, b, level=counted)
        rows = questions.ask(asked, "whose-turn", a=a, b=b, level=level).rows()
        told = (short(rows[0]["turn"]), short(rows[0]["last"])) if rows else (None, None)
        plans = {short(row["planned"]) for row in rows} - {None}

        assert (turn.turn, turn.last.event if turn.last else None) == told, (a, b)
        assert not rows or {journey.event for journey in turn.planned} == plans, (a, b)
