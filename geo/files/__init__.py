"""The only code that opens data files, and it does so in a child process with limits and without network."""

from geo.files.coordinates import parse_degrees, parse_metres
from geo.files.process import Limits, read, read_picture
from geo.files.table import Ask, FileTable, Note

__all__ = ["Ask", "FileTable", "Limits", "Note", "parse_degrees", "parse_metres", "read", "read_picture"]
