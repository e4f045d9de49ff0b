"""Lets the tests of this folder import what several share, here and in the processes that they start."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
