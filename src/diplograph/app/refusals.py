"""What is told instead of an answer, in one place: which error has which status, and how an error travels.

Takes errors; gives statuses. ``revived`` takes what a process told of an error and gives the error.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from diplograph import errors
from diplograph.errors import DiplographError, QueryError, QueryLimitError, SourceError, StoreError


class Busy(QueryLimitError):  # noqa: N818 - a reason to come again, not a fault
    """Too many questions are being answered already."""


class Fallen(QueryError):  # noqa: N818 - what happened to the engine
    """A query ended the process that answered it."""


class NotAcceptable(QueryError):  # noqa: N818 - the name that HTTP has for it
    """None of the forms that were asked for fits the answer."""


def revived(told: Mapping[str, Any]) -> DiplographError:
    """The error that a process names."""
    if told["error"] == NotAcceptable.__name__:
        return NotAcceptable(told["message"])
    kind = getattr(errors, str(told["error"]), None)
    if kind in (QueryError, QueryLimitError, StoreError, SourceError):
        revived: DiplographError = kind(told["message"])
        return revived
    return DiplographError(f"{told['error']}: {told['message']}")


def status(error: DiplographError) -> int:
    """The status of HTTP for an error; 503 for what is only beyond a limit, or not there for now."""
    own = getattr(error, "status", None)
    if isinstance(own, int):
        return own
    if isinstance(error, QueryLimitError | StoreError):
        return 503
    if isinstance(error, NotAcceptable):
        return 406
    return 400 if isinstance(error, QueryError | SourceError) else 500
