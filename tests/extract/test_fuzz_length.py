"""Reading takes work in proportion to the length of a text, counted in calls, which nothing disturbs."""

import sys

import pytest
from mutations import ARTICLES

from diplograph.extract import extract
from diplograph.sources import Draft

SENTENCE = "President Lee Jae Myung met Prime Minister Shigeru Ishiba in Tokyo on Aug. 23, 2025, "
SHAPES = {
    "articles": "\n\n".join(ARTICLES[:12]),
    "one line": " ".join(" ".join(ARTICLES[:12]).split()) + " ",
    "one sentence": SENTENCE + "and ",
    "one dyad": SENTENCE.strip(", ") + ".\n\n",
}


def calls(text):
    """How many functions were called while a text was read."""
    count = 0

    def counted(_frame, event, _argument):
        nonlocal count
        count += event == "call"

    document = Draft(name="a", text=text, raw=b"").document()
    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        extract(document)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("shape", sorted(SHAPES))
def test_work_grows_with_length(shape):
    """Four times the text takes four times the calls, and a little for what is asked of it as a whole."""
    piece = SHAPES[shape]
    whole = "".join(f"{n} {piece}" for n in range(32_000 // len(piece) + 1))
    extract(Draft(name="a", text=whole[:5000], raw=b"").document())

    assert calls(whole[:32_000]) < 4.6 * calls(whole[:8_000])
