"""The measure of reading agrees with the tool that the project is measured with, and shows its errors."""

import importlib.util
import json
import random
from pathlib import Path

import pytest

from diplograph.errors import SourceError
from diplograph.extract.evaluation import evaluate
from diplograph.extract.pairing import Reading, agreement, alike, compatible, same_person, wrong_slots
from diplograph.extract.phenomena import breakdown, phenomena, reliability

TESTS = Path(__file__).resolve().parents[1]
GOLD = TESTS / "gold"
TOOL = TESTS.parents[1] / "shared" / "tools" / "score.py"
STORED = TESTS / "golden" / "evaluation.json"
TYPES = ["visit", "meeting", "call", "agreement", "tension", "statement-of-intent", "other"]


def annotated(folder):
    return {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))}


def cited(event, text):
    at = text.find(event["quote"])
    return [{"start": at, "end": at + len(event["quote"]), "quote": event["quote"]}]


def disturbed(event, text, rng):
    """The event as a poor reader might tell it: each field is wrong now and then."""
    read = {key: value for key, value in event.items() if not key.startswith("accept") and key != "optional"}
    read |= {"evidence": cited(event, text), "confidence": rng.random()}
    if rng.random() < 0.2:
        read["type"] = TYPES[int(rng.random() * len(TYPES))]
    for key, value in [
        ("status", "planned"),
        ("host", "JPN"),
        ("place", "the city of Tokyo"),
        ("start", "2024-05"),
    ]:
        if rng.random() < 0.2:
            read[key] = value
    for key in ("end", "occasion", "issues", "participants", "states", "start"):
        if rng.random() < 0.1:
            read[key] = None
    if rng.random() < 0.2:
        read["states"] = list(reversed(read["states"] or []))
    if rng.random() < 0.3:
        surnames = [{**p, "name": p["name"].split()[-1]} for p in read["participants"] or []]
        read["participants"] = [*surnames, {"name": "Kim Someone", "state": "KOR"}]
    if rng.random() < 0.1:
        read["evidence"] = [] if rng.random() < 0.5 else [{**read["evidence"][0], "start": 0}]
    return read


def poor_readings(seed):
    """A line for nearly every article of the gold set: events lost, disturbed, told twice and made up."""
    rng = random.Random(seed)
    gold = annotated(GOLD)
    strays = [event for article in gold.values() for event in article["events"]]
    for name, article in gold.items():
        text = (GOLD / f"{name}.txt").read_text("utf-8")
        events = [disturbed(event, text, rng) for event in article["events"] if rng.random() < 0.8]
        events += [{**event, "type": "meeting"} for event in events if rng.random() < 0.2]
        events += [
            disturbed(strays[int(rng.random() * len(strays))], text, rng)
            for _ in range(2)
            if rng.random() < 0.4
        ]
        if rng.random() < 0.95:
            yield {"source": f"{name}.txt", "events": events}


def shared_tool():
    spec = importlib.util.spec_from_file_location("score", TOOL)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(not TOOL.exists(), reason="the scoring tool lies outside the repository")
# The tool leaves the file that it reads to the garbage collector.
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("seed", range(12))
def test_the_figures_are_those_of_the_shared_tool(seed, tmp_path):
    """Twelve poor readings of the gold set get the same figures from both."""
    lines = list(poor_readings(seed))
    predicted = tmp_path / "predicted.jsonl"
    predicted.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    assert shared_tool().score(GOLD, predicted) == evaluate(GOLD, lines).figures


def test_the_figures_are_those_stored():
    """One poor reading of the gold set gets the figures that the shared tool once gave it."""
    assert json.loads(STORED.read_text("utf-8")) == evaluate(GOLD, poor_readings(7)).figures


def test_the_annotation_itself_scores_one():
    """Whoever says exactly what the annotation says has every event and every fact."""
    lines = [
        {"source": name, "events": [{**event, "evidence": []} for event in article["events"]]}
        for name, article in annotated(GOLD).items()
    ]
    found = evaluate(GOLD, lines)
    assert [1.0, 1.0, 0.0, ()] == [
        found.figures["event"]["f1"],
        found.figures["fact"]["f1"],
        found.figures["quotes"],
        found.errors,
    ]


def test_an_empty_reading_misses_everything():
    """Articles that nobody read count as missing, and each event as missed."""
    found = evaluate(GOLD, [])
    missed = sum(not event["optional"] for article in annotated(GOLD).values() for event in article["events"])
    assert (found.figures["articles"], 0.0, missed) == (
        found.figures["missing"],
        found.figures["event"]["f1"],
        [error.kind for error in found.errors].count("missed"),
    )


MEETING = {
    "type": "meeting",
    "status": "held",
    "participants": [{"name": "Ana Po", "state": "AAA"}, {"name": "Bo Qi", "state": "BBB"}],
    "states": ["AAA", "BBB"],
    "host": "CCC",
    "place": "Old Town",
    "start": "2020-05-04",
    "end": None,
    "occasion": "G20",
    "issues": ["trade"],
    "quote": "Ana Po met Bo Qi.",
}


def one_article(tmp_path, *events, text="Rain fell. Ana Po met Bo Qi. It stopped.\nNext."):
    (tmp_path / "a.json").write_text(json.dumps({"events": list(events)}), "utf-8")
    (tmp_path / "a.txt").write_text(text, "utf-8")
    return tmp_path


