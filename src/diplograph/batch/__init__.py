"""Many documents at once: folders become partitions of JSON lines in the interchange format.

``lines`` reads a partition wherever it runs; ``read_folder`` lets Spark spread partitions over machines.
"""

from __future__ import annotations

from diplograph.batch.partition import Line, lines
from diplograph.batch.spark import BatchResult, read_folder

__all__ = ["BatchResult", "Line", "lines", "read_folder"]
