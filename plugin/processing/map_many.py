"""Map many scenes with a model, as one job."""

from __future__ import annotations

import os
from typing import Any, Dict, List, Optional

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingOutputRasterLayer,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFile,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from urbangrain.engine.protocol import MOSAICS, MapManyJob, MapManyResult

from .. import choices, wording
from ..i18n import tr
from ..layers import results, sources, styles
from .base import EngineAlgorithm, Styler
from .parameters import SamplingParameters, advanced, choice, metres


class MapManyAlgorithm(SamplingParameters, EngineAlgorithm):
    """A folder or a list of scenes in, a folder of maps and their mosaic out."""

    FOLDER, LAYERS, LIST, ASSET = "FOLDER", "LAYERS", "LIST", "ASSET"
    DASK, BLOCK = "DASK", "BLOCK"
    CONFIDENCE, MOSAIC_FORM, LOAD, OVERWRITE = "CONFIDENCE", "MOSAIC_FORM", "LOAD", "OVERWRITE"
    OUTPUT, MOSAIC, MAPPED, FAILED = "OUTPUT", "MOSAIC", "MAPPED", "FAILED"

    def name(self) -> str:
        """Return the algorithm's id."""
        return "mapmany"

    def displayName(self) -> str:
        """Return the name in the toolbox."""
        return tr("Map many scenes")

    def shortHelpString(self) -> str:
        """Return the help beside the parameters."""
        return tr(
            "Maps all rasters of a folder, of a list or of some layers with one model: a class raster for each scene, "
            "and a mosaic of them with colours and class names. Where scenes overlap, the one listed first is on "
            "top.\n\n"
            "A scene that cannot be mapped is reported and costs the others nothing. Running the same again maps only "
            "what is missing, and goes on where an interrupted run stopped.\n\n"
            "List: a text file with one raster a line, a VRT mosaic (its files are the scenes) or a STAC "
            "ItemCollection (.json).\n"
            "Dask scheduler: an address such as tcp://host:8786, or the path of a scheduler file. Its workers need the "
            "engine, and must see all files under the same paths."
        )

    def initAlgorithm(self, config: Optional[Dict[str, Any]] = None) -> None:
        """Declare the parameters."""
        number, file = QgsProcessingParameterNumber, QgsProcessingParameterFile
        raster = QgsProcessing.SourceType.TypeRaster
        self.addParameter(file(self.FOLDER, tr("Folder of scenes"), file.Behavior.Folder, optional=True))
        self.addParameter(QgsProcessingParameterMultipleLayers(self.LAYERS, tr("Scenes"), raster, optional=True))
        self.addParameter(file(self.LIST, tr("List of scenes"), file.Behavior.File, optional=True))
        self.addParameter(QgsProcessingParameterString(self.MODEL, tr("Model"), "landcover"))
        self.add_cleanup(0, 0)
        self.add_sampling()
        advanced(self, QgsProcessingParameterString(self.ASSET, tr("STAC asset"), "", optional=True))
        advanced(self, QgsProcessingParameterString(self.DASK, tr("Dask scheduler"), "", optional=True))
        text = tr("Cut scenes into blocks of megapixels (0: only on Dask)")
        advanced(self, metres(number(self.BLOCK, text, number.Type.Double, 0, minValue=0)))
        advanced(self, QgsProcessingParameterBoolean(self.OVERWRITE, tr("Replace files of other jobs"), False))
        self.addParameter(QgsProcessingParameterBoolean(self.CONFIDENCE, tr("Confidence of each scene"), False))
        self.addParameter(choice(self.MOSAIC_FORM, tr("Mosaic"), choices.mosaics(), "vrt"))
        self.addParameter(QgsProcessingParameterBoolean(self.LOAD, tr("Load the mosaic"), True))
        self.addParameter(QgsProcessingParameterFolderDestination(self.OUTPUT, tr("Folder of the maps")))
        self.addOutput(QgsProcessingOutputRasterLayer(self.MOSAIC, tr("Mosaic")))
        self.addOutput(QgsProcessingOutputNumber(self.MAPPED, tr("Scenes that are mapped")))
        self.addOutput(QgsProcessingOutputNumber(self.FAILED, tr("Scenes that failed")))

    def processAlgorithm(
        self, parameters: Dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> Dict[str, Any]:
        """Run the job."""
        inputs = self._inputs(parameters, context)
        if not inputs:
            raise QgsProcessingException(tr("Choose a folder, layers or a list of scenes."))
        folder = os.path.abspath(self.parameterAsString(parameters, self.OUTPUT, context))
        how = self.sampling(parameters, context)

        def make() -> MapManyJob:
            return MapManyJob(
                inputs=tuple(inputs),
                model=self.parameterAsString(parameters, self.MODEL, context),
                out_dir=folder,
                mosaic=MOSAICS[self.parameterAsEnum(parameters, self.MOSAIC_FORM, context)],
                confidence=self.parameterAsBool(parameters, self.CONFIDENCE, context),
                asset=self.parameterAsString(parameters, self.ASSET, context).strip(),
                dask=self.parameterAsString(parameters, self.DASK, context).strip(),
                block_mpx=self.parameterAsDouble(parameters, self.BLOCK, context),
                **how,
                overwrite=self.parameterAsBool(parameters, self.OVERWRITE, context),
            )

        try:
            result: MapManyResult = self.follow(make, feedback)
        except QgsProcessingException:
            if feedback.isCanceled():
                text = tr("Cancelled. Scenes that were done are kept: the same run goes on with the rest.")
                raise QgsProcessingException(text) from None
            raise
        failed = [scene for scene in result.scenes if scene.state == "failed"]
        for scene in failed:
            why = wording.sentence(scene.code, scene.values)
            feedback.reportError(why if scene.image in why else f"{scene.image}: {why}")
        if len(failed) == len(result.scenes):
            raise QgsProcessingException(tr("None of the scenes could be mapped."))
        if result.mosaic and self.parameterAsBool(parameters, self.LOAD, context):
            self._load(result, context)
        mapped = len(result.scenes) - len(failed)
        return {self.OUTPUT: folder, self.MOSAIC: result.mosaic, self.MAPPED: mapped, self.FAILED: len(failed)}

    def _inputs(self, parameters: Dict[str, Any], context: QgsProcessingContext) -> List[str]:
        paths = [self.parameterAsString(parameters, name, context) for name in (self.FOLDER, self.LIST)]
        inputs = [os.path.abspath(path) for path in paths if path]
        for layer in self.parameterAsLayerList(parameters, self.LAYERS, context) or ():
            try:
                inputs.append(sources.raster_path(layer))
            except sources.UnusableLayer as error:
                raise QgsProcessingException(str(error)) from None
        return inputs

    def _load(self, result: MapManyResult, context: QgsProcessingContext) -> None:
        """Let QGIS show the mosaic when the algorithm is over."""
        if context.project() is None:
            return
        details = QgsProcessingContext.LayerDetails(tr("Mosaic"), context.project(), self.MOSAIC)
        context.addLayerToLoadOnCompletion(result.mosaic, details)
        classes = result.class_infos

        def style(layer: Any) -> None:
            styles.style_classes(layer, classes)
            results.remember_classes(layer, classes)

        if classes:
            Styler.attach(context, result.mosaic, style)
