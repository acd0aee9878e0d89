"""Renderers made from a model's classes: colours and names as the model gives them, legible on any background."""

from __future__ import annotations

import math
import re
from typing import Optional, Sequence, Tuple

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

from urbangrain.engine.protocol import ClassInfo, ValueBand

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
    _style_ramp(layer, 1, 0, CONFIDENCE_FULL, [wording.percent(position, 0) for position, _ in _CIVIDIS])


def style_values(layer: QgsRasterLayer, bands: Sequence[ValueBand], number: int = 1) -> None:
    """Show a raster of numbers: bands named red, green and blue in their colours, else one band in an even ramp.

    Parameters
    ----------
    layer : QgsRasterLayer
    bands : sequence of ValueBand
        What each band holds; the colours run from its smallest number to its largest.
    number : int
        Which band is shown, from 1, where there are no colours.
    """
    colours = colour_bands(bands)
    if colours is None:
        low, high = _range(bands[number - 1])
        labels = [wording.reading(low + position * (high - low), high - low) for position, _ in _CIVIDIS]
        _style_ramp(layer, number, low, high, labels)
        return
    renderer = QgsMultiBandColorRenderer(layer.dataProvider(), *colours)
    # One range for all three: a range of its own for each would change the colours.
    ranges = [_range(bands[band - 1]) for band in colours]
    low, high = min(low for low, _ in ranges), max(high for _, high in ranges)
    setters = (
        renderer.setRedContrastEnhancement,
        renderer.setGreenContrastEnhancement,
        renderer.setBlueContrastEnhancement,
    )
    for band, give in zip(colours, setters):
        stretch = QgsContrastEnhancement(layer.dataProvider().dataType(band))
        stretch.setContrastEnhancementAlgorithm(
            QgsContrastEnhancement.ContrastEnhancementAlgorithm.StretchToMinimumMaximum
        )
        stretch.setMinimumValue(low)
        stretch.setMaximumValue(high)
        give(stretch)
    layer.setRenderer(renderer)
    layer.triggerRepaint()


def colour_bands(bands: Sequence[ValueBand]) -> Optional[Tuple[int, int, int]]:
    """Return the numbers of the bands named red, green and blue, or None where one of them lacks."""
    names = [band.name.lower() for band in bands]
    if not {"red", "green", "blue"} <= set(names):
        return None
    return names.index("red") + 1, names.index("green") + 1, names.index("blue") + 1


def _range(band: ValueBand) -> Tuple[float, float]:
    """Return where a band's colours begin and end: two different numbers, whatever the band holds."""
    low, high = band.minimum, band.maximum
    if not (math.isfinite(low) and math.isfinite(high)):
        return 0.0, 1.0
    if high - low <= 1e-6 * max(abs(low), abs(high)):  # one number, which float32 may have rounded
        half = max(0.5 * abs(low), 0.5)
        return low - half, low + half
    return low, high


def _style_ramp(layer: QgsRasterLayer, band: int, low: float, high: float, labels: Sequence[str]) -> None:
    """Show a band in an even ramp from ``low`` to ``high``; ``labels`` word the ramp's stops."""
    ramp = QgsGradientColorRamp(
        QColor(_CIVIDIS[0][1]),
        QColor(_CIVIDIS[-1][1]),
        False,
        [QgsGradientStop(position, QColor(colour)) for position, colour in _CIVIDIS[1:-1]],
    )
    shader = QgsColorRampShader(
        low, high, ramp, QgsColorRampShader.Type.Interpolated, QgsColorRampShader.ClassificationMode.Continuous
    )
    shader.setColorRampItemList(
        [
            QgsColorRampShader.ColorRampItem(low + position * (high - low), QColor(colour), label)
            for (position, colour), label in zip(_CIVIDIS, labels)
        ]
    )
    legend = QgsColorRampLegendNodeSettings()
    legend.setMinimumLabel(labels[0])
    legend.setMaximumLabel(labels[-1])
    shader.setLegendSettings(legend)
    raster_shader = QgsRasterShader()
    raster_shader.setRasterShaderFunction(shader)
    renderer = QgsSingleBandPseudoColorRenderer(layer.dataProvider(), band, raster_shader)
    renderer.setClassificationMin(low)
    renderer.setClassificationMax(high)
    layer.setRenderer(renderer)
    layer.triggerRepaint()


