"""What every reader of files does: our own, and that of a package from outside."""

from __future__ import annotations

import gzip
import io
import json
import pickle

import pytest

from diplograph import sources
from diplograph.errors import SourceError
from diplograph.plugins import BUILTINS, Socket
from diplograph.sources import Draft, SourceFailure

TEXT = (
    "SEOUL, Sept. 6, 2024 -- Prime Minister Fumio Kishida arrived in Seoul on Friday for a two-day visit.\n"
)
PAGE = f"<html><head><title>Visit</title></head><body><article><p>{TEXT * 3}</p></article></body></html>"
LINE = json.dumps({"text": TEXT, "name": "line"}) + "\n"
WARC = (
    "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
    "WARC-Target-URI: https://example.org/a.txt\r\nWARC-Date: 2024-09-06T00:00:00Z\r\n"
    f"Content-Type: text/plain\r\nContent-Length: {len(TEXT)}\r\n\r\n{TEXT}\r\n\r\n"
)
KINDS = {"htm": PAGE, "html": PAGE, "xhtml": PAGE, "jsonl": LINE, "ndjson": LINE, "warc": WARC}
CIRCULAR = "Court Circular\n2024-09-06 KOR received JPN at Seoul.\n"
ENDINGS = [*BUILTINS[Socket.SOURCE], "circular"]

pytestmark = pytest.mark.usefixtures("example")


def sample(ending):
    """A file of a kind, as bytes."""
    plain = KINDS.get(ending.removesuffix(".gz"), CIRCULAR if ending == "circular" else TEXT).encode()
    return gzip.compress(plain, mtime=0) if ending.endswith(".gz") else plain


def read(folder, ending, raw):
    """What is read in a file of this ending with these bytes."""
    path = folder / f"file.{ending}"
    path.write_bytes(raw)
    return list(sources.drafts([path]))


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_good_file_is_read(ending, tmp_path):
    """A file of the kind gives a draft with its text, the same each time; another process can be sent it."""
    found, again = (read(tmp_path, ending, sample(ending)) for _ in range(2))

    assert 1 == len(found)
    document = found[0].document()
    assert "Seoul" in document.text
    assert document == again[0].document() == pickle.loads(pickle.dumps(found[0])).document()


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_folder_finds_the_ending(ending, tmp_path):
    """A file of the kind is found in a folder."""
    (tmp_path / f"file.{ending}").write_bytes(sample(ending))

    assert [SourceFailure] != [type(found) for found in sources.drafts([tmp_path])]


@pytest.mark.parametrize("raw", [b"", b"\x00\xff\xfe" * 50, b"\x1f\x8b\x08", b"{" * 5000], ids=repr)
@pytest.mark.parametrize("ending", ENDINGS)
def test_a_bad_file_is_told(ending, raw, tmp_path):
    """Whatever bytes a file has, it becomes documents or is refused in words that name it."""
    found = [sources.open_draft(draft) for draft in read(tmp_path, ending, raw[:300])]

    for failure in (one for one in found if isinstance(one, SourceFailure)):
        assert isinstance(failure.reason, SourceError)
        assert "file." in str(failure.reason)


@pytest.mark.parametrize("ending", sorted(BUILTINS[Socket.SOURCE]))
def test_the_reader_takes_an_open_file(ending):
    """A reader takes a name and an open file, and gives what it finds one by one."""
    found = list(sources.READERS[f".{ending}"]("any", io.BytesIO(sample(ending))))

    assert all(hasattr(draft, "document") and draft.raw for draft in found)
    assert found
    assert not [draft for draft in found if isinstance(draft, Draft) and not draft.text]
