"""What an address is answered with: bytes of a kind, and the policy that a browser holds them to."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Final

HTML: Final = "text/html; charset=utf-8"
JSON: Final = "application/json"
TURTLE: Final = "text/turtle; charset=utf-8"
MARKDOWN: Final = "text/markdown; charset=utf-8"
PDF: Final = "application/pdf"

# What is no page runs nothing and loads nothing.
CLOSED: Final = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
_META: Final = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer to an address.

    Attributes:
        media: Its media type.
        body: Its bytes.
        title: What it is, for people.
    """

    media: str
    body: bytes
    title: str = ""

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    @property
    def policy(self) -> str:
        """Its Content-Security-Policy: that of the page, and no frame around it."""
        found = _META.search(self.text) if self.media == HTML else None
        return f"{html.unescape(found[1])}; frame-ancestors 'none'" if found else CLOSED


def page(text: str, title: str) -> Reply:
    """An HTML page."""
    return Reply(media=HTML, body=text.encode(), title=title)
