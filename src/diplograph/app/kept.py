"""Pages that were made once are given again until the graph changes.

Takes answers under the view of the graph that they were made from; gives them back as long as that view is
the newest. What is kept has a limit, for it is kept in the process that serves.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

LARGEST: Final = 5_000_000
"""Bytes of a page that may be kept."""
MOST: Final = 20_000_000
"""Bytes of all pages that are kept."""

Key = tuple[str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page as it is answered.

    Attributes:
        body: Its bytes.
        media: Its media type.
        headers: Further headers.
    """

    body: bytes
    media: str
    headers: Mapping[str, str]


class Kept:
    """Pages of one view of the graph; those that nobody asked for longest go first."""

    def __init__(self) -> None:
        self._view = ""
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._size = 0

    def get(self, view: str, key: Key) -> Page | None:
        """The page of an address, if it was made from this view."""
        if view != self._view or key not in self._pages:
            return None
        self._pages.move_to_end(key)
        return self._pages[key]

    def put(self, view: str, key: Key, page: Page) -> None:
        """Keep a page that was made from a view; pages of other views are forgotten."""
        if view != self._view:
            self._view, self._size = view, 0
            self._pages.clear()
        if len(page.body) > LARGEST:
            return
        if key in self._pages:
            self._size -= len(self._pages.pop(key).body)
        self._pages[key] = page
        self._size += len(page.body)
        while self._size > MOST:
            self._size -= len(self._pages.popitem(last=False)[1].body)
