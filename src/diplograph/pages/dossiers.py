"""The dossier of two states as HTML, Markdown or PDF.

Takes an open store, two states and what else was told; gives a ``Reply``. A PDF is printed by a Chromium of
this machine, without a network; its dates are taken from the graph, so that equal graphs give equal files.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from diplograph.errors import DiplographError, QueryError, StoreError
from diplograph.pages import gather, reply, twins
from diplograph.pages.reply import Reply
from diplograph.store import Store
from diplograph.views import dossier, world
from diplograph.views.ways import ALONE, Ways

FORMS: Final = ("html", "md", "pdf", "json", "ttl")
PATIENCE: Final = 90
"""Seconds that a browser has to print."""

_CHROMIUMS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_DATES: Final = re.compile(rb"/(CreationDate|ModDate) \(D:\d{14}([^)]*)\)")


def answer(
    store: Store, states: tuple[str, str], form: str, given: Mapping[str, str], own: Ways = ALONE
) -> Reply:
    """The dossier in one of ``FORMS``.

    Raises:
        StoreError: If there is no such form.
        QueryError: If a date is none.
        DiplographError: If a PDF is wanted and there is no Chromium.
    """
    if form not in FORMS:
        raise StoreError(f"a dossier has no form {form!r}; there are: {', '.join(FORMS)}")
    made = gather.world_of_states(store, states, ALONE if form == "pdf" else own)
    looked_from = day(given, "as-of")
    made = replace(made, as_of=looked_from) if looked_from else made
    since = day(given, "since")
    if form == "md":
        told = dossier.dossier(made, *states, since=since)
        return Reply(media=reply.MARKDOWN, body=dossier.markdown(told).encode(), title=told.title)
    sheet = dossier.sheet(made, *states, since=since)
    if form == "json":
        return Reply(media=reply.JSON, body=twins.as_json(sheet, made).encode(), title=sheet.title)
    if form == "ttl":
        return Reply(media=reply.TURTLE, body=twins.as_turtle(sheet, made).encode(), title=sheet.title)
    text = world.written(sheet, made)
    if form == "html":
        return reply.page(text, sheet.title)
    return Reply(media=reply.PDF, body=printed(text, made.as_of), title=sheet.title)


def day(given: Mapping[str, str], name: str) -> date | None:
    """A day among the parameters of an address.

    Raises:
        QueryError: If it is none.
    """
    text = given.get(name, "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise QueryError(f"{name}: {text!r} is no date; write it as 2026-01-09") from None


def chromium() -> str:
    """The path of a Chromium.

    Raises:
        DiplographError: If there is none.
    """
    told = os.environ.get("DIPLOGRAPH_CHROMIUM")
    found = told or next(filter(None, map(shutil.which, _CHROMIUMS)), None)
    if not found:
        raise DiplographError(
            "a PDF is printed by Chromium, and none was found: install chromium, or set DIPLOGRAPH_CHROMIUM "
            "to its path; HTML and Markdown need none"
        )
    return found


def printed(text: str, day: date | None) -> bytes:
    """A page as PDF.

    Raises:
        DiplographError: If there is no Chromium, or it fails.
    """
    with tempfile.TemporaryDirectory(prefix="diplograph-") as name:
        folder = Path(name)
        page, target = folder / "page.html", folder / "page.pdf"
        page.write_text(text, encoding="utf-8")
        command = [
            chromium(), "--headless", "--disable-gpu", "--no-pdf-header-footer", "--disable-extensions",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--no-first-run",
            "--host-resolver-rules=MAP * ~NOTFOUND", f"--user-data-dir={folder / 'profile'}",
            f"--print-to-pdf={target}", page.as_uri(),
        ]  # fmt: skip
        # Chromium refuses its sandbox to root; the page runs no script and asks for nothing.
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.insert(1, "--no-sandbox")
        try:
            done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)  # noqa: S603
        except subprocess.TimeoutExpired as slow:
            raise DiplographError(f"{command[0]} did not print within {PATIENCE} seconds") from slow
        if not target.exists():
            said = done.stderr.decode(errors="replace").strip().splitlines()
            raise DiplographError(f"{command[0]} printed nothing: {said[-1] if said else done.returncode}")
        return _dated(target.read_bytes(), day)


def _dated(body: bytes, day: date | None) -> bytes:
    """The PDF with the day of the graph in place of the clock's; its length stays, so offsets hold."""
    stamp = (day or date(2000, 1, 1)).strftime("%Y%m%d").encode() + b"000000"

    def put(match: re.Match[bytes]) -> bytes:
        return b"/" + match[1] + b" (D:" + stamp + match[2] + b")"

    return _DATES.sub(put, body)
