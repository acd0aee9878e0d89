"""A short way through the dock."""

from __future__ import annotations

from qgis.PyQt.QtWidgets import QVBoxLayout, QWidget

from ..i18n import tr
from . import theme


class HelpPage(QWidget):
    """What to do in which order."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("helpPage")
        steps = (
            (
                tr("Map"),
                tr("Pick an image and a model. The lines above Run say what will happen; mend what they mind."),
            ),
            (
                tr("Area"),
                tr("Map the whole layer, the present view, or the polygons of a layer. Pixels outside stay nodata."),
            ),
            (
                tr("Sampling"),
                tr("Flips and overlap make the map steadier and slower. The defaults suit most imagery."),
            ),
            (
                tr("Results"),
                tr(
                    "They arrive as one group: classes, confidence, polygons and, if you chose parcels, parcels with "
                    "class shares."
                ),
            ),
            (
                tr("Parcels"),
                tr(
                    "Cut parcels from a boundary by its roads, and say what their land is used for: from imagery, "
                    "points of interest and user density, as far as you have them."
                ),
            ),
            (
                tr("Accuracy"),
                tr(
                    "Compare a map with reference polygons: confusion matrix, overall accuracy, kappa, and scores per "
                    "class."
                ),
            ),
            (
                tr("Train"),
                tr(
                    "Fine-tune a model with your own polygons, or adapt it to imagery without labels. The curves show "
                    "how it learns; stop at any time and keep what it has learnt. The new model joins all lists."
                ),
            ),
            (
                tr("Engine"),
                tr(
                    "The work is done by a separate Python environment that is kept warm while QGIS runs. The gear "
                    "shows where it is and installs it; the log panel's tab UrbanGrain has its messages."
                ),
            ),
            (
                tr("Batch work"),
                tr("The same jobs are in the Processing toolbox under UrbanGrain, and on the command line."),
            ),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 10)
        layout.setSpacing(8)
        for heading, text in steps:
            layout.addWidget(theme.paragraph(f"<b>{heading}</b><br>{text}"))
        layout.addStretch(1)
