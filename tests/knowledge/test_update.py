"""Updating states and tenures from an endpoint of Wikidata's shape, which here stands on this machine."""

from __future__ import annotations

import csv
import json
import time

import pytest
import wikidata_like as like
from wikidata_like import STATES, held, serving

from diplograph.cli.verbs import run
from diplograph.errors import KnowledgeError, QueryLimitError, SourceError
from diplograph.knowledge import gazetteer, overlay, update
from diplograph.knowledge.endpoint import Endpoint

PM, FM, POTUS = "Q274948", "Q30005861", "Q11696"
# What our own table has of the prime minister in office, and what she followed.
KNOWN = held(1, PM, "Shigeru Ishiba", "2024-10-01", "2025-10-21", more="; pq:P1366 wd:Q2") + held(
    2, PM, "Sanae Takaichi", "2025-10-21", more="; pq:P1365 wd:Q1"
)
NEXT = KNOWN.replace("pq:P1365 wd:Q1", "pq:P1365 wd:Q1 ; pq:P1366 wd:Q3") + held(
    3, PM, "Hanako Sato", "2026-09-30", more="; pq:P1365 wd:Q2"
)


def asked(server, folder=None, codes=("JPN",), **more):
    endpoint = Endpoint(url=server.url, timeout=more.pop("timeout", 10.0), patience=more.pop("patience", 5.0))
    return update.prepare(endpoint, folder, list(codes), **more)


def changes(turtle, folder=None, codes=("JPN",), **more):
    """Kind, row, column and value of every change of tenures that this data means."""
    with serving(STATES + turtle) as server:
        found = asked(server, folder, codes, **more)
    return [(one.kind, one.id, one.column, one.theirs) for one in found.changes if one.table == "tenures"]


