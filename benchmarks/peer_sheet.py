"""The sheet of ``benchmarks.sheets`` as QGIS draws it; run by the Python that has python3-qgis, not by ours.

``python3 peer_sheet.py LAYERS.gpkg FOLDER`` reads a word per line, ``png``, ``pdf`` or ``atlas``, writes the file into
the folder and answers with a line. The layouts are made once: what is timed is the warm export.
"""

import sys
from pathlib import Path

from peer_atlas import atlas_layout, export_atlas
from qgis.core import (
    QgsApplication,
    QgsClassificationQuantile,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFillSymbol,
    QgsGradientColorRamp,
    QgsGraduatedSymbolRenderer,
    QgsLayoutExporter,
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsLayoutItemMap,
    QgsLayoutItemScaleBar,
    QgsMarkerSymbol,
    QgsPalLayerSettings,
    QgsPrintLayout,
    QgsProject,
    QgsRenderContext,
    QgsSingleSymbolRenderer,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtCore import QRectF
from qgis.PyQt.QtGui import QColor, QFont

METRIC, DEGREES = "EPSG:4546", "EPSG:4490"
TYPEFACE = "Noto Sans CJK SC"
DPI = 300
AT = {
    "title": (15, 8, 390, 15),
    "map": (15, 25, 310, 255),
    "legend": (330, 30, 75, 120),
    "bar": (330, 250, 75, 20),
}


def layer(project: QgsProject, source: str, name: str) -> QgsVectorLayer:
    found = QgsVectorLayer(f"{source}|layername={name}", name, "ogr")
    if not found.isValid():
        raise SystemExit(f"no layer {name} in {source}")
    project.addMapLayer(found)
    return found


def outlined(layer: QgsVectorLayer, colour: str, width: str, style: str) -> None:
    paint = {"style": "no", "outline_color": colour, "outline_width": width, "outline_style": style}
    layer.setRenderer(QgsSingleSymbolRenderer(QgsFillSymbol.createSimple(paint)))


def graduated(layer: QgsVectorLayer, field: str) -> None:
    ramp = QgsGradientColorRamp(QColor("#FFF5D6"), QColor("#B03A2E"))
    renderer = QgsGraduatedSymbolRenderer(field)
    paint = {"outline_color": "#FFFFFF", "outline_width": "0.2"}
    renderer.setSourceSymbol(QgsFillSymbol.createSimple(paint))
    renderer.setSourceColorRamp(ramp)
    renderer.setClassificationMethod(QgsClassificationQuantile())
    renderer.updateClasses(layer, 5)
    renderer.updateColorRamp(ramp)
    layer.setRenderer(renderer)


def named(layer: QgsVectorLayer, points: float) -> None:
    halo = QgsTextBufferSettings()
    halo.setEnabled(True)
    halo.setSize(0.5)
    letters = QgsTextFormat()
    letters.setFont(QFont(TYPEFACE))
    letters.setSize(points)
    letters.setBuffer(halo)
    settings = QgsPalLayerSettings()
    settings.fieldName = "name"
    settings.setFormat(letters)
    layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    layer.setLabelsEnabled(True)


def layers(project: QgsProject, source: str) -> list[QgsVectorLayer]:
    """Villages by population, grids, townships, points; names of villages and townships."""
    villages, grids, townships, points = (
        layer(project, source, name) for name in ("villages", "grids", "townships", "points")
    )
    graduated(villages, "population")
    outlined(grids, "#777777", "0.1", "dash")
    outlined(townships, "#333333", "0.4", "solid")
    marker = {"name": "circle", "color": "#0B6470", "size": "2.6", "outline_color": "#FFFFFF"}
    points.setRenderer(QgsSingleSymbolRenderer(QgsMarkerSymbol.createSimple(marker)))
    named(villages, 6)
    named(townships, 10)
    return [points, townships, grids, villages]


def layout(project: QgsProject, drawn: list[QgsVectorLayer]) -> QgsPrintLayout:
    """An A3 page: title, map with a grid of ten kilometres, legend, scale bar."""
    page = QgsPrintLayout(project)
    page.initializeDefaults()
    chart = QgsLayoutItemMap(page)
    items = {
        "map": chart,
        "title": QgsLayoutItemLabel(page),
        "legend": QgsLayoutItemLegend(page),
        "bar": QgsLayoutItemScaleBar(page),
    }
    for name, item in items.items():
        item.attemptSetSceneRect(QRectF(*AT[name]))
        page.addLayoutItem(item)
    metric, degrees = QgsCoordinateReferenceSystem(METRIC), QgsCoordinateReferenceSystem(DEGREES)
    extent = QgsCoordinateTransform(degrees, metric, project).transformBoundingBox(drawn[-1].extent())
    chart.setLayers(drawn)
    chart.setExtent(extent.buffered(1000))
    chart.setFrameEnabled(True)
    chart.grid().setEnabled(True)
    chart.grid().setIntervalX(10_000)
    chart.grid().setIntervalY(10_000)
    chart.grid().setAnnotationEnabled(True)
    items["title"].setText("万荣县各村人口")
    items["legend"].setLinkedMap(chart)
    items["bar"].setLinkedMap(chart)
    return page


def export(page: QgsPrintLayout, kind: str, path: Path) -> int:
    exporter = QgsLayoutExporter(page)
    if kind == "png":
        settings = QgsLayoutExporter.ImageExportSettings()
        settings.dpi = DPI
        return exporter.exportToImage(str(path), settings)
    settings = QgsLayoutExporter.PdfExportSettings()
    settings.dpi = DPI
    settings.textRenderFormat = QgsRenderContext.TextFormatAlwaysText
    return exporter.exportToPdf(str(path), settings)


def main(source: str, folder: str) -> None:
    application = QgsApplication([], False)
    application.initQgis()
    project = QgsProject.instance()
    project.setCrs(QgsCoordinateReferenceSystem(METRIC))
    drawn = layers(project, source)
    page, pages = layout(project, drawn), atlas_layout(project, drawn)
    page.pageCollection().page(0).setPageSize("A3")
    print("ready", flush=True)
    for word in sys.stdin:
        kind = word.strip()
        if kind == "atlas":
            print("done", export_atlas(pages, Path(folder) / "qgis-atlas.pdf"), flush=True)
        else:
            print("done", export(page, kind, Path(folder) / f"qgis.{kind}"), flush=True)
    application.exitQgis()


if __name__ == "__main__":
    main(*sys.argv[1:])
