"""Sentences end where a reader would say so, and nowhere else."""

import csv
from pathlib import Path

import pytest

from diplograph.model import Segment, SegmentKind
from diplograph.text import segments, sentences

TABLE = Path(__file__).parent.parent / "tables" / "sentences.tsv"


def rows():
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["id"])
def test_row(row):
    """A bar in the table stands where a sentence ends."""
    expected = [part.strip() for part in row["sentences"].split("|")]
    text = row["sentences"].replace("|", "")
    whole = (Segment(kind=SegmentKind.BODY, start=0, end=len(text)),)
    assert expected == [text[s.start : s.end] for s in sentences.split(text, whole)]


def test_dateline_is_told_apart():
    """What stands before the dash is a dateline, and belongs to the first sentence."""
    text = (
        "SEOUL, Jan. 9 (Yonhap) -- President Lee will make a visit to Japan next week. He leaves on Tuesday."
    )
    first, second = sentences.split(text, segments.split(text))
    assert "President Lee will make a visit to Japan next week." == text[first.dateline_end : first.end]
    assert (0, None) == (first.start, second.dateline_end)


def test_speaker_is_no_dateline():
    """A transcript names its speakers in capitals."""
    text = (
        "SECRETARY BLINKEN: Good morning, everyone. It is a pleasure to have the minister here with us today."
    )
    assert {None} == {s.dateline_end for s in sentences.split(text, segments.split(text))}


def test_headings():
    """A headline and a short line between paragraphs are headings; a bullet and a sentence are none."""
    text = "Ministers meet in Oslo\n\nThey met.\n\nNext steps\n\n• Oil and gas\n\nThey will meet again."
    found = [(text[s.start : s.end], s.heading) for s in sentences.split(text, segments.split(text))]
    assert [
        ("Ministers meet in Oslo", True),
        ("They met.", False),
        ("Next steps", True),
        ("• Oil and gas", False),
        ("They will meet again.", False),
    ] == found


def test_hard_wrapped_lines_are_joined():
    """A line broken at the width of its column goes on in the next."""
    text = (
        "The president of the republic said on Friday that he would meet\n"
        "Volodymyr Zelenskyy in the capital before the end of the month,\n"
        "whatever the parliament thought of it. Nobody had asked them in\n"
        "advance."
    )
    found = [text[s.start : s.end] for s in sentences.split(text, segments.split(text))]
    assert ["Nobody had asked them in\nadvance."] == found[1:]


def test_paragraphs_are_counted():
    """Sentences carry the number of their segment."""
    text = "One head\n\nFirst. Second.\n\nThird of them all."
    assert [0, 1, 1, 2] == [s.paragraph for s in sentences.split(text, segments.split(text))]
