"""Accuracy of a class raster against reference polygons."""

from __future__ import annotations

import os
from typing import Any, Dict, Optional

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterField,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
    QgsProcessingParameterVectorLayer,
)

from urbangrain.engine.protocol import AssessJob, AssessResult

from .. import wording
from ..i18n import tr
from ..layers import sources
from .base import EngineAlgorithm
from .parameters import mapping_of_values


class AssessAlgorithm(EngineAlgorithm):
    """Confusion matrix and the scores made from it."""

    CLASSES, REFERENCE, FIELD, MAPPING = "CLASSES", "REFERENCE", "FIELD", "MAPPING"
    HTML, CSV, JSON = "HTML", "CSV", "JSON"

    def name(self) -> str:
        """Return the algorithm's id."""
        return "assess"

    def displayName(self) -> str:
        """Return the name in the toolbox."""
        return tr("Assess accuracy")

    def shortHelpString(self) -> str:
        """Return the help beside the parameters."""
        return tr(
            "Compares a class raster with reference polygons: confusion matrix, overall accuracy, kappa, mean and "
            "frequency-weighted IoU; precision (user's), recall (producer's), F1 and IoU of each class.\n\n"
            'Mapping: JSON such as {"park": 3, "lake": 1} from values of the field to class values. Empty: guessed by '
            "name. Values without a class are left out and counted."
        )

    def initAlgorithm(self, config: Optional[Dict[str, Any]] = None) -> None:
        """Declare the parameters."""
        self.addParameter(QgsProcessingParameterRasterLayer(self.CLASSES, tr("Class raster")))
        self.addParameter(
            QgsProcessingParameterVectorLayer(
                self.REFERENCE, tr("Reference"), [QgsProcessing.SourceType.TypeVectorPolygon]
            )
        )
        self.addParameter(
            QgsProcessingParameterField(self.FIELD, tr("Class field"), parentLayerParameterName=self.REFERENCE)
        )
        self.addParameter(
            QgsProcessingParameterString(self.MAPPING, tr("Mapping (JSON)"), "", multiLine=True, optional=True)
        )
        for name, text, kind, default in (
            (self.HTML, tr("Report"), tr("HTML files (*.html)"), True),
            (self.CSV, tr("Table"), tr("CSV files (*.csv)"), False),
            (self.JSON, tr("JSON"), tr("JSON files (*.json)"), False),
        ):
            self.addParameter(
                QgsProcessingParameterFileDestination(name, text, kind, optional=True, createByDefault=default)
            )
        for name, text in (
            ("OVERALL_ACCURACY", tr("Overall accuracy")),
            ("KAPPA", tr("Kappa")),
            ("MEAN_IOU", tr("Mean IoU")),
            ("FW_IOU", tr("Frequency-weighted IoU")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, text))

    def processAlgorithm(
        self, parameters: Dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> Dict[str, Any]:
        """Run the job."""
        try:
            classes = sources.raster_path(self.parameterAsRasterLayer(parameters, self.CLASSES, context))
        except sources.UnusableLayer as error:
            raise QgsProcessingException(str(error)) from None
        path, table = self.parameterAsCompatibleSourceLayerPathAndLayerName(
            parameters, self.REFERENCE, context, ["gpkg", "shp", "geojson"], "gpkg", feedback
        )
        outputs = {
            name: self.parameterAsFileOutput(parameters, name, context) or None
            for name in (self.HTML, self.CSV, self.JSON)
            if parameters.get(name) is not None
        }
        mapping = mapping_of_values(self.parameterAsString(parameters, self.MAPPING, context))

        def make() -> AssessJob:
            return AssessJob(
                classes=classes,
                reference=os.path.abspath(path),
                field=self.parameterAsString(parameters, self.FIELD, context),
                out=outputs.get(self.HTML),
                csv=outputs.get(self.CSV),
                json=outputs.get(self.JSON),
                layer=table or None,
                mapping=mapping,
                overwrite=True,
            )

        result: AssessResult = self.follow(make, feedback)
        scores = {
            "OVERALL_ACCURACY": result.overall_accuracy,
            "KAPPA": result.kappa,
            "MEAN_IOU": result.mean_iou,
            "FW_IOU": result.fw_iou,
        }
        for text, value in zip((tr("Overall accuracy"), tr("Kappa"), tr("mIoU"), tr("FWIoU")), scores.values()):
            feedback.pushInfo(f"{text}: {wording.number(value, 4)}")
        return {**{name: value for name, value in outputs.items() if value}, **scores}
