"""The one database of a county: its tables, how it is opened, and how it is brought up to date."""

from layers.database.database import Database
from layers.database.watch import Stamp

__all__ = ["Database", "Stamp"]
