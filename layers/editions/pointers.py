"""Which edition of each layer is current, and how it came to be: three tables of the database."""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, func, insert, select, update

from geo.errors import DataError
from layers.database import Database, Stamp
from layers.database.tables import currents, editions, flips
from layers.editions.manifest import Edition

Expected = Edition | Literal["any"] | None


@dataclass(frozen=True)
class _State:
    stamp: Stamp
    currents: dict[str, Edition]
    foreign: bool


class Pointers:
    """The tables of one store. Reading is cheap: manifests are parsed again only after a flip by anyone."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept: _State | None = None

    def currents(self) -> dict[str, Edition]:
        """The current edition of each layer."""
        return dict(self._state().currents)

    def all_demo(self) -> bool:
        """True while there are editions and none, current or not, came from anything but the sample builder."""
        state = self._state()
        return bool(state.currents) and not state.foreign

    def history(self, layer: str) -> list[Edition]:
        """Every edition of a layer, newest first."""
        chosen = select(editions.c.manifest).where(editions.c.layer == layer)
        with self._database.reading() as connection:
            found = connection.scalars(chosen.order_by(editions.c.number.desc()))
            return [Edition.from_json(manifest) for manifest in found]

    def known(self, layer: str) -> set[str]:
        """Ids of the editions of a layer that the table knows."""
        with self._database.reading() as connection:
            return set(connection.scalars(select(editions.c.edition).where(editions.c.layer == layer)))

    def check_expected(self, layer: str, expected: Expected) -> None:
        """Raises DataError when another edition than ``expected`` is current."""
        with self._database.reading() as connection:
            _check_expected(connection, layer, expected)

    def flip(self, edition: Edition, *, by: str, at: str, expected: Expected = "any") -> None:
        """Make an edition current in one transaction, adding it to the table when it is new.

        Flips take turns, so they are committed in the order of their numbers and the highest tells of them all.

        Raises:
            DataError: another edition than ``expected`` is current by now; nothing was changed.
        """
        layer = edition.layer
        with self._database.writing(flips) as connection:
            _check_expected(connection, layer, expected)
            same = (editions.c.layer == layer) & (editions.c.edition == edition.id)
            if connection.scalar(select(editions.c.number).where(same)) is None:
                row = {
                    "layer": layer,
                    "edition": edition.id,
                    "demo": edition.demo,
                    "manifest": edition.to_json(),
                }
                connection.execute(insert(editions).values(row))
            moved = update(currents).where(currents.c.layer == layer).values(edition=edition.id)
            if connection.execute(moved).rowcount == 0:
                connection.execute(insert(currents).values(layer=layer, edition=edition.id))
            connection.execute(insert(flips).values(layer=layer, edition=edition.id, at=at, by=by))

    def _state(self) -> _State:
        """What the tables say; read again when the stamp has changed. It is asked first, so what is read is no older."""
        stamp = self._database.stamp()
        kept = self._kept
        if kept is None or kept.stamp != stamp:
            joined = select(editions.c.manifest).join(
                currents, (currents.c.layer == editions.c.layer) & (currents.c.edition == editions.c.edition)
            )
            with self._database.reading() as connection:
                found = [Edition.from_json(manifest) for manifest in connection.scalars(joined)]
                foreign = connection.scalar(
                    select(func.count()).select_from(editions).where(~editions.c.demo)
                )
            kept = self._kept = _State(stamp, {edition.layer: edition for edition in found}, bool(foreign))
        return kept


def _check_expected(connection: Connection, layer: str, expected: Expected) -> None:
    if expected == "any":
        return
    current = connection.scalar(select(currents.c.edition).where(currents.c.layer == layer))
    if current != (expected and expected.id):
        raise DataError("图层 {layer} 刚刚被别人更新，没有发布。重新导入。", layer=layer)
