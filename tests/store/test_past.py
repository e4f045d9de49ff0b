"""What could be known on a day, what changed between two, and what goes when a source goes."""

from __future__ import annotations

from datetime import date

import pytest

from diplograph import store
from diplograph.consensus import Ruling, Verdict
from diplograph.errors import SourceError, StoreError
from diplograph.model import Participant, PlaceName, Status
from diplograph.store.difference import Kind, difference
from made_reports import BACKGROUND, LEE, NARA, TAKAICHI, TOKYO, article, shuttle_history, told

HISTORY = shuttle_history()
DAY = "2026-01-13"


def filled(*articles, where=None):
    kept = store.open(where, background=BACKGROUND)
    for document, reports in articles:
        kept.add(document, reports)
    kept.infer()
    return kept


def visit(name, published, when=DAY, **known):
    return article(name, published, told("visit", ("KOR", "JPN"), when, participants=(LEE,), **known))


PLAN = visit("plan", "2026-01-05", "2026-01", status=Status.PLANNED)
HELD = visit("held", "2026-01-14", place=NARA)
DENIAL = visit("other", "2026-01-20", place=TOKYO)


@pytest.mark.parametrize("day", sorted({d.published for d, _ in HISTORY if d.published}))
def test_as_of_a_day_is_the_graph_of_the_sources_until_then(day):
    """Looking from a day gives the bytes of a graph that never heard of anything later."""
    known = [one for one in HISTORY if one[0].published and one[0].published <= day]
    with filled(*HISTORY) as kept, kept.as_of(day) as past:
        assert filled(*known).export("nq") == past.export("nq")


def test_the_past_cannot_be_changed(tmp_path):
    """A store that looks from a day answers and refuses every change."""
    filled(PLAN, HELD, where=tmp_path / "kg").close()
    with store.open(tmp_path / "kg", as_of=date(2026, 1, 10), background=BACKGROUND) as past:
        (event,) = past.events()
        assert (Status.PLANNED, "2026-01") == (event.facts.status, event.facts.when.edtf)
        with pytest.raises(StoreError, match="reading only"):
            past.add(*HELD)


def test_a_difference_names_its_sources():
    """A plan that is held, dated and placed: each step with the source that told it."""
    kept = filled(PLAN, HELD)
    found = difference(kept, date(2026, 1, 10))

    assert [
        (Kind.STATUS, "status", "planned", "held", ("held (2026-01-14)",)),
        (Kind.REFINED, "place", "", "Nara", ("held (2026-01-14)",)),
        (Kind.REFINED, "when", "2026-01", DAY, ("held (2026-01-14)",)),
    ] == [(d.kind, d.field, d.before, d.after, d.sources) for d in found]


def test_new_contradicted_and_retracted_are_told():
    """New events, contradictions by later sources, and sources that were taken out."""
    gone = visit("mistaken", "2026-01-12", "2024-05-01")
    kept = filled(PLAN, HELD, DENIAL, gone)
    kept.drop(gone[0].id, on=date(2026, 1, 16))
    by_kind = {d.kind: d for d in difference(kept, date(2026, 1, 14), date(2026, 2, 1))}

    assert {Kind.CONTRADICTED, Kind.RETRACTED} == set(by_kind)
    assert ("place", ("other (2026-01-20)",)) == (
        by_kind[Kind.CONTRADICTED].field,
        by_kind[Kind.CONTRADICTED].sources,
    )
    assert "mistaken (2026-01-12)" == by_kind[Kind.RETRACTED].before
    assert {Kind.NEW} == {d.kind for d in difference(kept, date(2026, 1, 1), date(2026, 1, 6))}


def test_nothing_changes_within_a_day_and_days_run_forward():
    """Between a day and itself there is nothing; an end before the start is refused."""
    kept = filled(PLAN, HELD)

    assert () == difference(kept, date(2026, 1, 14))
    with pytest.raises(StoreError, match="name the earlier day first"):
        difference(kept, date(2026, 1, 14), date(2026, 1, 1))


def test_what_is_retracted_is_found_nowhere(tmp_path):
    """Of a source that was taken out no file of the store holds a sentence, but a note says it was there."""
    secret = visit("secret", "2026-01-15", where := "2025-03-03", place=PlaceName(name="Xanadu", state="JPN"))
    with filled(*HISTORY, secret, where=tmp_path / "kg") as kept:
        kept.drop(secret[0].id)
        kept.infer()
        told_of = [(r.name, r.published, r.by) for r in kept.retractions()]
        export = kept.export("nq")
        kept.engine.flush()

    assert [("secret", date(2026, 1, 15), None)] == told_of
    assert filled(*HISTORY).export("nq") == export
    assert "Xanadu" not in export
    assert where not in export
    assert [] == list((tmp_path / "kg" / "evidence").rglob(f"{secret[0].id}*"))


def test_a_source_that_comes_back_is_retracted_no_more():
    """Taking a source in again takes the note away."""
    kept = filled(*HISTORY)
    before = kept.export("nq")
    kept.drop(HISTORY[0][0].id)
    kept.add(*HISTORY[0])
    kept.infer()

    assert ((), before) == (kept.retractions(), kept.export("nq"))


def two_events():
    """Two visits on neighbouring days that may be one."""
    kept = filled(visit("a", "2026-01-14", "2026-01-13"), visit("b", "2026-01-15", "2026-01-14"))
    assert 2 == len(kept.events())
    return kept


