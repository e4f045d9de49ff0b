"""Known names are found as whole words, the longest first, with all that they can mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplograph.text import mentions


def found(text):
    return [text[hit.start : hit.end] for hit in mentions.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He went to Oman.", ["Oman"]),
        ("A romantic woman from Rome", ["Rome"]),
        ("Guinea-Bissau is not Guinea.", ["Guinea-Bissau", "Guinea"]),
        ("the Democratic Republic of the Congo", ["Democratic Republic of the Congo"]),
        ("South Korea, North Korea", ["South Korea", "North Korea"]),
        ("TURKEY ACTS", ["TURKEY"]),
        ("a turkey for dinner", []),
        ("Romanesque japanning", []),
        ("Nigeria and Niger", ["Nigeria", "Niger"]),
        ("", []),
    ],
)
def test_whole_words(text, expected):
    """A name inside a longer word is none; the longest name wins."""
    assert expected == found(text)


@pytest.mark.parametrize(
    ("word", "kinds", "expected"),
    [
        ("Japan", ("state",), "JPN"),
        ("Japanese", ("adjective",), "JPN"),
        ("Tokyo", ("capital",), "JPN"),
        ("Kremlin", ("metonym",), "RUS"),
        ("The Hague", ("seat",), "NLD"),
        ("NATO", ("organisation",), "nato"),
        ("Japan", ("person",), None),
        ("Soviet Union", ("state",), "RUS"),
        ("Soviet", ("adjective",), "RUS"),
    ],
)
def test_meanings(word, kinds, expected):
    """Each kind of name means what it should; a state that is no more means its successor."""
    (hit,) = mentions.find(word)
    assert expected == hit.meaning(*kinds)


def test_typographic_apostrophes():
    """A name is found with either apostrophe."""
    assert found("Cote d'Ivoire")[:1] != [] or found("Côte d'Ivoire") == ["Côte d'Ivoire"]
    assert ["Côte d’Ivoire"] == found("Côte d’Ivoire")


def test_issues_are_found_apart():
    """Names of issues may contain names of states."""
    text = "They spoke of the denuclearization of the Korean Peninsula."
    assert "Korean" in " ".join(found(text))
    assert all(hit.meaning("issue") for hit in mentions.find_issues(text))


@given(st.text(max_size=200))
def test_any_text(text):
    """Hits are in order, do not overlap and lie in the text."""
    at = 0
    for hit in mentions.find(text):
        assert at <= hit.start < hit.end <= len(text)
        at = hit.end
