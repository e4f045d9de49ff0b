"""The contract of a store, run over every kind there is."""

from __future__ import annotations

import json
import random
import threading
from dataclasses import replace

import pytest

from diplograph import store
from diplograph.consensus import merge
from diplograph.errors import QueryError, StoreError
from diplograph.model import Status
from diplograph.store import questions
from diplograph.store.export import FORMATS
from diplograph.vocab import ID
from made_reports import BACKGROUND, LEE, NARA, article, shuttle_history, told

HISTORY = shuttle_history()
REPORTS = tuple(report for _, reports in HISTORY for report in reports)
EVENTS = merge(REPORTS)


def filled(kept, articles=HISTORY):
    for document, reports in articles:
        kept.add(document, reports)
    kept.infer()
    return kept


def test_what_goes_in_comes_out(full):
    """Documents, reports and events come back as they were."""
    kept = full

    assert sorted(d.id for d, _ in HISTORY) == list(kept.sources())
    assert [kept.document(d.id) for d, _ in HISTORY] == [d for d, _ in HISTORY]
    assert tuple(sorted(REPORTS, key=lambda r: r.id)) == kept.reports()
    assert EVENTS == kept.events()


def test_storing_again_changes_nothing(make):
    """The same document a second time is recognised, and the graph keeps its bytes."""
    kept = filled(make())
    before = kept.export("nq")

    assert [False] * len(HISTORY) == [kept.add(d, r) for d, r in HISTORY]
    kept.infer()
    assert before == kept.export("nq")


def test_order_does_not_show_in_exports(make):
    """Any order, and building the consensus anew, gives the same bytes in every format."""
    first = filled(make())
    # A server takes its time, and has the forms written from the same statements.
    forms, orders = (("nq",), 1) if first.where.startswith("http") else (FORMATS, 20)
    expected = [first.export(form) for form in forms]
    shuffled = list(HISTORY)
    for seed in range(orders):
        random.Random(seed).shuffle(shuffled)
        kept = filled(make(), shuffled)
        assert expected == [kept.export(form) for form in forms]
        kept.rebuild()
        assert expected == [kept.export(form) for form in forms]


@pytest.mark.parametrize("form", FORMATS)
def test_exports_are_alike(full, in_memory, form):
    """Every kind of store writes the same bytes in every format."""
    assert in_memory.export(form) == full.export(form)


@pytest.mark.parametrize("gone", range(len(HISTORY)))
def test_what_is_dropped_leaves_nothing_behind(make, gone):
    """After a source is taken out the graph is as if it had never been there, and the rest stays."""
    expected = filled(store.open(background=BACKGROUND), [a for n, a in enumerate(HISTORY) if n != gone])
    expected = expected.export("nq")
    kept = filled(make())
    kept.drop(HISTORY[gone][0].id)
    kept.infer()

    assert expected == kept.export("nq")


def test_a_source_with_other_reports_replaces_its_own(make):
    """A document that is read anew has the reports of the new reading only."""
    document, reports = HISTORY[0]
    kept = filled(make())

    assert kept.add(document, reports[:1])
    assert reports[:1] == kept.reports_of_source(document.id)


def test_an_empty_document_is_kept(make):
    """A document without any event is a source all the same."""
    kept = make()
    document, _ = article("quiet.txt", "2026-01-01")

    assert kept.add(document, ())
    assert (document.id,) == kept.sources()
    assert () == kept.events()


def test_reports_of_another_source_are_refused(make):
    """A report must belong to the document that it is stored with."""
    with pytest.raises(StoreError, match="store it with its own document"):
        make().add(HISTORY[0][0], HISTORY[1][1])


def test_a_plan_that_is_held_stays_one_event(make):
    """Planned in one article and held in the next is one event under one id, and asked as either."""
    plan = told("visit", ("KOR", "JPN"), "2026-01-13", participants=(LEE,), place=NARA, status=Status.PLANNED)
    held = told("visit", ("KOR", "JPN"), "2026-01-13", participants=(LEE,), place=NARA)
    kept = filled(make(), [article("a", "2026-01-09", plan)])
    (before,) = kept.events()
    filled(kept, [article("b", "2026-01-14", held)])
    (after,) = kept.events()

    assert (before.id, Status.HELD) == (after.id, after.facts.status)
    assert [Status.PLANNED, Status.HELD] == [step.status for step in after.history]