def ruling(kept, verdict, **more):
    one, other = sorted(report.id for report in kept.reports())
    return Ruling(verdict=verdict, one=(one,), other=(other,), author="Ann Reader", **more)


def test_a_person_merges_and_takes_it_back():
    """A decision makes two events one, says so, survives a rebuild, and leaves no trace when it is undone."""
    kept = two_events()
    before = kept.export("nq")
    source = kept.rule(ruling(kept, Verdict.SAME, reason="Two datelines.", decided=date(2026, 1, 16)))
    kept.infer()
    (event,) = kept.events()
    merged = kept.export("nq")
    kept.rebuild()

    assert merged == kept.export("nq")
    assert ["person"] == [d.rule for d in event.decisions if d.field == "identity"]
    document = kept.document(source)
    assert ("Ann Reader", True) == (document.publisher, "Two datelines." in document.text)
    assert {source: Verdict.SAME} == {name: one.verdict for name, one in kept.rulings().items()}
    kept.drop(source)
    kept.infer()
    assert before == kept.export("nq")


def test_a_person_splits_and_the_later_decision_holds():
    """One event becomes two; of two decisions on the same reports the later one counts, in any order."""
    kept = filled(visit("a", "2026-01-14"), visit("b", "2026-01-15"))
    assert 1 == len(kept.events())
    apart = ruling(kept, Verdict.APART, decided=date(2026, 2, 1))
    same = ruling(kept, Verdict.SAME, decided=date(2026, 3, 1))
    kept.rule(same)
    kept.rule(apart)
    assert 1 == len(kept.events())
    kept.drop(next(s for s, r in kept.rulings().items() if r.verdict is Verdict.SAME))
    assert 2 == len(kept.events())


def test_later_news_joins_what_a_person_merged():
    """A third report of the second day joins the merged event, as it would have joined the second alone."""
    kept = two_events()
    kept.rule(ruling(kept, Verdict.SAME))
    third = visit("c", "2026-01-16", "2026-01-14")
    kept.add(*third)
    kept.infer()
    export = kept.export("nq")
    kept.rebuild()

    assert [3] == [len(event.reports) for event in kept.events()]
    assert export == kept.export("nq")


def test_a_decision_is_cited():
    """Asked why two reports are one event, the graph gives the words of the person who decided it."""
    kept = two_events()
    source = kept.rule(ruling(kept, Verdict.SAME, reason="Two datelines."))
    (event,) = kept.events()
    cited = [c for c in kept.why(event.id) if c.source == source]

    assert [("identity", "Ann Reader", "person")] == [(c.field, c.attribution, c.rule) for c in cited]
    assert "Two datelines." in cited[0].quote


def test_nobody_decides_about_what_is_not_there():
    """A decision about a report that is not stored is refused."""
    with pytest.raises(StoreError, match="no report"):
        two_events().rule(Ruling(verdict=Verdict.SAME, one=("0",), other=("1",), author="Ann"))


@pytest.mark.parametrize(
    ("published", "when"), [("1499-12-31", DAY), ("2201-01-01", DAY), ("2026-01-14", "1066-10-14")]
)
def test_dates_that_cannot_be_are_refused(published, when):
    """What is dated outside 1500 to 2200 is refused in words, and nothing of it is stored."""
    kept = filled(PLAN)
    with pytest.raises(SourceError, match="outside the years 1500 to 2200"):
        kept.add(*visit("odd", published, when))
    assert 1 == len(kept.sources())


def test_two_encodings_of_a_name_are_one_entity():
    """A name composed and decomposed, with marks that turn its direction, is one person and one place."""
    composed = {"place": PlaceName(name="S\u00e3o Bar", state="JPN"), "person": "jos\u00e9-lee"}
    decomposed = {"place": PlaceName(name="Sa\u0303o\u202e Bar", state="JPN"), "person": "jose\u0301-lee"}
    articles = [
        article(
            name,
            "2026-01-14",
            told(
                "visit",
                ("KOR", "JPN"),
                DAY,
                place=one["place"],
                participants=(Participant(name="Jos\u00e9 Lee\u2066", person=one["person"], state="KOR"),),
            ),
        )
        for name, one in (("a", composed), ("b", decomposed))
    ]
    kept = filled(*articles)
    (event,) = kept.events()
    export = kept.export("nq")

    assert ("S\u00e3o Bar", ["Jos\u00e9 Lee"], ()) == (
        event.facts.place.name,
        [p.name for p in event.facts.participants],
        event.decisions,
    )
    labels = [line for line in export.splitlines() if "rdf-schema#label" in line or "/named>" in line]
    assert [] == [line for line in labels if set("\u202e\u2066\u0303\u0301") & set(line)]


def test_addresses_are_of_our_own_minting():
    """Whatever a name holds, no address is written that is not ours or a standard's."""
    import re

    hostile = "x> <http://evil.example/p> <http://evil.example/o> . <y"
    place = PlaceName(name=hostile, state="JPN")
    person = Participant(name=hostile, person="a b><c", state="KOR")
    kept = filled(
        article(
            "a",
            "2026-01-14",
            told("visit", ("KOR", "JPN"), DAY, place=place, participants=(person, TAKAICHI)),
        )
    )
    nodes = {
        node
        for line in kept.export("nq").splitlines()
        for node in re.findall(r"<([^>]*)>", re.sub(r'"(?:[^"\\]|\\.)*"', "", line))
    }
    assert [] == sorted(
        n for n in nodes if not n.startswith(("https://w3id.org/diplograph/", "http://www.w3.org/"))
    )
