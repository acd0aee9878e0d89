"""What the algorithms that make models share: parameters, and what comes out."""

from __future__ import annotations

import glob
import math
import os
from typing import Any, Dict, Optional, Tuple

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputFile,
    QgsProcessingOutputNumber,
    QgsProcessingParameterEnum,
    QgsProcessingParameterField,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
    QgsProcessingParameterVectorLayer,
)

from urbangrain.engine.protocol import PRECISIONS, TrainPoint, TrainResult, TrainSource

from .. import choices, training_wording
from ..dock.catalogue import CARD
from ..dock.train_target import DEFAULT_MINUTES
from ..i18n import tr
from ..layers import sources
from .base import EngineAlgorithm
from .parameters import advanced, choice, mapping_of_values, numbers_of_bands


class TrainingAlgorithm(EngineAlgorithm):
    """Base of the algorithms that make a model."""

    MODEL, TITLE, MINUTES, OUTPUT = "MODEL", "TITLE", "MINUTES", "OUTPUT"
    TILE, BATCH, RATE, SEED, DEVICE, PRECISION = "TILE", "BATCH", "LEARNING_RATE", "SEED", "DEVICE", "PRECISION"

    def add_model(self) -> None:
        """Declare the model to start from."""
        self.addParameter(QgsProcessingParameterString(self.MODEL, tr("Model to start from"), "landcover"))

    def add_source(self, image: str, bands: str, reference: str, field: str, mapping: str, optional: bool) -> None:
        """Declare an image with reference polygons under these names."""
        polygon = [QgsProcessing.SourceType.TypeVectorPolygon]
        texts = self.source_texts()
        self.addParameter(QgsProcessingParameterRasterLayer(image, texts[0], optional=optional))
        self.addParameter(QgsProcessingParameterVectorLayer(reference, texts[1], polygon, optional=optional))
        self.addParameter(
            QgsProcessingParameterField(field, texts[2], parentLayerParameterName=reference, optional=optional)
        )
        self.addParameter(
            QgsProcessingParameterString(mapping, tr("Mapping (JSON)"), "", multiLine=True, optional=True)
        )
        advanced(self, QgsProcessingParameterString(bands, texts[3], "", optional=True))

    def source_texts(self) -> Tuple[str, str, str, str]:
        """Return what image, polygons, field and bands are called."""
        return tr("Image"), tr("Reference"), tr("Class field"), tr("Bands")

    def add_how(self) -> None:
        """Declare name, time limit, the folded ones, and what comes out."""
        number = QgsProcessingParameterNumber
        self.addParameter(QgsProcessingParameterString(self.TITLE, tr("Name of the new model"), "", optional=True))
        text = tr("Time limit (minutes; 0: none)")
        limit = number(self.MINUTES, text, number.Type.Double, DEFAULT_MINUTES, minValue=0)
        limit.setMetadata({"widget_wrapper": {"decimals": 1}})
        self.addParameter(limit)
        for name, text in (
            (self.TILE, tr("Training tile (px; 0: as the recipe)")),
            (self.BATCH, tr("Batch (0: as the recipe)")),
            (self.SEED, tr("Seed")),
        ):
            advanced(self, number(name, text, number.Type.Integer, 0, minValue=0))
        rate = number(self.RATE, tr("Learning rate (0: as the recipe)"), number.Type.Double, 0, minValue=0)
        rate.setMetadata({"widget_wrapper": {"decimals": 6}})
        advanced(self, rate)
        advanced(self, QgsProcessingParameterString(self.DEVICE, tr("Device (auto, cpu, cuda, cuda:1)"), "auto"))
        precision: QgsProcessingParameterEnum = choice(self.PRECISION, tr("Precision"), choices.precisions(), "auto")
        advanced(self, precision)
        self.addParameter(QgsProcessingParameterFolderDestination(self.OUTPUT, tr("Folder of the new model")))
        self.addOutput(QgsProcessingOutputFile("CARD", tr("Model card")))
        self.addOutput(QgsProcessingOutputFile("CURVES", tr("Curves (CSV)")))
        self.addOutput(QgsProcessingOutputNumber("OA_BEFORE", tr("Overall accuracy before")))
        self.addOutput(QgsProcessingOutputNumber("OA_AFTER", tr("Overall accuracy after")))

    def how(self, parameters: Dict[str, Any], context: QgsProcessingContext) -> Dict[str, Any]:
        """Return the values of all of them, as the jobs name them."""
        folder = os.path.abspath(self.parameterAsString(parameters, self.OUTPUT, context))
        if glob.glob(os.path.join(glob.escape(folder), "*", CARD)):  # which a card among them would hide
            text = tr("The folder {folder} holds models. Choose a new folder inside it.")
            raise QgsProcessingException(text.format(folder=folder))
        return {
            "model": self.parameterAsString(parameters, self.MODEL, context),
            "out": folder,
            "title": self.parameterAsString(parameters, self.TITLE, context).strip(),
            "minutes": self.parameterAsDouble(parameters, self.MINUTES, context),
            "tile": self.parameterAsInt(parameters, self.TILE, context),
            "batch": self.parameterAsInt(parameters, self.BATCH, context),
            "learning_rate": self.parameterAsDouble(parameters, self.RATE, context),
            "seed": self.parameterAsInt(parameters, self.SEED, context),
            "device": self.parameterAsString(parameters, self.DEVICE, context) or "auto",
            "precision": PRECISIONS[self.parameterAsEnum(parameters, self.PRECISION, context)],
            "overwrite": True,  # the person chose the folder in QGIS's own dialogue
        }

    def source(
        self,
        parameters: Dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
        image: str,
        bands: str,
        reference: str,
        field: str,
        mapping: str,
    ) -> Optional[TrainSource]:
        """Return an image with reference polygons; None where there is no image."""
        layer = self.parameterAsRasterLayer(parameters, image, context)
        if layer is None:
            return None
        path, table = self.polygons(parameters, reference, context, feedback)
        name = self.parameterAsString(parameters, field, context)
        if not path or not name:
            raise QgsProcessingException(tr("Choose reference polygons and their class field."))
        try:
            raster = sources.raster_path(layer)
        except sources.UnusableLayer as error:
            raise QgsProcessingException(str(error)) from None
        values = mapping_of_values(self.parameterAsString(parameters, mapping, context))
        numbers = numbers_of_bands(self.parameterAsString(parameters, bands, context))
        return TrainSource(raster, path, name, table, values, numbers)

    def polygons(
        self, parameters: Dict[str, Any], name: str, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> Tuple[str, Optional[str]]:
        """Return a polygon layer as file and layer name; ('', None) where there is none."""
        if parameters.get(name) in (None, ""):
            return "", None
        path, table = self.parameterAsCompatibleSourceLayerPathAndLayerName(
            parameters, name, context, ["gpkg", "shp", "geojson"], "gpkg", feedback
        )
        return (os.path.abspath(path), table or None) if path else ("", None)

    def outputs(self, result: TrainResult, adapted: bool, feedback: QgsProcessingFeedback) -> Dict[str, Any]:
        """Say what was made and what it gained; return it as Processing does."""
        feedback.pushInfo(training_wording.made(result))
        gained = training_wording.gain(result, adapted)
        if gained:
            feedback.pushInfo(gained)
        points = result.points
        before, after = training_wording.first_look(points), training_wording.kept_point(points)
        return {
            self.OUTPUT: result.folder,
            "CARD": result.model.path,
            "CURVES": result.curves,
            "OA_BEFORE": _accuracy(before),
            "OA_AFTER": _accuracy(after),
        }


def _accuracy(point: Optional[TrainPoint]) -> Optional[float]:
    return point.overall_accuracy if point is not None and math.isfinite(point.overall_accuracy) else None
