"""The only door through which rows leave: role × area scope × fields × small counts.

Nothing outside this package reads rows from the store to show them to people. It fails closed: what a
declaration does not grant is not given.
"""

from layers.disclosure.door import Disclosed, Door
from layers.disclosure.filters import RowFilter
from layers.viewer import PUBLIC, Viewer

__all__ = ["PUBLIC", "Disclosed", "Door", "RowFilter", "Viewer"]
