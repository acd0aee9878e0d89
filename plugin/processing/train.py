"""Fine-tune a model."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Dict, Optional

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterField,
    QgsProcessingParameterNumber,
    QgsProcessingParameterVectorLayer,
)

from urbangrain.engine.protocol import TrainJob

from ..i18n import tr
from .parameters import advanced
from .training import TrainingAlgorithm


class TrainAlgorithm(TrainingAlgorithm):
    """A model, an image and reference polygons in; a model that knows them out."""

    INPUT, BANDS, REFERENCE, FIELD, MAPPING = "INPUT", "BANDS", "REFERENCE", "FIELD", "MAPPING"
    VALIDATION, VALIDATION_FIELD, SHARE = "VALIDATION", "VALIDATION_FIELD", "VALIDATION_SHARE"
    EPOCHS, RESUME = "EPOCHS", "RESUME"

    def name(self) -> str:
        """Return the algorithm's id."""
        return "train"

    def displayName(self) -> str:
        """Return the name in the toolbox."""
        return tr("Fine-tune a model")

    def shortHelpString(self) -> str:
        """Return the help beside the parameters."""
        return tr(
            "Teaches a model with reference polygons of your own image and writes it as a new model. A share of the "
            "polygons, by place, is kept to measure it; the weights that do best there are the ones that are kept. The "
            "log has loss, overall accuracy and mean IoU as they develop, the curves are written as a table.\n\n"
            "Cancel ends the training and keeps the best weights so far.\n\n"
            "Model: an id such as landcover, or the path of a model's folder or card. Its classes, bands and scaling "
            "stay.\n"
            'Mapping: JSON such as {"park": 3, "lake": 1} from values of the field to class values. Empty: guessed by '
            "name. Values without a class are not learnt from.\n"
            "Folder: its name is the new model's id. A folder in the models folder of your QGIS profile is listed in "
            "the dock."
        )

    def initAlgorithm(self, config: Optional[Dict[str, Any]] = None) -> None:
        """Declare the parameters."""
        number = QgsProcessingParameterNumber
        self.add_model()
        self.add_source(self.INPUT, self.BANDS, self.REFERENCE, self.FIELD, self.MAPPING, optional=False)
        advanced(
            self,
            QgsProcessingParameterVectorLayer(
                self.VALIDATION,
                tr("Validation polygons of the same image"),
                [QgsProcessing.SourceType.TypeVectorPolygon],
                optional=True,
            ),
        )
        advanced(
            self,
            QgsProcessingParameterField(
                self.VALIDATION_FIELD,
                tr("Their class field"),
                parentLayerParameterName=self.VALIDATION,
                optional=True,
            ),
        )
        share = number(
            self.SHARE, tr("Share kept for validation"), number.Type.Double, 0.25, minValue=0.05, maxValue=0.5
        )
        share.setMetadata({"widget_wrapper": {"decimals": 2}})
        advanced(self, share)
        advanced(self, number(self.EPOCHS, tr("Epochs (0: as the recipe)"), number.Type.Integer, 0, minValue=0))
        advanced(self, QgsProcessingParameterBoolean(self.RESUME, tr("Go on with an interrupted run"), False))
        self.add_how()

    def processAlgorithm(
        self, parameters: Dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> Dict[str, Any]:
        """Run the job."""
        names = (self.INPUT, self.BANDS, self.REFERENCE, self.FIELD, self.MAPPING)
        source = self.source(parameters, context, feedback, *names)
        if source is None:
            raise QgsProcessingException(tr("Choose a raster layer."))
        path, table = self.polygons(parameters, self.VALIDATION, context, feedback)
        field = self.parameterAsString(parameters, self.VALIDATION_FIELD, context) or source.field
        validation = (replace(source, reference=path, layer=table, field=field),) if path else ()

        def make() -> TrainJob:
            return TrainJob(
                sources=(source,),
                validation=validation,
                validation_share=self.parameterAsDouble(parameters, self.SHARE, context),
                epochs=self.parameterAsInt(parameters, self.EPOCHS, context),
                resume=self.parameterAsBool(parameters, self.RESUME, context),
                **self.how(parameters, context),
            )

        return self.outputs(self.follow(make, feedback, keeps=True), False, feedback)
