"""Build the demo city."""

from __future__ import annotations

import os
from typing import Any, Dict, Optional

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputFile,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterNumber,
)

from urbangrain.engine.protocol import DemoSceneJob, DemoSceneResult

from ..i18n import tr
from .base import EngineAlgorithm


class DemoSceneAlgorithm(EngineAlgorithm):
    """Imagery, truth, reference polygons, parcels and roads of a city that does not exist."""

    SEED, SIZE, GSD, OUTPUT = "SEED", "SIZE", "GSD", "OUTPUT"

    def name(self) -> str:
        """Return the algorithm's id."""
        return "demoscene"

    def displayName(self) -> str:
        """Return the name in the toolbox."""
        return tr("Build the demo city")

    def shortHelpString(self) -> str:
        """Return the help beside the parameters."""
        return tr(
            "Builds a procedural city, the same for the same seed: 4-band imagery, exact class truth, reference "
            "polygons as a person would draw them, roads, boundary, and parcels. Good for trying things out."
        )

    def initAlgorithm(self, config: Optional[Dict[str, Any]] = None) -> None:
        """Declare the parameters."""
        number = QgsProcessingParameterNumber
        self.addParameter(number(self.SEED, tr("Seed"), number.Type.Integer, 1, minValue=0))
        self.addParameter(number(self.SIZE, tr("Size (px)"), number.Type.Integer, 1024, minValue=64, maxValue=16384))
        self.addParameter(number(self.GSD, tr("Pixel size (m)"), number.Type.Double, 3.0, minValue=0.5, maxValue=10))
        self.addParameter(QgsProcessingParameterFolderDestination(self.OUTPUT, tr("Folder")))
        for name, text in (("IMAGE", tr("Image")), ("REFERENCE", tr("Reference")), ("PARCELS", tr("Parcels"))):
            self.addOutput(QgsProcessingOutputFile(name, text))

    def processAlgorithm(
        self, parameters: Dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> Dict[str, Any]:
        """Run the job."""
        folder = os.path.abspath(self.parameterAsString(parameters, self.OUTPUT, context))

        def make() -> DemoSceneJob:
            return DemoSceneJob(
                folder,
                self.parameterAsInt(parameters, self.SEED, context),
                self.parameterAsInt(parameters, self.SIZE, context),
                self.parameterAsDouble(parameters, self.GSD, context),
                overwrite=True,
            )

        result: DemoSceneResult = self.follow(make, feedback)
        found = {name.upper(): result.files[name] for name in ("image", "reference", "parcels") if name in result.files}
        return {self.OUTPUT: result.out_dir, **found}
