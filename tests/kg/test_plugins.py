"""The sockets: what is plugged in; ``tests/contracts`` has what every plug does, and an outside package."""

from __future__ import annotations

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

    assert callable(plug.load()) or socket is Socket.IMPORTER
    assert plug.purpose()
    assert plug.where().rpartition(":")[0].endswith(".py")


def test_unknown_name():
    """A name that no plug has is refused with the names there are."""
    with pytest.raises(UnknownPluginError, match=r"no view is called 'nteowrk'.*network"):
        plugins.load(Socket.VIEW, "nteowrk")
