"""What every importer of event data is: our own, and that of a package from outside."""

from __future__ import annotations

import csv

import pytest

from diplograph.plugins import BUILTINS, Socket, load, plugs
from diplograph.sources import tables
from diplograph.sources.tables.formats import CELLS

NAMES = [*BUILTINS[Socket.IMPORTER], "audiences"]

pytestmark = pytest.mark.usefixtures("example")


@pytest.fixture(params=NAMES)
def form(request):
    """A format."""
    return load(Socket.IMPORTER, request.param)


def test_the_socket_holds_what_the_room_holds():
    """The visible table of plugs and the room's own list name the same formats."""
    assert {name: load(Socket.IMPORTER, name) for name in BUILTINS[Socket.IMPORTER]} == dict(tables.IMPORTERS)


def test_it_says_what_it_is(form):
    """A format has the name under which it is plugged in, and says what it is."""
    assert form in [plug.load() for plug in plugs(Socket.IMPORTER) if plug.name == form.name]
    assert form.about


def test_it_gives_known_cells_of_known_columns(form):
    """A format gives cells that a row can tell, from columns that it has."""
    assert set(form.select) <= set(CELLS)
    assert {column for cell in form.select for column in form.told_by(cell)} <= set(form.columns)
    assert form.optional | form.known_by <= set(form.columns)
    assert {"start", "code"} <= set(form.select)


def test_a_file_of_its_own_is_recognised(form, tmp_path):
    """A file with its header is recognised, and without rows tells nothing."""
    if not form.header:
        return
    path = tmp_path / "table.csv"
    with path.open("w", newline="") as file:
        csv.writer(file, delimiter=form.delimiter).writerow(form.columns)

    assert form is tables.recognise(path)
    with tables.stage(path) as staging:
        assert (0, 0) == (staging.total, staging.count("reports"))
