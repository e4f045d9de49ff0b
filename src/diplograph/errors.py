"""Everything that diplograph raises on purpose, in one tree.

    DiplographError
    ├── SourceError (ValueError)          a document or row that cannot be read
    ├── KnowledgeError (ValueError)       a malformed block of ontology/ or row of data/, with file and line
    ├── QueryError (ValueError)           a question or SPARQL text that cannot be answered
    │   └── QueryLimitError (TimeoutError)  a query that went over its limit
    ├── InvalidGraphError (ValueError)    a graph that does not conform or is inconsistent, with its report
    ├── StoreError (OSError)              a store that cannot be opened, read or written
    ├── UnknownPluginError (LookupError)  a name that no plug has; lists the names there are
    ├── PluginError (RuntimeError)        a plug that cannot be loaded, or breaks; names it and its package
    └── MissingExtraError (ImportError)   an optional part that is not installed; says which extra brings it

Every message says what was found, where, and what to do.
"""

from __future__ import annotations

from collections.abc import Iterable


class DiplographError(Exception):
    """Any error that diplograph raises on purpose."""


class SourceError(DiplographError, ValueError):
    """A document or row that cannot be read."""


class KnowledgeError(DiplographError, ValueError):
    """A malformed block of the ontology or row of the gazetteer.

    Args:
        file: Path of the file at fault.
        line: Line number in it, counted from 1.
        found: What was found there and what to do.
    """

    def __init__(self, file: str, line: int, found: str) -> None:
        super().__init__(f"{file}:{line}: {found}")
        self.file = file
        self.line = line


class QueryError(DiplographError, ValueError):
    """A question or SPARQL text that cannot be answered."""


class QueryLimitError(QueryError, TimeoutError):
    """A query that went over its time, memory or size limit."""


class InvalidGraphError(DiplographError, ValueError):
    """A graph that violates its shapes or is inconsistent.

    Args:
        message: What is wrong.
        report: The full validation report or explanation, as text.
    """

    def __init__(self, message: str, report: str = "") -> None:
        super().__init__(message)
        self.report = report


class StoreError(DiplographError, OSError):
    """A store that cannot be opened, read or written."""


class UnknownPluginError(DiplographError, LookupError):
    """A name that no plug has.

    Args:
        socket: The kind of plug asked for, such as ``view``.
        name: The name asked for.
        known: The names there are; those that are written alike are told, or else all.
    """

    def __init__(self, socket: str, name: str, known: Iterable[str]) -> None:
        super().__init__(f"no {socket} is called {name!r}{likely(name, known)}")


class PluginError(DiplographError, RuntimeError):
    """A plug that cannot be loaded, or does not do what its socket asks."""


class MissingExtraError(DiplographError, ImportError):
    """An optional part that is not installed.

    Args:
        what: What was asked for.
        extra: The extra that brings it.
    """

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs the extra {extra!r}: pip install 'diplograph[{extra}]'")


def likely(word: str, known: Iterable[str], *, listed: bool = True) -> str:
    """What may have been meant by a word, as the end of a message: ``; did you mean 'network'?``.

    Args:
        word: What was written.
        known: What could have been.
        listed: Whether all of them are named where none is written alike.
    """
    from difflib import get_close_matches

    names = {name.casefold(): name for name in sorted(known)}
    close = [names[low] for low in get_close_matches(word.casefold(), names, n=3)]
    if close:
        return f"; did you mean {' or '.join(map(repr, close))}?"
    return f"; there are: {', '.join(sorted(names.values()))}" if names and listed else ""
