"""The store as it was: the editions of an earlier day in place of the current ones."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from geo.errors import StoreError, UnknownEditionError
from layers.editions.manifest import Edition
from layers.editions.store import Store

if TYPE_CHECKING:
    import geopandas as gpd


class Past(Store):
    """``store`` with other editions current; layers that ``editions`` does not name are as they are now.

    Reading only; rows in memory are shared with the store.

    Raises:
        UnknownLayerError, UnknownEditionError: there is no such layer or edition any more.
        StoreError: the file of an edition is gone.
    """

    def __init__(self, store: Store, editions: Mapping[str, str]) -> None:
        super().__init__(store.home, store.catalog, store.database)
        self._store = store
        self._then: dict[str, Edition] = {layer: self._found(layer, name) for layer, name in editions.items()}

    def current(self, layer: str) -> Edition | None:
        return self.currents().get(layer)

    def currents(self) -> dict[str, Edition]:
        return self._store.currents() | self._then

    def read(self, layer: str, edition: str | None = None) -> "gpd.GeoDataFrame":
        then = self._then.get(layer)
        return self._store.read(layer, edition or (then.id if then else None))

    def _found(self, layer: str, name: str) -> Edition:
        found = next((edition for edition in self._store.history(layer) if edition.id == name), None)
        if found is None:
            raise UnknownEditionError("图层 {layer} 的版本 {edition} 已经没有了。", layer=layer, edition=name)
        if not (self.home / "editions" / layer / f"{name}.parquet").is_file():
            raise StoreError("版本 {edition} 的数据文件已经没有了。", edition=name)
        return found
