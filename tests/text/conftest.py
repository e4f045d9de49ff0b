"""Lets the tests of this folder use the judges of the tables of sentences, and what lies beside them."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "extract")]
