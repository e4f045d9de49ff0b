"""The verb ``plugins``: what is plugged into each socket, by which package, and what of it is broken."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from diplograph.cli.options import FormatOption, chosen
from diplograph.cli.output import Format, Row, say, show
from diplograph.errors import PluginError

if TYPE_CHECKING:
    from diplograph.plugins import Plug, Socket

SocketArgument = Annotated[
    str | None,
    typer.Argument(
        metavar="SOCKET",
        help="Only this one: source, importer, extractor, store, measure or view.",
        show_default=False,
    ),
]
OutsideOption = Annotated[bool, typer.Option("--outside", help="Only what other packages plug in.")]


def run(socket: SocketArgument = None, outside: OutsideOption = False, form: FormatOption = None) -> None:
    """List what is plugged in, by which package.

    What cannot be loaded is told on stderr; nothing else is the worse for it.

    Example: diplograph plugins measure --format json
    """
    from diplograph.plugins import OWN, Socket

    _, wanted = chosen(form)
    if socket is not None and socket not in set(Socket):
        raise typer.BadParameter(f"{socket!r} is none; there are: {', '.join(Socket)}", param_hint="SOCKET")
    rows, faults = listed([Socket(socket)] if socket else Socket)
    chosen_rows = [row for row in rows if not outside or row["package"] != OWN]
    columns = ["socket", "name", "purpose", "package", *([] if wanted is Format.TABLE else ["where"])]
    show(chosen_rows, columns, wanted, empty="no other package plugs anything in")
    for fault in faults:
        say(f"diplograph: {fault}")


def listed(sockets: Iterable[Socket]) -> tuple[list[Row], list[PluginError]]:
    """A row for each plug, and what is wrong with those that cannot be loaded."""
    from diplograph.plugins import plugs

    rows: list[Row] = []
    faults: list[PluginError] = []
    for plug in (plug for socket in sockets for plug in plugs(socket)):
        try:
            rows.append(_row(plug, plug.purpose(), plug.where()))
        except PluginError as fault:
            faults.append(fault)
            rows.append(_row(plug, "broken: cannot be loaded", ""))
    return rows, faults


def _row(plug: Plug, purpose: str, where: str) -> Row:
    return {
        "socket": plug.socket.value,
        "name": plug.name,
        "purpose": purpose,
        "package": plug.package,
        "where": where,
    }
