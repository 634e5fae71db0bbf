"""Where a database is: a file in the home, or on a server."""

from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import URL

FILE = "govmap.sqlite"


@dataclass(frozen=True)
class Place:
    """``home`` is GOVMAP_HOME, whose files the rows speak of; ``url`` that of a PostgreSQL database, None for a file."""

    home: Path
    url: URL | None = field(default=None, repr=False)

    @property
    def file(self) -> Path:
        """The file in the home; with a server there is none, or one whose rows the server has yet to take over."""
        return self.home / FILE

    @property
    def name(self) -> str:
        """What messages call it; never with a password."""
        if self.url is None:
            return FILE
        return self.url.set(drivername="postgresql").render_as_string(hide_password=True)
