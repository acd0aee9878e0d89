"""Codes and numbers into the person's words. The engine sends codes with values; nothing else here knows English."""

from __future__ import annotations

import math
import os
from typing import Any, Mapping

from qgis.PyQt.QtCore import QCoreApplication, QLocale

from urbangrain.engine.protocol import CONTEXT as ENGINE_CONTEXT
from urbangrain.engine.protocol import MESSAGES, STAGES, word

from .i18n import QT_TRANSLATE_NOOP, tr

# What can go wrong on this side of the door.
PLUGIN_MESSAGES = {
    "engine.not_installed": QT_TRANSLATE_NOOP(
        "UrbanGrain", "The engine is not installed yet. Open Settings (the gear) and press Install engine."
    ),
    "engine.start_failed": QT_TRANSLATE_NOOP(
        "UrbanGrain", "The engine did not start ({reason}). Open Settings (the gear) to check or install it."
    ),
    "engine.crashed": QT_TRANSLATE_NOOP(
        "UrbanGrain", "The engine stopped unexpectedly ({reason}). Run again: a fresh engine is started."
    ),
    "engine.unresponsive": QT_TRANSLATE_NOOP(
        "UrbanGrain", "The engine did not answer and was stopped. Run again: a fresh engine is started."
    ),
    "engine.protocol": QT_TRANSLATE_NOOP(
        "UrbanGrain",
        "The engine speaks version {theirs} of the protocol and the plugin version {ours}. Install the engine again.",
    ),
    "engine.closed": QT_TRANSLATE_NOOP("UrbanGrain", "The engine was shut down."),
    "engine.bad_request": QT_TRANSLATE_NOOP("UrbanGrain", "The request cannot be used: {reason}."),
}

# Names that models use, so that they can be translated. A name that is not here is shown as the model gives it.
_NAMES = {
    "water": QT_TRANSLATE_NOOP("UrbanGrain", "water"),
    "tree": QT_TRANSLATE_NOOP("UrbanGrain", "tree"),
    "grass": QT_TRANSLATE_NOOP("UrbanGrain", "grass"),
    "farmland": QT_TRANSLATE_NOOP("UrbanGrain", "farmland"),
    "impervious": QT_TRANSLATE_NOOP("UrbanGrain", "impervious"),
    "rooftop": QT_TRANSLATE_NOOP("UrbanGrain", "rooftop"),
    "other": QT_TRANSLATE_NOOP("UrbanGrain", "other"),
    "Residential": QT_TRANSLATE_NOOP("UrbanGrain", "Residential"),
    "Commercial and service facilities": QT_TRANSLATE_NOOP("UrbanGrain", "Commercial and service facilities"),
    "Public management and public service facilities": QT_TRANSLATE_NOOP(
        "UrbanGrain", "Public management and public service facilities"
    ),
    "Industrial": QT_TRANSLATE_NOOP("UrbanGrain", "Industrial"),
    "Agricultural and natural": QT_TRANSLATE_NOOP("UrbanGrain", "Agricultural and natural"),
    "blue": QT_TRANSLATE_NOOP("UrbanGrain", "blue"),
    "green": QT_TRANSLATE_NOOP("UrbanGrain", "green"),
    "red": QT_TRANSLATE_NOOP("UrbanGrain", "red"),
    "nir": QT_TRANSLATE_NOOP("UrbanGrain", "near infrared"),
    # parts of a map, in messages
    "confidence": QT_TRANSLATE_NOOP("UrbanGrain", "confidence"),
    "probabilities": QT_TRANSLATE_NOOP("UrbanGrain", "probabilities"),
    "polygons": QT_TRANSLATE_NOOP("UrbanGrain", "polygons"),
    "parcels": QT_TRANSLATE_NOOP("UrbanGrain", "parcels"),
    "clean-up": QT_TRANSLATE_NOOP("UrbanGrain", "clean-up"),
}


def name(text: str) -> str:
    """Return the name of a class or band role in the person's language."""
    return tr(_NAMES[text]) if text in _NAMES else text


def sentence(code: str, values: Mapping[str, Any]) -> str:
    """Word a message code of the engine or of the plugin."""
    shown = {key: _value(key, value) for key, value in values.items()}
    if code.startswith("note."):  # remarks are about files that the person has just chosen; errors say where
        for key in ("path", "classes"):
            if key in shown:
                shown[key] = os.path.basename(str(shown[key])) or shown[key]
    if code.startswith(("train.", "adapt.")) and "classes" in values:  # which are names there
        shown["classes"] = ", ".join(name(one) for one in str(values["classes"]).split(", "))
    if code in PLUGIN_MESSAGES:
        return tr(PLUGIN_MESSAGES[code]).format(**shown)
    return word(code, shown, lambda text: QCoreApplication.translate(ENGINE_CONTEXT, text))


