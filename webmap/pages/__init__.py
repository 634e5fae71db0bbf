"""Pages that people open: maps, data, help. Parse, look up, render; no data work here."""

from importlib import import_module

from webmap.pages.blueprint import blueprint

for _name in ("maps", "data", "exports", "guide", "words"):
    import_module(f"webmap.pages.{_name}")

__all__ = ["blueprint"]
