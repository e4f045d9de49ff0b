"""Documents come in whole, in order and dated; what cannot be read is told and does not stop the rest."""

import contextlib
import io
import json
import sys
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from needed import need

from diplograph import sources
from diplograph.errors import MissingExtraError, SourceError
from diplograph.model import Document, SegmentKind

STORY = "A visit\n\nLee met Xi in Beijing on Monday, the ministry said.\n"


def one(path, **options):
    """The only result of an input."""
    (found,) = sources.read([path], **options)
    return found


def put(folder, name, content):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_text_file(tmp_path):
    """The stored text is the file's, and the raw bytes are kept."""
    found = one(put(tmp_path, "a.txt", "Published: 09 Jan. 2026\n\n" + STORY))
    assert isinstance(found, Document)
    assert "Published: 09 Jan. 2026\n\n" + STORY == found.text
    assert (date(2026, 1, 9), found.text.encode()) == (found.published, found.raw)
    assert Document.digest(found.text, found.published) == found.id


def test_front_matter(tmp_path):
    """Front matter fills the fields and stays in the text as furniture, so that offsets are the file's."""
    text = (
        f"---\ntitle: A visit\npublished: 2026-01-09\npublisher: The Desk\nurl: https://e.org/1\n---\n{STORY}"
    )
    found = one(put(tmp_path, "a.md", text))
    assert text == found.text
    assert (date(2026, 1, 9), "The Desk", "https://e.org/1", "A visit") == (
        found.published,
        found.publisher,
        found.url,
        found.title,
    )
    told = [s for s in found.segments if s.kind is not SegmentKind.BOILERPLATE]
    assert "A visit" == text[told[0].start : told[0].end]
    assert told[0].start == text.index("A visit\n\n")


def test_told_date_is_strongest(tmp_path):
    """The user's date goes over the document's own."""
    path = put(tmp_path, "a.txt", "Published: 09 Jan. 2026\n\n" + STORY)
    assert date(2025, 5, 5) == one(path, published=date(2025, 5, 5)).published


def test_date_from_text(tmp_path):
    """Without metadata the text tells its date; without any there is none."""
    assert (
        date(2004, 9, 29)
        == one(put(tmp_path, "a.txt", "A head\n\nWednesday, September 29, 2004\n\n" + STORY)).published
    )
    assert one(put(tmp_path, "b.txt", STORY)).published is None


def test_bad_date_in_front_matter(tmp_path):
    """A publication date that is none is refused with its place."""
    found = one(put(tmp_path, "a.md", f"---\npublished: soon\n---\n{STORY}"))
    assert "a.md: published: 'soon' is no day" in str(found.reason)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_encodings(tmp_path, encoding):
    """The usual encodings are read."""
    text = "Peña Nieto’s visit to Brasília was a “success”, the ministry said on Friday.\n"
    assert text == one(put(tmp_path, "a.txt", text.encode(encoding))).text


def test_line_ends_and_normal_form(tmp_path):
    """Line ends become line feeds and letters are composed; other invisible characters stay."""
    found = one(put(tmp_path, "a.txt", "Pen\u0303a\r\nmet\u200b Xi\u202e.\rThey spoke."))
    assert "Pe\u00f1a\nmet\u200b Xi\u202e.\nThey spoke." == found.text


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.txt", b"", "the file is empty"),
        ("blank.txt", b" \n\t\n", "the file is empty"),
        ("binary.txt", bytes(range(256)) * 8, "binary, not text"),
        ("zeros.txt", b"abc\x00\x01\x02\x03" * 50, "binary, not text"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + b"0" * 50, "a picture"),
        ("paper.txt", b"%PDF-1.7 and so on", "a PDF"),
        ("korean.txt", "이재명 대통령이 다음 주 일본을 방문한다".encode("euc-kr"), "is no UTF-8"),
        ("cut.txt", "한국".encode("utf-16") + b"x", "byte order mark"),
        ("line.jsonl", b'{"title": "no text"}', 'has no "text"'),
        ("broken.jsonl", b'{"text": ', "is no JSON"),
        ("front.md", b"---\ntitle: x\n---\n", "no text in it"),
    ],
)
def test_unreadable(tmp_path, name, content, message):
    """What is no text is told by name, with what to do."""
    found = one(put(tmp_path, name, content))
    assert isinstance(found, sources.SourceFailure)
    assert isinstance(found.reason, SourceError)
    assert message in str(found.reason)
    assert name in str(found.reason)


def test_missing_file(tmp_path):
    """A file that is not there is a failure, not an exception."""
    assert "there is no such file" in str(one(tmp_path / "none.txt").reason)
    assert "no file matches" in str(one(str(tmp_path / "*.txt")).reason)
    assert "holds no file" in str(one(tmp_path).reason)


