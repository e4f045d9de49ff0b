"""An archive of documents and event data in parts: the same graph as one at a time on one machine."""

from __future__ import annotations

import gzip
import json
import random
import subprocess
import sys
from datetime import date, timedelta
from importlib.util import find_spec

import pytest

from diplograph import store
from diplograph.batch import load, parts, plan, reading, run
from diplograph.batch.merging import pieces
from diplograph.consensus import dyad_of, merge, reach
from diplograph.errors import MissingExtraError, SourceError, StoreError
from diplograph.model import (
    EventType,
    Evidence,
    Facts,
    Participant,
    PlaceName,
    Polarity,
    Report,
    Status,
    TimeSpan,
)

pytest.importorskip("duckdb")
pytest.importorskip("pyarrow")


@pytest.fixture(scope="module")
def both(archive, alone, tmp_path_factory):
    """The archive as a batch loaded into a store, and taken in one by one."""
    folder = tmp_path_factory.mktemp("both")
    accounts = alone.batch([archive], folder / "parts", size=2)
    load(folder / "parts", folder / "batch")
    documents = [p for p in archive.iterdir() if p.suffix != ".tab"]
    alone.one_by_one(documents, sorted(archive.glob("*.tab")), folder / "single")
    return folder, accounts


def test_the_graph_is_that_of_one_machine(both, alone):
    """Evidence, consensus, records and index of the loaded parts are those of ingestion, to the byte."""
    folder, _ = both

    assert alone.stated(folder / "single") == alone.stated(folder / "batch")


def test_the_twin_is_that_of_one_machine(both, alone):
    """The Parquet of the parts is the columnar twin, codes of rows included."""
    folder, _ = both

    assert alone.twin(folder / "single") == alone.twin(folder / "batch")


def test_a_loaded_batch_is_a_store_like_others(both):
    """It passes the doctor, and a document is found in it by its name."""
    folder, _ = both
    with store.open(folder / "batch", read_only=True) as kept:
        assert () == kept.verify()
        assert len(kept.sources()) == len(kept.ledger.entries)


def test_the_lines_are_those_of_extract(both, archive):
    """The lines of a slice are what ``diplograph extract`` prints for its files."""
    folder, _ = both
    paths = sorted(archive.glob("*.md"))[:2]
    command = [sys.executable, "-m", "diplograph", "extract", *paths]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    with gzip.open(folder / "parts" / "lines" / "part-00000.jsonl.gz", "rt") as lines:
        assert printed == lines.read()


def test_the_same_parts_twice(archive, alone, tmp_path):
    """Two batches of one archive are the same bytes, file by file."""
    for name in ("one", "two"):
        alone.batch([archive], tmp_path / name, size=2)
    one, two = (
        {path.name: path.read_bytes() for path in (tmp_path / name).rglob("*") if path.is_file()}
        for name in ("one", "two")
    )

    assert one == two