def style_polygons(layer: QgsVectorLayer, classes: Sequence[ClassInfo]) -> None:
    """Colour map polygons by their field ``class_value``, with a thin darker outline."""
    layer.setRenderer(_categories("class_value", classes, alpha=150, outline="0.15"))
    layer.triggerRepaint()


def style_parcels(layer: QgsVectorLayer, classes: Sequence[ClassInfo]) -> None:
    """Colour parcels by their dominant class; the purer the parcel, the more opaque its fill."""
    renderer = _categories("dominant_value", classes, alpha=255, outline="0.35")
    _vary_opacity(renderer, QgsProperty.fromExpression('25 + 65 * coalesce("purity", 0)'))
    layer.setRenderer(renderer)
    layer.triggerRepaint()


def style_land_use(layer: QgsVectorLayer, classes: Sequence[ClassInfo]) -> None:
    """Give classified parcels two styles: by land use, the surer the more opaque, which is shown, and by quality."""
    manager = layer.styleManager()
    land_use, quality = tr("Land use"), tr("Quality")
    manager.renameStyle(manager.currentStyle(), land_use)
    manager.addStyleFromLayer(quality)
    manager.setCurrentStyle(quality)
    layer.setRenderer(_quality_renderer(_own_field(layer, "quality")))
    manager.setCurrentStyle(land_use)
    renderer = _categories(_own_field(layer, "land_use"), classes, 255, "0.35", by_name=True, nothing=tr("not known"))
    opacity = QgsProperty.fromExpression(f'25 + 65 * coalesce("{_own_field(layer, "confidence")}", 0)')
    _vary_opacity(renderer, opacity)
    layer.setRenderer(renderer)
    layer.triggerRepaint()


def _quality_renderer(field: str) -> QgsCategorizedSymbolRenderer:
    """Colour quality levels (MSLU-100K, grading by soft classification probability): the surer the brighter."""
    labels = (
        tr("0: nothing known"),
        tr("1: too large to judge"),
        tr("2: probability below 0.6"),
        tr("3: probability from 0.6"),
        tr("4: probability from 0.9"),
        tr("5: probability from 0.99"),
    )
    colours = ("#d9d9d9", "#00224e", "#434e6c", "#7d7c78", "#bcae6c", "#fee838")
    levels = [ClassInfo(level, label, colour) for level, (label, colour) in enumerate(zip(labels, colours))]
    return _categories(field, levels[::-1], alpha=200, outline="0.2", nothing=tr("not known"))


def _own_field(layer: QgsVectorLayer, wanted: str) -> str:
    """Return the engine's own column: numbered where the parcels had one of that name already, and then further on."""
    names = [f.name() for f in layer.fields() if re.fullmatch(rf"{wanted}(_\d+)?", f.name())]
    return names[-1] if names else wanted


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


def _vary_opacity(renderer: QgsCategorizedSymbolRenderer, opacity: QgsProperty) -> None:
    for category in renderer.categories():
        symbol = category.symbol().clone()
        symbol.setDataDefinedProperty(QgsSymbol.PropertyOpacity, opacity)
        renderer.updateCategorySymbol(renderer.categoryIndexForValue(category.value()), symbol)


def _categories(
    field: str,
    classes: Sequence[ClassInfo],
    alpha: int,
    outline: str,
    by_name: bool = False,
    nothing: Optional[str] = None,
) -> QgsCategorizedSymbolRenderer:
    """Make a category of each class, by its value or its name, and one for what has none."""
    categories = []
    for info in classes:
        colour = QColor(info.colour)
        fill = f"{colour.red()},{colour.green()},{colour.blue()},{alpha}"
        symbol = QgsFillSymbol.createSimple(
            {"color": fill, "outline_color": colour.darker(170).name(), "outline_width": outline}
        )
        value = info.name if by_name else info.value
        categories.append(QgsRendererCategory(value, symbol, wording.name(info.name)))
    empty = QgsFillSymbol.createSimple({"style": "no", "outline_color": "#777777", "outline_width": outline})
    categories.append(QgsRendererCategory(None, empty, tr("not mapped") if nothing is None else nothing))
    return QgsCategorizedSymbolRenderer(field, categories)
