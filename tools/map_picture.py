"""Draw the demo's result as a picture with title, legend, scale bar and attribution, by a QGIS print layout."""

from qgis.core import (
    QgsLayoutExporter,
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsLayoutItemMap,
    QgsLayoutItemPage,
    QgsLayoutItemScaleBar,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsMapLayerLegendUtils,
    QgsPrintLayout,
    QgsProject,
    QgsRasterLayer,
    QgsScaleBarSettings,
    QgsUnitTypes,
)
from qgis.PyQt.QtGui import QFont

PAGE_MM = (250.0, 190.0)
MAP_MM = (10.0, 22.0, 168.0, 158.0)


def add_layout(project: QgsProject, layers: list, legend_layers: list, title: str, footer: str) -> QgsPrintLayout:
    """Add the layout to the project: ``layers`` are drawn (top first), ``legend_layers`` explained."""
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    layout.setName("UrbanGrain demo")
    page: QgsLayoutItemPage = layout.pageCollection().page(0)
    page.setPageSize(QgsLayoutSize(*PAGE_MM, QgsUnitTypes.LayoutUnit.LayoutMillimeters))

    _label(layout, title, 10, 6, PAGE_MM[0] - 20, 12, 16, bold=True)

    frame = QgsLayoutItemMap(layout)
    layout.addLayoutItem(frame)
    _place(frame, *MAP_MM)
    frame.setLayers(layers)
    frame.setCrs(layers[-1].crs())
    extent = layers[-1].extent()
    extent.scale(1.02)
    frame.setExtent(extent)  # gives the item an aspect ratio; zooming an item without one yields NaN
    frame.attemptResize(QgsLayoutSize(MAP_MM[2], MAP_MM[3], QgsUnitTypes.LayoutUnit.LayoutMillimeters))
    frame.zoomToExtent(extent)
    frame.setFrameEnabled(True)

    legend = QgsLayoutItemLegend(layout)
    legend.setTitle("")
    legend.setLinkedMap(frame)
    legend.setAutoUpdateModel(False)
    tree = legend.model().rootGroup()
    tree.clear()
    for layer in legend_layers:
        node = tree.addLayer(layer)
        if isinstance(layer, QgsRasterLayer):
            # The first legend node of a raster names its band; the picture's reader needs the classes only.
            count = len(legend.model().layerLegendNodes(node))
            QgsMapLayerLegendUtils.setLegendNodeOrder(node, list(range(1, count)))
            legend.model().refreshLayerLegend(node)
    layout.addLayoutItem(legend)
    legend.attemptMove(_point(MAP_MM[0] + MAP_MM[2] + 4, MAP_MM[1]))
    legend.adjustBoxSize()

    bar = QgsLayoutItemScaleBar(layout)
    bar.setLinkedMap(frame)
    bar.setStyle("Single Box")
    bar.setUnits(QgsUnitTypes.DistanceUnit.DistanceMeters)
    bar.setUnitLabel("m")
    bar.setNumberOfSegments(2)
    bar.setNumberOfSegmentsLeft(0)
    bar.setSegmentSizeMode(QgsScaleBarSettings.SegmentSizeMode.SegmentSizeFitWidth)
    bar.setMinimumBarWidth(20)
    bar.setMaximumBarWidth(50)
    layout.addLayoutItem(bar)
    bar.attemptMove(_point(MAP_MM[0] + MAP_MM[2] + 4, MAP_MM[1] + MAP_MM[3] - 16))

    _label(layout, footer, 10, 182, PAGE_MM[0] - 20, 6, 8)
    project.layoutManager().addLayout(layout)
    return layout


def export_png(layout: QgsPrintLayout, path: str, dpi: int = 150) -> None:
    """Write the layout as a PNG; raises OSError when QGIS could not."""
    settings = QgsLayoutExporter.ImageExportSettings()
    settings.dpi = dpi
    if QgsLayoutExporter(layout).exportToImage(path, settings) != QgsLayoutExporter.ExportResult.Success:
        raise OSError(f"the layout could not be written to {path}")


def _point(x: float, y: float) -> QgsLayoutPoint:
    return QgsLayoutPoint(x, y, QgsUnitTypes.LayoutUnit.LayoutMillimeters)


def _place(item, x: float, y: float, width: float, height: float) -> None:
    item.attemptMove(_point(x, y))
    item.attemptResize(QgsLayoutSize(width, height, QgsUnitTypes.LayoutUnit.LayoutMillimeters))


def _label(layout, text: str, x: float, y: float, width: float, height: float, size: int, bold: bool = False) -> None:
    label = QgsLayoutItemLabel(layout)
    label.setText(text)
    font = QFont("DejaVu Sans", size)
    font.setBold(bold)
    label.setFont(font)
    layout.addLayoutItem(label)
    _place(label, x, y, width, height)
