"""Processes that answer: how they come and go."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from pathlib import Path

import pytest

from diplograph.app.pool import Pool
from diplograph.app.refusals import Fallen
from diplograph.app.seats import Seats
from diplograph.app.worker import STEPS, Nursery
from diplograph.errors import DiplographError

ASK = {"rows": "application/sparql-results+json", "truth": "text/csv", "triples": None}
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STR(?c) > STR(?f)) }"


def head(folder):
    return {**ASK, "place": str(folder / "graph"), "largest": 1000, "limit": 10}


def pool(folder, **seats):
    told = {"warm": 0, "quick": 2, "long": 2, "waiting": 0, "moment": 0.02} | seats
    arguments = (str(folder / "graph"), "512")
    return Pool(Nursery("engine"), lambda: arguments, timeout=20, memory=512, seats=Seats(**told))


def parent_of(pid):
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


async def working(asked):
    """The process of a pool that has a question, once it gives way; there is time for it to start."""
    while not any(one.slowed for one in asked._all):
        await asyncio.sleep(0.02)
    return next(one for one in asked._all if one.slowed)


def is_gone(pid):
    """Whether a process ends: its line is closed a moment before the system forgets it."""
    until = time.monotonic() + 10
    while Path(f"/proc/{pid}").exists() and time.monotonic() < until:
        time.sleep(0.02)
    return not Path(f"/proc/{pid}").exists()


def test_processes_are_split_off(small_graph):
    """Each has a number of its own, and is soon there: it need not import what the first one imported."""

    async def run():
        nursery = Nursery("engine")
        made = [await nursery.worker((str(small_graph / "graph"), "512")) for _ in range(3)]
        parents = {parent_of(one.pid) for one in made}
        words = [await one.end() for one in made]
        nursery.close()
        return {one.pid for one in made}, parents, words

    pids, parents, words = asyncio.run(run())

    assert 3 == len(pids)
    assert 1 == len(parents)
    assert os.getpid() not in parents
    assert ["", "", ""] == words


def test_who_splits_off_is_replaced(small_graph):
    """When the process that splits off is ended from outside, the next question finds another."""

    async def run():
        nursery = Nursery("engine")
        first = await nursery.worker(("", "512"))
        os.kill(parent_of(first.pid), signal.SIGKILL)
        second = await nursery.worker((str(small_graph / "graph"), "512"))
        told = await second.ready() if not second.pid else True
        for one in (first, second):
            await one.end()
        nursery.close()
        return told

    assert asyncio.run(run())


def test_what_cannot_start_says_why():
    """A process that ends at once is told as such, with its last words."""

    async def run():
        nursery = Nursery("engine")
        try:
            await nursery.worker(("", "no number"))
        finally:
            nursery.close()

    with pytest.raises(DiplographError, match=r"no process can be started.*invalid literal"):
        asyncio.run(run())


def test_long_questions_give_way(small_graph):
    """A question beyond its first moment gives way at once, and its process is not used again."""

    async def run():
        asked = pool(small_graph)
        asking = asyncio.ensure_future(asked.ask(head(small_graph), ENDLESS.encode()))
        one = await working(asked)
        given = os.getpriority(os.PRIO_PROCESS, one.pid)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        await asked.close()
        return given, one.pid

    given, pid = asyncio.run(run())

    assert given >= STEPS[0]
    assert is_gone(pid)


def test_a_process_that_ends_is_told(small_graph):
    """A process that is ended from outside costs its question, and the next one is answered."""

    async def run():
        asked = pool(small_graph)
        asking = asyncio.ensure_future(asked.ask(head(small_graph), ENDLESS.encode()))
        one = await working(asked)
        os.kill(one.pid, signal.SIGKILL)
        with pytest.raises(Fallen):
            await asking
        reply = await asked.ask(head(small_graph), b"ASK { ?s ?p ?o }")
        told = await reply.whole()
        await asked.close()
        return told

    assert b"true" in asyncio.run(run())


def test_nothing_stays(small_graph):
    """After the end no process of a pool is there."""

    async def run():
        asked = pool(small_graph, warm=3)
        await asked.warm()
        while len(asked._all) < 3:
            await asyncio.sleep(0.02)
        pids = {one.pid for one in asked._all}
        pids |= {parent_of(pid) for pid in pids}
        await asked.close()
        return pids

    pids = asyncio.run(run())

    assert 4 == len(pids)
    assert all(is_gone(pid) for pid in pids)
