"""SPARQL 1.1 over HTTP: what a request asks for.

``asked`` takes the parts of a request as plain values and gives an ``Asked``; what is wrong with a request is
told as a ``Malformed`` with the status that HTTP has for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qs

from diplograph.errors import QueryError

FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"
_MOST_PARAMETERS: Final = 200


class Malformed(QueryError):  # noqa: N818 - the word of the protocol
    """A request that the protocol does not allow.

    Args:
        message: What is wrong and what to do.
        status: The status of the answer.
    """

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a request asks for.

    Attributes:
        text: The query or update; empty if there is none.
        update: Whether it is an update.
        default: Graphs that make up the default graph, in the place of those that the text names.
        named: Graphs that can be named, likewise.
    """

    text: str = ""
    update: bool = False
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


def asked(method: str, content_type: str, address: bytes, body: bytes) -> Asked:
    """What a request asks for.

    Args:
        method: ``GET`` or ``POST``.
        content_type: The header.
        address: What follows ``?`` in the address.
        body: The body.

    Raises:
        Malformed: If the protocol does not allow it.
    """
    told = _parameters(address)
    if method != "POST":
        if "update" in told:
            raise Malformed("an update comes by POST, not by GET")
        return _query(told, told)
    media, _, more = content_type.partition(";")
    _check_charset(more)
    kind = media.strip().lower()
    if kind == FORM:
        form = _parameters(body)
        return _from_form(form, told)
    if kind not in (QUERY, UPDATE):
        raise Malformed(f"a body is {FORM}, {QUERY} or {UPDATE}, and this one {kind or 'not told'}", 415)
    if "query" in told or "update" in told:
        raise Malformed("the request holds a query in its body and another in its address")
    text = _text(body)
    return _update([text], told) if kind == UPDATE else _query({"query": [text]}, told)


def _from_form(form: Mapping[str, Sequence[str]], told: Mapping[str, Sequence[str]]) -> Asked:
    both = {name: [*form.get(name, ()), *told.get(name, ())] for name in {*form, *told}}
    if "update" in both and "query" in both:
        raise Malformed("the request holds a query and an update; send them one after the other")
    return _update(both["update"], both) if "update" in both else _query(both, both)


def _query(texts: Mapping[str, Sequence[str]], told: Mapping[str, Sequence[str]]) -> Asked:
    found = texts.get("query", [])
    if len(found) > 1:
        raise Malformed(f"a request holds one query, and this one {len(found)}")
    return Asked(
        text=found[0] if found else "",
        default=tuple(told.get("default-graph-uri", ())),
        named=tuple(told.get("named-graph-uri", ())),
    )


def _update(texts: Sequence[str], told: Mapping[str, Sequence[str]]) -> Asked:
    if len(texts) != 1:
        raise Malformed(f"a request holds one update, and this one {len(texts)}")
    return Asked(
        text=texts[0],
        update=True,
        default=tuple(told.get("using-graph-uri", ())),
        named=tuple(told.get("using-named-graph-uri", ())),
    )


def _parameters(text: bytes) -> dict[str, list[str]]:
    try:
        return parse_qs(
            text.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MOST_PARAMETERS,
        )
    except UnicodeError:
        raise Malformed("the parameters are not UTF-8, or not percent-encoded") from None
    except ValueError:
        raise Malformed(f"the request has more than {_MOST_PARAMETERS} parameters") from None


def _text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise Malformed("the body is not UTF-8") from None


def _check_charset(parameters: str) -> None:
    for each in parameters.split(";"):
        name, _, value = each.partition("=")
        if name.strip().lower() == "charset" and value.strip(" \"'").lower() not in ("utf-8", "utf8"):
            raise Malformed(f"the body is to be UTF-8, not {value.strip()}", 415)


def with_using(update: str, using: Asked) -> str:
    """An update whose patterns see the graphs that the request names.

    Raises:
        Malformed: If the update names graphs itself, or has no pattern that could see them.
    """
    from diplograph.store.guard import places_of_where

    clauses = "".join(f"USING <{_address(name)}> " for name in using.default)
    clauses += "".join(f"USING NAMED <{_address(name)}> " for name in using.named)
    if not clauses:
        return update
    places = places_of_where(update)
    if places is None:
        raise Malformed("the request names graphs and the update does so as well (USING or WITH); choose one")
    for place in reversed(places):
        update = f"{update[:place]}{clauses}{update[place:]}"
    return update


def _address(name: str) -> str:
    """A graph's address that holds nothing but an address, since it becomes part of a text."""
    from pyoxigraph import NamedNode

    try:
        return NamedNode(name).value
    except ValueError as fault:
        raise Malformed(f"{name!r} is no address of a graph: {fault}") from fault


def head(found: Asked, forms: Mapping[str, str | None], largest: int, rows: int) -> dict[str, Any]:
    """What the engine is told besides the query."""
    return {
        "default": found.default,
        "named": found.named,
        "largest": largest,
        "limit": rows,
        **forms,
    }
