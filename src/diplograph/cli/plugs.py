"""The verb ``plugins``: what is plugged into each socket, from which package, in which file."""

from __future__ import annotations

from diplograph.cli.options import FormatOption, chosen
from diplograph.cli.output import show


def run(form: FormatOption = None) -> None:
    """List what is plugged in, and where.

    Example: diplograph plugins --format json
    """
    from diplograph.plugins import Socket, plugs

    _, wanted = chosen(form)
    rows = [
        {
            "socket": socket,
            "name": plug.name,
            "purpose": plug.purpose(),
            "package": plug.package,
            "where": plug.where(),
        }
        for socket in Socket
        for plug in plugs(socket)
    ]
    show(rows, ["socket", "name", "purpose", "package"], wanted)
