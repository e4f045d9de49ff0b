"""The verb ``serve``: the graph in a browser, and a SPARQL endpoint, on this machine."""

from __future__ import annotations

from typing import Annotated

import typer

from diplograph.cli.options import StoreOption, chosen, graph
from diplograph.cli.output import say

HostOption = Annotated[
    str | None, typer.Option("--host", help="Address to listen on.  [default: 127.0.0.1]", show_default=False)
]
PortOption = Annotated[
    int | None,
    typer.Option("--port", min=0, max=65535, help="Port to listen on.  [default: 8765]", show_default=False),
]


def run(store: StoreOption = None, host: HostOption = None, port: PortOption = None) -> None:
    """Serve pages and a read-only SPARQL endpoint.

    Needs the extra "serve". Stops with Ctrl-C.

    Example: diplograph serve --port 8765
    """
    from diplograph.app import serve

    settings, _ = chosen(None, store=store, host=host, port=port)
    # Opened once before listening, so that a wrong folder is told at once.
    graph(settings.store).close()
    where = f"http://{settings.host}:{settings.port}/"
    say(f"serving {settings.store} at {where}, SPARQL at {where}sparql; stop with Ctrl-C")
    serve(settings)
