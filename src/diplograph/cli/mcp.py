"""The verb ``mcp``: the graph as tools for a language model, over standard input and output."""

from __future__ import annotations

import io
import sys

from diplograph.cli.options import StoreOption, graph
from diplograph.cli.output import say


def run(store: StoreOption = None) -> None:
    """Offer the graph to a language model as tools that only read.

    Speaks the Model Context Protocol on standard input and output; the program that runs the model starts it.
    Its settings name the command, as {"command": "diplograph", "args": ["mcp", "--store", "/path/to/kg"]}.

    Example: diplograph mcp --store kg
    """
    from diplograph import settings
    from diplograph.app import mcp

    folder = settings.adopt(settings.load({"store": store})).store
    with graph(store) as kg:
        say(f"offering {kg!r} to whoever speaks the Model Context Protocol on standard input")
    # Lines end in \n and are UTF-8 whatever the system is used to.
    lines = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="replace")
    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="\n", write_through=True)
    # Whatever else is printed would be taken for a message.
    sys.stdout = sys.stderr
    mcp.serve(folder, lines, out)
