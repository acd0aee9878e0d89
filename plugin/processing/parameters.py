"""Parameters that several algorithms have, and how they are read."""

from __future__ import annotations

from typing import Optional, Tuple

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingException,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterNumber,
)

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


def numbers_of_bands(text: str) -> Optional[Tuple[int, ...]]:
    """Read '1,2,3,4'; None for an empty text."""
    if not text.strip():
        return None
    try:
        return tuple(int(part) for part in text.replace(";", ",").split(","))
    except ValueError:
        raise QgsProcessingException(tr("Bands are numbers with commas between them, such as 1,2,3,4.")) from None
