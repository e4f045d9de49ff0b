"""Reads drafts in several processes, in order, and outlives whatever a document does to one of them.

``read_all`` takes drafts and a ``Task``; gives what each tells, in the order of the drafts, the same with any
number of processes. No more than a few documents for each process are held at a time.
A process that dies, or does not come back in time, costs the document that it was reading; another takes its
place.
"""

from __future__ import annotations

import multiprocessing
import signal
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait

from diplograph.errors import DiplographError
from diplograph.pipeline.reading import Task, Told, failure, too_long
from diplograph.sources import SourceFailure, Unread

_AHEAD = 8  # documents in hand for each process, so that a slow one does not hold up the others
_GRACE = 5.0  # seconds beyond a document's time, in which its process may say so itself
_TRIES = 2
_START = 120.0  # seconds within which a process must be ready


def read_all(
    drafts: Iterable[Unread | SourceFailure], task: Task, jobs: int = 1
) -> Iterator[Told | SourceFailure]:
    """What drafts tell, in their order.

    Args:
        drafts: The drafts; taken one by one as they are needed.
        task: How to read them.
        jobs: Processes that read; with 1 it is done in this one.

    Raises:
        DiplographError: If a process cannot be started.
    """
    if jobs <= 1:
        yield from map(task, drafts)
        return
    crew = _Crew(task, jobs)
    try:
        yield from crew.read(iter(drafts))
    finally:
        crew.dismiss()


@dataclass(slots=True, kw_only=True)
class _Place:
    """The place of a draft in the order: what it tells is put here when it is known."""

    draft: Unread | SourceFailure
    told: Told | SourceFailure | None = None
    tries: int = 0


class _Worker:
    """A process that reads one draft at a time."""

    def __init__(self, task: Task) -> None:
        # A process that is forked while a database is open would hang, so the workers start afresh.
        context = multiprocessing.get_context("spawn")
        self.pipe, other = context.Pipe()
        self.task = task
        self.process = context.Process(target=serve, args=(other, task), daemon=True)
        self.process.start()
        other.close()
        self.place: _Place | None = None
        self.deadline = time.monotonic() + _START
        self.ready = False

    def take(self, place: _Place, draft: Unread) -> None:
        """Send a draft."""
        self.place = place
        place.tries += 1
        self.deadline = time.monotonic() + self.task.limit(draft) + _GRACE
        try:
            self.pipe.send(draft)
        except OSError:
            # It died while it was idle; its pipe says so when it is next asked.
            return

    def end(self) -> None:
        """Stop the process at once."""
        self.process.kill()
        self.process.join()
        self.pipe.close()


class _Crew:
    """Workers, and the drafts that they have in hand."""

    def __init__(self, task: Task, jobs: int) -> None:
        self.task = task
        self.workers = [_Worker(task) for _ in range(jobs)]
        self.order: deque[_Place] = deque()
        self.waiting: deque[_Place] = deque()

    def read(self, drafts: Iterator[Unread | SourceFailure]) -> Iterator[Told | SourceFailure]:
        """What the drafts tell, in order."""
        more = True
        while more or self.order:
            more = more and self._fill(drafts)
            self._hand_out()
            while self.order and (told := self.order[0].told) is not None:
                self.order.popleft()
                yield told
            if any(worker.place or not worker.ready for worker in self.workers) and self.order:
                self._listen()

    def dismiss(self) -> None:
        """Stop all workers."""
        for worker in self.workers:
            worker.end()

    def _fill(self, drafts: Iterator[Unread | SourceFailure]) -> bool:
        """Take drafts in hand; False if there are no more."""
        while len(self.order) < _AHEAD * len(self.workers):
            draft = next(drafts, None)
            if draft is None:
                return False
            place = _Place(draft=draft, told=draft if isinstance(draft, SourceFailure) else None)
            self.order.append(place)
            if place.told is None:
                self.waiting.append(place)
        return True

    def _hand_out(self) -> None:
        for worker in self.workers:
            if self.waiting and worker.ready and worker.place is None:
                place = self.waiting.popleft()
                assert not isinstance(place.draft, SourceFailure)
                worker.take(place, place.draft)

    def _listen(self) -> None:
        """Hear from workers, until one has something to say or its time is over."""
        busy = [worker for worker in self.workers if worker.place or not worker.ready]
        soonest = min(worker.deadline for worker in busy)
        speaking = wait([worker.pipe for worker in busy], max(0.0, soonest - time.monotonic()))
        for worker in busy:
            if worker.pipe in speaking:
                self._hear(worker)
            elif worker.deadline <= time.monotonic():
                self._give_up(worker)

    def _hear(self, worker: _Worker) -> None:
        try:
            said = worker.pipe.recv()
        except (EOFError, OSError):
            worker.process.join()
            self._bury(worker)
            return
        if worker.place is not None:
            worker.place.told = said
        worker.place, worker.ready = None, True

    def _bury(self, worker: _Worker) -> None:
        """A process died: its document has a second try, as the system may have taken the wrong one."""
        place, ending = worker.place, _ending(worker.process.exitcode)
        self._replace(worker)
        if place is not None and place.tries < _TRIES:
            self.waiting.appendleft(place)
        elif place is not None:
            place.told = failure(place.draft.name, f"its reading ended the process ({ending})")

    def _give_up(self, worker: _Worker) -> None:
        place = worker.place
        self._replace(worker)
        if place is not None and not isinstance(place.draft, SourceFailure):
            place.told = failure(place.draft.name, too_long(self.task.limit(place.draft)))

    def _replace(self, worker: _Worker) -> None:
        """Put a new worker in the place of one.

        Raises:
            DiplographError: If that one never started, as the next would not either.
        """
        worker.end()
        if not worker.ready:
            raise DiplographError(
                f"a reading process could not start ({_ending(worker.process.exitcode)}); with several jobs "
                'an extractor must be importable, and a script must work under if __name__ == "__main__"'
            )
        self.workers[self.workers.index(worker)] = _Worker(self.task)


def serve(pipe: Connection, task: Task) -> None:
    """Read what comes through a pipe until it is closed; the whole life of a worker."""
    # An interrupt from the keyboard reaches every process; the one that leads decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    pipe.send(None)
    while True:
        try:
            draft = pipe.recv()
        except (EOFError, OSError):
            return
        pipe.send(task(draft))


def _ending(code: int | None) -> str:
    if code is None or code >= 0:
        return f"exit code {code}"
    try:
        return f"signal {signal.Signals(-code).name}"
    except ValueError:
        return f"signal {-code}"
