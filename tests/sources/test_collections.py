"""Collections of documents: web archives and packed lines are read one by one, also if they are damaged."""

import gzip
import io
import json
import sys
from datetime import date

import pytest
from needed import need

from diplograph import sources
from diplograph.errors import MissingExtraError
from diplograph.model import Document
from diplograph.sources import SourceFailure

STORY = (
    "The president of South Korea is going to Nara for a two-day visit, and his host will be the prime "
    "minister of Japan, who grew up there; so much was made known in Seoul at the end of the week."
)


def page(number):
    head = f'<meta property="article:published_time" content="2026-01-{number:02}">'
    body = f"<article><h1>Story {number}</h1><p>{STORY}</p><p>{STORY[::-1]}</p></article>"
    return f"<html><head>{head}</head><body>{body}</body></html>".encode()


def record(address, status, kind, body):
    answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\n"
        "WARC-Date: 2026-03-01T00:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{len(body):032}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def archive(*answers, packed=True):
    """A web archive; each answer is an address, a status, a type and a body."""
    need("warcio")
    records = [record(*answer) for answer in answers]
    return b"".join(gzip.compress(each) if packed else each for each in records)


ANSWERS = [
    ("http://e.org/1", "200 OK", "text/html; charset=utf-8", page(1)),
    ("http://e.org/old", "301 Moved", "text/html", b"moved"),
    ("http://e.org/picture", "200 OK", "image/png", b"\x89PNG"),
    ("http://e.org/2", "200 OK", "text/plain", STORY.encode()),
    ("http://e.org/bad", "200 OK", "text/html", b"<html></html>"),
    ("http://e.org/3", "200 OK", "text/html", page(3)),
]


def put(folder, name, content):
    (folder / name).write_bytes(content)
    return folder / name


@pytest.mark.parametrize(("name", "packed"), [("a.warc", False), ("a.warc.gz", True)])
def test_a_web_archive(tmp_path, name, packed):
    """Pages and texts that were found are read in order, under their addresses; the rest is passed over."""
    need("trafilatura")
    found = list(sources.read([put(tmp_path, name, archive(*ANSWERS, packed=packed))]))

    assert ["http://e.org/1", "http://e.org/2", "http://e.org/bad", "http://e.org/3"] == [
        d.name for d in found
    ]
    assert [Document, Document, SourceFailure, Document] == [type(one) for one in found]
    assert ["http://e.org/1", "http://e.org/2", "http://e.org/3"] == [
        d.url for d in found if isinstance(d, Document)
    ]
    assert [date(2026, 1, 1), None, date(2026, 1, 3)] == [
        d.published for d in found if isinstance(d, Document)
    ]


@pytest.mark.parametrize("packed", [False, True])
def test_a_damaged_archive(tmp_path, packed):
    """Cut anywhere, or with a broken byte, an archive gives what is whole and never an exception."""
    whole = archive(*ANSWERS[:4], packed=packed)
    counts = set()
    for at in range(0, len(whole), 37):
        flipped = whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :]
        for damaged in (whole[:at], flipped):
            found = list(sources.read([put(tmp_path, "a.warc", damaged)]))
            assert found
            counts.add(sum(isinstance(one, Document) for one in found))
    assert {0, 1, 2} <= counts


def test_no_archive(tmp_path):
    """A file that is none says so."""
    (found,) = sources.read([put(tmp_path, "a.warc", b"this is a text\n" * 9)])
    (empty,) = sources.read([put(tmp_path, "b.warc", b"")])

    assert "a.warc: this web archive cannot be read on" in str(found.reason)
    assert "b.warc: there is no page" in str(empty.reason)


def test_an_archive_without_the_extra(tmp_path, monkeypatch):
    """Without warcio an archive is refused by the name of the extra, and the batch goes on."""
    monkeypatch.setitem(sys.modules, "warcio.archiveiterator", None)
    with pytest.raises(MissingExtraError, match="diplograph\\[web\\]"):
        list(sources.warc.read("a.warc", io.BytesIO(b"")))
    found = list(sources.read([put(tmp_path, "a.warc", b"x"), put(tmp_path, "b.txt", STORY.encode())]))

    assert [SourceFailure, Document] == [type(one) for one in found]


LINES = "".join(json.dumps({"text": f"{STORY} {n}"}) + "\n" for n in range(50)).encode()


def test_packed_lines(tmp_path):
    """Lines packed by gzip are read as such, in a folder too; one cut short gives what is whole."""
    put(tmp_path, "a.jsonl.gz", gzip.compress(LINES))
    assert 50 == len(list(sources.read([tmp_path])))
    *whole, broken = sources.read([put(tmp_path, "a.jsonl.gz", gzip.compress(LINES)[:-20])])

    assert "cannot be unpacked" in str(broken.reason)
    assert all(isinstance(one, Document) for one in whole[:-1])


@pytest.mark.parametrize(
    "line",
    ['{"text": "a\\ud800b"}', '{"text": "a", "url": "\\udfff"}', '{"text": "a", "title": "\\ud800"}'],
)
def test_half_characters(tmp_path, line):
    """Half characters, which JSON can spell, become the mark for what cannot be shown."""
    (found,) = sources.read([put(tmp_path, "a.jsonl", line.encode())])

    assert "\ufffd" in f"{found.text}{found.url}{found.title}"
    found.text.encode()


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("[" * 100_000, "cannot be read as JSON"),
        ('{"text": ' + "9" * 5000 + "}", "cannot be read as JSON"),
        ('{"text": "Lee met Xi.", "published": "0026-01-09"}', "lies outside 1500 to 2200"),
        ('{"text": "Lee met Xi.", "published": "3026-01-09"}', "lies outside 1500 to 2200"),
        ('{"text": "Lee met Xi.", "published": "soon"}', "is no day"),
    ],
)
def test_bad_lines(tmp_path, line, reason):
    """A line that cannot be meant is set aside with its reason, and the next one is read."""
    bad, good = sources.read([put(tmp_path, "a.jsonl", f"{line}\n{json.dumps({'text': 'x'})}\n".encode())])

    assert reason in str(bad.reason)
    assert isinstance(good, Document)


def test_documents_are_counted(tmp_path):
    """How many documents there are is known beforehand where that is quick to see."""
    from diplograph.sources.inputs import count

    known = frozenset(sources.READERS)
    put(tmp_path, "a.jsonl", LINES)
    put(tmp_path, "b.txt", b"x")
    assert [51, 50, 0] == [count([str(tmp_path / name)], known) for name in ("", "a.jsonl", "none.txt")]
    put(tmp_path, "c.warc", b"x")
    assert [None, None, None] == [count([given], known) for given in (tmp_path, "-", "http://e.org/")]
