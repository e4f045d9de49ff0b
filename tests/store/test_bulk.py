"""The bulk path gives the graph that documents give, keeps its twin in step, and is whole or not at all."""

# ruff: noqa: E501 - SQL, and rows of tables

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode, RdfFormat
from pyoxigraph import Store as Database

from diplograph import store
from diplograph.consensus import merge
from diplograph.graph import background
from diplograph.graph.rdf import event_record_line, event_triples
from diplograph.graph.records import report_from, report_record
from diplograph.graph.validation import validate_bulk
from diplograph.model import Report
from diplograph.sources import Draft, tables
from diplograph.store import bulk
from diplograph.store.engine import INDEX, RECORDS
from diplograph.store.questions import ask
from diplograph.store.shelf import index_lines
from diplograph.store.statements import Statements
from diplograph.vocab import DG

pytest.importorskip("duckdb")
ROOT = Path(__file__).resolve().parent.parent.parent
HISTORY = ROOT / "data" / "historyatstate"
sys.path.insert(0, str(ROOT / "benchmarks" / "making"))

import event_files  # noqa: E402 - it lies beside the benchmarks


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A file of each of three formats, by name."""
    folder = tmp_path_factory.mktemp("events")
    for form in ("icews", "polecat", "historyatstate-visits"):
        event_files.write(form, 250, folder / form)
    return folder


def lines(database, graph):
    return {f"{quad.triple} ." for quad in database.quads_for_pattern(None, None, None, graph)}


@pytest.mark.parametrize("form", ["icews", "polecat", "historyatstate-visits"])
def test_the_text_is_that_of_merging(made, form):
    """Every statement of consensus, records and index is what merging the same reports gives, to the byte."""
    known = background.load()
    database = Database()
    with tables.stage(made / form, form) as staging:
        statements = Statements(staging.con, "a" * 64, f"{form} 1", known)
        database.bulk_load(b"".join(statements.blocks()), format=RdfFormat.N_QUADS)
    graph = NamedNode(f"https://w3id.org/diplograph/id/source/{'a' * 64}")
    term = NamedNode("https://w3id.org/diplograph/ontology/record")
    records = [q.object.value for q in database.quads_for_pattern(None, term, None, graph)]
    reports = [report_from(record) for record in records]
    events = merge(reports)

    assert len(reports) > 50
    assert records == [report_record(report) for report in reports]
    assert all(Report.digest(r.source, r.facts, r.evidence) == r.id for r in reports)
    assert {s for event in events for s in event_triples(event, known)} == lines(database, DefaultGraph())
    assert set(map(event_record_line, events)) == lines(database, NamedNode(RECORDS))
    assert set(index_lines(reports, events)) == lines(database, NamedNode(INDEX))


ARTICLE = (
    "SEOUL, May 9, 2013 -- Japanese Prime Minister Shinzo Abe visited Seoul on Wednesday, May 8, 2013.\n"
)
ROW = "Shinzo Abe\tMake a visit\tSouth Korea\t2013-05-08\n"


def take(kept, path, text):
    path.write_text(text)
    with tables.stage(path, "quadruples") as staging:
        return bulk.take(kept, staging)


def in_step(kept):
    found = (
        kept.columns.open().sql("SELECT event, type, edtf, host, confidence, reports FROM events").fetchall()
    )
    return sorted(found) == sorted(
        (e.id, e.facts.type.value, e.facts.when.edtf, e.facts.host, e.confidence, len(e.reports))
        for e in kept.events()
    )


def test_rows_and_articles_meet(tmp_path):
    """An article and a row of one visit are one event, whichever comes first, and the twin follows."""
    from diplograph.extract import extract

    document = Draft(name="a.txt", text=ARTICLE, raw=ARTICLE.encode()).document()
    exports = []
    for order in ("article first", "row first"):
        with store.open(tmp_path / order) as kept:
            if order == "article first":
                kept.add(document, extract(document))
                assert in_step(kept)
            done = take(kept, tmp_path / "rows.txt", ROW)
            assert in_step(kept)
            if order == "row first":
                kept.add(document, extract(document))
            kept.infer()
            assert [2] == [len(event.reports) for event in kept.events()]
            assert in_step(kept)
            assert ROW.strip() in {citation.quote for citation in kept.why(kept.events()[0].id)}
            assert () == kept.verify()
            assert not take(kept, tmp_path / "rows.txt", ROW).fresh
            exports.append(kept.export("nt"))
            kept.drop(done.source)
            assert [1] == [len(event.reports) for event in kept.events()]
            assert in_step(kept)
    assert exports[0] == exports[1]


def test_an_interrupted_import_never_was(tmp_path, monkeypatch):
    """What goes wrong in the middle of loading leaves the store as it was when it is opened again."""
    with store.open(tmp_path / "kg") as kept:
        take(kept, tmp_path / "a.txt", ROW)
        before = kept.export("nq")

    def full(*_):
        raise OSError("full")

    monkeypatch.setattr(Statements, "write_part", full)
    with pytest.raises(OSError, match="full"), store.open(tmp_path / "kg") as kept:
        take(kept, tmp_path / "b.txt", ROW.replace("2013-05-08", "2014-05-08"))
    monkeypatch.undo()

    assert (tmp_path / "kg" / "before").is_dir()
    with store.open(tmp_path / "kg") as kept:
        assert before == kept.export("nq")
        assert () == kept.verify()
        assert in_step(kept)
    assert not (tmp_path / "kg" / "before").exists()


def golden(kept):
    made = {}
    for days in (180, 365, 730):
        rows = ask(kept, "answered-visits", days=days).rows()
        made[days] = [(row["visits"], row["answered_visits"]) for row in rows]
    return made, ask(kept, "partners-in-visits").rows()


TWIN = """
WITH made AS (SELECT event, host_code AS partner, first FROM events WHERE list_contains(guests, 'USA')
    AND host_code IS NOT NULL AND first >= DATE '1960-01-01' AND status = 'held'
    AND list_contains(list_transform(people, lambda p: p.office), 'President')),
