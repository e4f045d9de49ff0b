"""The sockets: what is plugged in, and how outsiders plug in."""

from __future__ import annotations

import sys
from importlib import metadata

import pytest

from diplograph import plugins
from diplograph.errors import UnknownPluginError
from diplograph.plugins import BUILTINS, Socket


@pytest.mark.parametrize(
    ("socket", "name"), [(socket, name) for socket in Socket for name in BUILTINS[socket]]
)
def test_every_builtin_loads(socket, name):
    """Every entry of the table names something that can be called and says what it is for."""
    plug = plugins.find(socket, name)

    assert callable(plug.load())
    assert plug.purpose()
    assert plug.where().partition(":")[0].endswith(".py")


def test_unknown_name():
    """A name that no plug has is refused with the names there are."""
    with pytest.raises(UnknownPluginError, match=r"no view is called 'nteowrk'.*network"):
        plugins.load(Socket.VIEW, "nteowrk")


def test_outside_package(tmp_path, monkeypatch):
    """A package that declares an entry point is plugged in without touching the project."""
    (tmp_path / "outside_measure.py").write_text(
        "def count(events):\n    'How many events.'\n    return len(events)\n"
    )
    info = tmp_path / "outside-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: outside\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[diplograph.measure]\ncount = outside_measure:count\n")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    monkeypatch.setattr(
        metadata,
        "entry_points",
        lambda group: metadata.Distribution.at(info).entry_points.select(group=group),
    )

    plug = plugins.find(Socket.MEASURE, "count")

    assert ("outside_measure:count", "How many events.") == (plug.target, plug.purpose())
    assert 3 == plug.load()([1, 2, 3])
