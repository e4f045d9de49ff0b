"""diplograph: a cited, time-aware knowledge graph of bilateral relations.

The door is ``open``, which gives a ``KnowledgeGraph``. Without a graph, ``diplograph.sources.read`` turns
inputs into documents and ``diplograph.extract.extract`` a document into reports. Nothing heavy is imported
until it is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from diplograph.kg import KnowledgeGraph, open  # noqa: A004 - diplograph.open is the name users expect
    from diplograph.notebook import load_ipython_extension, unload_ipython_extension

    __version__: str

__all__ = [
    "KnowledgeGraph",
    "__version__",
    "load_ipython_extension",
    "open",
    "unload_ipython_extension",
]

# No name here may be that of a room: importing the room would put the module in the function's place.
_DOORS = {
    "KnowledgeGraph": "diplograph.kg",
    "open": "diplograph.kg",
    "load_ipython_extension": "diplograph.notebook",
    "unload_ipython_extension": "diplograph.notebook",
}


def __getattr__(name: str) -> object:
    """Import a public name from its room when it is first used."""
    if name == "__version__":
        from importlib import metadata  # a third of the time that a process of the server takes to start

        return metadata.version("diplograph")
    if name in _DOORS:
        return getattr(import_module(_DOORS[name]), name)
    raise AttributeError(f"module 'diplograph' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
