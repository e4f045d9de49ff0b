"""What every test may use: the checkout's own paths, and no network."""

from __future__ import annotations

import os
import shutil
import socket
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch):
    """No test depends on the settings of whoever runs it."""
    for name in [name for name in os.environ if name.startswith("DIPLOGRAPH_") and "_TEST_" not in name]:
        monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def _no_network(monkeypatch):
    """A test that reaches for another machine fails; this machine's own addresses stay open."""
    connect = socket.socket.connect

    def guarded(self, address):
        if self.family != socket.AF_UNIX and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise AssertionError(f"a test reached for the network: {address}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


ARTICLES = {
    "seoul.txt": (
        "SEOUL, Sept. 6, 2024 -- Japanese Prime Minister Fumio Kishida arrived in Seoul on Friday for a "
        "two-day visit and met President Yoon Suk Yeol.\n"
    ),
    "weather.txt": "OSLO, May 2, 2024 -- It rained all day, and nobody went anywhere.\n",
}


def write_articles(folder):
    folder.mkdir(parents=True)
    for name, text in ARTICLES.items():
        (folder / name).write_text(text)
    return folder


@pytest.fixture
def articles(tmp_path):
    """A folder with two short articles of our own: one tells of a visit, one of nothing."""
    return write_articles(tmp_path / "articles")


@pytest.fixture(scope="session")
def small_graph(tmp_path_factory):
    """The folder of a graph that holds the two articles; copy it before changing it."""
    import diplograph

    folder = tmp_path_factory.mktemp("small")
    with diplograph.open(folder / "kg") as kg:
        kg.ingest(write_articles(folder / "articles"))
    return folder / "kg"


@pytest.fixture
def graph(small_graph, tmp_path):
    """An open copy of that graph."""
    import diplograph

    with diplograph.open(shutil.copytree(small_graph, tmp_path / "kg")) as kg:
        yield kg
