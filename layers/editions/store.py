"""The store under GOVMAP_HOME: publish, read, roll back."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import DataError, StoreError, UnknownEditionError
from layers.catalog import Catalog
from layers.database import Database
from layers.editions.manifest import Edition
from layers.editions.pointers import Expected, Pointers
from layers.kept import Kept
from layers.spec import LayerSpec

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd


CACHED = 64
"""How many editions a process keeps in memory."""


class Store:
    """Published data of every layer, under one folder that may be copied or moved.

    ``home`` is GOVMAP_HOME; ``database`` knows which editions there are, by default the file in it. Nothing is
    touched before ``create`` or the first question.
    """

    def __init__(self, home: Path, catalog: Catalog, database: Database | None = None) -> None:
        self.home = home
        self.catalog = catalog
        self.database = Database(home) if database is None else database
        self._pointers = Pointers(self.database)
        self._rows = Kept(CACHED)

    def create(self) -> None:
        """Make the store, or bring its database up to date; idempotent."""
        self.database.create()
        (self.home / "editions").mkdir(parents=True, exist_ok=True)

    def current(self, layer: str) -> Edition | None:
        """The edition of a layer that people see, or None when nothing was ever published."""
        return self._pointers.currents().get(layer)

    def currents(self) -> dict[str, Edition]:
        """The current edition of every layer that has one; cheap enough for every request."""
        return self._pointers.currents()

    def history(self, layer: str) -> list[Edition]:
        """Every edition of a layer, newest first; raises UnknownLayerError."""
        self.catalog.layer(layer)
        return self._pointers.history(layer)

    def all_demo(self) -> bool:
        """True while there are editions and every one, current or not, comes from the sample builder."""
        return self._pointers.all_demo()

    def read(self, layer: str, edition: str | None = None) -> "gpd.GeoDataFrame":
        """Rows of an edition (default: the current one), CRS EPSG:4490; treat as read-only, it is shared.

        Layers of geometry ``none`` give a plain DataFrame.

        Raises:
            UnknownEditionError: the layer has no such edition, or none at all.
            StoreError: the file of the edition is gone or unreadable.
        """
        spec = self.catalog.layer(layer)
        wanted = self._edition(layer, edition)
        file = self.home / "editions" / layer / f"{wanted.id}.parquet"
        return self._rows.get((layer, wanted.id), lambda: _read_rows(file, spec))

    def column(self, layer: str, field: str) -> list[str]:
        """The texts of one field of the current edition, without the rest of the file; none where it has no such field."""
        import pyarrow.parquet as pq

        current = self.current(layer)
        if current is None:
            return []
        with pq.ParquetFile(self.home / "editions" / layer / f"{current.id}.parquet") as file:
            if field not in file.schema_arrow.names:
                return []
            return [text for text in file.read(columns=[field])[field].to_pylist() if isinstance(text, str)]

    def publish(
        self,
        layer: str,
        table: "pd.DataFrame",
        *,
        source: str,
        source_sha256: str,
        by: str,
        demo: bool = False,
        holds_demo: bool = False,
        period: str | None = None,
        findings: Mapping[str, int] | None = None,
        mapping: Mapping[str, str] | None = None,
        expected: Expected = "any",
    ) -> Edition:
        """Publish a table with the declared columns as the current edition of a layer; atomic.

        ``table`` is a GeoDataFrame in any CRS that has one (stored as EPSG:4490). The same content published
        twice on one day is one edition. ``holds_demo``: rows of the sample builder are kept in it. ``expected`` is the edition that the table was worked out from: when
        another one has become current meanwhile, nothing is published.

        Raises:
            UnknownLayerError: no such layer.
            DataError: columns or values do not fit the declaration, the key is empty or not unique, or
                somebody else was faster.
        """
        from layers.editions.writing import Draft, locked, sweep, write

        spec = self.catalog.layer(layer)
        draft = Draft(
            source=source, source_sha256=source_sha256, by=by, at=_now(), demo=demo, holds_demo=holds_demo or demo,
            period=period,
            findings=dict(findings or {}), mapping=dict(mapping or {}),
        )  # fmt: skip
        rows = _checked(spec, table)
        folder = self.home / "editions" / layer
        with locked(folder):
            self._pointers.check_expected(layer, expected)
            sweep(folder, self._pointers.known(layer))
            edition = write(folder, spec, rows, draft)
            self._pointers.flip(edition, by=by, at=draft.at, expected=expected)
        return edition

    def rollback(self, layer: str, edition: str, *, by: str = "operator") -> Edition:
        """Make an earlier edition current again.

        Raises:
            UnknownLayerError, UnknownEditionError: no such layer or edition.
            StoreError: its file is gone or no longer what was published.
        """
        from layers.editions.writing import locked, sha256_of

        self.catalog.layer(layer)
        chosen = self._edition(layer, edition)
        folder = self.home / "editions" / layer
        file = folder / f"{chosen.id}.parquet"
        if not file.is_file() or sha256_of(file) != chosen.sha256:
            raise StoreError("版本 {edition} 的数据文件缺失或已损坏，不能回退到它。", edition=chosen.id)
        with locked(folder):
            self._pointers.flip(chosen, by=by, at=_now())
        return chosen

    def _edition(self, layer: str, edition: str | None) -> Edition:
        current = self._pointers.currents().get(layer)
        if edition is None and current is None:
            raise UnknownEditionError("图层 {layer} 还没有数据，先导入。", remedy="data", layer=layer)
        if current is not None and edition in (None, current.id):
            return current
        found = {item.id: item for item in self._pointers.history(layer)}
        if edition not in found:
            raise UnknownEditionError(
                "图层 {layer} 没有版本 {edition}。",
                remedy="editions",
                layer=layer,
                edition=edition,
            )
        return found[edition]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _checked(spec: LayerSpec, table: "pd.DataFrame") -> "gpd.GeoDataFrame":
    from layers.editions.schema import to_storage

    rows = to_storage(spec, table)
    keys = rows[spec.key]
    if keys.isna().any() or (keys == "").any():
        raise DataError(
            "图层 {layer} 有 {n} 行没有编号。", layer=spec.id, n=int((keys.isna() | (keys == "")).sum())
        )
    if keys.duplicated().any():
        repeated = keys[keys.duplicated()].iloc[0]
        raise DataError("图层 {layer} 的编号 {code} 不止一行。", layer=spec.id, code=repeated)
    return rows


def _read_rows(file: Path, spec: LayerSpec) -> "gpd.GeoDataFrame":
    import geopandas as gpd
    import pandas as pd
    import pyarrow as pa

    try:
        return pd.read_parquet(file) if spec.geometry == "none" else gpd.read_parquet(file)
    except (OSError, pa.ArrowInvalid) as error:
        raise StoreError(
            "版本 {edition} 的数据文件读不出：{why}。回到别的版本，或用备份恢复。", remedy="rollback",
            edition=file.stem, why=error,
        ) from error  # fmt: skip
