"""The pages that the server itself has: the form for a text, what would be read, what became of it.

``page`` takes the name of a template and its values and gives HTML in the look of all pages. ``Tokens`` makes
what a form must bear, so that no page of others can send it.
"""

from __future__ import annotations

import hmac
import secrets
from functools import cache
from pathlib import Path
from typing import Any, Final

TEMPLATES: Final = Path(__file__).resolve().parent / "templates"
COOKIE: Final = "diplograph"


@cache
def _template(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def page(template: str, title: str, **values: Any) -> str:
    """A page of the server.

    Args:
        template: Name of a template of this room.
        title: Its title.
        values: What the template wants.
    """
    from diplograph.views import page as frame
    from diplograph.views.ways import Form, Ways

    return frame.render(
        _template(template),
        title=title,
        styles=(frame.asset("pages.css"),),
        ways=Ways(form=Form.SERVED, here="/read"),
        twins=False,
        **values,
    )


class Tokens:
    """Binds forms to the browser that they were shown in."""

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(32)

    def cookie(self, told: str) -> str:
        """The mark of a browser: the one it told, or a new one."""
        return told if 20 <= len(told) <= 64 and told.isascii() else secrets.token_urlsafe(24)

    def token(self, cookie: str) -> str:
        """What a form must bear in the browser of this mark."""
        return hmac.digest(self._secret, cookie.encode(), "sha256").hex()

    def fits(self, cookie: str, token: str) -> bool:
        """Whether a form was made for the browser that sends it."""
        return bool(cookie) and hmac.compare_digest(
            self.token(cookie).encode(), token.encode("utf-8", "replace")
        )


def policy(text: str) -> str:
    """The Content-Security-Policy of a page: its own, and no frame around it."""
    from diplograph.pages.reply import HTML, Reply

    return Reply(media=HTML, body=text.encode()).policy
