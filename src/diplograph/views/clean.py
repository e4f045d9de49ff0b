"""Makes strings of sources harmless for display: no control characters, no bidi overrides, no odd addresses.

Takes any string; gives one that shows what it says. Escaping for HTML is left to the templates, which
always do.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

# Embeddings, overrides, isolates and marks can make a text read as another; C0 and C1 controls have no shape.
_UNSEEN: Final = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)


def plain(text: str | None) -> str:
    """The text without characters that are unseen or change the direction of what follows."""
    if not text:
        return ""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _UNSEEN.sub("", whole)


def short(text: str | None, limit: int = 40) -> str:
    """The text on one line, cut at a word to at most ``limit`` characters."""
    line = " ".join(plain(text).split())
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    head = cut.rsplit(" ", 1)[0] if " " in cut[limit // 2 :] else cut
    return head.rstrip(" ,;:–-") + "…"


def address(url: str | None) -> str | None:
    """The address if it is one of the web, else None: ``javascript:`` and its like lead nowhere."""
    cleaned = plain(url).strip()
    try:
        parts = urlsplit(cleaned)
    except ValueError:
        return None
    return cleaned if parts.scheme in ("http", "https") and parts.netloc else None
