"""Reports and events as RDF text, and back without loss."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, Store, parse

from diplograph.consensus import merge
from diplograph.graph import ntriples, records
from diplograph.graph.rdf import event_label, event_triples, source_quads, source_triples, things
from diplograph.model import Document, Event, Status
from diplograph.vocab import DG, ID
from made_reports import BACKGROUND, LEE, NARA, article, shuttle_history, told

HISTORY = shuttle_history()
EVENTS = merge(report for _, reports in HISTORY for report in reports)
EXTERNAL = ("http://www.w3.org/",)


def quads(text):
    return list(parse(text, format=RdfFormat.N_QUADS))


@given(st.text())
def test_any_text_survives(value):
    """A literal comes back as it was, and stands in the text as a store would write it."""
    statement = f"<http://a/> <http://b/> {ntriples.text(value)} ."
    (quad,) = quads(statement)

    assert value == quad.object.value
    assert statement == f"{quad} ."


@given(st.text())
def test_a_store_takes_any_text_by_update(value):
    """What is loaded by a SPARQL update is what N-Quads would have loaded."""
    store = Store()
    store.update(f"INSERT DATA {{ <http://a/> <http://b/> {ntriples.text(value)} }}")

    assert [value] == [quad.object.value for quad in store]


@given(st.text(min_size=1))
def test_addresses_are_our_own(local):
    """Whatever a name contains, its address stays below our base and is a valid one."""
    (quad,) = quads(f"{ntriples.node('person', local)} <http://b/> <http://c/> .")

    assert quad.subject.value.startswith(f"{ID}person/")


def test_a_lone_surrogate_is_replaced():
    """What no encoding can carry becomes one replacement character, so that offsets still hold."""
    assert '"a\ufffdb"' == ntriples.text("a\ud800b")


def test_labels_keep_no_marks_that_turn_their_direction():
    """Marks of direction and line ends do not reach a label; composed and decomposed letters are one."""
    assert '"evil gpj.exe"' == ntriples.label("evil \u202egpj.exe\n")
    assert ntriples.label("caf\u00e9") == ntriples.label("cafe\u0301")


@pytest.mark.parametrize(("document", "reports"), HISTORY)
def test_reports_come_back(document, reports):
    """A report read from its record is the report that was written, quotes included."""
    told_again = [
        records.report_from(records.report_record(r, document.text), document.text) for r in reports
    ]

    assert list(reports) == told_again


@pytest.mark.parametrize("event", EVENTS)
def test_events_come_back(event):
    """An event read from its record is the event that was written."""
    assert event == records.event_from(records.event_record(event))


def test_documents_come_back():
    """A document keeps name, dates, address and segments; bytes that its text gives are not kept twice."""
    document = replace(HISTORY[0][0], publisher="Desk", url="https://example.org/a", title="A")

    assert document == records.document_from(records.document_record(document), document.text)


def test_a_quote_that_is_not_in_the_text_is_kept():
    """A row of a table has no text; its quote stands in the record."""
    _, (report, *_) = HISTORY[0]

    assert report == records.report_from(records.report_record(report, ""), "")


def test_a_source_is_one_graph_without_blank_nodes():
    """Everything that a source says stands in its own named graph, on nodes of our own minting."""
    document, reports = HISTORY[0]
    found = quads(source_quads(document, reports))

    assert {f"<{ID}source/{document.id}>"} == {str(quad.graph_name) for quad in found}
    assert [] == [q for q in found if not q.subject.value.startswith((ID, DG))]


def test_quotes_stand_at_their_offsets():
    """For each span, text[start:end] is the quote that the graph gives."""
    document, reports = HISTORY[0]
    store = Store()
    store.load(source_quads(document, reports), format=RdfFormat.N_QUADS)
    rows = list(
        store.query(
            """
        PREFIX oa: <http://www.w3.org/ns/oa#>
        SELECT ?start ?end ?exact { GRAPH ?g {
          ?e oa:hasSelector ?p, ?q . ?p oa:start ?start ; oa:end ?end . ?q oa:exact ?exact } }
    """
        )
    )

    assert 4 == len(rows)
    for row in rows:
        assert row["exact"].value == document.text[int(row["start"].value) : int(row["end"].value)]


def test_times_are_bounds_of_whole_seconds():
    """A month has bounds at its first and last second; a stretch of days those of its days."""
    lines = [line for event in EVENTS for line in event_triples(event, BACKGROUND)]
    starts = {line.split('"')[1] for line in lines if f"<{DG}earliestStart>" in line}
    ends = {line.split('"')[1] for line in lines if f"<{DG}latestEnd>" in line}

    assert {"2025-08-23", "2025-09-30", "2025-11-23", "2026-01-13"} == {
        s.removesuffix("T00:00:00Z") for s in starts
    }
    assert {"2025-08-23", "2025-08-24", "2025-09-30", "2025-11-23", "2026-01-14"} == {
        e.removesuffix("T23:59:59Z") for e in ends
    }


@pytest.mark.parametrize(
    ("kind", "status", "expected"),
    [
        (
            "visit",
            Status.PLANNED,
            "Visit of Lee Jae Myung (KOR) to Japan, 2026-01-13/2026-01-14 (planned)",
        ),
        ("meeting", Status.HELD, "Meeting of South Korea and Japan in Nara, 2026-01-13/2026-01-14 (held)"),
        ("tension", Status.HELD, "Tension: South Korea against Japan, 2026-01-13/2026-01-14 (held)"),
        ("agreement", Status.HELD, "Agreement: South Korea and Japan, 2026-01-13/2026-01-14 (held)"),
    ],
)
def test_an_event_has_a_label_for_people(kind, status, expected):
    """The label says what, who, where, when and how far it has come."""
    sentence = told(
        kind, ("KOR", "JPN"), "2026-01-13/2026-01-14", participants=(LEE,), place=NARA, status=status
    )
    _, (report,) = article("a", "2026-01-14", sentence)

    assert expected == event_label(Event(id="0", facts=report.facts, reports=(report.id,)), BACKGROUND)


def test_a_participant_acts_under_the_tenure_of_that_day():
    """The office-holder's tenure is found by person, state and time."""
    (visit,) = [e for e in EVENTS if e.facts.when.edtf == "2025-09-30"]
    lines = event_triples(visit, BACKGROUND)

    assert any(f"<{ID}tenure/JPN-prime-minister-2024-10-01>" in line for line in lines)


def test_everything_an_event_names_is_described():
    """Each thing that an event names has a class and a label in the background."""
    for event in EVENTS:
        for thing in things(event):
            lines = [line for line in BACKGROUND.lines(thing) if line.startswith(f"{thing} ")]
            assert {ntriples.TYPE, ntriples.LABEL} <= {line.split(" ")[1] for line in lines}


@settings(max_examples=50)
@given(st.text(max_size=40), st.text(min_size=1, max_size=40))
def test_hostile_names_and_texts_stay_literals(text, name):
    """Whatever a document contains, its graph parses and gives the text back."""
    document = Document(id="0" * 64, name=name, text=text, raw=b"", published=date(2026, 1, 9), url=name)
    store = Store()
    store.load(source_quads(document, ()), format=RdfFormat.N_QUADS)
    values = [q.object.value for q in store if q.predicate.value == f"{DG}text"]

    assert [text] == values
    assert source_triples(document, ()) == sorted(f"{quad.triple} ." for quad in store)
