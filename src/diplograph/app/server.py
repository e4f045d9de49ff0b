"""The application: which address leads to which door, behind the gate.

Takes settings and limits; gives an ASGI application. Its processes start and end with it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from diplograph.app.doors import Doors, problem
from diplograph.app.gate import Gate, is_loopback
from diplograph.app.incoming import Incoming
from diplograph.app.limits import Limits
from diplograph.app.openapi import openapi
from diplograph.app.pools import Pools
from diplograph.errors import MissingExtraError
from diplograph.settings import Settings

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute


def application(settings: Settings, limits: Limits | None = None) -> Starlette:
    """The ASGI application that serves a graph.

    Args:
        settings: Folder of the graph, and the address that is listened on.
        limits: What requests may cost; by default those of ``Limits``, and with the timeout and the rows of
            the settings where these were set.

    Raises:
        MissingExtraError: If starlette is not installed.
    """
    try:
        from starlette.applications import Starlette
        from starlette.exceptions import HTTPException
        from starlette.middleware import Middleware
    except ImportError as error:
        raise MissingExtraError("serving pages", "serve") from error
    held = limits or from_settings(settings)
    pools = Pools(settings.store, held)

    @asynccontextmanager
    async def living(_app: Starlette) -> AsyncIterator[None]:
        await pools.open()
        try:
            yield
        finally:
            await pools.close()

    return Starlette(
        routes=_routes(pools, held),
        lifespan=living,
        middleware=[Middleware(Gate, limits=held, host=settings.host, names=held.names)],
        exception_handlers={HTTPException: _told},
    )


def from_settings(settings: Settings) -> Limits:
    """The limits that settings tell; what they do not tell is as ``Limits`` has it."""
    found = Limits(rows=settings.limit, reads=is_loopback(settings.host))
    if settings.origins.get("timeout", "told") == "default":
        return found
    return replace(found, timeout=settings.timeout)


def _routes(pools: Pools, limits: Limits) -> list[BaseRoute]:
    from starlette.routing import Route

    doors = Doors(pools, limits)
    incoming = Incoming(pools, limits, doors)

    async def described(_request: Request) -> Response:
        from starlette.responses import JSONResponse

        return JSONResponse(openapi(limits))

    return [
        Route("/sparql", doors.endpoint, methods=["GET", "POST"]),
        Route("/sparql/", doors.endpoint, methods=["GET", "POST"]),
        Route("/openapi.json", described),
        Route("/read", incoming.form, methods=["GET"]),
        Route("/read", incoming.read, methods=["POST"]),
        Route("/read.json", incoming.read_json, methods=["POST"]),
        Route("/ingest", incoming.take, methods=["POST"]),
        Route("/ingest.json", incoming.take_json, methods=["POST"]),
        Route("/{rest:path}", doors.page),
    ]


async def _told(request: Request, error: Exception) -> Response:
    """What Starlette itself refuses, such as a method."""
    from starlette.exceptions import HTTPException

    assert isinstance(error, HTTPException)
    response = problem(request, error.detail, error.status_code)
    response.headers.update(error.headers or {})
    return response
