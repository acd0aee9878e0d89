"""One translation context for the whole plugin, so that a word is translated once."""

from __future__ import annotations

import os

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QTranslator

from .paths import plugin_folder

CONTEXT = "UrbanGrain"


def tr(text: str, n: int = -1) -> str:
    """Return ``text`` in the person's language; ``n`` chooses the plural form of texts with ``%n``."""
    return QCoreApplication.translate(CONTEXT, text, None, n)


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """Return ``text`` unchanged; marks it for the translation tools."""
    return text


def install_translator() -> QTranslator | None:
    """Install the translation of QGIS's language, and return it (keep a reference); None where there is none."""
    locale = QgsApplication.locale() or "en"
    for name in (locale, locale.split("_")[0]):
        path = os.path.join(plugin_folder(), "i18n", f"urbangrain_{name}.qm")
        if os.path.exists(path):
            translator = QTranslator()
            if translator.load(path) and QCoreApplication.installTranslator(translator):
                return translator
    return None


def remove_translator(translator: QTranslator | None) -> None:
    """Undo `install_translator`."""
    if translator is not None:
        QCoreApplication.removeTranslator(translator)
