"""What QGIS loads: the toolbar button, the dock, the Processing provider; and taking all of it away again."""

from __future__ import annotations

from typing import Any, Optional

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt

try:
    from qgis.PyQt.QtGui import QAction  # Qt 6
except ImportError:
    from qgis.PyQt.QtWidgets import QAction

from .i18n import install_translator, remove_translator, tr
from .paths import icon
from .session import Session


class UrbanGrainPlugin:
    """The plugin. ``iface`` is None in qgis_process, where only the Processing provider is made."""

    def __init__(self, iface: Any) -> None:
        self.iface = iface
        self.translator = install_translator()
        self.session: Optional[Session] = None
        self.provider: Any = None
        self.action: Optional[QAction] = None
        self.dock: Any = None

    def initProcessing(self) -> None:
        """Add the Processing provider."""
        from .processing.provider import UrbanGrainProvider

        self._ensure_session()
        provider = UrbanGrainProvider(self.session)
        # The registry takes the provider over, and deletes it where one of that name is there already.
        self.provider = provider if QgsApplication.processingRegistry().addProvider(provider) else None

    def initGui(self) -> None:
        """Add button, menu entry and dock."""
        from .dock.dock import UrbanGrainDock

        self._ensure_session()
        self.initProcessing()
        window = self.iface.mainWindow()
        self.action = QAction(icon("urbangrain"), "UrbanGrain", window)
        self.action.setObjectName("urbangrainAction")
        self.action.setCheckable(True)
        self.action.setToolTip(tr("UrbanGrain: map imagery and check the map"))
        self.dock = UrbanGrainDock(self.session, window)
        self.iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.dock)
        self.dock.hide()
        self.action.toggled.connect(self.dock.setUserVisible)
        self.dock.visibilityChanged.connect(self.action.setChecked)
        self.iface.addToolBarIcon(self.action)
        self.iface.addPluginToRasterMenu("UrbanGrain", self.action)

    def unload(self) -> None:
        """Take everything away."""
        if self.dock is not None:
            self.dock.visibilityChanged.disconnect(self.action.setChecked)
            self.dock.close_down()
        if self.session is not None:
            self.session.close()
            self.session.deleteLater()
            self.session = None
        if self.action is not None:
            self.iface.removePluginRasterMenu("UrbanGrain", self.action)
            self.iface.removeToolBarIcon(self.action)
            self.action.deleteLater()
            self.action = None
        if self.dock is not None:
            self.iface.removeDockWidget(self.dock)
            self.dock.deleteLater()
            self.dock = None
        if self.provider is not None:
            QgsApplication.processingRegistry().removeProvider(self.provider)
            self.provider = None
        remove_translator(self.translator)
        self.translator = None

    def _ensure_session(self) -> None:
        if self.session is None:
            self.session = Session(self.iface)