def test_bad_file_keeps_the_rest(tmp_path):
    """A batch goes on behind a bad file, in the order of the names."""
    put(tmp_path, "a.txt", STORY)
    put(tmp_path, "b.txt", b"")
    (tmp_path / "sub").mkdir()
    put(tmp_path / "sub", "c.md", STORY)
    put(tmp_path, "ignored.csv", "a,b\n")
    found = list(sources.read([tmp_path]))
    assert ["a.txt", "b.txt", "sub/c.md"] == [one.name.removeprefix(f"{tmp_path}/") for one in found]
    assert [Document, sources.SourceFailure, Document] == [type(one) for one in found]


def test_pattern(tmp_path):
    """A pattern names its files, sorted."""
    for name in ("b.txt", "a.txt", "c.md"):
        put(tmp_path, name, STORY)
    assert ["a.txt", "b.txt"] == [d.name.rsplit("/")[-1] for d in sources.read([f"{tmp_path}/*.txt"])]


def test_standard_input():
    """A dash reads standard input."""
    found = one("-", stdin=io.BytesIO(STORY.encode()))
    assert ("-", STORY) == (found.name, found.text)


def test_json_lines(tmp_path):
    """Each line is a document; a bad line costs itself alone."""
    rows = [
        {"text": STORY, "published": "2026-01-09", "publisher": "Desk"},
        {"text": STORY, "name": "second"},
    ]
    lines = [json.dumps(rows[0]), "{", "", json.dumps(rows[1])]
    first, bad, second = sources.read([put(tmp_path, "a.jsonl", "\n".join(lines))])
    assert (date(2026, 1, 9), "Desk") == (first.published, first.publisher)
    assert "a.jsonl:2: this line is no JSON" in str(bad.reason)
    assert "second" == second.name


def test_same_text_same_id(tmp_path):
    """The id is that of the content, wherever it lies."""
    assert one(put(tmp_path, "a.txt", STORY)).id == one(put(tmp_path, "b.txt", STORY)).id


PAGE = """<html lang="en"><head><title>A visit to Nara</title>
<meta property="article:published_time" content="2026-01-09T12:51:00Z">
<meta property="og:site_name" content="The Desk"></head>
<body><nav><a href="/">Home</a> <a href="/w">World</a></nav>
<article><h1>A visit to Nara</h1>
<p>South Korea's president is going to Nara for a two-day visit, and his host will be the prime minister of
Japan, who grew up there; so much was made known in Seoul at the end of the week.</p>
<p>Their talks are to touch on trade, on the security of the region and on how the young of both countries
might get to know each other better.</p></article><footer>Copyright 2026</footer></body></html>"""


def test_web_page(tmp_path):
    """Of a page the article is read, and its metadata."""
    need("trafilatura")
    found = one(put(tmp_path, "a.html", PAGE))
    assert (date(2026, 1, 9), "The Desk") == (found.published, found.publisher)
    assert "two-day visit" in found.text
    assert "Copyright" not in found.text


def test_empty_page(tmp_path):
    """A page without an article says so."""
    need("trafilatura")
    assert "no article" in str(one(put(tmp_path, "a.html", "<html><body></body></html>")).reason)


def test_page_without_the_extra(tmp_path, monkeypatch):
    """Without trafilatura a page is refused by the name of the extra, and the batch goes on."""
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(MissingExtraError, match="diplograph\\[html\\]"):
        list(sources.html.read("a.html", io.BytesIO(PAGE.encode())))
    found = list(sources.read([put(tmp_path, "a.html", PAGE), put(tmp_path, "b.txt", STORY)]))
    assert [sources.SourceFailure, Document] == [type(one) for one in found]


@given(st.binary(max_size=300), st.sampled_from([".txt", ".jsonl"]))
@settings(max_examples=300, deadline=None)
def test_any_bytes(raw, suffix):
    """Any bytes give drafts, failures or one reason."""
    with contextlib.suppress(SourceError):
        for found in sources.READERS[suffix]("any", io.BytesIO(raw)):
            assert isinstance(found, sources.Draft | sources.SourceFailure)


@given(st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_front_matter(text):
    """Any front matter gives a document or a failure that says why."""
    raw = f"---\n{text}\n---\n{STORY}".encode("utf-8", "replace")
    (found,) = sources.read(["-"], stdin=io.BytesIO(raw))
    assert isinstance(found, Document | sources.SourceFailure)


def test_json_lines_stream():
    """Lines are read one by one: the first document is there before the second line is read."""

    class Watched(io.BytesIO):
        seen = 0

        def readline(self, *limit):
            self.seen += 1
            return super().readline(*limit)

    stream = Watched(b'{"text": "One."}\n{"text": "Two."}\n')
    assert "One." == next(sources.jsonl.read("a", stream)).text
    assert 1 == stream.seen
