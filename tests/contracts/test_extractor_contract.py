"""What every extractor does: our own, and that of a package from outside."""

from __future__ import annotations

import io
import pickle
from datetime import date

import pytest

from diplograph import pipeline
from diplograph.model import Report
from diplograph.plugins import BUILTINS, Socket
from diplograph.sources import READERS

NAMES = [*BUILTINS[Socket.EXTRACTOR], "circulars", "rules,circulars"]
TEXT = (
    "SEOUL, Sept. 6, 2024 -- Japanese Prime Minister Fumio Kishida arrived in Seoul on Friday for a two-day "
    "visit and met President Yoon Suk Yeol.\n\n2024-09-06 KOR received JPN at Seoul.\n"
)

pytestmark = pytest.mark.usefixtures("example")


def document(text):
    """A document of a text."""
    return next(iter(READERS[".txt"]("a.txt", io.BytesIO(text.encode())))).document(date(2024, 9, 7))


@pytest.fixture(params=NAMES)
def extractor(request):
    """An extractor, or several as one."""
    return pipeline.named(request.param)


def test_every_report_has_its_sentence(extractor):
    """Every report is of the document, and its evidence stands in it word for word."""
    read = document(TEXT)
    found = extractor(read)

    assert found
    for report in found:
        assert read.id == report.source
        assert Report.digest(report.source, report.facts, report.evidence) == report.id
        assert "event" in {evidence.field for evidence in report.evidence}
        for evidence in report.evidence:
            assert evidence.quote == read.text[evidence.start : evidence.end] != ""


def test_reading_twice_gives_the_same(extractor):
    """The same document gives the same reports, also in another process."""
    assert extractor(document(TEXT)) == pickle.loads(pickle.dumps(extractor))(document(TEXT))


def test_nothing_told_is_nothing_read(extractor):
    """A document that tells of nothing gives no report."""
    assert () == extractor(document("It rained all day, and nobody went anywhere.\n"))


def test_several_read_together():
    """Several extractors give what each gives, each report once."""
    read = document(TEXT)
    own, other = (pipeline.named(name)(read) for name in ("rules", "circulars"))

    assert {*own, *other} == set(pipeline.named("rules, circulars,rules")(read))
