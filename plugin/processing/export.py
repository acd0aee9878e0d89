"""Write a model as ONNX."""

from __future__ import annotations

import os
from typing import Any, Dict, Optional

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputFile,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
)

from urbangrain.engine.protocol import ExportJob, ExportResult

from .. import wording
from ..i18n import tr
from .base import EngineAlgorithm


class ExportModelAlgorithm(EngineAlgorithm):
    """A model as an ONNX file, for other software, with its card and a comparison with the original."""

    MODEL, OUTPUT = "MODEL", "OUTPUT"

    def name(self) -> str:
        """Return the algorithm's id."""
        return "exportmodel"

    def displayName(self) -> str:
        """Return the name in the toolbox."""
        return tr("Export a model as ONNX")

    def shortHelpString(self) -> str:
        """Return the help beside the parameters."""
        return tr(
            "Writes a model as an ONNX file for other software, and its card (a STAC Item) beside it. Original and "
            "copy are compared on random windows; the log says how far apart they are. The copy can be chosen as a "
            "model here too."
        )

    def initAlgorithm(self, config: Optional[Dict[str, Any]] = None) -> None:
        """Declare the parameters."""
        self.addParameter(QgsProcessingParameterString(self.MODEL, tr("Model"), "landcover"))
        self.addParameter(
            QgsProcessingParameterFileDestination(self.OUTPUT, tr("ONNX file"), fileFilter=tr("ONNX (*.onnx)"))
        )
        self.addOutput(QgsProcessingOutputFile("CARD", tr("Model card")))
        self.addOutput(QgsProcessingOutputNumber("LARGEST_DIFFERENCE", tr("Largest difference of a probability")))

    def processAlgorithm(
        self, parameters: Dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> Dict[str, Any]:
        """Run the job."""
        path = os.path.abspath(self.parameterAsFileOutput(parameters, self.OUTPUT, context))
        model = self.parameterAsString(parameters, self.MODEL, context)
        result: ExportResult = self.follow(lambda: ExportJob(model, path, overwrite=True), feedback)
        feedback.pushInfo(
            tr("Largest difference of a probability {difference}; same class on {share} of the pixels.").format(
                difference=f"{result.largest_difference:.1e}", share=wording.percent(result.same_class, 2)
            )
        )
        return {self.OUTPUT: result.onnx, "CARD": result.card, "LARGEST_DIFFERENCE": result.largest_difference}
