"""Nothing that a text contains makes reading it crash, and its cost grows with its length."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diplograph.text import segments, sentences, timex

PUBLISHED = date(2026, 1, 9)
WORDS = st.sampled_from(
    "May March Friday Monday on in the of last next this that 3 12 31st 2015 1990s , . - – ( ) ' week day "
    "year ago later early mid two few a and to until between Oct. Jan. U.S. Mr. -- \n \n\n SEOUL, (Reuters) "
    "“ ” ? ! earlier before after said will met \u202e \u200b \u2028 \x00 e\u0301 ﷽ 🇰🇷".split(" ")
)
TEXTS = st.one_of(st.text(max_size=400), st.lists(WORDS, max_size=80).map(" ".join))


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_parts_tile_the_text(text):
    """Segments and sentences lie in order, without overlap, and leave out nothing but white space."""
    parts = segments.split(text)
    found = sentences.split(text, parts)
    for spans in (parts, found):
        at = 0
        for span in spans:
            assert at <= span.start < span.end <= len(text)
            assert "" == text[at : span.start].strip()
            at = span.end
        assert "" == text[at:].strip()
    for sentence in found:
        segment = parts[sentence.paragraph]
        assert segment.start <= sentence.start < sentence.end <= segment.end


@given(TEXTS, st.one_of(st.none(), st.dates()))
@settings(max_examples=500, deadline=None)
def test_times_are_quoted_exactly(text, published):
    """A mention's phrase is what stands at its offsets; mentions are in order; bounds run forward."""
    context = timex.TimeContext()
    for sentence in sentences.split(text, segments.split(text)):
        at = sentence.start
        found = timex.find(text, sentence.start, sentence.end, published, context=context)
        context = context.after(found)
        for mention in found:
            assert at <= mention.start < mention.end <= sentence.end
            assert text[mention.start : mention.end] == mention.span.phrase
            assert mention.within is None or mention.within[0] <= mention.within[1]
            at = mention.end
    segments.published(text)


def cost(action, *, times=3):
    """The least processor time of some runs, in seconds."""
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        action()
        best = min(best, time.process_time() - start)
    return best


HOSTILE = {
    "words": "the president met the minister ",
    "month": "May ",
    "days": "May 3, 4 and 5, 6-7 ",
    "numbers": "1, 2 and 3 - 4 ",
    "years": "2015 and 2016, ",
    "weekdays": "Monday, Tuesday and ",
    "ranges": "from May 3 to May ",
    "ago": "two days before two days ago ",
    "modifiers": "early the next last this ",
    "stops": "A. B. 1. Mr. ",
    "dots": ".",
    "quotes": ".\u201d \u201c",
    "dashes": "\u2014 ",
    "brackets": "(((",
    "spaces": " ",
    "lines": "Read more\n",
    "wrapped": "President X of the land of far away told the \n",
    "arrows": "home > world > ",
    "hashes": "#a ",
    "capitals": "SEOUL, ",
    "tense": "on Friday the old man of the hill in the land ",
    "camel": "aBcDeFgH",
    "marks": "a\u0301\u200b\u202e",
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_cost_is_linear(name):
    """Four times the text costs at most eight times the time; a megabyte takes seconds."""

    def read(text):
        for sentence in sentences.split(text, segments.split(text)):
            timex.find(text, sentence.start, sentence.end, PUBLISHED)
        segments.published(text)

    small = HOSTILE[name] * (15_000 // len(HOSTILE[name]))
    little = cost(lambda: read(small))
    assert cost(lambda: read(small * 4)) <= 8 * little + 0.05


def test_a_megabyte_of_dates_takes_no_longer_than_its_parts():
    """An endless sentence of dates costs little more than its tenths cost by themselves."""
    part = "May 3, Monday, two days before 2015-16 " * 2_500
    tenth = cost(lambda: timex.find(part, 0, len(part), PUBLISHED))
    assert cost(lambda: timex.find(part * 10, 0, len(part) * 10, PUBLISHED), times=1) < 40 * tenth


def test_ten_megabytes_without_a_full_stop():
    """One endless line is one sentence, and costs no more than its length."""
    part = "the president met the minister on Friday and went home " * 18_000
    tenth = cost(lambda: sentences.split(part, segments.split(part)))
    assert 1 == len(sentences.split(part * 10, segments.split(part * 10)))
    assert cost(lambda: sentences.split(part * 10, segments.split(part * 10)), times=1) < 40 * tenth
