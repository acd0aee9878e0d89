"""Adapt a model to imagery without labels."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Tuple

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from urbangrain.engine.protocol import AdaptJob

from ..i18n import tr
from ..layers import sources
from .parameters import advanced, numbers_of_bands
from .training import TrainingAlgorithm


class AdaptAlgorithm(TrainingAlgorithm):
    """A model and images without labels in; a model that is fitted to them out."""

    TARGETS, TARGET_BANDS, BY_REGION, STEPS = "TARGETS", "TARGET_BANDS", "BY_REGION", "STEPS"
    SOURCE, SOURCE_BANDS, REFERENCE, FIELD, MAPPING = "SOURCE", "SOURCE_BANDS", "REFERENCE", "FIELD", "MAPPING"

    def name(self) -> str:
        """Return the algorithm's id."""
        return "adapt"

    def displayName(self) -> str:
        """Return the name in the toolbox."""
        return tr("Adapt a model without labels")

    def shortHelpString(self) -> str:
        """Return the help beside the parameters."""
        return tr(
            "Fits a model to the look of another place or sensor: it learns to make maps of the new images that cannot "
            "be told from its maps of labelled ones. No polygons of the new images are needed, and so how accurate the "
            "model is there is not known: compare the maps of both models.\n\n"
            "Labelled image: one of the kind that the model learnt from, with reference polygons, so that it does not "
            "forget. Without one, demo cities stand in where the model's classes and bands are those of landcover.\n\n"
            "Cancel ends the adaptation and keeps the weights as they are.\n\n"
            "Folder: its name is the new model's id. A folder in the models folder of your QGIS profile is listed in "
            "the dock."
        )

    def source_texts(self) -> Tuple[str, str, str, str]:
        """Return what image, polygons, field and bands are called."""
        return tr("Labelled image"), tr("Its reference polygons"), tr("Their class field"), tr("Its bands")

    def initAlgorithm(self, config: Optional[Dict[str, Any]] = None) -> None:
        """Declare the parameters."""
        number = QgsProcessingParameterNumber
        raster = QgsProcessing.SourceType.TypeRaster
        self.add_model()
        self.addParameter(QgsProcessingParameterMultipleLayers(self.TARGETS, tr("Images to adapt to"), raster))
        self.add_source(self.SOURCE, self.SOURCE_BANDS, self.REFERENCE, self.FIELD, self.MAPPING, optional=True)
        advanced(self, QgsProcessingParameterString(self.TARGET_BANDS, tr("Bands"), "", optional=True))
        text = tr("One image after the other, each from the last one's model")
        advanced(self, QgsProcessingParameterBoolean(self.BY_REGION, text, False))
        text = tr("Steps for each round (0: as the recipe)")
        advanced(self, number(self.STEPS, text, number.Type.Integer, 0, minValue=0))
        self.add_how()

    def processAlgorithm(
        self, parameters: Dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> Dict[str, Any]:
        """Run the job."""
        names = (self.SOURCE, self.SOURCE_BANDS, self.REFERENCE, self.FIELD, self.MAPPING)
        source = self.source(parameters, context, feedback, *names)
        targets = self._targets(parameters, context)

        def make() -> AdaptJob:
            return AdaptJob(
                targets=tuple(targets),
                sources=(source,) if source is not None else (),
                target_bands=numbers_of_bands(self.parameterAsString(parameters, self.TARGET_BANDS, context)),
                by_region=self.parameterAsBool(parameters, self.BY_REGION, context),
                steps=self.parameterAsInt(parameters, self.STEPS, context),
                **self.how(parameters, context),
            )

        return self.outputs(self.follow(make, feedback, keeps=True), True, feedback)

    def _targets(self, parameters: Dict[str, Any], context: QgsProcessingContext) -> List[str]:
        try:
            layers = self.parameterAsLayerList(parameters, self.TARGETS, context) or ()
            return [sources.raster_path(layer) for layer in layers]
        except sources.UnusableLayer as error:
            raise QgsProcessingException(str(error)) from None
