"""The scripts that build the tenures: what they read out of each source, and what they refuse.

Every input is synthetic and small; the real sources lie outside the repository.
"""

import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[2] / "scripts" / "gazetteer"
sys.path.insert(0, str(SCRIPTS))

import archigos  # noqa: E402  # the scripts are no package
import factbook  # noqa: E402
import historian  # noqa: E402
import phoenix  # noqa: E402
import snapshot  # noqa: E402
from countries import Countries  # noqa: E402

ARCHIGOS_HEAD = "obsid,gwcode,leader,startdate,enddate\n"
REIGN_HEAD = "ccode,leader,sdate,smonth,syear,emonth,eyear\n"


@pytest.fixture(scope="module")
def countries():
    return Countries.read()


@pytest.fixture
def lists(tmp_path):
    """Both lists of leaders, each without a row."""
    (tmp_path / "archigos_4.1_from_peacesciencer.csv").write_text(ARCHIGOS_HEAD, encoding="utf-8")
    (tmp_path / "leaderlist_3_21.csv").write_text(REIGN_HEAD, encoding="utf-8")
    return tmp_path


def add(path, text):
    with path.open("a", encoding="utf-8") as stream:
        stream.write(text)


def told(found):
    return [(one.state, one.name, one.start, one.end) for one in found]


def test_archigos_spells_are_days_and_the_last_ones_are_open(lists, countries):
    """A spell that reaches the last day of the list did not end there; a spell of before 1945 is left out."""
    add(
        lists / "archigos_4.1_from_peacesciencer.csv",
        "X-1,740.0,Someone,1990-02-01,1994-05-06\nX-2,740.0,Other,1994-05-06,2015-12-31\n"
        "X-3,740.0,Old,1900-01-01,1901-01-01\nX-4,365.0,Sovietsky,1980-01-01,1991-12-25\n",
    )
    expected = [
        ("JPN", "Someone", "1990-02-01", "1994-05-06"),
        ("JPN", "Other", "1994-05-06", ""),
        ("SUN", "Sovietsky", "1980-01-01", "1991-12-25"),
    ]
    assert expected == told(archigos.read(lists, countries.cow))


def test_reign_has_the_month_of_the_end(lists, countries):
    """Day and month may be missing; a day that no month has leaves the month."""
    add(lists / "leaderlist_3_21.csv", "740,Someone,31,6,1990,9,1994\n740,Other,5,9,1994,,\n")
    expected = [("JPN", "Someone", "1990-06", "1994-09"), ("JPN", "Other", "1994-09-05", "")]
    assert expected == told(archigos.read(lists, countries.cow))


@pytest.mark.parametrize(
    ("file", "line", "says"),
    [
        ("archigos_4.1_from_peacesciencer.csv", "X-1,seven,A,1990-01-01,1991-01-01\n", r"csv:2: 'seven'"),
        ("archigos_4.1_from_peacesciencer.csv", "X,740.0,A,1990-13-01,1991-01-01\n", r"csv:2: '1990-13-01'"),
        ("archigos_4.1_from_peacesciencer.csv", "X-1,740.0,A\n", r"csv:2: 3 cells"),
        ("leaderlist_3_21.csv", "740,A,1,13,1990,1,1991\n", r"csv:2: '1990-13-01'"),
    ],
)
def test_a_broken_row_is_refused_with_file_and_line(lists, countries, file, line, says):
    """Nothing is guessed from a row that does not have the form of its source."""
    add(lists / file, line)
    with pytest.raises(ValueError, match=says):
        archigos.read(lists, countries.cow)


