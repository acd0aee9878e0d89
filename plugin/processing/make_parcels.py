"""Parcels from streets."""

from __future__ import annotations

import os
from typing import Any, Dict, List, Optional

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterMatrix,
    QgsProcessingParameterNumber,
    QgsProcessingParameterVectorDestination,
)

from urbangrain.engine.protocol import ROAD_WIDTHS, MakeParcelsJob, MakeParcelsResult

from ..i18n import tr
from ..layers import styles
from .base import EngineAlgorithm, Styler
from .parameters import metres

FORMATS = ["gpkg", "shp", "geojson"]
CLASS_FIELDS = ("highway", "fclass")  # OpenStreetMap's own, and that of Geofabrik's shapefiles


class MakeParcelsAlgorithm(EngineAlgorithm):
    """A boundary and road lines in, parcels out."""

    BOUNDARY, ROADS, FIELD, WIDTHS, DEFAULT_WIDTH = "BOUNDARY", "ROADS", "FIELD", "WIDTHS", "DEFAULT_WIDTH"
    OPENING, MIN_AREA, MAX_AREA, OUTPUT = "OPENING", "MIN_AREA", "MAX_AREA", "OUTPUT"

    def name(self) -> str:
        """Return the algorithm's id."""
        return "makeparcels"

    def displayName(self) -> str:
        """Return the name in the toolbox."""
        return tr("Make parcels from streets")

    def shortHelpString(self) -> str:
        """Return the help beside the parameters."""
        return tr(
            "Cuts parcels out of a boundary: each road takes a band as wide as its class, and what is left is shrunk "
            "and grown again, so that slivers and necks disappear.\n\n"
            "Road widths: metres by class, of the whole roadbed; 0 does not cut. The table starts with the values of "
            "OpenStreetMap's key highway. Classes that are not in it get the width of other roads. Roads that a field "
            "named tunnel says to be underground do not cut.\n\n"
            "Borders between polygons of the boundary are borders of parcels too. Any reference system will do: metres "
            "are metres on the ground, and the parcels come in the boundary's own."
        )

    def initAlgorithm(self, config: Optional[Dict[str, Any]] = None) -> None:
        """Declare the parameters."""
        number, kinds = QgsProcessingParameterNumber, QgsProcessing.SourceType
        source = QgsProcessingParameterFeatureSource
        self.addParameter(source(self.BOUNDARY, tr("Boundary"), [kinds.TypeVectorPolygon]))
        self.addParameter(source(self.ROADS, tr("Roads"), [kinds.TypeVectorLine]))
        text = tr("Field with the class of a road (empty: highway or fclass)")
        self.addParameter(QgsProcessingParameterField(self.FIELD, text, None, self.ROADS, optional=True))
        table: List[Any] = [cell for row in ROAD_WIDTHS.items() for cell in row]
        headers = [tr("Class"), tr("Width (m)")]
        self.addParameter(
            QgsProcessingParameterMatrix(
                self.WIDTHS, tr("Road widths"), len(ROAD_WIDTHS), False, headers, table, optional=True
            )
        )
        for name, text, default in (
            (self.DEFAULT_WIDTH, tr("Width of other roads (m)"), 6.0),
            (self.OPENING, tr("Shrink and grow by (m)"), 5.0),
            (self.MIN_AREA, tr("Smallest parcel (m²)"), 0.0),
            (self.MAX_AREA, tr("Largest parcel (m²; 0: no limit)"), 0.0),
        ):
            self.addParameter(metres(number(name, text, number.Type.Double, default, minValue=0)))
        self.addParameter(QgsProcessingParameterVectorDestination(self.OUTPUT, tr("Parcels"), kinds.TypeVectorPolygon))
        self.addOutput(QgsProcessingOutputNumber("PARCEL_COUNT", tr("Number of parcels")))
        self.addOutput(QgsProcessingOutputNumber("DROPPED_COUNT", tr("Pieces too narrow or out of range")))

    def processAlgorithm(
        self, parameters: Dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> Dict[str, Any]:
        """Run the job."""
        boundary, border_table = self.parameterAsCompatibleSourceLayerPathAndLayerName(
            parameters, self.BOUNDARY, context, FORMATS, "gpkg", feedback
        )
        roads, road_table = self.parameterAsCompatibleSourceLayerPathAndLayerName(
            parameters, self.ROADS, context, FORMATS, "gpkg", feedback
        )
        field = self._field(parameters, context, feedback)
        widths = widths_of(self.parameterAsMatrix(parameters, self.WIDTHS, context))
        out = self.parameterAsOutputLayer(parameters, self.OUTPUT, context)

        def make() -> MakeParcelsJob:
            return MakeParcelsJob(
                boundary=os.path.abspath(boundary),
                roads=os.path.abspath(roads),
                out=out,
                boundary_layer=border_table or None,
                roads_layer=road_table or None,
                road_field=field,
                widths=widths,
                default_width=self.parameterAsDouble(parameters, self.DEFAULT_WIDTH, context),
                opening_m=self.parameterAsDouble(parameters, self.OPENING, context),
                min_area_m2=self.parameterAsDouble(parameters, self.MIN_AREA, context),
                max_area_m2=self.parameterAsDouble(parameters, self.MAX_AREA, context),
                overwrite=True,
            )

        result: MakeParcelsResult = self.follow(make, feedback)
        Styler.attach(context, out, styles.style_parcel_outlines)
        return {self.OUTPUT: out, "PARCEL_COUNT": result.parcels, "DROPPED_COUNT": result.dropped}

    def _field(self, parameters: Dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> str:
        """Return the field asked for, else one by the name that OpenStreetMap's data have; empty without either."""
        asked = self.parameterAsString(parameters, self.FIELD, context)
        if asked:
            return asked
        source = self.parameterAsSource(parameters, self.ROADS, context)
        names = source.fields().names() if source is not None else []
        found = next((name for name in CLASS_FIELDS if name in names), "")
        if not found:
            feedback.pushWarning(tr("The roads have no field highway or fclass: all are as wide as other roads."))
        return found


def widths_of(cells: List[Any]) -> Dict[str, float]:
    """Read the table's cells, row by row; empty rows do not count."""
    widths = {}
    for name, width in zip(cells[::2], cells[1::2]):
        text = str(name or "").strip()
        if not text:
            continue
        try:
            widths[text] = float(str(width).strip().replace(",", "."))
        except ValueError:
            raise QgsProcessingException(
                tr("The width of {name} is no number: {width}.").format(name=text, width=width)
            ) from None
    return widths
