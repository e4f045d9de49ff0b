"""Reads what a web page says of itself: JSON-LD, OpenGraph and other ``meta``, ``time`` elements, ``link``.

``facts_of`` takes the parsed page and gives the arguments of a ``Draft``. Only what is marked as the day of
publication counts as one; a date that merely stands on the page does not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from diplograph.sources.metadata import Fields, day_or_none

_DAYS = (
    "article:published_time og:article:published_time og:published_time datepublished date.issued "
    "dcterms.issued dc.date.issued dcterms.created dc.date pubdate publishdate publish-date publish_date "
    "publication_date parsely-pub-date sailthru.date article.published originalpublicationdate date"
).split()
_PUBLISHERS = (
    "og:site_name publisher dc.publisher dcterms.publisher article:publisher application-name".split()
)
_TITLES = "og:title dc.title twitter:title".split()
_ARTICLE = re.compile(r"article|posting|report|webpage|pressrelease|statement", re.IGNORECASE)
_DEPTH = 6
_LONGEST = 300


def facts_of(page: Any) -> Fields:
    """What a page says of itself.

    Args:
        page: The page as a tree of lxml.
    """
    told = [*_articles(page)]
    metas = _metas(page)
    return Fields(
        published=_published(page, told, metas),
        publisher=_first([*(_name(a.get("publisher")) for a in told), *_of(metas, _PUBLISHERS)]),
        url=_address([*(a.get("url") for a in told), *_of(metas, ["og:url"]), _canonical(page)]),
        title=_first([*(a.get("headline") for a in told), *_of(metas, _TITLES), _title(page)]),
        language=_language(page, told, metas),
    )


def _published(page: Any, told: list[Mapping[str, Any]], metas: Mapping[str, str]) -> date | None:
    marked = [*(a.get("datePublished") for a in told), *_of(metas, _DAYS), *_times(page)]
    days = (day_or_none(value) for value in marked if isinstance(value, str))
    return next((day for day in days if day), None)


def _articles(page: Any) -> Iterator[Mapping[str, Any]]:
    """The objects of JSON-LD that describe an article, those that tell a day first."""
    found = []
    for script in page.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            try:
                found += [*_objects(json.loads(script.text or "", strict=False), _DEPTH)]
            except (ValueError, RecursionError):
                # Pages with broken JSON are common, and what else they tell still counts.
                continue
    kinds = [a for a in found if any(_ARTICLE.search(str(kind)) for kind in _listed(a.get("@type")))]
    yield from sorted(kinds, key=lambda a: not a.get("datePublished"))


def _objects(value: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    if depth == 0:
        return
    if isinstance(value, list):
        for each in value:
            yield from _objects(each, depth - 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _objects(value.get(key), depth - 1)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _metas(page: Any) -> dict[str, str]:
    """Content by name, property or itemprop, in small letters; the first of each counts."""
    found: dict[str, str] = {}
    for meta in page.iter("meta"):
        content = (meta.get("content") or "").strip()
        for key in ("property", "name", "itemprop"):
            if content and meta.get(key):
                found.setdefault(meta.get(key).strip().lower(), content)
    return found


def _of(metas: Mapping[str, str], names: Iterable[str]) -> list[str | None]:
    return [metas.get(name) for name in names]


def _times(page: Any) -> list[str]:
    """What ``time`` elements tell: those marked as publication; else the one day that all of them tell."""
    times = [(t.get("datetime"), _marks(t)) for t in page.iter("time") if t.get("datetime")]
    marked = [told for told, marks in times if "publish" in marks or "pubdate" in marks]
    days = {told[:10] for told, _ in times}
    return marked or ([times[0][0]] if len(days) == 1 else [])


def _marks(element: Any) -> str:
    return " ".join([*element.keys(), *element.values()]).lower()


def _canonical(page: Any) -> str | None:
    links = (link.get("href") for link in page.iter("link") if (link.get("rel") or "").lower() == "canonical")
    return next(links, None)


def _title(page: Any) -> str | None:
    headings = list(page.iter("h1"))
    shown = headings[0] if len(headings) == 1 else page.find(".//title")
    return None if shown is None else " ".join("".join(shown.itertext()).split())


def _name(value: Any) -> str | None:
    for each in _listed(value):
        name = each.get("name") if isinstance(each, dict) else each
        if isinstance(name, str) and not name.startswith("http"):
            return name
    return None


def _first(values: Iterable[Any]) -> str | None:
    texts = (" ".join(value.split())[:_LONGEST] for value in values if isinstance(value, str))
    return next((text for text in texts if text), None)


def _address(values: Iterable[Any]) -> str | None:
    whole = (v.strip() for v in values if isinstance(v, str))
    # Some sites name their front page on every page, and one address is one article.
    return next((v for v in whole if re.match(r"https?://[^/\s]+/[^\s?#]", v)), None)


def _language(page: Any, told: list[Mapping[str, Any]], metas: Mapping[str, str]) -> str:
    marked = [*(a.get("inLanguage") for a in told), page.get("lang"), metas.get("og:locale")]
    codes = (v[:2].lower() for v in marked if isinstance(v, str) and re.match(r"[A-Za-z]{2}\b|[a-z]{2}_", v))
    return next(codes, "en")
