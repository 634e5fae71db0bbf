"""The township atlas of ``benchmarks.sheets`` as QGIS draws it; run by the Python that has python3-qgis, not by ours.

An A4 page for each township: title, map, locator, legend, scale bar, and a table of its villages.
"""

from pathlib import Path

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsLayoutExporter,
    QgsLayoutFrame,
    QgsLayoutItemAttributeTable,
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsLayoutItemMap,
    QgsLayoutItemScaleBar,
    QgsLayoutTableColumn,
    QgsPrintLayout,
    QgsProject,
    QgsRenderContext,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QRectF

METRIC, DEGREES = "EPSG:4546", "EPSG:4490"
DPI = 300
AT = {
    "title": (8, 8, 194, 10),
    "map": (8, 20, 194, 160),
    "locator": (8, 184, 60, 45),
    "bar": (8, 232, 60, 15),
    "legend": (8, 248, 60, 40),
    "villages": (75, 184, 127, 105),
}
COLUMNS = ("name", "population", "households")


def atlas_layout(project: QgsProject, drawn: list[QgsVectorLayer]) -> QgsPrintLayout:
    """The page that is filled in for each township."""
    page = QgsPrintLayout(project)
    page.initializeDefaults()
    page.pageCollection().page(0).setPageSize("A4", page.pageCollection().page(0).Portrait)
    townships, villages = drawn[1], drawn[3]
    chart, locator = _map(page, "map", drawn), _map(page, "locator", [townships])
    whole = _metres(project, townships)
    locator.setExtent(whole.buffered(1000))
    locator.overview().setLinkedMap(chart)
    chart.setExtent(whole)
    chart.setAtlasDriven(True)
    chart.setAtlasScalingMode(QgsLayoutItemMap.Auto)
    chart.grid().setEnabled(True)
    chart.grid().setIntervalX(2_000)
    chart.grid().setIntervalY(2_000)
    chart.grid().setAnnotationEnabled(True)
    _words(page, chart)
    _table(page, villages)
    atlas = page.atlas()
    atlas.setCoverageLayer(townships)
    atlas.setEnabled(True)
    return page


def _map(page: QgsPrintLayout, name: str, drawn: list[QgsVectorLayer]) -> QgsLayoutItemMap:
    item = QgsLayoutItemMap(page)
    item.attemptSetSceneRect(QRectF(*AT[name]))
    item.setLayers(drawn)
    item.setFrameEnabled(True)
    page.addLayoutItem(item)
    return item


def _metres(project: QgsProject, layer: QgsVectorLayer):
    metric, degrees = QgsCoordinateReferenceSystem(METRIC), QgsCoordinateReferenceSystem(DEGREES)
    return QgsCoordinateTransform(degrees, metric, project).transformBoundingBox(layer.extent())


def _words(page: QgsPrintLayout, chart: QgsLayoutItemMap) -> None:
    title, legend, bar = QgsLayoutItemLabel(page), QgsLayoutItemLegend(page), QgsLayoutItemScaleBar(page)
    for name, item in {"title": title, "legend": legend, "bar": bar}.items():
        item.attemptSetSceneRect(QRectF(*AT[name]))
        page.addLayoutItem(item)
    title.setText(
        "万荣县[% name %]基层治理总览图　第 [% @atlas_featurenumber %] 幅 / 共 [% @atlas_totalfeatures %] 幅"
    )
    legend.setLinkedMap(chart)
    bar.setLinkedMap(chart)


def _table(page: QgsPrintLayout, villages: QgsVectorLayer) -> None:
    table = QgsLayoutItemAttributeTable.create(page)
    table.setVectorLayer(villages)
    table.setFilterToAtlasFeature(True)
    table.setMaximumNumberOfFeatures(40)
    table.setColumns([_column(name) for name in COLUMNS])
    page.addMultiFrame(table)
    frame = QgsLayoutFrame(page, table)
    frame.attemptSetSceneRect(QRectF(*AT["villages"]))
    table.addFrame(frame)


def _column(name: str) -> QgsLayoutTableColumn:
    column = QgsLayoutTableColumn(name)
    column.setAttribute(name)
    return column


def export_atlas(page: QgsPrintLayout, path: Path) -> int:
    """All pages in one PDF; 0 where it went well."""
    settings = QgsLayoutExporter.PdfExportSettings()
    settings.dpi = DPI
    settings.textRenderFormat = QgsRenderContext.TextFormatAlwaysText
    result, _ = QgsLayoutExporter.exportToPdf(page.atlas(), str(path), settings)
    return int(result)
