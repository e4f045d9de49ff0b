"""A store that forgets: ``--store scratch:`` lasts as long as it is open."""

from diplograph.store import Store
from diplograph.store.memory import open_memory


def open_scratch(location: str, *, read_only: bool = False) -> Store:  # noqa: ARG001 - every store takes these
    """A store in memory, gone when it is closed."""
    return open_memory()
