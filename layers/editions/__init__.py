"""Immutable published data of each layer: one GeoParquet file and one manifest per edition, one pointer.

Publishing writes both files whole, syncs and renames them, and only then flips the pointer in one
transaction. A crash can leave an orphan file, which the next publication sweeps away, never a half layer.
"""

from layers.editions.manifest import Edition
from layers.editions.store import Store

__all__ = ["Edition", "Store"]