def test_a_bad_document_costs_itself(archive, alone, tmp_path):
    """Empty files, broken lines, broken archives and tables are told, and the others are read."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "empty.txt").write_text("")
    (tmp_path / "in" / "good.txt").write_text(
        (archive / min(p.name for p in archive.glob("*.md"))).read_text()
    )
    (tmp_path / "in" / "lines.jsonl").write_text('{"text": "It rained in Oslo."}\nno json\n')
    (tmp_path / "in" / "cut.jsonl.gz").write_bytes(gzip.compress(b'{"text": "It rained."}\n' * 500)[:-9])
    (tmp_path / "in" / "strange.csv").write_text("a,b\n1,2\n")
    accounts = alone.batch([tmp_path / "in"], tmp_path / "out")
    failed = sorted(name.rpartition("/")[2] for told in accounts for name, _ in told["failures"])

    assert ["cut.jsonl.gz", "empty.txt", "lines.jsonl:2", "strange.csv"] == failed
    assert sum(told["documents"] for told in accounts) > 1


def test_a_deadly_document_costs_itself(deadly, tmp_path, monkeypatch):
    """Read with care, a document or file that ends its process is set aside, and the others are read."""
    monkeypatch.syspath_prepend(deadly)
    (tmp_path / "in").mkdir()
    for name in ("a.txt", "b.deadly", "c.txt"):
        (tmp_path / "in" / name).write_text("It rained in Oslo.")
    (tmp_path / "in" / "d.csv").write_text("a,b\n1,2\n")
    made = plan.make([tmp_path / "in"], form="deadly")
    (tmp_path / "out" / parts.WORK).mkdir(parents=True)
    documents, events = (reading.read(part, made, tmp_path / "out", careful=True) for part in made.slices)

    assert 2 == documents["documents"]
    assert ["b.deadly", "d.csv"] == [
        name.rpartition("/")[2] for told in (documents, events) for name, _ in told["failures"]
    ]
    assert all("ended the process" in why for told in (documents, events) for _, why in told["failures"])


def test_documents_come_before_event_data(archive):
    """A slice holds files of one kind; archives and tables stand alone."""
    made = plan.make([archive], size=2)

    assert [2, 1, 1, 1, 1, 1] == [len(part.paths) for part in made.slices]
    assert [False] * 4 + [True] * 2 == [part.events for part in made.slices]


def test_nothing_to_read(tmp_path):
    """A folder without documents is refused in words."""
    with pytest.raises(SourceError, match="holds no document"):
        run([tmp_path], tmp_path / "out")


def test_output_is_not_overwritten(articles, tmp_path):
    """What is there already, and is no batch of the same inputs, is not written over."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine").touch()
    with pytest.raises(StoreError, match="is no batch"):
        plan.adopt(plan.make([articles]), tmp_path / "out")
    plan.adopt(plan.make([articles]), tmp_path / "new")
    (articles / "third.txt").write_text("More.")
    with pytest.raises(StoreError, match="inputs changed"):
        plan.adopt(plan.make([articles]), tmp_path / "new")


def test_an_unfinished_batch_is_not_loaded(articles, tmp_path):
    """A store is made of a whole batch or not at all."""
    plan.adopt(plan.make([articles]), tmp_path / "out")
    with pytest.raises(StoreError, match="no finished batch"):
        load(tmp_path / "out", tmp_path / "kg")
    assert not (tmp_path / "kg").exists()


def test_damaged_parts_are_not_loaded(both, tmp_path):
    """Evidence that is not what was written is refused, and nothing of it stands as a store."""
    import shutil

    folder, _ = both
    shutil.copytree(folder / "parts", tmp_path / "parts")
    part = tmp_path / "parts" / "nquads" / "evidence-00000.nq.gz"
    part.write_bytes(gzip.compress(gzip.decompress(part.read_bytes()).replace(b"Japan", b"Jopan")))
    with pytest.raises(StoreError, match="not as it was written"):
        load(tmp_path / "parts", tmp_path / "kg")


