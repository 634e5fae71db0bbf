"""By which version of its sentences and tables a report was made."""

VERSION = "5"
"""Goes into the fingerprint; raise it when what stands in a report changes."""