def test_a_missing_source_and_a_missing_column_are_named(tmp_path, countries):
    """The message says which file, and how to name the folder."""
    with pytest.raises(ValueError, match=r"archigos_4\.1.*is not there; name its folder with --sources"):
        archigos.read(tmp_path, countries.cow)
    (tmp_path / "archigos_4.1_from_peacesciencer.csv").write_text("gwcode,leader\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"csv:1: there is no column startdate, enddate"):
        archigos.read(tmp_path, countries.cow)


DICTIONARY = """\
# a comment
ATLANTIS_  [JPN]
ANNA_FIRST_  # list
+PRESIDENT_FIRST_
\t[JPNELI 500101-900201]
\t[JPNGOV 900201-940506]
\t[JPNELI]
BRUNO_SECOND_  # list
\t[JPNELI 500101-940506]
\t[JPNGOV >940506]
CARLA_PREMIER_  # list
\t[JPNELI 500101-800115]
\t[JPNGOV 800115-19840220]
DORA_MINISTER_  # list
\t[JPNGOVMIL 030101-040131]
NOBODY_
\t[---]
"""


def test_phoenix_tells_leaders_by_runs_and_ministers_by_quarters(tmp_path):
    """Whoever begins long before the last one opens the next run; a minister has no run and no day."""
    path = tmp_path / "actors.txt"
    path.write_text(DICTIONARY, encoding="utf-8")
    found = phoenix.read(path)
    assert [
        ("JPN", "Anna First", "1990-02-01", "1994-05-06"),
        ("JPN", "Bruno Second", "1994-05-06", ""),
        ("JPN", "Carla Premier", "1980-01-15", "1984-02-20"),
        ("JPN", "Dora Minister", "2003-01-01", "2004-01-31"),
    ] == told(found)
    assert [1, 1, 2, 0] == [one.run for one in found]
    assert [True, True, True, False] == [one.dated for one in found]
    assert ("President First",) == found[0].names


def test_an_unreadable_role_is_refused_with_file_and_line(tmp_path):
    """A bracket of unknown form may hide a leader."""
    path = tmp_path / "actors.txt"
    path.write_text("SOMEONE_\n\t[?? 900101-910101]\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"actors\.txt:2: this role cannot be read"):
        phoenix.read(path)


@pytest.fixture
def historians(tmp_path):
    (tmp_path / "foreign_leader_visits_to_us.csv").write_text(
        "start,visitor,from_label\n"
        "1995-02-01,Prime Minister Anna B. van Dam,Netherlands\n"
        "1995-02-02,President-elect Carlos Diaz,Mexico\n",
        encoding="utf-8",
    )
    (tmp_path / "us_travels_abroad.csv").write_text(
        "start,country,remarks\n"
        '2003-05-01,Kuwait,"Met Amir Jabir al-Sabah and Egyptian Foreign Minister Ahmed Maher. Toured."\n'
        "2003-05-02,Israel,Attended the funeral of Prime Minister Someone.\n"
        "2003-05-03,France,Met with Deputy Prime Minister Nobody and Vice President Noone.\n",
        encoding="utf-8",
    )
    return tmp_path


def test_historian_gives_title_name_state_and_day(historians, countries):
    """An adjective says whose minister it is; the dead, deputies and the elected hold no office that day."""
    found = [(*fact, one.office) for one, fact in _facts(historian.read(historians, countries))]
    assert [
        ("NLD", "Anna B. van Dam", "1995-02-01", "1995-02-01", "Prime Minister"),
        ("KWT", "Jabir al-Sabah", "2003-05-01", "2003-05-01", "Amir"),
        ("EGY", "Ahmed Maher", "2003-05-01", "2003-05-01", "Foreign Minister"),
    ] == found


def _facts(found):
    return zip(found, told(found), strict=True)


def test_historian_refuses_a_day_that_is_none(historians, countries):
    """A wrong day names its file and line."""
    add(historians / "us_travels_abroad.csv", "2003-02-30,Kuwait,Met with Amir Jabir.\n")
    with pytest.raises(ValueError, match=r"us_travels_abroad\.csv:5: '2003-02-30' is no day"):
        historian.read(historians, countries)


def test_factbook_holds_from_the_day_told_until_last_seen(tmp_path, countries):
    """Family names stand in capitals; a vice president is no president."""
    path = tmp_path / "factbook.csv"
    path.write_text(
        "gec,role,title_and_name,since_text,last_seen_commit\n"
        "ja,head of government,Prime Minister Anna Maria FIRST,4 October 2021,2024-09-30\n"
        "us,chief of state,Vice President Noone NOBODY,20 January 2021,2024-09-30\n",
        encoding="utf-8",
    )
    found = factbook.attestations(path, countries)
    assert [("JPN", "Anna Maria First", "2021-10-04", "2024-09-30")] == told(found)
    assert "prime-minister" == found[0].office


def test_snapshot_names_heads_with_their_first_day(tmp_path, countries):
    """A head without a first day is left out; a file of another form is refused."""
    path = tmp_path / "leaders.json"
    path.write_text(
        '{"snapshot_date": "2026-08-22", "leaders": {"uk": {"head_of_government": "Anna First",'
        ' "head_of_government_since": "2026-07-20", "head_of_state": "Bruno", "head_of_state_since": null}}}',
        encoding="utf-8",
    )
    assert [("GBR", "Anna First", "2026-07-20", "")] == told(snapshot.read(path, countries))
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(ValueError, match=r"leaders\.json: this is no snapshot"):
        snapshot.read(path, countries)