@pytest.mark.skipif(find_spec("pyspark") is not None, reason="pyspark is installed")
def test_without_spark(articles, tmp_path):
    """Without pyspark the message says which extra brings it, and nothing is written."""
    with pytest.raises(MissingExtraError, match=r"diplograph\[spark\]"):
        run([articles], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def report(dice, number):
    """Some report: of few states and persons, dated by day, month, year, or not at all."""
    day = date(2019, 1, 1) + timedelta(days=dice.randrange(900))
    told = dice.choice([day.isoformat()] * 5 + [day.isoformat()[:7], day.isoformat()[:4], None])
    end = (day + timedelta(days=3)).isoformat() if told == day.isoformat() and dice.random() < 0.3 else None
    kind = dice.choice([EventType.VISIT, EventType.MEETING, EventType.MEETING, EventType.AGREEMENT])
    states = tuple(dice.sample(["JPN", "KOR", "USA"], 2))
    person = dice.choice(["lee", "ishiba", "biden"])
    return Report(
        id=f"{number:032x}",
        source=f"{number % 97:064x}",
        facts=Facts(
            type=kind,
            status=dice.choice([Status.HELD, Status.HELD, Status.PLANNED, Status.CANCELLED]),
            states=states if kind is EventType.VISIT else tuple(sorted(states)),
            guests=states[:1] if kind is EventType.VISIT else (),
            host=states[1] if kind is not EventType.AGREEMENT else None,
            participants=(Participant(name=person, person=person, state=states[0], office=None),)
            if dice.random() < 0.7
            else (),
            place=PlaceName(name="Seoul", state="KOR", id=None) if dice.random() < 0.5 else None,
            when=TimeSpan(start=told, end=end),
        ),
        evidence=(Evidence(start=0, end=4, quote="told", field="event"),),
        published=None if dice.random() < 0.1 else day + timedelta(days=dice.randrange(-40, 40)),
        polarity=Polarity.DENIED if dice.random() < 0.1 else Polarity.AFFIRMED,
        confidence=0.5,
    )


@pytest.mark.parametrize("seed", range(6))
def test_pieces_merge_as_the_whole(seed):
    """Reports that are merged piece by piece come to the events that all together come to."""
    dice = random.Random(seed)
    reports = [report(dice, number) for number in range(60 if seed % 2 else 400)]
    rows = [
        dict(zip(("begins", "ends"), reach(one), strict=True))
        | {"dyad": dyad_of(one.facts.states), "report": one}
        for one in reports
    ]
    rows.sort(key=lambda row: (row["dyad"], row["begins"], row["report"].id))
    cut = list(pieces(rows))
    found = [event for piece in cut for event in merge(row["report"] for row in piece)]

    assert len(cut) > 3
    assert sorted(merge(reports), key=lambda e: e.id) == sorted(found, key=lambda e: e.id)


def test_a_piece_holds_what_overlaps():
    """A piece ends where nothing before can meet what comes, and with its group of states."""
    told = [("A", 1, 3), ("A", 2, 2), ("A", 3, 9), ("A", 5, 5), ("A", 10, 10), ("B", 10, 10)]
    rows = [dict(zip(("dyad", "begins", "ends"), row, strict=True)) for row in told]

    assert [4, 1, 1] == [len(piece) for piece in pieces(rows)]


def test_what_is_done_is_noted_last(articles, tmp_path):
    """A slice counts as done when its files stand whole; a half written one is swept away."""
    made = plan.make([articles])
    plan.adopt(made, tmp_path / "out")
    for folder in parts.FOLDERS:
        (tmp_path / "out" / folder).mkdir()
    half = tmp_path / "out" / parts.WORK / ".reports-00000.parquet.lost.7.half"
    half.write_text("half a")
    parts.sweep(tmp_path / "out")

    assert not half.exists()
    assert ["read-00000"] == parts.undone(tmp_path / "out", ["read-00000"])
    reading.read(made.slices[0], made, tmp_path / "out")
    assert [] == parts.undone(tmp_path / "out", ["read-00000"])
    assert (
        2 == json.loads((tmp_path / "out" / parts.WORK / "account-read-00000.json").read_text())["documents"]
    )


def test_parts_load_into_any_store(both):
    """Each part is N-Quads or N-Triples that a plain database takes, and a question is answered there."""
    from pyoxigraph import NamedNode, RdfFormat, Store

    folder, _ = both
    plain = Store()
    consensus = NamedNode("https://w3id.org/diplograph/graph/consensus")
    for path in sorted((folder / "parts" / "nquads").iterdir()):
        if path.name.endswith(".nt.gz"):
            plain.bulk_load(
                gzip.decompress(path.read_bytes()), format=RdfFormat.N_TRIPLES, to_graph=consensus
            )
        else:
            plain.bulk_load(gzip.decompress(path.read_bytes()), format=RdfFormat.N_QUADS)
    kind = "<https://w3id.org/diplograph/ontology/Event>"
    asked = f"SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?e a {kind} }} }}"
    with store.open(folder / "batch", read_only=True) as kept:
        assert kept.size() == int(next(iter(plain.query(asked)))["n"].value)
