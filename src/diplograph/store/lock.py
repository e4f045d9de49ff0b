"""One writer at a time: a lock on a file that names who holds it.

The system lets go of it when the holder ends, however it ends.
"""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path
from types import TracebackType
from typing import Final

from diplograph.errors import StoreError

_PAUSE: Final = 0.05  # seconds
_LOOK: Final = 0.2  # seconds; whoever only looks whether someone writes holds the file for a moment


def is_locked(folder: Path) -> bool:
    """Whether someone writes to a folder just now."""
    try:
        file = os.open(folder / "writer.lock", os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(file)
    return False


def unwritable(folder: Path, fault: OSError) -> str:
    """What is said of a folder that one may not write to."""
    return f"{folder} cannot be written to ({fault.strerror}); open it read-only"


class WriterLock:
    """The right to write to a folder.

    Args:
        folder: The folder of the store.
        wait: Seconds to wait for another holder to end.

    Raises:
        StoreError: If another process holds the lock, or the folder cannot be written to.
    """

    def __init__(self, folder: Path, wait: float = 0.0) -> None:
        self.path = folder / "writer.lock"
        try:
            self._file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as fault:
            raise StoreError(unwritable(folder, fault)) from fault
        try:
            self._lock(time.monotonic() + max(wait, _LOOK))
        except OSError as fault:
            holder = os.read(self._file, 32).decode(errors="replace").strip() or "unknown"
            os.close(self._file)
            raise StoreError(
                f"{folder} is being written to by process {holder}; wait for it, or open the store read-only"
            ) from fault
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, f"{os.getpid()}\n".encode(), 0)

    def _lock(self, until: float) -> None:
        while True:
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except OSError:
                if time.monotonic() >= until:
                    raise
                time.sleep(_PAUSE)

    def release(self) -> None:
        """Let others write."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def __enter__(self) -> WriterLock:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()
