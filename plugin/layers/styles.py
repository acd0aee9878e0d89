"""Renderers made from a model's classes: colours and names as the model gives them, legible on any background."""

from __future__ import annotations

from typing import Sequence

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsColorRampLegendNodeSettings,
    QgsColorRampShader,
    QgsContrastEnhancement,
    QgsFillSymbol,
    QgsGradientColorRamp,
    QgsGradientStop,
    QgsLineSymbol,
    QgsMultiBandColorRenderer,
    QgsPalettedRasterRenderer,
    QgsProperty,
    QgsRasterLayer,
    QgsRasterMinMaxOrigin,
    QgsRasterShader,
    QgsRendererCategory,
    QgsSingleBandPseudoColorRenderer,
    QgsSingleSymbolRenderer,
    QgsSymbol,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor

from urbangrain.engine.protocol import ClassInfo

from .. import wording
from ..i18n import tr

CONFIDENCE_FULL = 254  # uint8 value that means 1.0 in confidence and probability rasters

# Cividis (Nunez, Anderton and Renslow 2018): perceptually even, and the same for colour-blind people.
_CIVIDIS = ((0.0, "#00224e"), (0.25, "#434e6c"), (0.5, "#7d7c78"), (0.75, "#bcae6c"), (1.0, "#fee838"))


def style_classes(layer: QgsRasterLayer, classes: Sequence[ClassInfo]) -> None:
    """Give a class raster its classes' colours and names; other values and nodata stay transparent."""
    entries = [
        QgsPalettedRasterRenderer.Class(float(info.value), QColor(info.colour), wording.name(info.name))
        for info in classes
    ]
    layer.setRenderer(QgsPalettedRasterRenderer(layer.dataProvider(), 1, entries))
    layer.triggerRepaint()


def style_confidence(layer: QgsRasterLayer) -> None:
    """Show a confidence raster (0-254 = 0-1) in an even ramp with a legend in per cent."""
    ramp = QgsGradientColorRamp(
        QColor(_CIVIDIS[0][1]),
        QColor(_CIVIDIS[-1][1]),
        False,
        [QgsGradientStop(position, QColor(colour)) for position, colour in _CIVIDIS[1:-1]],
    )
    shader = QgsColorRampShader(
        0, CONFIDENCE_FULL, ramp, QgsColorRampShader.Type.Interpolated, QgsColorRampShader.ClassificationMode.Continuous
    )
    shader.setColorRampItemList(
        [
            QgsColorRampShader.ColorRampItem(position * CONFIDENCE_FULL, QColor(colour), wording.percent(position, 0))
            for position, colour in _CIVIDIS
        ]
    )
    legend = QgsColorRampLegendNodeSettings()
    legend.setMinimumLabel(wording.percent(0, 0))
    legend.setMaximumLabel(wording.percent(1, 0))
    shader.setLegendSettings(legend)
    raster_shader = QgsRasterShader()
    raster_shader.setRasterShaderFunction(shader)
    renderer = QgsSingleBandPseudoColorRenderer(layer.dataProvider(), 1, raster_shader)
    renderer.setClassificationMin(0)
    renderer.setClassificationMax(CONFIDENCE_FULL)
    layer.setRenderer(renderer)
    layer.triggerRepaint()


def style_polygons(layer: QgsVectorLayer, classes: Sequence[ClassInfo]) -> None:
    """Colour map polygons by their field ``class_value``, with a thin darker outline."""
    layer.setRenderer(_categories("class_value", classes, alpha=150, outline="0.15"))
    layer.triggerRepaint()


def style_parcels(layer: QgsVectorLayer, classes: Sequence[ClassInfo]) -> None:
    """Colour parcels by their dominant class; the purer the parcel, the more opaque its fill."""
    renderer = _categories("dominant_value", classes, alpha=255, outline="0.35")
    opacity = QgsProperty.fromExpression('25 + 65 * coalesce("purity", 0)')
    for category in renderer.categories():
        symbol = category.symbol().clone()
        symbol.setDataDefinedProperty(QgsSymbol.PropertyOpacity, opacity)
        renderer.updateCategorySymbol(renderer.categoryIndexForValue(category.value()), symbol)
    layer.setRenderer(renderer)
    layer.triggerRepaint()


def style_imagery(layer: QgsRasterLayer, red: int, green: int, blue: int) -> None:
    """Show imagery in natural colours, stretched between its 2nd and 98th percentile."""
    layer.setRenderer(QgsMultiBandColorRenderer(layer.dataProvider(), red, green, blue))
    layer.setContrastEnhancement(
        QgsContrastEnhancement.ContrastEnhancementAlgorithm.StretchToMinimumMaximum,
        QgsRasterMinMaxOrigin.Limits.CumulativeCut,
    )
    layer.triggerRepaint()


def style_reference(layer: QgsVectorLayer) -> None:
    """Show reference polygons as outlines, so that the map stays visible below them."""
    symbol = QgsFillSymbol.createSimple(
        {"color": "255,255,255,40", "outline_color": "#111111", "outline_width": "0.4", "outline_width_unit": "MM"}
    )
    layer.setRenderer(QgsSingleSymbolRenderer(symbol))
    layer.triggerRepaint()


def style_parcel_outlines(layer: QgsVectorLayer) -> None:
    """Show parcels that carry no result yet as thin outlines."""
    symbol = QgsFillSymbol.createSimple({"style": "no", "outline_color": "#7b3294", "outline_width": "0.3"})
    layer.setRenderer(QgsSingleSymbolRenderer(symbol))
    layer.triggerRepaint()


def style_roads(layer: QgsVectorLayer) -> None:
    """Show road lines thinly."""
    layer.setRenderer(QgsSingleSymbolRenderer(QgsLineSymbol.createSimple({"color": "#e6ab02", "width": "0.3"})))
    layer.triggerRepaint()


def _categories(field: str, classes: Sequence[ClassInfo], alpha: int, outline: str) -> QgsCategorizedSymbolRenderer:
    categories = []
    for info in classes:
        colour = QColor(info.colour)
        fill = f"{colour.red()},{colour.green()},{colour.blue()},{alpha}"
        symbol = QgsFillSymbol.createSimple(
            {"color": fill, "outline_color": colour.darker(170).name(), "outline_width": outline}
        )
        categories.append(QgsRendererCategory(info.value, symbol, wording.name(info.name)))
    nothing = QgsFillSymbol.createSimple({"style": "no", "outline_color": "#777777", "outline_width": outline})
    categories.append(QgsRendererCategory(None, nothing, tr("not mapped")))
    return QgsCategorizedSymbolRenderer(field, categories)
