"""The graph over HTTP on this machine: pages for people, a read-only SPARQL endpoint for programs.

The door is ``serve``; ``server.application`` gives the same as an ASGI application.
"""

from __future__ import annotations

from diplograph.settings import Settings

__all__ = ["serve"]


def serve(settings: Settings) -> None:
    """Serve a graph until interrupted.

    Args:
        settings: Folder of the graph, address, port and limits.

    Raises:
        MissingExtraError: If starlette or uvicorn is not installed.
    """
    from diplograph.app.server import application
    from diplograph.errors import MissingExtraError

    try:
        import uvicorn
    except ImportError as error:
        raise MissingExtraError("serving pages", "serve") from error
    # Without the version of the server in its answers, and without a line for each request.
    uvicorn.run(
        application(settings),
        host=settings.host,
        port=settings.port,
        log_level="warning",
        server_header=False,
    )
