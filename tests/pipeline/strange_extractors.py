"""An extractor that misbehaves when a text tells it to, in a module where other processes find it."""

import os
import signal
import time

from diplograph.errors import SourceError


def obedient(document):
    """Does what the text says, and tells nothing."""
    for word, act in ACTS.items():
        if word in document.text:
            act()
    return ()


def hang_hard():
    """Hangs and hears no alarm, as a loop in a library written in C would."""
    signal.signal(signal.SIGALRM, signal.SIG_IGN)
    time.sleep(600)


def refuse():
    raise SourceError("nothing can be made of it")


def stumble():
    raise KeyError("nobody foresaw this")


def dig(depth=0):
    return dig(depth + 1)


ACTS = {
    "hang softly": lambda: time.sleep(600),
    "hang hard": hang_hard,
    "crash": lambda: os.kill(os.getpid(), signal.SIGSEGV),
    "leave": lambda: os._exit(7),
    "refuse": refuse,
    "stumble": stumble,
    "dig": dig,
}
