"""Event data: every format, every trap, and files that are damaged."""

from __future__ import annotations

import gzip
import zipfile

import pytest

from diplograph.errors import SourceError, UnknownPluginError
from diplograph.sources.tables import IMPORTERS, codes, find_format, recognise, stage

pytest.importorskip("duckdb")

ICEWS = "\t".join(IMPORTERS["icews"].columns)


def icews(*rows):
    """A file of ICEWS with these rows: day, code, source (name, sectors, country), target, city."""
    lines = [ICEWS]
    for number, (day, code, source, target) in enumerate(rows, 1):
        cells = [str(number), day, *source, "text", code, "1.9", *target, "9", "1", "Xinhua"]
        lines.append("\t".join([*cells, "", "", "", "", "0", "0"]))
    return "\n".join(lines) + "\n"


JAPAN, KOREA, CHINA = (("Japan", "", "Japan"), ("South Korea", "", "South Korea"), ("China", "", "China"))
ABE = ("Shinzo Abe", "", "Japan")


@pytest.fixture
def staged(tmp_path):
    """Stages a text as a file; closes it at the end."""
    opened = []

    def make(text, form="auto", name="events.tab", **options):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        opened.append(stage(path, form, **options))
        return opened[-1]

    yield make
    for staging in opened:
        staging.close()


def reports(staging, columns="type, states, guests, host, first, len(rows)"):
    return staging.con.sql(f"SELECT {columns} FROM reports ORDER BY r, type").fetchall()


def test_mirror_rows_are_one_visit(staged):
    """Making and hosting a visit are two rows of one visit, with the same guest."""
    text = icews(("2013-05-01", "042", JAPAN, KOREA), ("2013-05-01", "043", KOREA, JAPAN))

    assert [("visit", ["JPN", "KOR"], ["JPN"], "KOR", "2013-05-01", 2)] == reports(staged(text))


def test_an_episode_lasts_while_gaps_are_short(staged):
    """A visit told again within three days is one; four days later it is another."""
    days = ("2013-05-01", "2013-05-03", "2013-05-06", "2013-05-10")
    found = reports(staged(icews(*((day, "042", JAPAN, KOREA) for day in days))), "first, len(rows)")

    assert [("2013-05-01", 3), ("2013-05-10", 1)] == found


def test_visits_of_different_persons_stay_apart(staged):
    """Rows that name nobody join those of whom they touch; two travellers made two visits."""
    kishida = ("Fumio Kishida", "", "Japan")
    text = icews(
        ("2013-05-01", "042", ABE, KOREA),
        ("2013-05-02", "042", JAPAN, KOREA),
        ("2013-05-02", "042", kishida, KOREA),
    )
    found = reports(staged(text), "people[1].person, people[1].office, len(rows)")

    assert [("shinzo-abe", "Prime Minister", 2), ("fumio-kishida", "Foreign Minister", 1)] == found


def test_a_person_stands_for_a_state_only_in_office(staged):
    """Whom the tenure of the day does not know is set aside, and counted."""
    found = staged(icews(("2009-11-01", "042", ABE, KOREA), ("2013-05-01", "042", ABE, KOREA)))

    assert {"a person who held no office of a state that day": 1} == found.counted()
    assert [("2013-05-01",)] == reports(found, "first")


def test_intentions_are_no_visits(staged):
    """CAMEO 036 is an intention; it never tells that a visit took place."""
    assert [("statement-of-intent", ["JPN", "KOR"], [], None, "2013-05-01", 1)] == reports(
        staged(icews(("2013-05-01", "036", JAPAN, KOREA)))
    )


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (KOREA, "within one state"),
        (("Africa", "International", ""), "a region or organisation, no state"),
        (("Japan", "", "China"), "mislinked: the actor's name and country are different states"),
        (("Citizen (Japan)", "General Population", "Japan"), "a sector that does not act for its state"),
        (("Toyota", "Business", "Japan"), "a sector that does not act for its state"),
        (("Nobody Special", "", ""), "nobody who is known to act for a state"),
        (("", "", ""), "no actor"),
    ],
)
def test_what_tells_nothing_between_states_is_set_aside(staged, source, reason):
    """Domestic visits, regions, mislinked actors and citizens are left out with their reason."""
    found = staged(icews(("2013-05-01", "042", source, KOREA)))

    assert {reason: 1} == found.counted()
    assert found.examples()[0][0].endswith("events.tab:2")