def test_an_id_that_merged_away_still_leads_to_its_event(make):
    """News that comes late but was published first takes over the event; the old id still finds it."""
    early, late = (
        article(name, day, told("visit", ("KOR", "JPN"), "2026-01-13", participants=(LEE,)))
        for name, day in (("a", "2026-01-13"), ("b", "2026-01-20"))
    )
    kept = filled(make(), [late])
    (old,) = kept.events()
    filled(kept, [early])
    (new,) = kept.events()

    assert old.id != new.id
    assert new == kept.event(old.id)


def test_queries_answer_in_the_form_of_the_w3c(full):
    """Rows can be written as JSON, and read as plain values."""
    answer = full.query("SELECT (COUNT(?e) AS ?n) { ?e a dg:Event }")

    assert [{"n": len(EVENTS)}] == answer.rows()
    assert {"head", "results"} == set(json.loads(json.dumps(answer.to_json())))


def test_asking_and_constructing(full):
    """ASK gives one row with the answer, CONSTRUCT its triples."""
    kept = full

    assert [{"answer": True}] == kept.query("ASK { ?e a dg:Visit }").rows()
    rows = kept.query("CONSTRUCT { ?e a dg:Call } WHERE { ?e a dg:Visit }").rows()
    assert 3 == len({row["subject"] for row in rows})


def test_values_take_the_place_of_variables(full):
    """A value with quotes and braces is a value and nothing else."""
    kept = full
    hostile = '" } ; DROP ALL #'

    assert [] == kept.query("SELECT ?e ?d { ?e dg:dyad ?d }", {"d": hostile}).rows()
    assert 5 == len(kept.query("SELECT ?e ?d { ?e a dg:Event ; dg:dyad ?d }", {"d": "JPN-KOR"}))


