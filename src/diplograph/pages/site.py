"""Writes all pages of a graph as files that link to one another: a site that works from a disk.

Takes an open store and a folder; gives what was written. Files are named by address, links are relative, and
the styles and scripts that pages share stand in ``assets/``. The same graph gives the same bytes.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from diplograph import record
from diplograph.analysis import journeys as travel
from diplograph.errors import MissingExtraError, StoreError
from diplograph.model import Document, Event, Report, Status
from diplograph.pages import gather, twins
from diplograph.pages.places import PLACES
from diplograph.store import Store
from diplograph.views import dossier, gathering, issue, leader, start, state, ways, world
from diplograph.views.ways import Form, Ways

MARK: Final = "diplograph-site"
"""A file that says a folder was written by us, so that its old pages may be taken away."""
MOST_PAIRS: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What was written.

    Attributes:
        folder: Where.
        pages: How many pages.
        size: How many bytes in all.
        left_out: Why some pages are not there, a sentence each.
    """

    folder: Path
    pages: int
    size: int
    left_out: tuple[str, ...]


class Shelf:
    """A store that is read once: pages of a site ask for the same events again and again.

    Args:
        store: The store.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._reports, self._documents = record.evidence(store)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    @cached_property
    def _events(self) -> tuple[Event, ...]:
        return self._store.events()

    @cached_property
    def _by_id(self) -> dict[str, Event]:
        return {event.id: event for event in self._events}

    def events(self) -> tuple[Event, ...]:
        """All events."""
        return self._events

    def event(self, name: str) -> Event:
        """An event."""
        return self._by_id[name] if name in self._by_id else self._store.event(name)

    def reports(self, event: str | None = None) -> tuple[Report, ...]:
        """All reports, or those of an event."""
        if event is None:
            return tuple(self._reports.values())
        return tuple(self._reports[name] for name in self.event(event).reports if name in self._reports)

    def sources(self) -> tuple[str, ...]:
        """Ids of all sources."""
        return tuple(self._documents)

    def document(self, source: str) -> Document:
        """A stored document."""
        return self._documents[source]

    def has(self, source: str) -> bool:
        """Whether a source of this id is stored."""
        return source in self._documents


def places(given: world.World) -> Iterator[tuple[str, str]]:
    """Kind and key of every page of a site, in order."""
    yield from ((kind, "") for kind in ("start", *ways.PLAIN))
    ranked = sorted(start.pairs(given.events).items(), key=lambda item: (-len(item[1]), item[0]))
    for (a, b), own in ranked[:MOST_PAIRS]:
        yield "pair", ways.dyad(a, b)
        # Where nobody travelled, the page of the pair says all that a dossier would.
        if any(journey.dyad == (a, b) for journey in travel.journeys(own, statuses=frozenset(Status))):
            yield "dossier", ways.dyad(a, b)
    for view, kind in ((state, "state"), (leader, "leader"), (issue, "issue"), (gathering, "gathering")):
        yield from ((kind, key) for key in view.keys(given))
    yield from (("event", event.id) for event in given.events)
    yield from (("source", source) for source in sorted(given.documents))


def write(store: Store, folder: Path) -> Written:
    """Write the site of a store.

    Args:
        store: An open store.
        folder: Where to; made if it is not there. A folder that holds anything else is refused.

    Raises:
        StoreError: If the folder holds files that are not of a site.
    """
    _claim(folder)
    shelf: Any = Shelf(store)
    given = gather.world(shelf)
    wanted = list(places(given))
    known = frozenset(ways.address(kind, key) for kind, key in wanted)
    own = Ways(form=Form.SITE, known=known)
    old = {path for path in folder.rglob("*") if path.is_file()}
    written: dict[str, int] = {}
    left: list[str] = []
    for kind, key in wanted:
        try:
            made = _page(shelf, kind, key, own)
        except MissingExtraError as missing:
            left.append(str(missing))
            made = _absent(kind, str(missing), own)
        for ending, body in made:
            name = ways.file_of(ways.address(kind, key), ending)
            written[name] = _put(folder / name, body)
    for name, text in sorted(own.assets.items()):
        written[name] = _put(folder / name, text.encode())
    for path in sorted(old - {folder / name for name in (*written, MARK)}):
        path.unlink()
    return Written(
        folder=folder,
        pages=sum(name.endswith(".html") for name in written),
        size=sum(written.values()),
        left_out=tuple(left),
    )


def _page(store: Any, kind: str, key: str, own: Ways) -> list[tuple[str, bytes]]:
    if kind == "dossier":
        a, b = key.split("-")
        given = gather.world(store, own.at(ways.address(kind, key)))
        sheet = dossier.sheet(given, a, b)
        text = dossier.markdown(dossier.dossier(given, a, b))
        return [("html", world.written(sheet, given).encode()), ("md", text.encode()), *_twins(sheet, given)]
    here = own.at(ways.address(kind, key))
    sheet, given = PLACES[kind].make(store, ways.slug(key) if key else "", {}, here)
    return [("html", world.written(sheet, given).encode()), *_twins(sheet, given)]


def _twins(sheet: world.Sheet, given: world.World) -> list[tuple[str, bytes]]:
    place = ways.address(sheet.kind, sheet.key)
    made = [("json", twins.as_json(sheet, given).encode())]
    if ways.shared(place, "ttl") == place:
        made.append(("ttl", twins.as_turtle(sheet, given).encode()))
    return made


def _absent(kind: str, why: str, own: Ways) -> list[tuple[str, bytes]]:
    """A page that says why it is empty, so that no link leads nowhere."""
    sheet = world.Sheet(kind=kind, template="absent.html", title=kind.capitalize(), sentence=f"{why}.")
    given = world.World(events=(), reports={}, documents={}, names={}, ways=own)
    return [("html", world.written(sheet, given).encode()), *_twins(sheet, given)]


def _put(path: Path, body: bytes) -> int:
    """Write a file as a whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    with os.fdopen(handle, "wb") as file:
        file.write(body)
    Path(name).chmod(0o644)
    Path(name).replace(path)
    return len(body)


def _claim(folder: Path) -> None:
    """Make the folder ours.

    Raises:
        StoreError: If it holds files that are not of a site.
    """
    if folder.exists() and not folder.is_dir():
        raise StoreError(f"{folder} is a file; name a folder for the site")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARK).exists():
        raise StoreError(f"{folder} holds other files; name an empty folder, or one that holds a site")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).write_text("Written by diplograph export site; open index.html.\n", encoding="utf-8")
