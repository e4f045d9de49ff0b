"""Lets the tests of this folder use the judges of the tables of sentences."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "extract"))