def test_a_ministry_acts_for_its_state(staged):
    """Sectors that govern are lifted to their state."""
    ministry = ("Foreign Affairs (Iran)", "", "")

    assert [(["CHN", "IRN"],)] == reports(staged(icews(("2013-05-01", "040", ministry, CHINA))), "states")


def test_goldstein_scores_are_kept(staged):
    """The score of the row, or else that of its code."""
    text = icews(("2013-05-01", "042", JAPAN, KOREA)).replace("\t1.9\t", "\t\t")

    assert [(1.9, "https://w3id.org/diplograph/ontology/cameo/042")] == reports(
        staged(text), "score, concept"
    )


def test_every_code_leads_to_an_event_type():
    """Each code of CAMEO and PLOVER is of one of the seven kinds, by the ontology."""
    known = {code.spelling: code for code in codes.spellings()}

    assert len([code for code in known.values() if "/cameo/" in code.concept]) >= 300
    assert ("visit", "target") == (known["043"].type, known["host a visit"].guest)
    assert ("42", "042") == (known["42"].spelling, known["42"].concept[-3:])
    assert {"agreement", "call", "meeting", "other", "statement-of-intent", "tension", "visit"} == {
        code.type for code in known.values()
    }


GDELT = dict.fromkeys(IMPORTERS["gdelt"].columns, "") | {
    "GLOBALEVENTID": "1", "SQLDATE": "20150301", "Actor1CountryCode": "JPN", "Actor2CountryCode": "KOR",
    "EventCode": "042", "GoldsteinScale": "1.9", "SOURCEURL": "https://a.example/x",
}  # fmt: skip
POLECAT = dict.fromkeys(IMPORTERS["polecat"].columns, "") | {
    "Event Date": "2020-03-01", "Event Type": "CONSULT", "Event Mode": "visit", "Actor Name": "Japan",
    "Actor Country": "JPN", "Recipient Name": "South Korea", "Recipient Country": "KOR", "City": "Tokyo",
    "Country": "Japan",
}  # fmt: skip
COLT = dict.fromkeys(IMPORTERS["colt"].columns, "") | {
    "TripID": "1", "LeaderCountryISO": "KOR", "LeaderCountryOrIGO": "South Korea", "LeaderTitle": "President",
    "LeaderFullName": "Moon Jae-in", "CountryVisited": "Japan", "CountryVisitedISO": "JPN",
    "TripStartDate": "2018-05-09", "TripEndDate": "TBD", "Notes": "Private stay",
}  # fmt: skip

QUADRUPLE = "Japan\tMake a visit\tChina\t2014-02-03\n"


def table(cells, delimiter, *, header=True):
    lines = [delimiter.join(cells)] if header else []
    return "\n".join([*lines, delimiter.join(cells.values())]) + "\n"


@pytest.mark.parametrize(
    ("text", "name", "form", "expected"),
    [
        (table(GDELT, "\t", header=False), "a.csv", "gdelt", ("visit", ["JPN", "KOR"], "2015-03-01", None)),
        (table(POLECAT, "\t"), "a.tab", "polecat", ("visit", ["KOR", "JPN"], "2020-03-01", None)),
        (table(COLT, ","), "a.csv", "colt", ("visit", ["KOR", "JPN"], "2018-05-09", "private-visit")),
        (
            "Japan\tMake a visit\tChina\t2014-02-03\n",
            "t.txt",
            "quadruples",
            ("visit", ["JPN", "CHN"], "2014-02-03", None),
        ),
    ],
)
def test_each_format_is_recognised_and_understood(staged, text, name, form, expected):
    """A row of each format comes to the report that it tells; POLECAT's place tells who hosted."""
    found = staged(text, name=name)

    assert form == found.form.name
    assert [expected] == reports(found, "type, states, first, subtype")


def test_quadruples_of_numbers(staged, tmp_path):
    """Ids are named by the tables beside the file, and hours counted from the day that is told."""
    (tmp_path / "entity2id.txt").write_text("Japan\t0\nChina\t1\n")
    (tmp_path / "relation2id.txt").write_text("Host_a_visit\t7\n")

    assert [(["CHN", "JPN"], "2014-01-02")] == reports(
        staged("0\t7\t1\t24\n", name="train.txt", since="2014-01-01"), "states, first"
    )
    with pytest.raises(SourceError, match="--since"):
        staged("0\t7\t1\t24\n", name="train.txt")


