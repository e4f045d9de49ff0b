"""The graph over HTTP on this machine: pages for people, a SPARQL endpoint for programs.

The door is ``serve``; ``server.application`` gives the same as an ASGI application. Every question runs in
another process (``engine`` for queries, ``desk`` for pages and reading), which ``pool`` keeps and ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from diplograph.app.limits import Limits
    from diplograph.settings import Settings

__all__ = ["OPTIONS", "serve"]

# Without the version of the server in its answers, and without a line for each request.
OPTIONS: Final[dict[str, Any]] = {
    "log_level": "warning",
    "server_header": False,
    "ws": "none",
    "lifespan": "on",
    "limit_concurrency": 512,
    "timeout_graceful_shutdown": 3,
}
"""How the server is run."""


def serve(settings: Settings, limits: Limits | None = None) -> None:
    """Serve a graph until interrupted.

    Args:
        settings: Folder of the graph, address and port.
        limits: What requests may cost, and what they may change.

    Raises:
        MissingExtraError: If starlette or uvicorn is not installed.
    """
    from diplograph.app.server import application
    from diplograph.errors import MissingExtraError

    try:
        import uvicorn
    except ImportError as error:
        raise MissingExtraError("serving pages", "serve") from error
    uvicorn.run(application(settings, limits), host=settings.host, port=settings.port, **OPTIONS)