def test_errors_stand_in_their_sentence(tmp_path):
    """A miss, an extra and a wrong fact are each shown with the words that tell them."""
    visit = {**MEETING, "type": "visit", "quote": "It stopped."}
    call = {
        **MEETING,
        "type": "call",
        "confidence": 0.4,
        "evidence": [{"start": 0, "end": 10, "quote": "Rain fell."}],
    }
    read = {
        **MEETING,
        "start": "2020-05",
        "evidence": [{"start": 11, "end": 28, "quote": "Ana Po met Bo Qi."}],
    }
    found = evaluate(one_article(tmp_path, MEETING, visit), [{"source": "a.md", "events": [read, call]}])
    assert [
        ("wrong", "start: 2020-05-04, read as 2020-05", "Rain fell. «Ana Po met Bo Qi.» It stopped."),
        ("missed", "", "Rain fell. Ana Po met Bo Qi. «It stopped.»"),
        ("extra", "confidence 0.40", "«Rain fell.» Ana Po met Bo Qi. It stopped."),
    ] == [(error.kind, error.detail, error.context) for error in found.errors]


def test_optional_events_neither_help_nor_hurt(tmp_path):
    """An optional event that is found, and one that is not, leave the figures as they were."""
    folder = one_article(tmp_path, {**MEETING, "optional": True})
    for events in ([], [MEETING]):
        figures = evaluate(folder, [{"source": "a", "events": events}]).figures
        assert (0, 0) == (figures["gold_events"], figures["predicted_events"])


def test_a_meeting_told_beside_its_visit_is_no_error(tmp_path):
    """A second reading of a paired event in an accepted type is neutral; a third is not."""
    visit = {**MEETING, "type": "visit", "accept_types": ["meeting"]}
    lines = [{"source": "a", "events": [{**MEETING, "type": "visit"}, MEETING, MEETING]}]
    assert 2 == evaluate(one_article(tmp_path, visit), lines).figures["predicted_events"]


def test_texts_may_lie_elsewhere(tmp_path):
    """Quotes are checked against texts that are handed over."""
    folder = one_article(tmp_path, MEETING)
    read = {**MEETING, "evidence": [{"start": 0, "end": 17, "quote": "Ana Po met Bo Qi."}]}
    lines = [{"source": "a", "events": [read]}]
    texts = {"a": "Ana Po met Bo Qi."}
    assert (0.0, 1.0) == (
        evaluate(folder, lines).figures["quotes"],
        evaluate(folder, lines, texts).figures["quotes"],
    )


def test_a_folder_without_annotations_is_refused(tmp_path):
    """The message names the folder and what belongs there."""
    with pytest.raises(SourceError, match="no annotation"):
        evaluate(tmp_path, [])


@pytest.mark.parametrize("content", ["{", "[]", '{"events": [3]}', '{"published": null}'])
def test_a_broken_annotation_is_refused(tmp_path, content):
    """The message names the file."""
    (tmp_path / "broken.json").write_text(content, "utf-8")
    with pytest.raises(SourceError, match=r"broken\.json"):
        evaluate(tmp_path, [])


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ishiba Shigeru", "Shigeru Ishiba", True),
        ("Lee", "Lee Jae Myung", True),
        ("Lee Jae Myung", "Lee Myung-bak", True),
        ("Kim Dae-jung", "Kim Il-sung", False),
        ("Şimşek", "Mehmet Simsek", True),
        ("", "Lee", False),
    ],
)
def test_names_of_persons(one, other, same):
    """Either order and the surname alone name a person."""
    assert same == same_person(one, other)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Group of 20", "the G20 summit", True),
        ("Tokyo", "prime minister's office, Tokyo", True),
        ("the summit", "NATO summit", False),
        ("summit", "the summit", True),
        (None, "Tokyo", False),
    ],
)
def test_names_of_places_and_gatherings(one, other, same):
    """A telling word in common is enough; a general one is not."""
    assert same == alike(one, other)


@pytest.mark.parametrize(
    ("gold", "read", "expected"),
    [
        ("2025-08", "2025-08-23", True),
        ("2025-08-23", "2025", True),
        ("2025-08", "2025-09", False),
        (None, "2025-09", True),
        ("2025-02", "2025-02-28", True),
    ],
)
def test_times_that_do_not_exclude_each_other(gold, read, expected):
    """A month and a day of it can be the same time."""
    a, b = (Reading.of({**MEETING, "start": start}) for start in (gold, read))
    assert expected == compatible(a, b)


def test_facts_count_once_each():
    """Type, status, host, place, start, occasion and two participants are eight facts."""
    event = Reading.of(MEETING)
    assert (8, 8, ()) == (event.facts, sum(agreement(event, event).values()), wrong_slots(event, event))


def test_breakdown_by_kind():
    """Each kind has its own counts."""
    a, b = Reading.of(MEETING), Reading.of({**MEETING, "type": "call"})
    rows = breakdown([(a, True), (a, False)], [(b, False), (a, True)], lambda event: [event.type])
    assert [("meeting", 2, 1, 1, 1, 0.5), ("call", 0, 0, 1, 0, 0.0)] == [
        (row.kind, row.gold, row.found, row.read, row.right, row.recall) for row in rows
    ]


def test_phenomena_of_an_event():
    """A sideline meeting in a third state is marked as such."""
    expected = ("status: held", "date: day", "in a third state", "on an occasion")
    assert expected == phenomena(Reading.of(MEETING))


def test_reliability_bins():
    """Confidence is set against the share that was right; a confidence of one falls into the last bin."""
    claims = [
        (Reading.of({**MEETING, "confidence": c}), right)
        for c, right in [(1.0, True), (0.94, False), (0.05, False)]
    ]
    bins = reliability([*claims, (Reading.of(MEETING), True)])
    assert [(0.0, 1, 0.05, 0.0), (0.9, 2, 0.97, 0.5)] == [
        (row.low, row.events, row.confidence, row.right) for row in bins if row.events
    ]
