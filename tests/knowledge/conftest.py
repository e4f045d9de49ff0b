"""The gazetteer as the tests of this room ask it."""

import shutil
from pathlib import Path

import pytest

from diplograph import resources
from diplograph.knowledge import gazetteer as room


@pytest.fixture(scope="session")
def gazetteer():
    return room.load()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of data/ that a test may spoil."""
    for table in resources.files("data", "*.csv"):
        shutil.copy(table, tmp_path / table.name)
    return tmp_path
