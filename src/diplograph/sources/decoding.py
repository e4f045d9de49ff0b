"""Turns bytes into text, or says why they are none.

``decode`` takes a name and bytes and gives text: UTF-8, UTF-16 and UTF-32 with a byte order mark,
else Windows-1252 if that reads like prose.
Line ends become line feeds, so that offsets agree with a reading in text mode;
nothing else is changed: zero-width and bidirectional characters stay where they are.
"""

from __future__ import annotations

import codecs
from typing import BinaryIO

from diplograph.errors import SourceError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY = {
    b"%PDF": "a PDF; save it as text first",
    b"PK\x03\x04": "a zip archive or office document; save it as text first",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a gzip archive; unpack it first",
    b"{\\rtf": "RTF; save it as text first",
    b"\xd0\xcf\x11\xe0": "an old office document; save it as text first",
}
LARGEST = 200_000_000
_MOST_CONTROLS = 0.01
_MOST_FOREIGN = 0.1


def whole(name: str, stream: BinaryIO) -> bytes:
    """All bytes of a document.

    Raises:
        SourceError: If there are more than a document has.
    """
    try:
        raw = stream.read(LARGEST + 1)
    except OSError as wrong:
        raise SourceError(f"{name}: cannot be read ({wrong}); check that it is a readable file") from wrong
    if len(raw) > LARGEST:
        raise SourceError(f"{name}: is larger than {LARGEST // 1_000_000} MB; split it")
    return raw


def decode(name: str, raw: bytes) -> str:
    """The text of some bytes.

    Args:
        name: Where they come from, for the message.
        raw: The bytes.

    Raises:
        SourceError: If they are empty, binary, or in an encoding that cannot be told.
    """
    if not raw.strip():
        raise SourceError(f"{name}: the file is empty; give one with text in it")
    for magic, what in _BINARY.items():
        if raw.startswith(magic):
            raise SourceError(f"{name}: this is {what}")
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _lines(_strictly(name, raw, encoding))
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as wrong:
        text = _windows(name, raw, wrong)
    if _controls(text) > _MOST_CONTROLS * len(text):
        raise SourceError(f"{name}: this is binary, not text; give a text, Markdown, HTML or JSON-lines file")
    return _lines(text)


def _strictly(name: str, raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as wrong:
        raise SourceError(
            f"{name}: its byte order mark says {encoding}, but byte {wrong.start} is none; save it as UTF-8"
        ) from wrong


def _windows(name: str, raw: bytes, wrong: UnicodeDecodeError) -> str:
    """Western European text of old; refused where too much of it is not ASCII to be that."""
    foreign = sum(byte >= 0x80 for byte in raw)
    message = (
        f"{name}: byte {wrong.start} (0x{raw[wrong.start]:02x}) is no UTF-8, and the file does not read as "
        "Windows-1252 either; save it as UTF-8"
    )
    if b"\x00" in raw:
        raise SourceError(f"{name}: this is binary, not text; give a text, Markdown, HTML or JSON-lines file")
    if foreign > _MOST_FOREIGN * len(raw):
        raise SourceError(message)
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError:
        raise SourceError(message) from wrong


def _controls(text: str) -> int:
    return sum(text.count(chr(code)) for code in range(32) if code not in (9, 10, 12, 13))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
