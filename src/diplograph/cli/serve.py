"""The verb ``serve``: the graph over HTTP, on this machine."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING, Annotated

import typer

from diplograph.cli.options import StoreOption, chosen, graph
from diplograph.cli.output import say

if TYPE_CHECKING:
    from diplograph.app.limits import Limits
    from diplograph.settings import Settings

TOKEN = "DIPLOGRAPH_UPDATE_TOKEN"  # noqa: S105 - the name of the variable, not a secret

HostOption = Annotated[
    str | None, typer.Option("--host", help="Address to listen on.  [default: 127.0.0.1]", show_default=False)
]
PortOption = Annotated[
    int | None,
    typer.Option("--port", min=0, max=65535, help="Port to listen on.  [default: 8765]", show_default=False),
]
NameOption = Annotated[
    list[str] | None,
    typer.Option(
        "--name", metavar="NAME", help="A further name that the server answers to; may be repeated."
    ),
]
TimeoutOption = Annotated[
    float | None,
    typer.Option(
        "--timeout",
        min=0.1,
        metavar="SECONDS",
        help="End a query after so long.  [default: 10]",
        show_default=False,
    ),
]
MemoryOption = Annotated[
    int, typer.Option("--memory", min=64, metavar="MB", help="Memory that one query may use.")
]
RowsOption = Annotated[
    int | None,
    typer.Option(
        "--limit", metavar="ROWS", help="Most rows of an answer.  [default: 100000]", show_default=False
    ),
]
RateOption = Annotated[
    float,
    typer.Option("--rate", min=0, metavar="N", help="Requests a second from one address; 0 for no limit."),
]
IntakeOption = Annotated[
    bool | None,
    typer.Option(
        "--intake/--no-intake",
        help="Whether texts may be taken in.  [default: only if the address is of this machine]",
        show_default=False,
    ),
]
UpdatesOption = Annotated[
    bool,
    typer.Option("--updates", help=f"Take SPARQL updates that bear the token in {TOKEN}, or one made up."),
]


def run(
    store: StoreOption = None,
    host: HostOption = None,
    port: PortOption = None,
    name: NameOption = None,
    timeout: TimeoutOption = None,
    memory: MemoryOption = 512,
    limit: RowsOption = None,
    rate: RateOption = 200.0,
    intake: IntakeOption = None,
    updates: UpdatesOption = False,
) -> None:
    """Serve pages and a SPARQL endpoint.

    Needs the extra "serve". Stops with Ctrl-C. Only this machine is answered unless --host says otherwise;
    there are no users and no encryption, so put a server that has them before it if others shall come.

    Example: diplograph serve --port 8765 --timeout 5
    """
    from dataclasses import replace

    from diplograph.app import serve
    from diplograph.app.server import from_settings

    settings, _ = chosen(None, store=store, host=host, port=port, timeout=timeout, limit=limit)
    # Opened once before listening, so that a wrong folder is told at once.
    graph(settings.store).close()
    found = from_settings(settings)
    limits = replace(
        found,
        memory=memory,
        rate=rate,
        names=tuple(name or ()),
        reads=found.reads if intake is None else intake,
        token=_token() if updates else "",
    )
    _announce(settings, limits)
    serve(settings, limits)


def _token() -> str:
    return os.environ.get(TOKEN) or secrets.token_urlsafe(24)


def _announce(settings: Settings, limits: Limits) -> None:
    where = f"http://{settings.host}:{settings.port}/"
    say(f"serving {settings.store} at {where}, SPARQL at {where}sparql; stop with Ctrl-C")
    if limits.token and not os.environ.get(TOKEN):
        say(f"updates bear this token: {limits.token}")
