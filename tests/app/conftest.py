"""Servers over copies of the small graph."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from served import LIMITS, serving


@pytest.fixture(scope="session")
def client(small_graph, tmp_path_factory):
    """A server over a copy of the small graph, which nobody changes."""
    folder = shutil.copytree(small_graph, tmp_path_factory.mktemp("served") / "kg")
    with serving(folder, LIMITS) as found:
        yield found


@pytest.fixture
def changing(small_graph, tmp_path):
    """A server over a copy of its own, which may be changed."""
    folder = shutil.copytree(small_graph, tmp_path / "kg")
    with serving(folder, LIMITS) as found:
        yield found
