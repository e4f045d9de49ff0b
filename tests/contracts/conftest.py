"""Stores of every kind: in memory, in a folder, and on a server."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent))

import outsiders
import virtuoso

from diplograph import store
from diplograph.store.client import Client
from diplograph.store.distant import open_remote
from diplograph.store.engine import CONSENSUS, Change
from diplograph.store.remote import RemoteEngine
from made_reports import BACKGROUND, shuttle_history

HISTORY = shuttle_history()
KINDS = ("memory", "folder", "server")


class Server:
    """Virtuoso, and whether it holds the whole history and nothing else."""

    def __init__(self, address):
        self.address = address
        self.engine = RemoteEngine(Client(address))
        self.is_full = False

    def empty(self):
        self.engine.change(Change(cleared=[*self.engine.graphs(), CONSENSUS]))
        self.is_full = False

    def open(self):
        return open_remote(self.address.query, background=BACKGROUND, address=self.address)


@pytest.fixture(scope="session")
def server(root, tmp_path_factory):
    """A server for all tests that want one."""
    if why := virtuoso.missing(root):
        virtuoso.refuse(why)
    process, address = virtuoso.start(tmp_path_factory.mktemp("virtuoso"))
    yield Server(address)
    process.kill()
    process.wait()


@pytest.fixture(scope="session")
def _shelf():
    """Filled stores that no test changes."""
    kept = {}
    yield kept
    for one in kept.values():
        one.close()


@pytest.fixture(params=KINDS)
def make(request, tmp_path):
    """Opens empty stores of one kind, one after the other."""
    opened = []

    def made():
        if request.param == "server":
            server = request.getfixturevalue("server")
            server.empty()
            opened.append(server.open())
        else:
            where = None if request.param == "memory" else tmp_path / f"kg{len(opened)}"
            opened.append(store.open(where, background=BACKGROUND))
        return opened[-1]

    yield made
    for one in opened:
        one.close()


@pytest.fixture(scope="session")
def in_memory(_shelf):
    """The whole history in memory, to compare others with."""
    if "memory" not in _shelf:
        _shelf["memory"] = filled(store.open(background=BACKGROUND))
    return _shelf["memory"]


@pytest.fixture(params=KINDS)
def full(request, tmp_path_factory, _shelf):
    """A store of one kind with the whole history, which the test must leave as it is."""
    kind = request.param
    if kind == "server":
        server = request.getfixturevalue("server")
        if not server.is_full:
            server.empty()
            with server.open() as kept:
                filled(kept)
            server.is_full = True
        with server.open() as kept:
            yield kept
        return
    if kind not in _shelf:
        where = None if kind == "memory" else tmp_path_factory.mktemp("full") / "kg"
        _shelf[kind] = filled(store.open(where, background=BACKGROUND))
    yield _shelf[kind]


def filled(kept, articles=HISTORY):
    for document, reports in articles:
        kept.add(document, reports)
    kept.infer()
    return kept


@pytest.fixture(scope="session")
def example_site(tmp_path_factory):
    """The folder in which the package of somebody else is installed."""
    return outsiders.installed(tmp_path_factory.mktemp("example"))


@pytest.fixture
def example(example_site, monkeypatch):
    """The package of somebody else, as if it were installed beside diplograph."""
    monkeypatch.syspath_prepend(str(example_site))
