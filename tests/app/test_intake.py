"""Texts that come in: the form, the preview, and what is not let in."""

from __future__ import annotations

import gzip
import io
import json
import re
import tarfile
import zipfile

import pytest
from served import LIMITS, serving

from diplograph.app import intake
from diplograph.errors import SourceError

ARTICLE = (
    "TOKYO, Jan. 3, 2025 -- South Korean President Yoon Suk Yeol arrived in Tokyo on Friday for talks with "
    "Prime Minister Shigeru Ishiba."
)
BOUNDARY = "a-boundary-of-the-tests"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"


def form(fields, file=None):
    """The body of a form with fields and, if given, a file of a name and bytes."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    if file:
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{file[0]}"\r\n\r\n'
        parts.append(head.encode() + file[1] + b"\r\n")
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


def opened(client):
    """The form as a browser holds it: its token, and the cookie beside it."""
    reply = client.get("/read", accept="text/html")
    cookie = reply.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    return re.search(r'name="token" value="([0-9a-f]+)"', reply.text)[1], cookie.split(";")[0]


def sent(client, fields, file=None, cookie="", path="/read"):
    return client.post(path, form(fields, file), content_type=MULTIPART, cookie=cookie, accept="text/html")


@pytest.mark.parametrize("as_file", [False, True], ids=["pasted", "file"])
def test_preview_and_taking_in(changing, as_file):
    """A text is shown with what would be read in it; only when its reader says so, the graph holds it."""
    token, cookie = opened(changing)
    fields = {"token": token, "text": "" if as_file else ARTICLE}
    file = ("Yoon in Tokyo.txt", ARTICLE.encode()) if as_file else None
    before = changing.rows("SELECT ?e { ?e a dg:Event }")
    preview = sent(changing, fields, file, cookie)
    ticket = re.search(r'name="ticket" value="([^"]+)"', preview.text)[1]
    between = changing.rows("SELECT ?e { ?e a dg:Event }")
    taken = sent(changing, {"token": token, "ticket": ticket}, cookie=cookie, path="/ingest")
    again = sent(changing, {"token": token, "ticket": ticket}, cookie=cookie, path="/ingest")
    source = re.search(r'href="(/source/[0-9a-f]+)"', taken.text)[1]

    assert 200 == preview.status
    assert "Yoon Suk Yeol" in preview.text
    assert ("Yoon in Tokyo.txt" if as_file else "pasted.txt") in preview.text
    assert before == between
    assert 200 == taken.status, taken.text
    assert len(before) < len(changing.rows("SELECT ?e { ?e a dg:Event }"))
    assert 200 == changing.get(source).status
    assert 400 == again.status


def test_programs_send_json(changing):
    """A program gets the interchange format, and takes a text in without a form."""
    told = json.dumps({"text": ARTICLE, "name": "yoon.txt", "published": "2025-01-03"})
    preview = json.loads(changing.post("/read.json", told, content_type="application/json").text)
    taken = json.loads(changing.post("/ingest.json", told, content_type="application/json").text)
    again = json.loads(changing.post("/ingest.json", told, content_type="application/json").text)

    assert ["visit"] == [event["type"] for event in preview["documents"][0]["events"]][:1]
    assert "yoon.txt" == preview["documents"][0]["source"]
    assert 1 == len(taken["ingested"])
    assert taken["ingested"] == again["unchanged"]


@pytest.mark.parametrize("body", ["{", "[]", '{"text": 1}', '{"text": "a", "name": 3}', "[" * 50_000, ""])
def test_json_that_is_none(client, body):
    """JSON that is none, or of another shape, is refused."""
    assert 400 == client.post("/read.json", body, content_type="application/json").status


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", MULTIPART])
def test_json_is_said_to_be_json(client, content_type):
    """What a form of strangers could send is not taken for JSON."""
    told = json.dumps({"text": ARTICLE})

    assert 415 == client.post("/ingest.json", told, content_type=content_type).status


@pytest.mark.parametrize("kind", ["no token", "no cookie", "other token", "other cookie"])
@pytest.mark.parametrize("path", ["/read", "/ingest"])
def test_forms_of_strangers_are_refused(client, path, kind):
    """A form without the token of the browser that it was shown in does nothing (CSRF)."""
    token, cookie = opened(client)
    token = {"no token": "", "other token": "0" * 64}.get(kind, token)
    cookie = {"no cookie": "", "other cookie": "diplograph=" + "x" * 32}.get(kind, cookie)

    assert (
        403 == sent(client, {"token": token, "text": ARTICLE, "ticket": "x"}, cookie=cookie, path=path).status
    )


def zipped():
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.txt", b"0" * 5_000_000)
    return kept.getvalue()


def tarred():
    kept = io.BytesIO()
    with tarfile.open(fileobj=kept, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("../climber.txt"))
    return kept.getvalue()


ARCHIVES = {
    "zip": zipped(),
    "tar": tarred(),
    "gzip": gzip.compress(b"0" * 5_000_000),
    "bzip2": b"BZh91AY&SY",
    "xz": b"\xfd7zXZ\x00rest",
    "zstd": b"\x28\xb5\x2f\xfdrest",
    "7z": b"7z\xbc\xaf\x27\x1crest",
    "rar": b"Rar!\x1a\x07",
    "pdf": b"%PDF-1.7",
}


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.jsonl"])
@pytest.mark.parametrize("kind", ARCHIVES)
def test_archives_are_refused(kind, name):
    """No archive is unpacked, whatever its name, so none can explode."""
    with pytest.raises(SourceError, match=r"archive|PDF"):
        intake.admitted(name, ARCHIVES[kind])


@pytest.mark.parametrize("ending", [".zip", ".gz", ".jsonl.gz", ".warc", ".xml", ".svg", ".exe", ".docx", ""])
def test_other_endings_are_refused(ending):
    """Only text, Markdown, HTML and JSON lines are let in."""
    with pytest.raises(SourceError, match="ends in none"):
        intake.admitted(f"article{ending}", b"text")


@pytest.mark.parametrize(
    "name",
    [
        "../a.txt",
        "..\\a.txt",
        "/etc/passwd.txt",
        "a/b.txt",
        "C:\\a.txt",
        "c:a.txt",
        "..",
        ".",
        ".bashrc.txt",
        "a\x00.txt",
        "file:///a.txt",
        "https://x/a.txt",
    ],
)
def test_paths_that_climb_are_refused(name):
    """A file name is a name; what leads elsewhere is refused."""
    with pytest.raises(SourceError, match="path"):
        intake.admitted(name, b"text")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Lee in Nara.txt", "Lee in Nara.txt"),
        ("*.txt", "text.txt"),
        ("-rf.txt", "rf.txt"),
        ("a\u202etxt.exe.txt", "a-txt.exe.txt"),
        ("<script>.html", "script-.html"),
        ("이재명.txt", "이재명.txt"),
        ("a" * 300 + ".txt", "a" * 116 + ".txt"),
    ],
)
def test_names_become_harmless(name, kept):
    """Of a name nothing stays that a shell, a disk or a page could take for something else."""
    assert kept == intake.admitted(name, b"text").name


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32-be"])
@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE r [<!ENTITY x "x">]>',
        '<!doctype r SYSTEM "http://x/">',
        '<! DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "http://x/">',
        '<!ENTITY a "&b;&b;">',
        "<!DOCTYPE\nhtml [",
    ],
)
def test_document_types_are_refused(head, encoding):
    """What declares a document type or entities is refused, in any encoding; <!doctype html> may stay."""
    with pytest.raises(SourceError, match="document type"):
        intake.admitted("a.html", f"{head}<p>They met.</p>".encode(encoding))
    assert intake.admitted("a.html", "<!DOCTYPE html><p>They met.</p>".encode(encoding))


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.zip", zipped()),
        ("../a.txt", b"text"),
        ("a.html", b"<!DOCTYPE r [<!ENTITY x 'y'>]>"),
        ("a.txt", b" "),
    ],
)
def test_refusals_are_shown_beside_the_form(client, name, raw):
    """Whoever sends such a file is told why, and has the form again."""
    token, cookie = opened(client)
    reply = sent(client, {"token": token, "text": ""}, (name, raw), cookie)

    assert 400 == reply.status
    assert 'role="alert"' in reply.text
    assert "<textarea" in reply.text


def test_large_uploads_are_refused(client):
    """A file over the limit is refused."""
    token, cookie = opened(client)
    raw = b"x" * (LIMITS.largest_upload + 1)

    assert 413 == sent(client, {"token": token}, ("a.txt", raw), cookie).status


@pytest.mark.parametrize("body", [b"", b"--", f"--{BOUNDARY}\r\n\r\n".encode(), b"\xff" * 100])
def test_forms_that_are_none(client, body):
    """A broken form is refused, not stumbled over."""
    assert client.post("/read", body, content_type=MULTIPART).status in {400, 403}
    assert client.post("/ingest", body, content_type=MULTIPART).status in {400, 403}


def test_hostile_text_is_only_shown(client):
    """A text that is markup is shown as text."""
    token, cookie = opened(client)
    text = ARTICLE + " <script>alert(1)</script><img src=x onerror=alert(1)> {{ 7 * 7 }}"
    reply = sent(client, {"token": token, "text": text}, cookie=cookie)

    assert "<script>alert" not in reply.text
    assert "<img src=x" not in reply.text
    assert "{{ 7 * 7 }}" in reply.text


def test_nothing_is_taken_in_unless_allowed(small_graph):
    """A server that is not to be changed shows what would be read, and takes nothing in."""
    from dataclasses import replace

    told = json.dumps({"text": ARTICLE})
    with serving(small_graph, replace(LIMITS, reads=False, token="")) as shut:
        token, cookie = opened(shut)

        assert 200 == shut.post("/read.json", told, content_type="application/json").status
        assert 403 == shut.post("/ingest.json", told, content_type="application/json").status
        assert 403 == sent(shut, {"token": token, "ticket": "x"}, cookie=cookie, path="/ingest").status


def test_old_tickets_go():
    """Not more than some texts wait at once."""
    waiting = intake.Waiting()
    upload = intake.admitted("a.txt", b"text")
    tickets = [waiting.keep(upload) for _ in range(30)]

    assert upload == waiting.take(tickets[-1])
    with pytest.raises(SourceError, match="no longer"):
        waiting.take(tickets[0])
