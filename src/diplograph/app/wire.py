"""How the server and its processes speak: a line of JSON that tells the size of what follows it.

Takes and gives heads (mappings) and bodies (bytes). It imports next to nothing, since every process starts
with it.
"""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable, Mapping
from typing import Any, BinaryIO, Final

LONGEST_HEAD: Final = 1 << 20
"""Bytes that a head may have."""

Answering = Callable[[Mapping[str, Any], bytes], tuple[dict[str, Any], bytes]]


def packed(head: Mapping[str, Any], body: bytes = b"") -> bytes:
    """A message: its head with the size of its body, then the body."""
    return json.dumps({**head, "size": len(body)}).encode() + b"\n" + body


def serve(source: BinaryIO, sink: BinaryIO, answer: Answering) -> None:
    """Say that one is ready, and one's number; then answer messages one by one until there are no more.

    Args:
        source: Where they come from; the first line of each is its head.
        sink: Where answers go.
        answer: Takes a head and a body, gives the same. A head may name ``seconds`` after which this process
            ends itself, should nobody else have done so.
    """
    sink.write(packed({"pid": os.getpid()}))
    sink.flush()
    while line := source.readline(LONGEST_HEAD):
        head = json.loads(line)
        body = source.read(head["size"])
        # By the system's own clock: the work behind ``answer`` may never come back to Python.
        signal.setitimer(signal.ITIMER_REAL, float(head.get("seconds", 0)))
        told, given = answer(head, body)
        signal.setitimer(signal.ITIMER_REAL, 0)
        sink.write(packed(told, given))
        sink.flush()
