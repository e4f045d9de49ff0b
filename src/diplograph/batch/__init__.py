"""Archives of any size: folders of documents and event data become a graph, in parts, on Spark.

``run`` takes folders and gives the account; ``load`` puts the parts into a store of this machine.
"""

from __future__ import annotations

from diplograph.batch.loading import load
from diplograph.batch.spark import BatchResult, run

__all__ = ["BatchResult", "load", "run"]
