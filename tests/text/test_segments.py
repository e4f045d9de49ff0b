"""Headline, caption, body and the furniture of a page are told apart."""

from datetime import date

import pytest

from diplograph.model import SegmentKind
from diplograph.text import segments

STORY = """Published: 09 Jan. 2026, 12:51

President to visit Nara next week

By Staff Reporter

Lee, right, poses for a photo with Takaichi in Johannesburg on Nov. 23, 2025. [YONHAP]

Lee, right, poses for a photo with Takaichi in Johannesburg on Nov. 23, 2025. [YONHAP]

SEOUL, Jan. 9 (Yonhap) -- The president goes to Nara in a few days, his office told reporters.

The two leaders mean to talk about the region.

Read more: What to pack for Nara

Share   Tweet   WhatsApp

#Nara #summit

(END)

AloJapan.com
"""


def kinds(text):
    return [(text[s.start : s.end].split("\n")[0][:20], s.kind.value) for s in segments.split(text)]


def test_story():
    """A report off a web page comes apart into what it tells and what surrounds it."""
    assert [
        ("Published: 09 Jan. 2", "boilerplate"),
        ("President to visit N", "headline"),
        ("By Staff Reporter", "boilerplate"),
        ("Lee, right, poses fo", "caption"),
        ("Lee, right, poses fo", "boilerplate"),
        ("SEOUL, Jan. 9 (Yonha", "body"),
        ("The two leaders mean", "body"),
        ("Read more: What to p", "boilerplate"),
        ("Share   Tweet   What", "boilerplate"),
        ("#Nara #summit", "boilerplate"),
        ("(END)", "boilerplate"),
        ("AloJapan.com", "boilerplate"),
    ] == kinds(STORY)


@pytest.mark.parametrize(
    "line",
    [
        "Updated: 3 May 2024",
        "Copyright 2026 The Daily. All rights reserved.",
        "Advertisement",
        "Home > World > Europe",
        "Related article",
        "This website uses cookies to improve your experience.",
        "Tags: Japan, Korea",
        "https://example.org/story",
        "Reporting by Kim Min-seo; editing by Jane Roe",
        "BY JOHN SMITH",
        "By Jane Roe and John Smith",
        "Friday, January 9, 2026",
        "Skip to content",
        "Follow us on Google News",
        "5 min read",
    ],
)
def test_furniture(line):
    """Lines that belong to the page, wherever they stand."""
    assert segments.is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "By Friday the envoys had left.",
        "Share prices fell after the talks.",
        "The minister will follow us on Monday.",
        "Related to this, the two signed a memorandum.",
        "Home secretaries met in Rome.",
    ],
)
def test_no_furniture(line):
    """Prose that begins like furniture."""
    assert not segments.is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "Lee, right, shakes hands with Xi in Beijing. (Reuters)",
        "Wang Yi and S. Jaishankar meet in New Delhi. — AFP",
        "File photo: the two presidents in 2019.",
        "In this photo released by the ministry, the envoys leave.",
        "Prime Minister Modi (left) with President Putin in Kazan.",
    ],
)
def test_caption(line):
    """Legends of pictures are known by their marks."""
    text = f"A head\n\n{line}\n\nThe two met again on Friday, the ministry said in a statement."
    assert SegmentKind.CAPTION is segments.split(text)[1].kind


def test_line_between_headline_and_dateline_is_a_caption():
    """What stands before the dateline, and is no by-line, is the legend of a picture."""
    text = "King's trip off\n\nA worker clears rubbish in Paris.\n\nPARIS — The King will not go to France."
    assert ["headline", "caption", "body"] == [s.kind.value for s in segments.split(text)]


def test_repeated_paragraph_counts_once():
    """The second copy of a paragraph is furniture."""
    one = "The two presidents met on Friday in the capital."
    assert ["body", "body", "boilerplate"] == [
        s.kind.value for s in segments.split(f"{one}\n\nThen he left.\n\n{one}")
    ]


def test_front_matter_is_furniture():
    """What stands between the rules at the top is metadata."""
    text = "---\ntitle: A visit\npublished: 2026-01-09\n---\nA visit\n\nThey met on Friday in Rome."
    assert ["boilerplate"] * 4 + ["headline", "body"] == [s.kind.value for s in segments.split(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Published: 09 Jan. 2026, 12:51\n\nA head\n\nThey met.", date(2026, 1, 9)),
        ("Published: Thu, 05 Nov 2009\n\nThey met.", date(2009, 11, 5)),
        ("Published: 1 March 2025 (Updated: 2 March 2025, 21:40)\n\nThey met.", date(2025, 3, 1)),
        ("Published: unknown\n\nThey met.", None),
        ("A head\n\nLast updated: 3 May 2024\n\nThey met.", date(2024, 5, 3)),
        ("A head\n\nWednesday, September 29, 2004\n\nThey met.", date(2004, 9, 29)),
        ("A head\n\n2025-08-13\n\nThey met.", date(2025, 8, 13)),
        ("Mogadishu, February 27, 2025 – The premier left after two days of talks.", date(2025, 2, 27)),
        ("SEOUL, Jan. 9 (Yonhap) -- The president left after two days of talks.", None),
        ("World in brief — Tuesday 13 January 2026\n\nThey met.", date(2026, 1, 13)),
        ("A head\n\nThey met on July 21, 2004, in Jeju and went for a walk.", None),
        ("", None),
    ],
)
def test_published(text, expected):
    """The day of publication is told by a marked line, a line of its own, a dateline or the headline."""
    assert expected == segments.published(text)
