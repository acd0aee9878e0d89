"""Map imagery with a model."""

from __future__ import annotations

import os
from typing import Any, Dict, Optional, Tuple

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterExtent,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
    QgsProcessingParameterVectorDestination,
    QgsProcessingParameterVectorLayer,
)

from urbangrain.engine.protocol import (
    MapJob,
    MapResult,
    ModelsJob,
    ModelsResult,
)

from .. import wording
from ..dock.cleanup_widget import DEFAULT_HOLE_M2, DEFAULT_PATCH_M2
from ..i18n import tr
from ..layers import results, sources, styles
from .base import EngineAlgorithm, Styler
from .parameters import SamplingParameters, advanced, metres


class MapAlgorithm(SamplingParameters, EngineAlgorithm):
    """The main job."""

    INPUT, AREA, EXTENT, PARCELS = "INPUT", "AREA", "EXTENT", "PARCELS"
    SIMPLIFY, RESUME = "SIMPLIFY", "RESUME"
    CLASSES, CONFIDENCE, PROBABILITIES = "CLASSES", "CONFIDENCE", "PROBABILITIES"
    POLYGONS, PARCELS_OUT = "POLYGONS", "PARCELS_OUT"

    def name(self) -> str:
        """Return the algorithm's id."""
        return "map"

    def displayName(self) -> str:
        """Return the name in the toolbox."""
        return tr("Map imagery")

    def shortHelpString(self) -> str:
        """Return the help beside the parameters."""
        return tr(
            "Maps a raster with a model: overlapping windows, averaged over flips, blended; small patches and holes "
            "cleaned up. Gives a class raster with names and colours and, where asked for, confidence, probabilities, "
            "polygons, and class shares of parcels. A model that gives numbers (regression, super-resolution) makes a "
            "raster of them instead, and nothing else.\n\n"
            "Model: an id such as landcover, or the path of a model folder, card or .onnx file.\n"
            "Bands: numbers of the image's bands in the model's order, such as 1,2,3,4 (0: the image has none). "
            "Empty: guessed from the band names."
        )

    def initAlgorithm(self, config: Optional[Dict[str, Any]] = None) -> None:
        """Declare the parameters."""
        number = QgsProcessingParameterNumber
        polygon = [QgsProcessing.SourceType.TypeVectorPolygon]
        self.addParameter(QgsProcessingParameterRasterLayer(self.INPUT, tr("Image")))
        self.addParameter(QgsProcessingParameterString(self.MODEL, tr("Model"), "landcover"))
        self.addParameter(
            QgsProcessingParameterVectorLayer(self.AREA, tr("Map inside polygons"), polygon, optional=True)
        )
        self.addParameter(QgsProcessingParameterExtent(self.EXTENT, tr("Map inside extent"), optional=True))
        self.addParameter(QgsProcessingParameterVectorLayer(self.PARCELS, tr("Parcels"), polygon, optional=True))
        self.add_cleanup(DEFAULT_PATCH_M2, DEFAULT_HOLE_M2)
        self.add_sampling()
        advanced(self, metres(number(self.SIMPLIFY, tr("Simplify polygons (m)"), number.Type.Double, 0, minValue=0)))
        advanced(self, QgsProcessingParameterBoolean(self.RESUME, tr("Go on with an interrupted run"), False))
        self.addParameter(QgsProcessingParameterRasterDestination(self.CLASSES, tr("Classes or values")))
        for name, text, default in (
            (self.CONFIDENCE, tr("Confidence"), True),
            (self.PROBABILITIES, tr("Probabilities"), False),
        ):
            self.addParameter(
                QgsProcessingParameterRasterDestination(name, text, optional=True, createByDefault=default)
            )
        for name, text, default in (
            (self.POLYGONS, tr("Polygons"), False),
            (self.PARCELS_OUT, tr("Parcels with class shares"), False),
        ):
            self.addParameter(
                QgsProcessingParameterVectorDestination(
                    name, text, QgsProcessing.SourceType.TypeVectorPolygon, optional=True, createByDefault=default
                )
            )

    def processAlgorithm(
        self, parameters: Dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> Dict[str, Any]:
        """Run the job."""
        layer = self.parameterAsRasterLayer(parameters, self.INPUT, context)
        try:
            image = sources.raster_path(layer)
        except sources.UnusableLayer as error:
            raise QgsProcessingException(str(error)) from None
        area, area_layer = self._polygons(parameters, self.AREA, context, feedback)
        parcels, parcels_layer = self._polygons(parameters, self.PARCELS, context, feedback)
        parcels_out = self._destination(parameters, self.PARCELS_OUT, context)
        if parcels_out and not parcels:
            raise QgsProcessingException(tr("Choose a parcel layer, or leave its output empty."))
        if parcels and not parcels_out:
            parcels = parcels_layer = None
        extent = self.parameterAsExtent(parameters, self.EXTENT, context)
        rectangle = sources.rectangle(extent)
        crs = self.parameterAsExtentCrs(parameters, self.EXTENT, context) if rectangle else None
        model = self.parameterAsString(parameters, self.MODEL, context)
        of_values = self._gives_values(model, feedback)
        if of_values:
            # What is on unless somebody switches it off is left out, and said; what was asked for, the engine refuses.
            parameters = {**parameters, self.CONFIDENCE: None, self.MIN_PATCH: 0.0, self.FILL_HOLES: 0.0}
            feedback.pushInfo(tr("The model gives numbers, not classes: no confidence and no clean-up."))
        outputs = {
            self.CLASSES: self.parameterAsOutputLayer(parameters, self.CLASSES, context),
            self.CONFIDENCE: self._destination(parameters, self.CONFIDENCE, context),
            self.PROBABILITIES: self._destination(parameters, self.PROBABILITIES, context),
            self.POLYGONS: self._destination(parameters, self.POLYGONS, context),
            self.PARCELS_OUT: parcels_out,
        }

        def make() -> MapJob:
            return MapJob(
                image=image,
                model=model,
                out=outputs[self.CLASSES],
                confidence=outputs[self.CONFIDENCE],
                probabilities=outputs[self.PROBABILITIES],
                polygons=outputs[self.POLYGONS],
                parcels=parcels,
                parcels_layer=parcels_layer,
                parcels_out=outputs[self.PARCELS_OUT],
                aoi=area,
                aoi_layer=area_layer,
                extent=rectangle,
                extent_crs=sources.crs_text(crs) if crs is not None else None,
                **self.sampling(parameters, context),
                resume=self.parameterAsBool(parameters, self.RESUME, context),
                simplify_m=self.parameterAsDouble(parameters, self.SIMPLIFY, context),
                overwrite=True,  # the person chose these files in QGIS's own dialogue
            )

        result: MapResult = self.follow(make, feedback)
        classes = result.class_infos

        def style_classes(loaded: Any) -> None:
            styles.style_classes(loaded, classes)
            results.remember_classes(loaded, classes)

        for band in result.values:
            feedback.pushInfo(f"{wording.name(band.name)}: {wording.spread(band.minimum, band.mean, band.maximum)}")
        if result.values:
            Styler.attach(context, outputs[self.CLASSES], lambda loaded: styles.style_values(loaded, result.values))
        else:
            Styler.attach(context, outputs[self.CLASSES], style_classes)
        Styler.attach(context, outputs[self.CONFIDENCE], styles.style_confidence)
        Styler.attach(context, outputs[self.POLYGONS], lambda loaded: styles.style_polygons(loaded, classes))
        Styler.attach(context, outputs[self.PARCELS_OUT], lambda loaded: styles.style_parcels(loaded, classes))
        return {name: path for name, path in outputs.items() if path}

    def _gives_values(self, model: str, feedback: QgsProcessingFeedback) -> bool:
        """Ask the engine whether a model gives numbers; only files of a person's own may."""
        path = model.partition("#")[0]
        if not path.lower().endswith(".onnx"):
            return False
        listed: ModelsResult = self.follow(lambda: ModelsJob((path,)), feedback, quiet=True)
        wanted = os.path.normpath(path if model.endswith("#1") else model)
        return any(os.path.normpath(info.path) == wanted and info.values for info in listed.models)

    def _destination(self, parameters: Dict[str, Any], name: str, context: QgsProcessingContext) -> Optional[str]:
        if parameters.get(name) is None:
            return None
        return self.parameterAsOutputLayer(parameters, name, context) or None

    def _polygons(
        self,
        parameters: Dict[str, Any],
        name: str,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> Tuple[Optional[str], Optional[str]]:
        if parameters.get(name) in (None, ""):
            return None, None
        path, table = self.parameterAsCompatibleSourceLayerPathAndLayerName(
            parameters, name, context, ["gpkg", "shp", "geojson"], "gpkg", feedback
        )
        return (os.path.abspath(path), table or None) if path else (None, None)
