"""The ways between pages: one table of addresses, written as a server, a site or a lone file needs them.

Takes a kind of page and the key of its subject; gives an address to link to, or None where there is no page
to lead to. A key becomes one piece of an address, and one file name on any disk, by ``slug``.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

KEYED: Final = ("pair", "state", "leader", "event", "why", "issue", "gathering", "source", "dossier")
"""Kinds of page that are about something."""
PLAIN: Final = ("graph", "map", "changes", "questions", "sparql", "ontology")
"""Kinds of page of which there is one."""
NAVIGATION: Final = (
    ("start", "Start"),
    ("graph", "Graph"),
    ("map", "Map"),
    ("changes", "Changes"),
    ("questions", "Questions"),
    ("sparql", "SPARQL"),
    ("ontology", "Ontology"),
)

LONG: Final = 100_000
"""Scripts longer than this are packed in a site."""

_SAFE: Final = re.compile(r"[A-Za-z0-9_-]{1,80}")
# Names that a disk of Windows keeps for itself, whatever the ending.
_TAKEN: Final = re.compile(r"(?i:con|prn|aux|nul|com\d|lpt\d|index)")


class Form(StrEnum):
    """Where the pages stand: alone, behind a server, or as files side by side."""

    ALONE = "alone"
    SERVED = "served"
    SITE = "site"


def slug(key: str) -> str:
    """The key as one piece of an address: itself if harmless, else what is harmless in it and a digest."""
    if _SAFE.fullmatch(key) and not _TAKEN.fullmatch(key):
        return key
    plain = re.sub(r"[^a-z0-9]+", "-", key.lower()).strip("-")[:40].strip("-")
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{plain}-{digest}" if plain else f"x-{digest}"


def named(piece: str, keys: Iterable[str]) -> str | None:
    """The key that a piece of an address stands for; None if it is none of them."""
    known = set(keys)
    return (
        piece
        if piece in known and slug(piece) == piece
        else next((k for k in sorted(known) if slug(k) == piece), None)
    )


def dyad(a: str, b: str) -> str:
    """The key of a pair of states, whichever is named first."""
    return "-".join(sorted((a, b)))


def address(kind: str, key: str = "") -> str:
    """The stable address of a page: ``/``, ``/map``, ``/state/KOR``."""
    if kind == "start":
        return "/"
    return f"/{kind}/{slug(key)}" if key else f"/{kind}"


def shared(place: str, ending: str) -> str:
    """The page whose twin a page has in a site: where the triples are the same, they are written once."""
    _, kind, *rest = place.split("/")
    if ending != "ttl":
        return place
    if kind in ("graph", "map") and not rest:
        return "/"
    return f"/pair/{rest[0]}" if kind == "dossier" and rest else place


def file_of(place: str, ending: str = "html") -> str:
    """The file of a site that holds a page: ``pair/JPN-KOR.html``, and ``index.html`` for the start."""
    return f"{place.strip('/') or 'index'}.{ending}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """How a page links to others.

    Attributes:
        form: Where the pages stand.
        here: Address of the page that links.
        known: In a site, the addresses that have a page.
        assets: In a site, the styles and scripts that pages share, by file name.
    """

    form: Form = Form.ALONE
    here: str = "/"
    known: Collection[str] = ()
    assets: dict[str, str] = field(default_factory=dict)

    def at(self, here: str) -> Ways:
        """The same ways, from another page."""
        return replace(self, here=here)

    @property
    def alone(self) -> bool:
        """Whether there is no other page."""
        return self.form is Form.ALONE

    @property
    def served(self) -> bool:
        """Whether a server answers, so that forms work."""
        return self.form is Form.SERVED

    def to(self, kind: str, key: str | None = "", anchor: str = "") -> str | None:
        """Where to find a page; None if there is none, or the key is not known."""
        if self.alone or key is None or (kind in KEYED and not key):
            return None
        if kind == "why" and self.form is Form.SITE:
            # In a site an event and the words behind its facts are one file.
            kind = "event"
        place = address(kind, key)
        if self.form is Form.SITE:
            if place not in self.known:
                return None
            place = self.relative(file_of(place))
        return f"{place}#{anchor}" if anchor else place

    def pair(self, a: str, b: str) -> str | None:
        """Where to find the page of two states."""
        return self.to("pair", dyad(a, b))

    def twin(self, ending: str) -> str | None:
        """Where to find the twin of this page with another ending."""
        if self.alone:
            return None
        file = file_of(self.here, ending)
        if self.form is Form.SITE:
            file = file_of(shared(self.here, ending), ending)
        return self.relative(file) if self.form is Form.SITE else f"/{file}"

    def relative(self, file: str) -> str:
        """The way from this page's file to another file of the site."""
        return "../" * (file_of(self.here).count("/")) + file

    def keep(self, text: str, ending: str) -> str | None:
        """The address of a style or script that pages share; None where each page holds its own."""
        if self.form is not Form.SITE:
            return None
        name = f"assets/{hashlib.sha256(text.encode()).hexdigest()[:12]}.{ending}"
        if name not in self.assets:
            self.assets[name] = packed(text) if ending == "js" and len(text) > LONG else text
        return self.relative(name)

    def menu(self) -> list[tuple[str, str, bool]]:
        """Label, address and whether it is this page, for the pages of which there is one."""
        found = ((label, self.to(kind), self.here == address(kind)) for kind, label in NAVIGATION)
        return [(label, place, current) for label, place, current in found if place]


def packed(script: str) -> str:
    """A long script of a library, packed; ``window.unpacked`` tells when it has been unpacked and run."""
    # Without the time of day, so that equal scripts give equal bytes.
    told = base64.b64encode(gzip.compress(script.encode(), 9, mtime=0)).decode()
    return _UNPACK.replace("@", told)


_UNPACK: Final = """"use strict";
window.unpacked = (async () => {
  const bytes = Uint8Array.from(atob("@"), (letter) => letter.charCodeAt(0));
  const opened = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const text = await new Response(opened).text();
  const made = document.createElement("script");
  made.src = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  await new Promise((done, failed) => {
    made.onload = done; made.onerror = failed;
    document.head.append(made);
  });
  URL.revokeObjectURL(made.src);
})();
"""

ALONE: Final = Ways()