def test_any_table_by_a_mapping(staged, tmp_path):
    """A small file says which column gives what."""
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(
        '[columns]\nstart="when"\na_land="who"\nb_land="where"\n[always]\ncode="state-visit"\n'
    )
    found = staged("who,where,when\nFrance,Italy,2001-05\n", "table", mapping=mapping)

    assert [("visit", "state-visit", ["FRA", "ITA"], "2001-05")] == reports(
        found, "type, subtype, states, first"
    )
    mapping.write_text('[columns]\nbegin="when"\n')
    with pytest.raises(SourceError, match="'begin' is no cell"):
        staged("when\n1\n", "table", mapping=mapping)


def test_packed_files(staged, tmp_path):
    """Gzip and zip are read as what is in them."""
    text = icews(("2013-05-01", "042", JAPAN, KOREA))
    with zipfile.ZipFile(tmp_path / "made.zip", "w") as archive:
        archive.writestr("events.tab", text)

    assert 1 == len(reports(staged(gzip.compress(text.encode()), name="a.tab.gz")))
    assert 1 == len(reports(staged((tmp_path / "made.zip").read_bytes(), name="a.zip")))


def test_a_truncated_gzip_keeps_what_stands_before(staged):
    """Where a file breaks off is told by line; the rows before it are kept."""
    rows = [
        ("2013-05-01", "040", (f"Japan{'' if n % 2 else ' '}", "", "Japan"), KOREA) for n in range(30_000)
    ]
    packed = gzip.compress(icews(*rows).encode())
    found = staged(packed[: len(packed) // 2], name="a.tab.gz")

    assert [reason for reason in found.counted() if "breaks off" in reason]
    assert found.total > 1_000
    assert reports(found)


def test_rows_that_are_none_are_named_and_the_rest_is_kept(staged):
    """Too few columns, another encoding, a cell of ten megabytes: each is set aside with its line."""
    good = icews(("2013-05-01", "042", JAPAN, KOREA), ("2013-06-01", "042", JAPAN, KOREA)).encode()
    bad = b"1\t2013-05-01\tJapan\n" + b"\xff\xfe\tJapan\n" + b"x" * 10_000_000 + b"\n"
    found = staged(good.replace(b"\n", b"\n" + bad, 1))

    assert {
        "a wrong number of columns (3 instead of 20)",
        "no UTF-8 (byte 0xff)",
        "a row of more than 1,000,000 characters",
    } == set(found.counted())
    assert ["events.tab:2", "events.tab:3", "events.tab:4"] == sorted(
        where[-12:] for where, _ in found.examples()
    )
    assert 2 == len(reports(found))


def test_a_quote_that_is_never_closed_costs_its_line(staged):
    """What follows an open quote is read again."""
    text = table(COLT, ",")
    broken = text.splitlines()[1].replace("President", '"President', 1)
    found = staged(f"{text.splitlines()[0]}\n{broken}\n{text.splitlines()[1]}\n", name="a.csv")

    assert {"a quote that is never closed": 1} == found.counted()
    assert 1 == len(reports(found))


def test_a_changed_header_is_refused_by_name(staged):
    """A file whose header lacks what its format needs says which, and what to do."""
    text = icews(("2013-05-01", "042", JAPAN, KOREA)).replace("Target Name", "Recipient")

    with pytest.raises(SourceError, match=r"lacks 'Target Name'.*--mapping"):
        staged(text, "icews")


def test_columns_may_stand_in_another_order(staged):
    """Where there is a header, columns are found by name."""
    cells = dict(reversed(COLT.items()))

    assert [(["KOR", "JPN"],)] == reports(staged(table(cells, ","), name="a.csv"), "states")


def test_unknown_formats(tmp_path):
    """A name that no importer has lists those there are; a file that looks like none says what to do."""
    path = tmp_path / "a.csv"
    path.write_text("a,b\n1,2\n")

    assert None is recognise(path)
    with pytest.raises(UnknownPluginError, match="icews"):
        find_format(path, "phoenix")
    with pytest.raises(SourceError, match="--mapping"):
        find_format(path)