def known(code: str) -> bool:
    """Tell whether a code has a sentence."""
    return code in MESSAGES or code in PLUGIN_MESSAGES


def stage(code: str) -> str:
    """Return what a job is doing."""
    text = STAGES.get(code)
    return QCoreApplication.translate(ENGINE_CONTEXT, text) if text else code


def number(value: float, decimals: int = 0) -> str:
    """Return a number as the person's locale writes it; an undefined one as a dash."""
    if value is None or not math.isfinite(value):
        return "–"
    return QLocale().toString(float(value), "f", decimals)


def metres(value: float) -> str:
    """Return a length in metres with at most two decimals, none of them a trailing zero."""
    whole = round(value, 2)
    decimals = next(d for d in (0, 1, 2) if round(whole, d) == whole)
    return tr("{number} m").format(number=number(whole, decimals))


def reading(value: float, span: float) -> str:
    """Return a number with the decimals that can be told apart on a scale as long as ``span``."""
    if value is None or not math.isfinite(value):
        return "–"
    if not 1e-6 <= span < 1e9:
        return QLocale().toString(float(value), "g", 4)
    return number(value, max(0, 2 - math.floor(math.log10(span))))


def spread(minimum: float, mean: float, maximum: float) -> str:
    """Return from where to where numbers go, and their mean."""
    low, middle, high = (reading(value, maximum - minimum) for value in (minimum, mean, maximum))
    return tr("{low} to {high}, mean {mean}").format(low=low, mean=middle, high=high)


def percent(share: float, decimals: int = 1) -> str:
    """Return a share (0 to 1) in per cent."""
    if share is None or not math.isfinite(share):
        return "–"
    return tr("{number} %").format(number=number(100 * share, decimals))


def duration(seconds: float) -> str:
    """Return a span of time as m:ss or h:mm:ss."""
    whole = max(0, round(seconds))
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{left:02d}" if hours else f"{minutes}:{left:02d}"


def span(seconds: float) -> str:
    """Return a span of time in words, rounded as an estimate should be."""
    if seconds < 90:
        return tr("{count} s").format(count=number(max(1, round(seconds))))
    if seconds < 5400:
        return tr("{count} min").format(count=number(round(seconds / 60)))
    return tr("{count} h").format(count=number(seconds / 3600, 1))


def rate(pixels_per_second: float) -> str:
    """Return a rate in megapixels a second."""
    mega = pixels_per_second / 1e6
    return tr("{number} Mpx/s").format(number=number(mega, 2 if mega < 1 else 1))


def area(square_metres: float) -> str:
    """Return an area in the unit that suits its size."""
    if square_metres >= 1e5:
        return tr("{number} km²").format(number=number(square_metres / 1e6, 2))
    if square_metres >= 1e4:
        return tr("{number} ha").format(number=number(square_metres / 1e4, 2))
    return tr("{number} m²").format(number=number(square_metres))


def size(count: float) -> str:
    """Return a size on disk."""
    if count >= 1e9:
        return tr("{number} GB").format(number=number(count / 1e9, 1))
    return tr("{number} MB").format(number=number(count / 1e6, 1 if count < 1e7 else 0))


def device(text: str) -> str:
    """Return a device's name for people: 'cpu' is CPU, 'cuda:0 NAME' is 'GPU NAME'; several by commas."""
    if ", " in text:
        return ", ".join(device(part) for part in text.split(", "))
    if text == "cpu":
        return tr("CPU")
    if text.startswith("cuda"):
        _, _, model = text.partition(" ")
        return tr("GPU {name}").format(name=model or text.partition(":")[2] or "").strip()
    return text


def _value(key: str, value: Any) -> Any:
    if isinstance(value, bool) or value is None:
        return value
    if key == "role":
        return name(str(value))
    if key == "parts":
        return ", ".join(name(part) for part in str(value).split(", "))
    if key == "device":
        return device(str(value))
    if key in ("time", "seconds") and isinstance(value, (int, float)):
        return span(value)
    if isinstance(value, int):
        return QLocale().toString(value)
    if isinstance(value, float):
        return QLocale().toString(value, "g", 6)
    if isinstance(value, (list, tuple)):
        return ", ".join(str(_value(key, item)) for item in value)
    return value