received AS (SELECT event, guest_code AS partner, first FROM events WHERE host = 'USA'
    AND guest_code IS NOT NULL AND first >= DATE '1960-01-01' AND status = 'held')
SELECT 'made', count(DISTINCT m.event), count(DISTINCT m.event) FILTER (r.event IS NOT NULL)
FROM made m LEFT JOIN received r ON m.partner = r.partner AND r.first > m.first AND r.first - m.first <= {days}
UNION ALL
SELECT 'received', count(DISTINCT r.event), count(DISTINCT r.event) FILTER (m.event IS NOT NULL)
FROM received r LEFT JOIN made m ON m.partner = r.partner AND m.first > r.first AND m.first - r.first <= {days}
"""


def test_golden_numbers_of_historyatstate(tmp_path):
    """204 partners, 110 both ways; 201/378/520 of 718 trips and 267/509/871 of 3,009 visits were answered."""
    with store.open(tmp_path / "kg") as kept:
        for path in sorted(HISTORY.glob("*.csv")):
            with tables.stage(path) as staging:
                bulk.take(kept, staging, remarks=False)
        made, partners = golden(kept)
        con = kept.columns.open()
        twin = {
            days: [row[1:] for row in sorted(con.sql(TWIN.format(days=days)).fetchall())] for days in made
        }

    expected = {
        180: [(718, 201), (3009, 267)],
        365: [(718, 378), (3009, 509)],
        730: [(718, 520), (3009, 871)],
    }
    assert expected == made
    assert expected == twin
    assert [{"partners": 204, "both_ways": 110}] == partners


def test_a_mediators_stays_are_legs_of_a_shuttle(tmp_path):
    """A remark that lists stays makes each of them a leg, and the legs a third-party shuttle."""
    from diplograph.analysis.thirdparty import third_party_shuttles

    header = ",".join(tables.IMPORTERS["historyatstate-travels"].columns)
    who = "secretary,kissinger-henry-a,Henry A. Kissinger"
    path = tmp_path / "travels.csv"
    rows = (
        f'1,{who},1974-05-03,1974-05-16,syria,Syria,Damascus,"Kissinger was in Damascus May 3-4, 12, and 16."',
        f'2,{who},1974-05-04,1974-05-15,israel,Israel,Jerusalem,"Kissinger was in Jerusalem May 4-5, 7-8, and 12-14."',
    )
    path.write_text("\n".join([header, *rows, ""]))
    with store.open(tmp_path / "kg") as kept:
        with tables.stage(path) as staging:
            bulk.take(kept, staging)
        found = third_party_shuttles(kept.events())

    assert [("USA", ("SYR", "ISR"))] == [(one.mediator, one.hosts) for one in found]
    assert "SYR ISR ISR SYR ISR SYR".split() == [leg.host for leg in found[0].legs]


FAULTS = {
    "dg:reportedIn": "DELETE WHERE { GRAPH ?g { ?r dg:reportedIn ?s } }",
    "dg:record": "DELETE { GRAPH ?g { ?r dg:record ?s } } WHERE { GRAPH ?g { ?r a dg:ImportedReport ; dg:record ?s } }",
    "dg:row": "DELETE WHERE { GRAPH ?g { ?r dg:row ?n } }",
    "dg:codedAs": "INSERT { GRAPH ?g { ?r dg:codedAs dg:other } } WHERE { GRAPH ?g { ?r a dg:ImportedReport } }",
    "dg:goldstein": "INSERT { GRAPH ?g { ?r dg:goldstein 11.0 } } WHERE { GRAPH ?g { ?r a dg:ImportedReport } }",
}


def test_the_shape_of_imported_reports(made):
    """What an importer writes conforms; a report without its file, record or lines, or with two codes, does not."""
    with tables.stage(made / "icews", "icews") as staging:
        statements = Statements(staging.con, "a" * 64, "icews 1", background.load())
        text = b"".join(statements.blocks())
    blamed = {}
    for name, fault in {"": "", **FAULTS}.items():
        database = Database()
        database.bulk_load(text, format=RdfFormat.N_QUADS)
        if fault:
            database.update(f"PREFIX dg: <https://w3id.org/diplograph/ontology/> {fault}")
        blamed[name] = {row.path.replace(DG, "dg:") for row in validate_bulk(database).rows}

    assert blamed[""] == set()
    assert set(FAULTS) == {name for name, paths in blamed.items() if name in paths}