def lines(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def put(path, *rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def test_what_is_known_already_changes_nothing():
    """Where Wikidata says what the gazetteer says, there is no difference."""
    assert [] == changes(KNOWN)


def test_a_new_holder_and_the_end_of_the_last():
    """A successor is new, and the incumbent's end follows from being replaced, though no end is told."""
    assert [
        ("filled", "JPN-prime-minister-2025-10-21", "end", "2026-09-30"),
        ("new", "JPN-prime-minister-2026-09-30", "", "2026-09-30/"),
    ] == changes(NEXT)


def test_rows_say_where_they_come_from(tmp_path):
    """Every written row names wikidata and the day of its data; titles follow the state's habits."""
    with serving(STATES + NEXT) as server:
        asked(server, tmp_path).write(tmp_path)
    filled, new = lines(tmp_path / "wikidata" / "tenures.csv")

    assert ("wikidata", "2026-11-20", "Prime Minister", "Sato", "hanako-sato", "no") == tuple(
        new[column] for column in ("source", "as_of", "title", "surname", "person", "acting")
    )
    assert filled["source"].startswith("wikidata")
    assert ("2026-11-20", "2026-09-30") == (filled["as_of"], filled["end"])


def test_what_was_written_is_known(tmp_path, monkeypatch):
    """After writing, the folder's gazetteer has the new holder, and a second update no difference."""
    with serving(STATES + NEXT) as server:
        asked(server, tmp_path).write(tmp_path)
        before = (tmp_path / "wikidata" / "tenures.csv").read_bytes()
        again = asked(server, tmp_path)
        again.write(tmp_path)
    monkeypatch.setenv("DIPLOGRAPH_DATA", str(tmp_path))
    (holder,) = gazetteer.load().holders("JPN", "prime minister", "2026-10-01")

    assert ("Hanako Sato", (), ()) == (holder.name, again.changes, again.faults)
    assert before == (tmp_path / "wikidata" / "tenures.csv").read_bytes()
    monkeypatch.setenv("DIPLOGRAPH_DATA", "")
    assert ["Sanae Takaichi"] == [
        one.name for one in gazetteer.load().holders("JPN", "prime minister", "2026-10-01")
    ]


@pytest.mark.parametrize(
    ("precision", "day", "expected"),
    [
        (9, "2026-01-01", "2026"),
        (10, "2026-09-01", "2026-09"),
        (11, "2026-09-30", "2026-09-30"),
        (14, "2026-09-30", "2026-09-30"),
    ],
)
def test_a_date_is_as_precise_as_it_is_told(precision, day, expected):
    """Precision 9 is a year, 10 a month, 11 a day; nothing preciser is made of it."""
    found = changes(held(3, PM, "Hanako Sato", day, precision=precision))

    assert [("new", f"JPN-prime-minister-{expected}", "", f"{expected}/")] == found


def test_a_decade_is_no_date():
    """A start that is known to the decade only gives no row, and is told as unclear."""
    ((kind, *_),) = changes(held(3, PM, "Hanako Sato", "2020-01-01", precision=8))

    assert "unclear" == kind


@pytest.mark.parametrize(("day", "expected"), [("2026-01-01", "2026"), ("2026-09-30", "2026-09-30")])
def test_an_endpoint_without_precisions(day, expected):
    """Where only the simple form is kept, the first of January may be a mere year and is taken for one."""
    statement = f'wds:3 ps:P39 wd:{PM} ; pq:P580 "{day}T00:00:00Z"^^xsd:dateTime .'
    simple = f'wd:Q3 rdfs:label "Hanako Sato"@en ; p:P39 wds:3 . {statement}'

    assert [("new", f"JPN-prime-minister-{expected}", "", f"{expected}/")] == changes(simple)


def test_an_unknown_value_is_unknown():
    """Wikidata writes "somebody knows when" as a blank node; that is no date."""
    found = changes(held(3, PM, "Hanako Sato", "2026-09-30", more="; pq:P582 []"))

    assert [("new", "JPN-prime-minister-2026-09-30", "", "2026-09-30/")] == found


def test_dates_that_differ_are_shown_and_kept():
    """A start that differs from ours is told; it is written only if asked for."""
    turtle = KNOWN.replace("2024-10-01T", "2024-09-27T")
    with serving(STATES + turtle) as server:
        (told,), (taken,) = asked(server).changes, asked(server, overwrite=True).changes

    assert ("differs", "2024-10-01", "2024-09-27", None) == (told.kind, told.ours, told.theirs, told.row)
    assert "2024-09-27" == taken.row["start"]


def test_an_acting_holder_is_marked():
    """The nature of a statement "acting" becomes acting."""
    with serving(STATES + held(3, PM, "Hanako Sato", "2026-09-30", more="; pq:P5102 wd:Q4676846")) as server:
        (new,) = asked(server).changes

    assert "yes" == new.row["acting"]


def test_a_deprecated_statement_is_left_alone():
    """What Wikidata itself calls wrong is not taken."""
    assert [] == changes(
        held(3, PM, "Hanako Sato", "2026-09-30", more="; wikibase:rank wikibase:DeprecatedRank")
    )


def test_an_office_of_two_kinds_is_one():
    """The president of the United States heads state and government, and is one change."""
    turtle = held(9, POTUS, "John Q. Example", "2029-01-20")
    assert [("new", "USA-president-2029-01-20", "", "2029-01-20/")] == changes(turtle, codes=("USA",))


def test_foreign_ministers_are_found_by_class():
    """An office of the class of foreign ministers that applies to a state is that state's."""
    found = changes(held(4, FM, "Taro Yamada", "2026-10-01"))

    assert [("new", "JPN-foreign-minister-2026-10-01", "", "2026-10-01/")] == found


def test_somebody_else_in_the_midst_is_doubtful():
    """A holder in the midst of another's known time is told and not written."""
    ((kind, *_),) = changes(held(3, PM, "Hanako Sato", "2022-01-01", "2022-12-31"))

    assert "differs" == kind


def test_old_tenures_are_left_alone():
    """What ended before --since is not compared."""
    assert [] == changes(held(3, PM, "Meiji Taro", "1890-01-01", "1891-01-01"))


def test_local_corrections_win(tmp_path):
    """A row written by hand stays, one taken out does not come back, and neither file is touched."""
    row = overlay.standing(None, "tenures")["JPN-prime-minister-2025-10-21"]
    put(tmp_path / "tenures.csv", row | {"end": "2026-08-31", "source": "my own reading"})
    taken = {"table": "tenures", "id": "JPN-prime-minister-2026-09-30", "reason": "not sworn in"}
    put(tmp_path / "removed.csv", taken)
    before = {path.name: path.read_bytes() for path in tmp_path.glob("*.csv")}
    with serving(STATES + NEXT) as server:
        found = asked(server, tmp_path)
        found.write(tmp_path)
    merged = overlay.over(overlay.built_in(), tmp_path)

    assert {"by hand"} == {one.kind for one in found.changes}
    assert before == {path.name: path.read_bytes() for path in tmp_path.glob("*.csv")}
    assert "2026-08-31" == merged.tenures["JPN-prime-minister-2025-10-21"].end
    assert "JPN-prime-minister-2026-09-30" not in merged.tenures


def test_what_wikidata_takes_back_is_taken_back(tmp_path):
    """A row of an earlier update whose statement is gone is dropped at the next."""
    with serving(STATES + held(3, PM, "Hanako Sato", "2026-09-30")) as server:
        asked(server, tmp_path).write(tmp_path)
    with serving(STATES + KNOWN) as server:
        found = asked(server, tmp_path)
        found.write(tmp_path)

    assert [("gone", "JPN-prime-minister-2026-09-30")] == [(one.kind, one.id) for one in found.changes]
    assert [] == lines(tmp_path / "wikidata" / "tenures.csv")


def test_states_are_filled_and_never_overwritten(tmp_path):
    """A new state gets a row, an empty cell is filled, another capital is told and not written."""
    more = 'wd:Q9 wdt:P298 "XNS" ; wdt:P297 "XN" ; rdfs:label "New Land"@en . '
    other = STATES.replace('wd:Q1490 rdfs:label "Tokyo"@en', 'wd:Q1490 rdfs:label "Osaka"@en')
    with serving(other + more) as server:
        found = asked(server, tmp_path, codes=())
        found.write(tmp_path)
    new = lines(tmp_path / "wikidata" / "states.csv")[-1]

    assert ("XNS", "New Land", "wikidata", "2026-11-20") == tuple(
        new[column] for column in ("id", "name", "source", "as_of")
    )
    assert [("differs", "Tokyo", "Osaka", None)] == [
        (one.kind, one.ours.split("|")[0], one.theirs, one.row) for one in found.changes if one.id == "JPN"
    ]


def test_many_states_are_asked_for_in_parts():
    """All states are asked for in questions of a size that an endpoint answers."""
    with serving(STATES) as server:
        asked(server, codes=())
        longest = max(len(query) for query in server.asked)

    assert len(server.asked) > 20
    assert longest < 4000


BROKEN = {
    "cut": (like.cut, SourceError, "broke off"),
    "half the JSON": (like.halved, SourceError, "no whole JSON"),
    "fewer rows": (like.fewer, SourceError, "cut short"),
    "HTML": (like.says("<html>busy</html>"), SourceError, "no whole JSON"),
    "no result": (like.says('{"error": 1}'), SourceError, "no SPARQL result"),
    "a list": (like.says("[]"), SourceError, "no SPARQL result"),
    "wrong cells": (like.says('{"results": {"bindings": [{"code": 1}]}}'), SourceError, "no SPARQL result"),
    "no row": (like.says('{"results": {"bindings": []}}'), SourceError, "cut short"),
    "not UTF-8": (lambda handler, _body: like.send(handler, 200, b"\xff\xfe{"), SourceError, "no whole JSON"),
    "server error": (like.refuse(500), SourceError, "500"),
    "come back in an hour": (like.refuse(429, Retry_After="3600"), SourceError, "in 3600 seconds"),
    "come back some day": (like.refuse(429), SourceError, "later"),
    "silence": (like.sleeps, QueryLimitError, "0.5 seconds"),
    "drip": (like.drips, QueryLimitError, "0.5 seconds"),
}


@pytest.mark.parametrize(("fault", "error", "words"), BROKEN.values(), ids=BROKEN)
def test_a_broken_answer_is_refused_and_nothing_is_written(tmp_path, fault, error, words):
    """Whatever is wrong with the last answer ends in a clear error, and no file is made or changed."""
    (tmp_path / "wikidata").mkdir()
    (tmp_path / "wikidata" / "tenures.csv").write_text(",".join(overlay.columns("tenures")) + "\n")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    # The questions are: the day, states counted, states, tenures counted, tenures.
    with serving(STATES + NEXT, faults=[None, None, None, None, fault]) as server:
        with pytest.raises(error, match=words) as caught:
            asked(server, tmp_path, timeout=0.5)
        assert 5 == len(server.asked)

    assert server.url in str(caught.value)
    assert before == {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}


def test_a_short_wait_is_waited_for():
    """Told to come back in a second, it does, and gets its answer."""
    start = time.monotonic()
    with serving(STATES + NEXT, faults=[like.refuse(429, Retry_After="1")]) as server:
        found = asked(server, patience=2.0)

    assert 2 == len(found.changes)
    assert time.monotonic() - start >= 1.0


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://127.0.0.1/x", "query.wikidata.org", ""])
def test_only_web_addresses_are_asked(address):
    """An address of another kind is refused before anything is opened."""
    with pytest.raises(SourceError, match="no web address"):
        update.prepare(Endpoint(url=address), None, ["JPN"])


def test_a_redirect_to_a_file_is_not_followed():
    """An endpoint cannot make us read a file."""
    with (
        serving(STATES, faults=[like.refuse(302, Location="file:///etc/passwd")]) as server,
        pytest.raises(SourceError),
    ):
        asked(server)


def test_a_full_disk_changes_nothing(tmp_path, monkeypatch):
    """Where the second table cannot be written, the first is not changed either."""
    written = overlay._write_table

    def full(path, header, rows):
        if path.stem == "tenures":
            raise OSError(28, "No space left on device")
        written(path, header, rows)

    monkeypatch.setattr(overlay, "_write_table", full)
    with serving(STATES + NEXT) as server, pytest.raises(OSError, match="No space"):
        asked(server, tmp_path).write(tmp_path)

    assert [] == list(tmp_path.rglob("*"))


def command(capsys, *words):
    capsys.readouterr()
    code = run([str(word) for word in words])
    printed = capsys.readouterr()
    return int(code), printed.out, printed.err


def test_the_verb_shows_before_it_writes(capsys, tmp_path):
    """Without --write the difference is shown and no file is made; with it, it is written."""
    own = tmp_path / "own"
    with serving(STATES + NEXT) as server:
        words = ["gazetteer", "update", "Japan", "--from", server.url, "--data", own, "--format", "json"]
        shown = command(capsys, *words)
        assert not own.exists()
        written = command(capsys, *words, "--write")

    assert (0, 0) == (shown[0], written[0])
    assert ["filled", "new"] == [row["change"] for row in json.loads(shown[1])]
    assert "nothing was written" in shown[2]
    assert "2 of 2 differences written" in written[2]
    assert 2 == len(lines(own / "wikidata" / "tenures.csv"))


def test_the_verb_wants_a_folder_to_write_to(capsys, tmp_path, monkeypatch):
    """--write without a folder is a usage error, before anything is asked."""
    monkeypatch.chdir(tmp_path)
    code, _, told = command(capsys, "gazetteer", "update", "--from", "http://127.0.0.1:9/", "--write")

    assert 2 == code
    assert "--data DIR" in told


def test_the_verb_warns_of_faults_to_come(capsys):
    """A new holder whose predecessor has no end is told as a fault that the check would find afterwards."""
    with serving(STATES + held(3, PM, "Hanako Sato", "2026-09-30")) as server:
        _, _, told = command(capsys, "gazetteer", "update", "JPN", "--from", server.url)

    assert "afterwards: no end, JPN prime-minister" in told


def test_the_setting_in_a_project_is_used(capsys, tmp_path, monkeypatch):
    """``data`` in diplograph.toml names the folder, for reading and for writing."""
    # Set first, so that what the command sets in the environment is undone with it.
    monkeypatch.setenv("DIPLOGRAPH_DATA", "")
    monkeypatch.delenv("DIPLOGRAPH_DATA")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "diplograph.toml").write_text('data = "own"\n')
    (tmp_path / "own").mkdir()
    with serving(STATES + NEXT) as server:
        command(capsys, "gazetteer", "update", "JPN", "--from", server.url, "--write")
    code, out, _ = command(
        capsys, "lookup", "Prime Minister of Japan", "--on", "2026-10-05", "--format", "json"
    )

    assert (0, ["Hanako Sato"]) == (code, [row["name"] for row in json.loads(out)])


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("people.csv", "id\n", "no table is called so"),
        ("tenures.csv", "id,person\nx\n", "1 cells where the header names 2"),
        ("removed.csv", "table,id,reason\nleaders,x,y\n", "name one of"),
    ],
)
def test_a_malformed_table_of_ones_own_is_refused(tmp_path, name, text, words):
    """An unknown table or a malformed row is refused with file and line; nothing is half-loaded."""
    (tmp_path / name).write_text(text)
    with pytest.raises(KnowledgeError, match=words) as caught:
        overlay.over(gazetteer.load(), tmp_path)

    assert str(tmp_path / name) == caught.value.file


def test_a_folder_that_is_not_there_is_told(tmp_path, monkeypatch):
    """A mistyped setting is an error, not an empty folder."""
    monkeypatch.setenv("DIPLOGRAPH_DATA", str(tmp_path / "nowhere"))
    with pytest.raises(KnowledgeError, match="is not there"):
        gazetteer.load()
