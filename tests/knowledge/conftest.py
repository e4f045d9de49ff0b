"""The gazetteer as the tests of this room ask it."""

import shutil
import sys
from pathlib import Path

import pytest

from diplograph import resources
from diplograph.knowledge import gazetteer as room

# The endpoint that the tests of updates ask stands in this folder.
sys.path.insert(0, str(Path(__file__).resolve().parent))


@pytest.fixture(scope="session")
def gazetteer():
    return room.load()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of data/ that a test may spoil."""
    for table in resources.files("data", "*.csv"):
        shutil.copy(table, tmp_path / table.name)
    return tmp_path
