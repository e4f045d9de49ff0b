"""Reads one draft: opened, extracted, and set aside in words if that fails or takes too long.

``Task`` says how; calling it with a draft gives ``Told``, or a ``SourceFailure``. A task can be sent to
another process, and whatever a document does in there, it costs only itself.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from types import FrameType

from diplograph.errors import DiplographError, SourceError
from diplograph.model import Document, Report
from diplograph.sources import SourceFailure, Unread, open_draft

Extractor = Callable[[Document], tuple[Report, ...]]

PATIENCE = 30.0
"""Seconds that a document may take, besides one for each ``PACE`` bytes of it."""
PACE = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A document and what it tells.

    Attributes:
        document: The document.
        reports: Its reports; None if it was not read because it is known already.
    """

    document: Document
    reports: tuple[Report, ...] | None

    @property
    def name(self) -> str:
        """The name of the document."""
        return self.document.name


class _TooLongError(BaseException):
    """Raised by the alarm; no ``Exception``, so that no reader takes it for a fault of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """How drafts are read.

    Attributes:
        extractor: Reads a document. With several processes it must be importable by its name.
        published: Publication day of all documents, stronger than what they say themselves.
        patience: Seconds that a document may take, besides those for its length.
        known: Ids of documents that need not be read again.
    """

    extractor: Extractor
    published: date | None = None
    patience: float = PATIENCE
    known: Callable[[str], bool] | frozenset[str] = frozenset()

    def __call__(self, draft: Unread | SourceFailure) -> Told | SourceFailure:
        """What a draft tells, or why it is set aside."""
        if isinstance(draft, SourceFailure):
            return draft
        try:
            with _alarm(self.limit(draft)):
                return self._read(draft)
        except _TooLongError:
            return failure(draft.name, too_long(self.limit(draft)))
        except RecursionError:
            return failure(draft.name, "is nested too deeply to be read")
        except MemoryError:
            return failure(draft.name, "does not fit into memory")
        except (DiplographError, ValueError) as fault:
            return failure(draft.name, f"cannot be read: {fault}")
        except Exception as fault:  # noqa: BLE001 - a fault of ours must not cost the other documents
            return failure(draft.name, f"cannot be read: {type(fault).__name__}: {fault}; please report this")

    def with_patience(self, seconds: float) -> Task:
        """The task with another time for each document."""
        return replace(self, patience=seconds)

    def limit(self, draft: Unread) -> float:
        """Seconds that this draft may take."""
        return self.patience + len(draft.raw) / PACE

    def _read(self, draft: Unread) -> Told | SourceFailure:
        document = open_draft(draft, self.published)
        if isinstance(document, SourceFailure):
            return document
        known = self.known(document.id) if callable(self.known) else document.id in self.known
        return Told(document=document, reports=None if known else tuple(self.extractor(document)))


def own_extractor() -> Extractor:
    """Diplograph's own reader, imported when it is first needed."""
    from diplograph.extract import extract

    return extract


def failure(name: str, why: str) -> SourceFailure:
    """A document that is set aside."""
    return SourceFailure(name=name, reason=SourceError(f"{name}: {why}; set aside"))


def too_long(limit: float) -> str:
    """What is said of a document that took too long."""
    return f"reading took longer than {limit:.0f} s"


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """Ends what it surrounds after a time; in the main thread of systems that have an alarm clock."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(_signal: int, _frame: FrameType | None) -> None:
        raise _TooLongError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
