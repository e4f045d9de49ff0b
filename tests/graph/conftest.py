"""Lets the tests of this folder import the builder of reports, which several folders share."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))


@pytest.fixture(scope="session")
def demo_kg(tmp_path_factory, root):
    """The graph of the demo articles, made once for all who only read it."""
    import diplograph

    with diplograph.open(tmp_path_factory.mktemp("demo") / "kg") as kg:
        kg.ingest(root / "data" / "articles")
        yield kg
