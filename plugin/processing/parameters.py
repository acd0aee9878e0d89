"""Parameters that several algorithms have, and how they are read."""

from __future__ import annotations

import json
from typing import Any, Dict, Optional, Sequence, Tuple

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from urbangrain.engine.protocol import BACKENDS, BLENDS, FLIPS, GRIDS, PRECISIONS

from .. import choices
from ..choices import Choices
from ..i18n import tr


def advanced(algorithm: QgsProcessingAlgorithm, parameter: QgsProcessingParameterDefinition) -> None:
    """Add a parameter that is folded away."""
    parameter.setFlags(parameter.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
    algorithm.addParameter(parameter)


def choice(name: str, text: str, options: Choices, default: str) -> QgsProcessingParameterEnum:
    """Make a choice between the engine's keys, shown in words."""
    keys = [key for key, _ in options]
    return QgsProcessingParameterEnum(name, text, [words for _, words in options], defaultValue=keys.index(default))


def metres(parameter: QgsProcessingParameterNumber) -> QgsProcessingParameterNumber:
    """Show one decimal: nobody means millionths of a square metre."""
    parameter.setMetadata({"widget_wrapper": {"decimals": 1}})
    return parameter


class SamplingParameters:
    """How imagery is mapped: what the algorithms that map have alike. Mixed into an algorithm."""

    MODEL, BANDS, MIN_PATCH, FILL_HOLES = "MODEL", "BANDS", "MIN_PATCH", "FILL_HOLES"
    WINDOW, OVERLAP, BLEND, FLIPS, DEVICE, PRECISION = "WINDOW", "OVERLAP", "BLEND", "FLIPS", "DEVICE", "PRECISION"
    BACKEND, GRID = "BACKEND", "GRID"

    def add_cleanup(self, patch_m2: float, hole_m2: float) -> None:
        """Declare smallest patch and largest hole, with their defaults."""
        number = QgsProcessingParameterNumber
        for name, text, default in (
            (self.MIN_PATCH, tr("Smallest patch (m²)"), patch_m2),
            (self.FILL_HOLES, tr("Largest hole (m²)"), hole_m2),
        ):
            self.addParameter(metres(number(name, text, number.Type.Double, default, minValue=0)))

    def add_sampling(self) -> None:
        """Declare the folded ones."""
        number = QgsProcessingParameterNumber
        advanced(self, QgsProcessingParameterString(self.BANDS, tr("Bands"), "", optional=True))
        text = tr("Window (px; 0: the model's)")
        advanced(self, number(self.WINDOW, text, number.Type.Integer, 0, minValue=0, maxValue=4096))
        text = tr("Overlap (share of the window)")
        overlap = number(self.OVERLAP, text, number.Type.Double, 0.25, minValue=0, maxValue=0.9)
        overlap.setMetadata({"widget_wrapper": {"decimals": 2}})
        advanced(self, overlap)
        advanced(self, choice(self.BLEND, tr("Blending"), choices.blends(), "gaussian"))
        advanced(self, choice(self.FLIPS, tr("Flips"), choices.flips(), "4"))
        advanced(self, QgsProcessingParameterString(self.DEVICE, tr("Device (auto, cpu, cuda, cuda:0,1, all)"), "auto"))
        advanced(self, choice(self.PRECISION, tr("Precision"), choices.precisions(), "auto"))
        advanced(self, choice(self.BACKEND, tr("Backend"), choices.backends(), "auto"))
        advanced(self, choice(self.GRID, tr("Grid of the outputs"), choices.grids(), "input"))

    def sampling(self, parameters: Dict[str, Any], context: QgsProcessingContext) -> Dict[str, Any]:
        """Return the values of all of them, as the jobs name them."""

        def chosen(name: str, keys: Sequence[str]) -> str:
            return keys[self.parameterAsEnum(parameters, name, context)]

        return {
            "bands": numbers_of_bands(self.parameterAsString(parameters, self.BANDS, context)),
            "window": self.parameterAsInt(parameters, self.WINDOW, context),
            "overlap": self.parameterAsDouble(parameters, self.OVERLAP, context),
            "blend": chosen(self.BLEND, BLENDS),
            "flips": chosen(self.FLIPS, FLIPS),
            "device": self.parameterAsString(parameters, self.DEVICE, context) or "auto",
            "precision": chosen(self.PRECISION, PRECISIONS),
            "backend": chosen(self.BACKEND, BACKENDS),
            "grid": chosen(self.GRID, GRIDS),
            "min_patch_m2": self.parameterAsDouble(parameters, self.MIN_PATCH, context),
            "fill_holes_m2": self.parameterAsDouble(parameters, self.FILL_HOLES, context),
        }


def numbers_of_bands(text: str) -> Optional[Tuple[int, ...]]:
    """Read '1,2,3,4'; None for an empty text."""
    if not text.strip():
        return None
    try:
        return tuple(int(part) for part in text.replace(";", ",").split(","))
    except ValueError:
        raise QgsProcessingException(tr("Bands are numbers with commas between them, such as 1,2,3,4.")) from None


def mapping_of_values(text: str) -> Optional[Dict[str, int]]:
    """Read a mapping from JSON; None for an empty text."""
    if not text.strip():
        return None
    try:
        data = json.loads(text)
    except ValueError:
        data = None
    if not isinstance(data, dict) or not all(type(value) is int for value in data.values()):
        raise QgsProcessingException(tr('The mapping is not JSON such as {"park": 3, "lake": 1}.'))
    return {str(key): value for key, value in data.items()}
