"""The Processing provider."""

from __future__ import annotations

from qgis.core import QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from ..diagnostics import plugin_version
from ..paths import icon
from ..session import Session
from .adapt import AdaptAlgorithm
from .assess import AssessAlgorithm
from .classify import ClassifyParcelsAlgorithm
from .demo_scene import DemoSceneAlgorithm
from .export import ExportModelAlgorithm
from .make_parcels import MakeParcelsAlgorithm
from .map import MapAlgorithm
from .map_many import MapManyAlgorithm
from .rooftop_years import RooftopYearsAlgorithm
from .sample_parcels import SampleParcelsAlgorithm
from .summarise import SummariseParcelsAlgorithm
from .train import TrainAlgorithm


class UrbanGrainProvider(QgsProcessingProvider):
    """Algorithms share the session's engine client with the dock."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def id(self) -> str:
        """Return the id by which models and scripts find the provider; it never changes."""
        return "urbangrain"

    def name(self) -> str:
        """Return the name in the toolbox."""
        return "UrbanGrain"

    def versionInfo(self) -> str:
        """Return the plugin's version."""
        return plugin_version()

    def icon(self) -> QIcon:
        """Return the icon in the toolbox."""
        return icon("urbangrain")

    def loadAlgorithms(self) -> None:
        """Make the algorithms."""
        for algorithm in (
            MapAlgorithm,
            MapManyAlgorithm,
            RooftopYearsAlgorithm,
            ClassifyParcelsAlgorithm,
            MakeParcelsAlgorithm,
            SampleParcelsAlgorithm,
            SummariseParcelsAlgorithm,
            AssessAlgorithm,
            TrainAlgorithm,
            AdaptAlgorithm,
            DemoSceneAlgorithm,
            ExportModelAlgorithm,
        ):
            self.addAlgorithm(algorithm(self._session.client))
