"""Class shares of parcels."""

from __future__ import annotations

import os
from typing import Any, Dict, Optional

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterVectorDestination,
    QgsProcessingParameterVectorLayer,
)

from urbangrain.engine.protocol import SummariseJob, SummariseResult

from ..i18n import tr
from ..layers import sources, styles
from .base import EngineAlgorithm, Styler


class SummariseParcelsAlgorithm(EngineAlgorithm):
    """A class raster over polygons, by exact coverage."""

    CLASSES, PARCELS, OUTPUT = "CLASSES", "PARCELS", "OUTPUT"

    def name(self) -> str:
        """Return the algorithm's id."""
        return "summariseparcels"

    def displayName(self) -> str:
        """Return the name in the toolbox."""
        return tr("Summarise parcels")

    def shortHelpString(self) -> str:
        """Return the help beside the parameters."""
        return tr(
            "Gives each parcel the share of every class of a class raster, its dominant class, area and purity. "
            "Pixels on a parcel's edge count by the part that lies inside."
        )

    def initAlgorithm(self, config: Optional[Dict[str, Any]] = None) -> None:
        """Declare the parameters."""
        self.addParameter(QgsProcessingParameterRasterLayer(self.CLASSES, tr("Class raster")))
        self.addParameter(
            QgsProcessingParameterVectorLayer(self.PARCELS, tr("Parcels"), [QgsProcessing.SourceType.TypeVectorPolygon])
        )
        self.addParameter(
            QgsProcessingParameterVectorDestination(
                self.OUTPUT, tr("Parcels with class shares"), QgsProcessing.SourceType.TypeVectorPolygon
            )
        )
        self.addOutput(QgsProcessingOutputNumber("PARCEL_COUNT", tr("Number of parcels")))
        self.addOutput(QgsProcessingOutputNumber("OUTSIDE_COUNT", tr("Parcels without a mapped pixel")))

    def processAlgorithm(
        self, parameters: Dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> Dict[str, Any]:
        """Run the job."""
        try:
            classes = sources.raster_path(self.parameterAsRasterLayer(parameters, self.CLASSES, context))
        except sources.UnusableLayer as error:
            raise QgsProcessingException(str(error)) from None
        path, table = self.parameterAsCompatibleSourceLayerPathAndLayerName(
            parameters, self.PARCELS, context, ["gpkg", "shp", "geojson"], "gpkg", feedback
        )
        out = self.parameterAsOutputLayer(parameters, self.OUTPUT, context)

        def make() -> SummariseJob:
            return SummariseJob(classes, os.path.abspath(path), out, table or None, overwrite=True)

        result: SummariseResult = self.follow(make, feedback)
        Styler.attach(context, out, lambda layer: styles.style_parcels(layer, result.class_infos))
        return {self.OUTPUT: out, "PARCEL_COUNT": result.parcels, "OUTSIDE_COUNT": result.outside}