@pytest.mark.parametrize(
    "sparql",
    ["SELECT ?x { ?x", "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "DROP ALL", ""],
)
def test_what_is_no_reading_query_is_refused(full, sparql):
    """Malformed queries, other servers and updates are refused in words."""
    kept = full
    with pytest.raises(QueryError):
        kept.query(sparql)
    assert EVENTS == kept.events()


@pytest.mark.parametrize("form", ["xml", ""])
def test_an_unknown_format_lists_the_formats(make, form):
    """Who asks for a format that there is not is told which there are."""
    with pytest.raises(QueryError, match="jsonld, nq, nt, trig, ttl"):
        make().export(form)


EXAMPLES = {
    "Date": "2025-10-01",
    "Day": "2025-10-01",
    "Event": EVENTS[0].id,
    "Gathering": "g20-2025",
    "Integer": "5",
    "Issue": "trade",
    "Office": "KOR-president",
    "Organisation": "apec",
    "Person": "lee-jae-myung",
    "Series": "g20",
    "Status": "held",
    "Text": "President",
}
REFUSED_BY_VIRTUOSO = {"whose-turn"}  # it cannot compile EXISTS within a condition
LOST_BY_VIRTUOSO = {"broken-reciprocity"}  # it loses rows of a subquery with NOT EXISTS that it finds alone


@pytest.mark.parametrize("question", questions.questions(), ids=lambda q: q.name)
def test_questions_are_answered_alike(full, in_memory, question):
    """Every competency question has the same answer in every kind of store."""
    states = iter(("KOR", "JPN", "CHN"))
    values = {p.name: next(states) if p.kind == "State" else EXAMPLES[p.kind] for p in question.parameters}
    if full.where.startswith("http") and question.name in REFUSED_BY_VIRTUOSO:
        with pytest.raises(QueryError, match="Virtuoso"):
            questions.ask(full, question.name, values)
        return
    expected = questions.ask(in_memory, question.name, values).rows()
    answer = questions.ask(full, question.name, values).rows()
    if full.where.startswith("http") and question.name in LOST_BY_VIRTUOSO:
        assert {str(row) for row in answer} <= {str(row) for row in expected}
        return

    assert sorted(map(str, expected)) == sorted(map(str, answer))


def test_readers_see_a_change_as_a_whole(make):
    """Beside a writer every answer is of before or after a document, in a folder as on a server."""
    kept = make()
    graph = "GRAPH ?source { ?source dg:published ?day } GRAPH ?source { ?report dg:record ?told }"
    query = f"SELECT ?source (COUNT(?report) AS ?reports) {{ {graph} }} GROUP BY ?source"
    whole = {f"{ID}source/{document.id}": len(reports) + 1 for document, reports in HISTORY}
    seen, ended = [], threading.Event()

    def look():
        while not ended.is_set():
            seen.extend(kept.query(query).rows())

    reader = threading.Thread(target=look)
    reader.start()
    filled(kept)
    ended.set()
    reader.join()

    assert seen
    assert [] == [row for row in seen if row["reports"] != whole[row["source"]]]


def test_every_event_has_its_words(full):
    """For each event there is a citation, exact to the character, from each of its sources."""
    kept = full
    for event in kept.events():
        cited = kept.why(event.id)
        assert set(event.reports) == {c.report for c in cited if c.stance == "for"}
        assert all(c.quote == kept.document(c.source).text[c.start : c.end] for c in cited)


def test_a_triple_is_cited_by_what_supports_it(full):
    """The place of a visit rests on the word that names it."""
    kept = full
    (visit,) = [e for e in EVENTS if e.facts.place == NARA]

    assert [] == [c.quote for c in kept.why(visit.id, "place") if c.quote != "Nara"]
    assert ["Blue House"] == [c.attribution for c in kept.why(f"event:{visit.id}", "dg:place", "place:nara")]


def test_a_denial_is_cited_against(full):
    """Who denies an event is cited with it, and marked."""
    kept = full
    (visit,) = [e for e in EVENTS if e.facts.when.edtf == "2025-08-23/2025-08-24"]

    assert ["denial.txt"] == [c.source_name for c in kept.why(visit.id) if c.stance == "against"]


def test_an_inferred_triple_is_cited_by_both_events_and_its_rule(full):
    """That one visit returned another rests on the words for both, and on the rule."""
    kept = full
    (answer,) = [e for e in EVENTS if e.facts.when.edtf == "2025-09-30"]
    cited = kept.why(answer.id, "returns")

    assert {"inferred by returns"} == {c.rule for c in cited}
    assert {"september.txt", "august.txt", "january.txt", "denial.txt"} == {c.source_name for c in cited}


@pytest.mark.parametrize(
    ("asked", "fault"),
    [(("0" * 32,), StoreError), (("report:nothing",), StoreError), (("state:KOR",), QueryError)],
)
def test_what_nobody_told_has_no_citation(full, asked, fault):
    """An event that there is not, and a thing that is none, are refused in words."""
    with pytest.raises(fault):
        full.why(*asked)


def test_a_triple_that_is_not_there_is_not_explained(full):
    """Only what the graph says can be asked why."""
    kept = full
    with pytest.raises(StoreError, match="does not say"):
        kept.why(EVENTS[0].id, "place", "place:atlantis")


def test_missing_things_are_named(make):
    """Asking for a source, report or event that is not there says so."""
    kept = make()
    for ask in (kept.document, kept.report, kept.event, kept.drop):
        with pytest.raises(StoreError, match="nothing-here"):
            ask("nothing-here")


def test_a_closed_store_says_so(make):
    """A store that was closed is not silently empty."""
    kept = make()
    kept.close()
    kept.close()
    with pytest.raises(StoreError, match="closed"):
        kept.events()


def test_bytes_are_kept_beside_the_text(make):
    """The bytes of a document that its text does not give back are kept where there is a folder."""
    document = replace(HISTORY[0][0], raw="Text in Latin-1: \xe9".encode("latin-1"))
    kept = make()
    kept.add(document, HISTORY[0][1])
    raw = kept.document(document.id).raw

    assert document.raw == raw if "kg" in kept.where else raw == document.text.encode()
