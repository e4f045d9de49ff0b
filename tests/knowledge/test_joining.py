"""How the sources are joined to what was written: who is one person, whose day stands, what is filled in."""

import csv
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "scripts" / "gazetteer"))

import ask  # the scripts are no package
import editorial
import people
from attested import LEADING, Attestation, agrees
from join import join
from spells import Spell
from supply import supply


def spell(**cells):
    given = {"state": "JPN", "office": "prime-minister", "name": "Anna First", "surname": "First"}
    given |= {"start": "1990-02-01", "end": "1994-05-06", "source": "editorial", "as_of": "2026-01-31"}
    return Spell(**(given | cells))


def word(source="Archigos 4.1", **cells):
    given = {"state": "JPN", "name": "First", "start": "1990-02-01", "end": "1994-05-06", "roles": LEADING}
    given |= {"dated": True, "ended": True, "source": source, "as_of": "2015-12-31"}
    return Attestation(**(given | cells))


@pytest.mark.parametrize(
    ("name", "surname", "other", "same"),
    [
        ("Junichiro Koizumi", "Koizumi", "Koizumi", True),
        ("Alan Garcia", "Garcia", "Garcia Perez", True),
        ("Muammar Gaddafi", "Gaddafi", "Qaddafi", True),
        ("Kim Dae-jung", "Kim", "Dae Jung", True),
        ("Jose Sarney", "Sarney", "Jose Maria Aznar", False),
        ("Anna First", "First", "Bruno Second", False),
        ("Anna First", "First", "", False),
    ],
)
def test_spellings_of_one_person(name, surname, other, same):
    """The surname must be met, however it is spelt; a shared first name says nothing."""
    assert same == people.alike((name,), surname, other)


def test_agreement_needs_person_office_and_time():
    """Another person, another office or other years do not support a row."""
    assert agrees(spell(), word())
    assert not agrees(spell(), word(name="Second"))
    assert not agrees(spell(), word(roles=frozenset({"foreign-minister"})))
    assert not agrees(spell(), word(start="1996-01-01", end="1998-01-01"))


def test_a_row_cites_who_attests_it_with_the_day():
    """The source that the dates follow stands first; editorial alone remains where nobody attests."""
    one, lonely = spell(start="1990-02"), spell(name="Bruno Second", surname="Second")
    join([one, lonely], [word(), word("REIGN", as_of="2021-03", dated=False, ended=False)])
    assert "1990-02-01" == one.start
    assert "Archigos 4.1 2015-12-31; REIGN 2021-03; editorial 2026-01-31" == one.row()["source"]
    assert "editorial 2026-01-31" == lonely.row()["source"]


def test_two_sources_that_do_not_copy_each_other_outweigh_a_written_day():
    """One source alone only makes a difference to be judged; a day that was looked up stays."""
    one, pinned = spell(start="1990-02-09"), spell(start="1990-02-09", pinned=frozenset({"start"}))
    differences = join([one], [word()])
    assert [("start", "1990-02-09", "1990-02-01")] == [(d.bound, d.ours, d.theirs) for d in differences]
    assert [] == join([one, pinned], [word(), word("Phoenix actors", as_of="2014-01-30")])
    assert ("1990-02-01", "1990-02-09") == (one.start, pinned.start)


def filled(spells, said, leading="prime-minister"):
    return supply(
        spells, said, leading=lambda *_: leading, runs={("JPN", 2): "prime-minister"}, since={"JPN": ""}
    )


def test_sources_fill_what_nobody_wrote():
    """A leader gets the office that leads the state; what contradicts a row is left out."""
    later = word(name="Second", start="1994-05-06", end="1996-01-01")
    assert [("Second", "prime-minister", "1994-05-06")] == [
        (one.name, one.office, one.start) for one in filled([spell()], [word(), later])
    ]
    assert [] == filled([spell()], [word(name="Second")])
    assert [] == filled([spell()], [later], leading="")


def test_a_run_of_the_dictionary_names_the_office():
    """A run that nobody explained is not used."""
    later = {"name": "Bruno Second", "start": "1994-05-06", "end": "1996-01-01", "roles": frozenset()}
    found = filled([], [word("Phoenix actors", run=2, **later), word("Phoenix actors", run=1, **later)])
    assert [("Bruno Second", "Second", "prime-minister")] == [(o.name, o.surname, o.office) for o in found]


def test_a_minister_is_known_only_between_the_days_of_meetings():
    """Two meetings make a spell unless somebody else was met in between."""
    met = {"roles": frozenset({"foreign-minister"}), "source": "Office of the Historian", "dated": False}
    days = [
        ("First", "1990-03-01"),
        ("Anna First", "1991-03-01"),
        ("Second", "1992-01-01"),
        ("First", "1993-01-01"),
    ]
    said = [word(name=name, start=day, end=day, as_of=day, **met) for name, day in days]
    found = [(one.name, one.start, one.end) for one in filled([], said)]
    assert [
        ("Anna First", "1990-03-01", "1991-03-01"),
        ("Second", "1992-01-01", "1992-01-01"),
        ("Anna First", "1993-01-01", "1993-01-01"),
    ] == found


def test_a_line_of_an_override_may_pin_a_day():
    """The mark does not get into the date."""
    one = editorial._spell("Anna First|1990-02-01!|1994-05-06", "JPN", "prime-minister", "", "")
    assert ("1990-02-01", frozenset({"start"})) == (one.start, one.pinned)


@pytest.mark.parametrize(
    ("name", "day", "verdict"),
    [
        ("Koizumi", "2004-07-21", "right"),
        ("Nobody", "2004-07-21", "wrong"),
        ("Koizumi", "1850-01-01", "unknown"),
    ],
)
def test_answers_are_judged(gazetteer, name, day, verdict):
    """A wrong name is told from no answer at all."""
    said = word(name=name, office="Prime Minister", start=day, end=day)
    assert verdict == ask.judge(gazetteer, said, day)[0]


def asked(since, until):
    """The verdicts on the questions of tests/tables/attested.tsv between two days."""
    table = Path(__file__).parents[1] / "tables" / "attested.tsv"
    with table.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            if since <= row["on"] < until:
                said = word(
                    row["source"], state=row["state"], office=row["office"], name=row["name"], start=row["on"]
                )
                yield said, row["on"]


@pytest.mark.parametrize(("since", "until", "right"), [("1960", "1990", 0.90), ("1990", "2027", 0.95)])
def test_office_holders_whom_others_attest(gazetteer, since, until, right):
    """A sample of what the Historian and the Factbook attest, as they spell it, drawn without looking.

    It holds their slips as well: a guest taken for the host's president, or a name cut short.
    """
    verdicts = [ask.judge(gazetteer, said, day)[0] for said, day in asked(since, until)]
    assert len(verdicts) >= 150
    assert verdicts.count("right") >= right * len(verdicts)
    assert verdicts.count("wrong") <= 0.03 * len(verdicts)
