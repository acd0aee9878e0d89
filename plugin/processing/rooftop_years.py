"""Rooftops through the years."""

from __future__ import annotations

import os
from typing import Any, Dict, List, Optional, Tuple

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputFile,
    QgsProcessingOutputRasterLayer,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)

from urbangrain.engine.protocol import FLIPS, ClassInfo, RooftopChange, RooftopYearsJob, RooftopYearsResult

from .. import choices
from ..i18n import tr
from ..layers import results, sources, styles
from .base import EngineAlgorithm, Styler
from .parameters import advanced, choice, numbers_of_bands


class RooftopYearsAlgorithm(EngineAlgorithm):
    """Imagery of several years in, rooftops of each year and what changed out."""

    IMAGES, YEARS, MODEL, MASK, HOMOGENEITY = "IMAGES", "YEARS", "MODEL", "MASK", "HOMOGENEITY"
    BANDS, FLIPS, DEVICE, LOAD, OVERWRITE = "BANDS", "FLIPS", "DEVICE", "LOAD", "OVERWRITE"
    OUTPUT, CHANGE, TABLE = "OUTPUT", "CHANGE", "TABLE"

    def name(self) -> str:
        """Return the algorithm's id."""
        return "rooftopyears"

    def displayName(self) -> str:
        """Return the name in the toolbox."""
        return tr("Rooftops through the years")

    def shortHelpString(self) -> str:
        """Return the help beside the parameters."""
        return tr(
            "Maps building rooftops in images of several years, four times as finely as the images are, and writes a "
            "raster for each year, one of what changed, and a table of areas in m².\n\n"
            "Images: Sentinel-2 reflectance (B2, B3, B4, B8), all with the same pixels.\n"
            "Years: the year of each image, in the order of the list, such as 2018,2019,2020.\n"
            "Built-up mask: a raster of the probability of built-up land (0 to 1), such as Dynamic World's. Rooftops "
            "stay where it is 0.2 or more.\n"
            "Check: a rooftop that is there, or is missing, in one year only is voted on by the pixels around it in "
            "three years. The first and the last year have one neighbour only and are not checked."
        )

    def initAlgorithm(self, config: Optional[Dict[str, Any]] = None) -> None:
        """Declare the parameters."""
        text, flag = QgsProcessingParameterString, QgsProcessingParameterBoolean
        raster = QgsProcessing.SourceType.TypeRaster
        self.addParameter(QgsProcessingParameterMultipleLayers(self.IMAGES, tr("Images"), raster))
        self.addParameter(text(self.YEARS, tr("Years")))
        self.addParameter(text(self.MODEL, tr("Model"), "rooftops"))
        self.addParameter(QgsProcessingParameterRasterLayer(self.MASK, tr("Built-up mask"), optional=True))
        self.addParameter(flag(self.HOMOGENEITY, tr("Check each year against its neighbours"), True))
        advanced(self, text(self.BANDS, tr("Bands"), "", optional=True))
        advanced(self, choice(self.FLIPS, tr("Flips"), choices.flips(), "4"))
        advanced(self, text(self.DEVICE, tr("Device (auto, cpu, cuda, cuda:0,1, all)"), "auto"))
        advanced(self, flag(self.OVERWRITE, tr("Replace files that exist"), False))
        self.addParameter(flag(self.LOAD, tr("Load the rasters"), True))
        self.addParameter(QgsProcessingParameterFolderDestination(self.OUTPUT, tr("Folder of the maps")))
        self.addOutput(QgsProcessingOutputRasterLayer(self.CHANGE, tr("Changes of rooftops")))
        self.addOutput(QgsProcessingOutputFile(self.TABLE, tr("Areas")))

    def processAlgorithm(
        self, parameters: Dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> Dict[str, Any]:
        """Run the job."""
        images, mask = self._images(parameters, context), self._mask(parameters, context)
        years = _years(self.parameterAsString(parameters, self.YEARS, context))
        bands = numbers_of_bands(self.parameterAsString(parameters, self.BANDS, context))

        def make() -> RooftopYearsJob:
            return RooftopYearsJob(
                images=tuple(images),
                years=years,
                out_dir=os.path.abspath(self.parameterAsString(parameters, self.OUTPUT, context)),
                model=self.parameterAsString(parameters, self.MODEL, context),
                built_mask=mask,
                homogeneity=self.parameterAsBool(parameters, self.HOMOGENEITY, context),
                bands=bands,
                flips=FLIPS[self.parameterAsEnum(parameters, self.FLIPS, context)],
                device=self.parameterAsString(parameters, self.DEVICE, context) or "auto",
                overwrite=self.parameterAsBool(parameters, self.OVERWRITE, context),
            )

        result: RooftopYearsResult = self.follow(make, feedback)
        if self.parameterAsBool(parameters, self.LOAD, context):
            self._load(result, context)
        return {self.OUTPUT: result.out_dir, self.CHANGE: result.change, self.TABLE: result.table}

    def _images(self, parameters: Dict[str, Any], context: QgsProcessingContext) -> List[str]:
        layers = self.parameterAsLayerList(parameters, self.IMAGES, context) or ()
        try:
            return [sources.raster_path(layer) for layer in layers]
        except sources.UnusableLayer as error:
            raise QgsProcessingException(str(error)) from None

    def _mask(self, parameters: Dict[str, Any], context: QgsProcessingContext) -> Optional[str]:
        if not parameters.get(self.MASK):
            return None
        try:
            return sources.raster_path(self.parameterAsRasterLayer(parameters, self.MASK, context))
        except sources.UnusableLayer as error:
            raise QgsProcessingException(str(error)) from None

    def _load(self, result: RooftopYearsResult, context: QgsProcessingContext) -> None:
        """Let QGIS show the rasters when the algorithm is over."""
        if context.project() is None:
            return
        changes = [ClassInfo(change.value, change_words(change), change.colour) for change in result.changes]
        rasters = [(tr("Rooftops {year}").format(year=one.year), one.path, result.class_infos) for one in result.years]
        for title, path, classes in (*rasters, (tr("Changes of rooftops"), result.change, changes)):
            details = QgsProcessingContext.LayerDetails(title, context.project(), self.CHANGE)
            context.addLayerToLoadOnCompletion(path, details)
            Styler.attach(context, path, _styling(classes))


def change_words(change: RooftopChange) -> str:
    """Return in words what became of the places that have a value of the raster of changes."""
    words = {
        "never": tr("no rooftop"),
        "always": tr("rooftop in all years"),
        "new": tr("new in {year}"),
        "lost": tr("lost in {year}"),
        "several": tr("several changes"),
    }
    return words.get(change.change, change.change).format(year=change.year)


def _styling(classes: Any) -> Any:
    def style(layer: Any) -> None:
        styles.style_classes(layer, classes)
        results.remember_classes(layer, classes)

    return style


def _years(text: str) -> Tuple[int, ...]:
    try:
        return tuple(int(part) for part in text.replace(";", ",").split(","))
    except ValueError:
        raise QgsProcessingException(
            tr("Years are numbers with commas between them, such as 2018,2019,2020.")
        ) from None
