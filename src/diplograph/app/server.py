"""The application: addresses, what stands behind them, and what every answer is held to.

Takes settings; gives an ASGI application. The graph is opened anew for each request and only to read, so that
``diplograph ingest`` may run beside it.
"""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs

from diplograph import pages, record, store
from diplograph.app.protocol import query_of, written
from diplograph.app.workers import Workers
from diplograph.display import Page
from diplograph.errors import DiplographError, MissingExtraError, QueryError, QueryLimitError, StoreError
from diplograph.settings import Settings

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

LARGEST_BODY: Final = 64_000
"""Bytes that a request may have."""

HEADERS: Final = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
# Pages carry a policy of their own with the hashes of their scripts; this one is for everything else.
POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'"


def application(settings: Settings) -> Starlette:
    """The ASGI application that serves a graph.

    Raises:
        MissingExtraError: If starlette is not installed.
    """
    try:
        from starlette.applications import Starlette
        from starlette.middleware import Middleware
        from starlette.middleware.trustedhost import TrustedHostMiddleware
        from starlette.routing import Route
    except ImportError as error:
        raise MissingExtraError("serving pages", "serve") from error
    doors = _Doors(settings)
    routes = [
        Route("/", doors.start),
        Route("/network", doors.page("network")),
        Route("/pair/{a}/{b}", doors.page("pair")),
        Route("/event/{id}", doors.page("event")),
        Route("/source/{id}", doors.page("source")),
        Route("/sparql", doors.sparql, methods=["GET", "POST"]),
    ]
    # A page of a stranger must not reach this server under a name of its own (DNS rebinding).
    hosts = ["localhost", "127.0.0.1", "[::1]", "testserver", settings.host]
    return Starlette(routes=routes, middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=hosts)])


class _Doors:
    """What stands behind the addresses."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._workers = Workers(folder=settings.store, timeout=settings.timeout, limit=settings.limit)

    async def start(self, _request: Request) -> Response:
        """The list of pairs and sources, with the ways to the other pages."""
        return await _in_thread(lambda: _reply(self._start(), "text/html", POLICY))

    def page(self, kind: str) -> Callable[[Request], Any]:
        """A page of ``pages.PAGES``; the parts of the address say of what."""

        async def show(request: Request) -> Response:
            subjects = list(request.path_params.values())
            return await _in_thread(lambda: _reply(self._page(kind, subjects).text, "text/html"))

        return show

    async def sparql(self, request: Request) -> Response:
        """The SPARQL 1.1 protocol, for queries."""
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > LARGEST_BODY:
                return _refusal(QueryLimitError(f"a request has at most {LARGEST_BODY} bytes"), 413)
        media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        form = body.decode(errors="replace") if media == "application/x-www-form-urlencoded" else ""
        parameters = parse_qs("&".join(filter(None, [request.url.query, form])), keep_blank_values=True)
        accept = request.headers.get("accept", "")
        return await _in_thread(lambda: self._answer(request.method, media, parameters, body, accept))

    def _answer(
        self, method: str, media: str, parameters: dict[str, list[str]], body: bytes, accept: str
    ) -> Response:
        answer = self._workers.ask(query_of(method, media, parameters, body))
        return _reply(*written(answer, accept), POLICY)

    def _page(self, kind: str, subjects: list[str]) -> Page:
        with store.open(self._settings.store, read_only=True) as graph:
            return pages.page(graph, kind, *subjects)

    def _start(self) -> str:
        from diplograph.analysis import balance

        with store.open(self._settings.store, read_only=True) as graph:
            pairs = balance.balances(graph.events())
            sources = sorted((graph.document(one) for one in graph.sources()), key=lambda one: one.name)
            until = record.newest(graph)
        names = pages.state_names()
        told = [(f"/pair/{one.a}/{one.b}", f"{names[one.a]} – {names[one.b]}") for one in pairs]
        return _START.format(
            until=until or "no dated source",
            pairs=_links(told),
            sources=_links([(f"/source/{one.id}", one.title or one.name) for one in sources]),
        )


_START: Final = """<!doctype html><html lang="en"><meta charset="utf-8"><title>diplograph</title>
<style>body{{font:1rem/1.6 system-ui;max-width:42rem;margin:2rem auto;padding:0 1rem}}</style>
<h1>diplograph</h1><p>The graph up to {until}. <a href="/network">See the whole network</a>,
or ask at <code>/sparql</code>.</p><h2>Pairs</h2><ul>{pairs}</ul><h2>Sources</h2><ul>{sources}</ul></html>"""


def _links(told: list[tuple[str, str]]) -> str:
    return "".join(f'<li><a href="{html.escape(to)}">{html.escape(words)}</a></li>' for to, words in told)


def _reply(text: str, media: str, policy: str | None = None) -> Response:
    from starlette.responses import Response

    headers = HEADERS | ({"Content-Security-Policy": policy} if policy else {})
    return Response(text, media_type=media, headers=headers)


def _refusal(error: DiplographError, status: int) -> Response:
    from starlette.responses import PlainTextResponse

    return PlainTextResponse(f"{error}\n", status, HEADERS | {"Content-Security-Policy": POLICY})


def _status(error: DiplographError) -> int:
    if isinstance(error, QueryLimitError):
        return 503
    return 404 if isinstance(error, StoreError) else 400 if isinstance(error, QueryError) else 500


async def _in_thread(work: Callable[[], Response]) -> Response:
    """Do blocking work beside the loop; an error of ours becomes an answer."""
    from starlette.concurrency import run_in_threadpool

    try:
        return await run_in_threadpool(work)
    except DiplographError as error:
        return _refusal(error, _status(error))
