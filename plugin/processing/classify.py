"""Land use of parcels."""

from __future__ import annotations

import os
from typing import Any, Dict, Optional, Tuple

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterField,
    QgsProcessingParameterFile,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
    QgsProcessingParameterVectorDestination,
    QgsProcessingParameterVectorLayer,
)

from urbangrain.engine.protocol import ClassifyJob, ClassifyResult

from ..i18n import tr
from ..layers import sources, styles
from .base import EngineAlgorithm, Styler
from .parameters import advanced, numbers_of_bands

FORMATS = ["gpkg", "shp", "geojson"]


class ClassifyParcelsAlgorithm(EngineAlgorithm):
    """A parcel model over polygons, from any of its sources."""

    PARCELS, MODEL, IMAGE, BANDS = "PARCELS", "MODEL", "IMAGE", "BANDS"
    POIS, POIS_FIELD = "POIS", "POIS_FIELD"
    DENSITY, DENSITY_TABLE, DENSITY_KEY = "DENSITY", "DENSITY_TABLE", "DENSITY_KEY"
    CLASSES, PATCHES, SEED, DEVICE, OUTPUT = "CLASSES", "PATCHES", "SEED", "DEVICE", "OUTPUT"

    def name(self) -> str:
        """Return the algorithm's id."""
        return "classifyparcels"

    def displayName(self) -> str:
        """Return the name in the toolbox."""
        return tr("Classify parcels")

    def shortHelpString(self) -> str:
        """Return the help beside the parameters."""
        return tr(
            "Says what parcels are used for: residential, commercial, public, industrial, or agricultural and natural. "
            "It looks at image patches inside a parcel, at its points of interest, and at how many people are there in "
            "each hour of a day. Give one of the three at least; the more, the better. Each parcel says which were "
            "used.\n\n"
            "The result has the probability of each class, the land use, its confidence, the entropy (0: sure, 1: no "
            "idea), a quality from 0 to 5, area and size group. Two styles come with it: by land use and by "
            "quality.\n\n"
            "Model: an id such as parcels, or the path of a model folder or card.\n"
            "Category: the field with OpenStreetMap tags or values, or Gaode types or codes.\n"
            "User density: a raster of 24 bands, or a CSV table with a column of the parcels' key and 24 of hours.\n"
            "Class raster: its shares are written beside the prediction.\n"
            "Bands: numbers of the image's bands in the model's order, such as 1,2,3. Empty: guessed from their names."
        )

    def initAlgorithm(self, config: Optional[Dict[str, Any]] = None) -> None:
        """Declare the parameters."""
        number = QgsProcessingParameterNumber
        raster, vector, field = (
            QgsProcessingParameterRasterLayer,
            QgsProcessingParameterVectorLayer,
            QgsProcessingParameterField,
        )
        polygon = [QgsProcessing.SourceType.TypeVectorPolygon]
        anything = [QgsProcessing.SourceType.TypeVectorAnyGeometry]
        self.addParameter(vector(self.PARCELS, tr("Parcels"), polygon))
        self.addParameter(QgsProcessingParameterString(self.MODEL, tr("Model"), "parcels"))
        self.addParameter(raster(self.IMAGE, tr("Image"), optional=True))
        self.addParameter(vector(self.POIS, tr("Points of interest"), anything, optional=True))
        text = tr("Category of the points of interest")
        self.addParameter(field(self.POIS_FIELD, text, None, self.POIS, optional=True))
        self.addParameter(raster(self.DENSITY, tr("User density (raster of 24 bands)"), optional=True))
        text = tr("User density (table)")
        self.addParameter(
            QgsProcessingParameterFile(
                self.DENSITY_TABLE, text, optional=True, fileFilter=tr("Tables (*.csv *.tsv *.txt)")
            )
        )
        text = tr("Key of the parcels in the table")
        self.addParameter(field(self.DENSITY_KEY, text, None, self.PARCELS, optional=True))
        self.addParameter(raster(self.CLASSES, tr("Class raster"), optional=True))
        advanced(self, QgsProcessingParameterString(self.BANDS, tr("Bands"), "", optional=True))
        text = tr("Most image patches of a parcel")
        advanced(self, number(self.PATCHES, text, number.Type.Integer, 16, minValue=1, maxValue=1000))
        text = tr("Seed of the patches' places")
        advanced(self, number(self.SEED, text, number.Type.Integer, 0, minValue=0))
        advanced(self, QgsProcessingParameterString(self.DEVICE, tr("Device (auto, cpu, cuda, cuda:0)"), "auto"))
        self.addParameter(
            QgsProcessingParameterVectorDestination(
                self.OUTPUT, tr("Classified parcels"), QgsProcessing.SourceType.TypeVectorPolygon
            )
        )
        self.addOutput(QgsProcessingOutputNumber("PARCEL_COUNT", tr("Number of parcels")))
        self.addOutput(QgsProcessingOutputNumber("CLASSIFIED_COUNT", tr("Parcels with a land use")))

    def processAlgorithm(
        self, parameters: Dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> Dict[str, Any]:
        """Run the job."""
        parcels, layer = self._vector(parameters, self.PARCELS, context, feedback)
        pois, pois_layer = self._vector(parameters, self.POIS, context, feedback)
        image = self._raster(parameters, self.IMAGE, context)
        classes = self._raster(parameters, self.CLASSES, context)
        density = self._raster(parameters, self.DENSITY, context)
        table = self.parameterAsFile(parameters, self.DENSITY_TABLE, context)
        if density and table:
            raise QgsProcessingException(tr("Give the user density as a raster or as a table, not as both."))
        if not (image or pois or density or table):
            raise QgsProcessingException(tr("Give an image, points of interest or the user density: one at least."))
        category = self.parameterAsString(parameters, self.POIS_FIELD, context)
        if pois and not category:
            raise QgsProcessingException(tr("Choose the field with the category of the points of interest."))
        key = self.parameterAsString(parameters, self.DENSITY_KEY, context)
        if table and not key:
            raise QgsProcessingException(tr("Choose the field of the parcels that the table names them by."))
        out = self.parameterAsOutputLayer(parameters, self.OUTPUT, context)

        def make() -> ClassifyJob:
            return ClassifyJob(
                parcels=parcels or "",
                out=out,
                model=self.parameterAsString(parameters, self.MODEL, context),
                layer=layer,
                image=image,
                bands=numbers_of_bands(self.parameterAsString(parameters, self.BANDS, context)),
                pois=pois,
                pois_layer=pois_layer,
                pois_field=category or "category",
                density=density or table or None,
                density_key=key or "parcel_id",
                classes=classes,
                most_patches=self.parameterAsInt(parameters, self.PATCHES, context),
                seed=self.parameterAsInt(parameters, self.SEED, context),
                device=self.parameterAsString(parameters, self.DEVICE, context) or "auto",
                overwrite=True,  # the person chose the file in QGIS's own dialogue
            )

        result: ClassifyResult = self.follow(make, feedback)
        Styler.attach(context, out, lambda loaded: styles.style_land_use(loaded, result.class_infos))
        return {self.OUTPUT: out, "PARCEL_COUNT": result.parcels, "CLASSIFIED_COUNT": result.classified}

    def _raster(self, parameters: Dict[str, Any], name: str, context: QgsProcessingContext) -> Optional[str]:
        if parameters.get(name) in (None, ""):
            return None
        try:
            return sources.raster_path(self.parameterAsRasterLayer(parameters, name, context))
        except sources.UnusableLayer as error:
            raise QgsProcessingException(str(error)) from None

    def _vector(
        self, parameters: Dict[str, Any], name: str, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> Tuple[Optional[str], Optional[str]]:
        if parameters.get(name) in (None, ""):
            return None, None
        path, table = self.parameterAsCompatibleSourceLayerPathAndLayerName(
            parameters, name, context, FORMATS, "gpkg", feedback
        )
        return (os.path.abspath(path), table or None) if path else (None, None)
