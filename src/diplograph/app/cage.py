"""Shuts the process it runs in away from the network and from more memory than it may use.

Takes a number of megabytes; changes this process for good. A process that works on the words of strangers
calls it before it reads them, so that what slips by every check still reaches nothing.
"""

from __future__ import annotations

import ctypes
import platform
import resource
import signal
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

_DIE_WITH_PARENT: Final = 1
_NO_NEW_PRIVILEGES: Final = 38
_SECCOMP: Final = 22
_FILTER: Final = 2

# Numbers of the system calls by which a process reaches out: socket, connect, and the ring that does
# both behind a filter's back; and the mark of the architecture that they hold for.
_CALLS: Final = {
    "x86_64": (0xC000003E, (41, 42, 425)),
    "aarch64": (0xC00000B7, (198, 203, 425)),
}
_LOAD: Final = 0x20
_EQUAL: Final = 0x15
_RETURN: Final = 0x06
_ALLOW: Final = 0x7FFF0000
_REFUSE: Final = 0x00050000 | 13  # with "permission denied"
_KILL: Final = 0x80000000
_granted: Final[list[int]] = []  # megabytes, once this process is bound


def bound(memory: int) -> None:
    """Give up memory beyond a limit.

    Args:
        memory: Megabytes that may be used beyond what is used now.
    """
    _granted[:] = [memory]
    _limit()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Should the whole machine run out of memory, this process goes, and not the server or anything else.
    with suppress(OSError), open("/proc/self/oom_score_adj", "w", encoding="ascii") as told:  # noqa: PTH123 - as above
        told.write("1000")


@contextmanager
def unbound() -> Iterator[None]:
    """Lift the limit of memory while a database is opened; afterwards it counts from what is used then.

    The engine starts a thread for each of many files, and where there is no room for the stack of one it
    ends the whole process instead of saying so.
    """
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
    try:
        yield
    finally:
        _limit()


def _limit() -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    for memory in _granted:
        resource.setrlimit(resource.RLIMIT_AS, (_size() + (memory << 20), hard))


def _size() -> int:
    """Bytes of address space in use."""
    with suppress(OSError), open("/proc/self/statm", encoding="ascii") as told:  # noqa: PTH123 - starts faster
        return int(told.read().split()[0]) * resource.getpagesize()
    return 1 << 30


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_void_p))


def shut() -> bool:
    """Give up the network, and life beyond that of the parent.

    Returns:
        Whether the system itself now refuses the network (Linux on common processors). Elsewhere the checks
        of queries stand alone.
    """
    marks = _CALLS.get(platform.machine())
    if sys.platform != "linux" or marks is None:
        return False
    system = ctypes.CDLL(None, use_errno=True)
    system.prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
    steps = _steps(*marks)
    kept = ctypes.create_string_buffer(steps)
    program = _Program(len(steps) // 8, ctypes.addressof(kept))
    if system.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return False
    return bool(system.prctl(_SECCOMP, _FILTER, ctypes.byref(program), 0, 0) == 0)


def _steps(architecture: int, calls: tuple[int, ...]) -> bytes:
    """The filter: another architecture ends the process, a call of the list is refused, all else goes."""
    last = len(calls) + 4
    listed = [(_LOAD, 0, 0, 4), (_EQUAL, 1, 0, architecture), (_RETURN, 0, 0, _KILL), (_LOAD, 0, 0, 0)]
    for place, call in enumerate(calls, start=4):
        listed.append((_EQUAL, last - place, 0, call))
    listed += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE)]
    return b"".join(struct.pack("<HBBI", *step) for step in listed)
