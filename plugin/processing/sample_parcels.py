"""Parcels to label."""

from __future__ import annotations

import os
from typing import Any, Dict, Optional

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterNumber,
    QgsProcessingParameterPoint,
    QgsProcessingParameterVectorDestination,
)

from urbangrain.engine.protocol import ALLOCATIONS, SampleParcelsJob, SampleParcelsResult

from ..i18n import tr
from ..layers import sources, styles
from .base import EngineAlgorithm, Styler
from .make_parcels import FORMATS
from .parameters import advanced, choice


class SampleParcelsAlgorithm(EngineAlgorithm):
    """Many parcels in, those to label out."""

    PARCELS, COUNT, MIN_AREA, MAX_AREA, CENTRE = "PARCELS", "COUNT", "MIN_AREA", "MAX_AREA", "CENTRE"
    STRATA, ALLOCATION, UNCERTAINTY = "STRATA", "ALLOCATION", "UNCERTAINTY"
    WEIGHT, DISPERSION, SEED, OUTPUT = "WEIGHT", "DISPERSION", "SEED", "OUTPUT"

    def name(self) -> str:
        """Return the algorithm's id."""
        return "sampleparcels"

    def displayName(self) -> str:
        """Return the name in the toolbox."""
        return tr("Sample parcels to label")

    def shortHelpString(self) -> str:
        """Return the help beside the parameters."""
        return tr(
            "Chooses parcels that are neither too small nor too large, by closeness to the city's centre and by "
            "chance. Fields of the parcels can divide the sample among predicted classes, or put the most uncertain "
            "parcels first.\n\n"
            "Dispersion: the larger, the more parcels far from the centre; at 1 a parcel at the rim is a tenth as "
            "likely as one in the centre. Without a centre, the centroid of all parcels is taken.\n\n"
            "The result has all attributes, and the rank and score of each parcel."
        )

    def initAlgorithm(self, config: Optional[Dict[str, Any]] = None) -> None:
        """Declare the parameters."""
        number, field, kinds = QgsProcessingParameterNumber, QgsProcessingParameterField, QgsProcessing.SourceType
        polygons = [kinds.TypeVectorPolygon]
        self.addParameter(QgsProcessingParameterFeatureSource(self.PARCELS, tr("Parcels"), polygons))
        self.addParameter(number(self.COUNT, tr("How many"), number.Type.Integer, 100, minValue=1))
        for name, text, default in (
            (self.MIN_AREA, tr("Smallest parcel (m²)"), 38931.315),
            (self.MAX_AREA, tr("Largest parcel (m²; 0: no limit)"), 676818.47),
        ):
            limit = number(name, text, number.Type.Double, default, minValue=0)
            limit.setMetadata({"widget_wrapper": {"decimals": 3}})  # the paper's limits have as many
            self.addParameter(limit)
        self.addParameter(QgsProcessingParameterPoint(self.CENTRE, tr("Centre of the city"), optional=True))
        text = tr("Divide among the values of")
        self.addParameter(field(self.STRATA, text, None, self.PARCELS, optional=True))
        options = (("equal", tr("as many of each")), ("proportional", tr("in proportion to how many there are")))
        self.addParameter(choice(self.ALLOCATION, tr("How it is divided"), options, "equal"))
        text = tr("Most uncertain first, by")
        numeric = field.DataType.Numeric
        self.addParameter(field(self.UNCERTAINTY, text, None, self.PARCELS, numeric, optional=True))
        weight = number(
            self.WEIGHT, tr("Weight of closeness (0 to 1; the rest is chance)"), number.Type.Double, 0.7, False, 0, 1
        )
        weight.setMetadata({"widget_wrapper": {"decimals": 2}})
        advanced(self, weight)
        dispersion = number(self.DISPERSION, tr("Dispersion"), number.Type.Double, 1, minValue=0.01)
        dispersion.setMetadata({"widget_wrapper": {"decimals": 2}})
        advanced(self, dispersion)
        advanced(self, number(self.SEED, tr("Seed"), number.Type.Integer, 0, minValue=0))
        self.addParameter(
            QgsProcessingParameterVectorDestination(self.OUTPUT, tr("Parcels to label"), kinds.TypeVectorPolygon)
        )
        self.addOutput(QgsProcessingOutputNumber("CHOSEN_COUNT", tr("Number of parcels")))

    def processAlgorithm(
        self, parameters: Dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> Dict[str, Any]:
        """Run the job."""
        path, table = self.parameterAsCompatibleSourceLayerPathAndLayerName(
            parameters, self.PARCELS, context, FORMATS, "gpkg", feedback
        )
        out = self.parameterAsOutputLayer(parameters, self.OUTPUT, context)
        centre = centre_crs = None
        if parameters.get(self.CENTRE):
            point = self.parameterAsPoint(parameters, self.CENTRE, context)
            centre = (point.x(), point.y())
            centre_crs = sources.crs_text(self.parameterAsPointCrs(parameters, self.CENTRE, context))

        def make() -> SampleParcelsJob:
            return SampleParcelsJob(
                parcels=os.path.abspath(path),
                out=out,
                count=self.parameterAsInt(parameters, self.COUNT, context),
                layer=table or None,
                min_area_m2=self.parameterAsDouble(parameters, self.MIN_AREA, context),
                max_area_m2=self.parameterAsDouble(parameters, self.MAX_AREA, context),
                centre=centre,
                centre_crs=centre_crs,
                distance_weight=self.parameterAsDouble(parameters, self.WEIGHT, context),
                dispersion=self.parameterAsDouble(parameters, self.DISPERSION, context),
                seed=self.parameterAsInt(parameters, self.SEED, context),
                strata_field=self.parameterAsString(parameters, self.STRATA, context) or None,
                allocation=ALLOCATIONS[self.parameterAsEnum(parameters, self.ALLOCATION, context)],
                uncertainty_field=self.parameterAsString(parameters, self.UNCERTAINTY, context) or None,
                overwrite=True,
            )

        result: SampleParcelsResult = self.follow(make, feedback)
        for value, count in result.strata.items():
            feedback.pushInfo(tr("{value}: {count}").format(value=value or tr("no value"), count=count))
        Styler.attach(context, out, styles.style_parcel_outlines)
        return {self.OUTPUT: out, "CHOSEN_COUNT": result.chosen}
