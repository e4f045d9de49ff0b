"""The OpenAPI description of what programs may ask: the JSON twins of the pages, the endpoint, reading.

Takes limits; gives plain mappings. The twins come out of the table of pages.
"""

from __future__ import annotations

from typing import Any, Final

from diplograph.app.limits import Limits
from diplograph.app.negotiation import ROWS, TRIPLES

_TEXT: Final = {"type": "string"}
_PROBLEM: Final = {
    "application/problem+json": {
        "schema": {
            "type": "object",
            "required": ["type", "status", "detail"],
            "properties": {"type": _TEXT, "status": {"type": "integer"}, "detail": _TEXT},
        }
    }
}
_PLAIN: Final = {"text/plain": {"schema": _TEXT}}
_LIMITS: Final = ((408, "too slow"), (413, "too large"), (429, "too many requests"))
_TWIN: Final = {
    "type": "object",
    "required": ["kind", "address", "title", "sentence", "events", "left_out"],
    "properties": {
        "kind": _TEXT,
        "key": _TEXT,
        "address": _TEXT,
        "title": _TEXT,
        "sentence": _TEXT,
        "cite": _TEXT,
        "as_of": {"type": ["string", "null"]},
        "left_out": {"type": "integer"},
        "events": {"type": "array", "items": {"type": "object", "required": ["event", "status", "address"]}},
    },
}
_UPLOAD: Final = {
    "type": "object",
    "required": ["text"],
    "properties": {
        "text": {"type": "string", "minLength": 1, "maxLength": 100_000},
        "published": {"type": "string", "format": "date"},
        "name": {"type": "string", "maxLength": 100},
    },
}


def openapi(limits: Limits) -> dict[str, Any]:
    """The description, as OpenAPI 3.1 has it."""
    from diplograph import __version__
    from diplograph.pages import PLACES

    paths: dict[str, Any] = {}
    for kind, place in PLACES.items():
        paths |= _twins(kind, place)
    paths["/sparql"] = {"get": _query(), "post": _posted()}
    paths["/read.json"] = {"post": _reading("readText", "What would be read in a text; nothing is stored.")}
    if limits.reads:
        paths["/ingest.json"] = {"post": _reading("takeText", "Take a text into the graph.")}
    about = {"title": "diplograph", "version": __version__, "description": "A graph of bilateral relations."}
    return {"openapi": "3.1.0", "info": about, "paths": paths}


def _twins(kind: str, place: Any) -> dict[str, Any]:
    pattern = "/index" if place.pattern == "/" else place.pattern
    keys = [_parameter("key", "path", "What it is about.")] if "{key}" in pattern else []
    told = [_parameter(name, "query", about) for name, about in place.parameters.items()]
    answers = {
        "200": {"description": place.about, "content": {"application/json": {"schema": _TWIN}}},
        **_problems(
            (400, "a parameter without meaning"), (404, "nothing stands there"), (503, "a limit"), *_LIMITS
        ),
    }
    asked = {"operationId": kind, "summary": place.about, "parameters": [*keys, *told], "responses": answers}
    return {f"{pattern}.json": {"get": asked}}


def _parameter(name: str, where: str, about: str) -> dict[str, Any]:
    shape = {"type": "string", "format": "date"} if name in ("as-of", "since", "until") else _TEXT
    return {"name": name, "in": where, "required": where == "path", "description": about, "schema": shape}


def _problems(*statuses: tuple[int, str]) -> dict[str, Any]:
    # The gate speaks plain text, since what it refuses has gone no further.
    content = {**_PROBLEM, **_PLAIN}
    return {str(status): {"description": about, "content": content} for status, about in statuses}


def _answers() -> dict[str, Any]:
    content: dict[str, Any] = {media: {} for media in (*ROWS, *TRIPLES)}
    return {
        "200": {"description": "The answer in the form that was asked for.", "content": content},
        "204": {"description": "The update was made."},
        **_problems(
            (400, "a malformed request"),
            (401, "no token"),
            (403, "an update where none is taken"),
            (406, "no such form"),
            (415, "no such body"),
            (503, "over the limit of time, memory or rows"),
            *_LIMITS,
        ),
    }


def _query() -> dict[str, Any]:
    names = {
        "query": "SPARQL; without one the endpoint describes itself.",
        "default-graph-uri": "Graphs that make up the default graph.",
        "named-graph-uri": "Graphs that can be named.",
    }
    parameters = [_parameter(name, "query", about) for name, about in names.items()]
    return {
        "operationId": "query",
        "summary": "Ask in SPARQL.",
        "parameters": parameters,
        "responses": _answers(),
    }


def _posted() -> dict[str, Any]:
    form = {"type": "object", "required": ["query"], "properties": {"query": _TEXT}}
    content = {
        "application/x-www-form-urlencoded": {"schema": form},
        "application/sparql-query": {"schema": _TEXT},
    }
    return {
        "operationId": "queryByPost",
        "summary": "Ask in SPARQL, with a longer query.",
        "requestBody": {"required": True, "content": content},
        "responses": _answers(),
    }


def _reading(name: str, about: str) -> dict[str, Any]:
    wrong = _problems((400, "not a text"), (403, "not allowed"), (415, "no JSON"), (503, "a limit"), *_LIMITS)
    return {
        "operationId": name,
        "summary": about,
        "requestBody": {"required": True, "content": {"application/json": {"schema": _UPLOAD}}},
        "responses": {
            "200": {"description": about, "content": {"application/json": {"schema": {"type": "object"}}}},
            **wrong,
        },
    }
