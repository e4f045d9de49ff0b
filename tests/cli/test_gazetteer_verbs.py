"""The verbs that ask what is known beforehand: lookup and gazetteer check."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from diplograph.knowledge import checks, gazetteer
from diplograph.knowledge.gazetteer import Gazetteer


@pytest.mark.parametrize(
    ("words", "on", "holder"),
    [
        ("Prime Minister of Japan", "2025-08-23", "Shigeru Ishiba"),
        ("Japanese prime minister", "2023-05-07", "Fumio Kishida"),
        ("Germany's chancellor", "2012-01-01", "Angela Merkel"),
        ("JPN premier", "1999-01-01", "Keizo Obuchi"),
        ("Minister of Foreign Affairs of the United Kingdom", "2017-01-01", "Boris Johnson"),
        ("Secretary of State of the United States", "1995-01-01", "Warren Christopher"),
        ("NATO secretary general", "2020-05-05", "Jens Stoltenberg"),
        ("President of the European Commission", "2020-02-02", "Ursula von der Leyen"),
    ],
)
def test_lookup_of_an_office(diplograph, words, on, holder):
    """An office, in whatever order of words, has its holder on the day, with a source."""
    done = diplograph("lookup", words, "--on", on, "--format", "json")
    (row,) = [row for row in json.loads(done.out) if row["kind"] == "tenure"]

    assert (0, holder, True) == (done.code, row["name"], bool(row["source"]))
    assert row["from"] <= on
    assert row["to"] is None or on <= row["to"]


def test_lookup_says_why_nobody_held_an_office(diplograph):
    """On a day of a noted vacancy nobody is named, and the reason is told."""
    done = diplograph("lookup", "President of Peru", "--on", "2020-11-16", "--format", "json")
    (row,) = json.loads(done.out)

    assert (1, "vacancy", "Merino had resigned") == (done.code, row["kind"], row["detail"])


@pytest.mark.parametrize("words", ["King of France", "Prime Minister of Atlantis", "of", "of of", " "])
def test_lookup_of_what_is_not(diplograph, words):
    """An office that there is not is unknown: no guess, and exit code 1."""
    done = diplograph("lookup", words, "--on", "2001-01-01")

    assert (1, "") == (done.code, done.out)
    assert "nobody and nothing" in done.err


def test_lookup_after_the_gazetteer_was_made(diplograph):
    """An answer for a day after the row was last known to be right carries a warning."""
    done = diplograph("lookup", "Prime Minister of Japan", "--on", "2031-01-01")

    assert "what came after is not known" in done.err


@pytest.mark.parametrize(("words", "kind"), [("NATO", "organisation"), ("Dokdo", "issue"), ("Nara", "place")])
def test_lookup_of_other_things(diplograph, words, kind):
    """Organisations, issues and places are found by any of their names."""
    done = diplograph("lookup", words, "--format", "json")

    assert kind in {row["kind"] for row in json.loads(done.out)}


def test_check_finds_no_fault_with_the_most_reported_states(diplograph):
    """No overlap and no unexplained gap from 1990 to January 2026; noted vacancies are told as remarks."""
    done = diplograph("gazetteer", "check", "--format", "json")
    rows = json.loads(done.out)

    assert (0, set()) == (done.code, {row["kind"] for row in rows if row["level"] == "fault"})
    assert {"vacancy", "duplicate name"} <= {row["kind"] for row in rows}


def test_check_of_chosen_states_and_years(diplograph):
    """States are given by name or code, years as bounds; only findings on them are told."""
    done = diplograph("gazetteer", "check", "Peru", "--since", "2019", "--until", "2021", "--format", "json")

    assert (0, {"PER president"}) == (done.code, {row["about"] for row in json.loads(done.out)})


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["Atlantis"], "no state is called 'Atlantis'"),
        (["--since", "long ago"], "'long ago' is no date"),
        (["--since", "2000", "--until", "1999"], "before"),
    ],
)
def test_check_refuses_wrong_words(diplograph, words, message):
    """A state or date that is none is a usage error."""
    done = diplograph("gazetteer", "check", *words)

    assert 2 == done.code
    assert message in " ".join(done.err.split())


def spoiled(**changes):
    """The gazetteer with some of Japan's prime ministers changed or, for None, left out."""
    known = gazetteer.load()
    tenures = dict(known.tenures)
    for key, change in changes.items():
        name = f"JPN-prime-minister-{key.removeprefix('d').replace('_', '-')}"
        if change is None:
            del tenures[name]
        else:
            tenures[name] = replace(tenures[name], **change)
    return Gazetteer(
        states=known.states,
        tenures=tenures,
        organisations=known.organisations,
        series=known.series,
        gatherings=known.gatherings,
        places=known.places,
        vacancies=known.vacancies,
    )


@pytest.mark.parametrize(
    ("changes", "kind", "detail"),
    [
        ({"d2024_10_01": None}, "gap", "from 2024-10-01 to 2025-10-21"),
        ({"d2021_10_04": {"end": "2024-12-01"}}, "overlap", "Shigeru Ishiba from 2024-10-01"),
        ({"d2021_10_04": {"end": None}}, "no end", "Fumio Kishida from 2021-10-04"),
    ],
)
def test_check_finds_what_was_spoiled(diplograph, monkeypatch, changes, kind, detail):
    """A gap, an overlap and a missing end are each found, named, and end in exit code 4."""
    made = spoiled(**changes)
    monkeypatch.setattr(gazetteer, "load", lambda: made)
    done = diplograph("gazetteer", "check", "JPN", "--format", "json")
    faults = [row for row in json.loads(done.out) if row["level"] == "fault"]

    assert (4, [kind]) == (done.code, [row["kind"] for row in faults])
    assert detail in faults[0]["detail"]


def test_a_vacant_office_and_a_shared_name_are_remarks():
    """An office without a holder on the last day, and a name of two people, are told apart from faults."""
    made = spoiled(d2025_10_21={"name": "Boris Johnson"})
    found = checks.remarks(made, until=date(2030, 1, 1), states=["JPN"])

    assert "boris-johnson (GBR), sanae-takaichi (JPN)" in {one.detail for one in found}
    ended = spoiled(d2025_10_21={"end": "2026-01-01"})
    assert ["JPN prime-minister"] == [
        one.about for one in checks.remarks(ended, states=["JPN"]) if one.kind == "vacant"
    ]
