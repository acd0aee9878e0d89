"""The user density as a person picks it: a raster of 24 bands, or a table with a row a parcel."""

from __future__ import annotations

import csv
import os
from typing import List, Optional, Tuple

from qgis.core import QgsMapLayerProxyModel, QgsRasterLayer, QgsVectorLayer
from qgis.gui import QgsFieldComboBox, QgsFileWidget, QgsMapLayerComboBox
from qgis.PyQt.QtCore import QObject, pyqtSignal

from .. import settings
from ..i18n import tr
from ..layers import likely, sources
from . import theme

_FOLDER = "parcels/table_folder"


class DensityPicker(QObject):
    """Keeps three widgets in step, which their owner lays out: ``layer``, ``table`` and ``key``.

    The list of layers has an entry for a table, too; the other two are of use with it only.
    """

    changed = pyqtSignal()

    def __init__(self, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._columns: List[str] = []
        self.chosen_by_person = False
        self.layer = theme.narrow(QgsMapLayerComboBox())
        self.layer.setObjectName("parcelsDensity")
        self.layer.setFilters(QgsMapLayerProxyModel.Filter.RasterLayer)
        self.layer.setAllowEmptyLayer(True, tr("none"))
        self.layer.setAdditionalItems([tr("Table (CSV)…")])
        self.layer.setToolTip(
            tr("How many people are there in each hour of a day: a raster of 24 bands, or a table. Default: none.")
        )
        self.table = QgsFileWidget()
        self.table.setObjectName("parcelsDensityTable")
        self.table.setFilter(tr("Tables (*.csv *.tsv *.txt)"))
        self.table.setDefaultRoot(settings.read(_FOLDER, ""))
        self.table.lineEdit().setAccessibleName(tr("Table"))
        self.table.setToolTip(tr("A row a parcel: a column that names the parcel, and 24 columns of hours."))
        self.key = theme.narrow(QgsFieldComboBox())
        self.key.setObjectName("parcelsDensityKey")
        self.key.setAllowEmptyFieldName(True)
        self.key.setToolTip(tr("The field of the parcels that the table names them by; the table has it too."))
        self.layer.activated.connect(self._chosen)
        self.layer.currentIndexChanged.connect(self._edited)
        self.table.fileChanged.connect(self._table_changed)
        self.key.fieldChanged.connect(self._edited)

    @property
    def is_table(self) -> bool:
        """Whether a table is meant."""
        return self.layer.count() > 1 and self.layer.currentIndex() == self.layer.count() - 1

    @property
    def given(self) -> bool:
        """Whether there is a user density at all."""
        return self.is_table or self.layer.currentLayer() is not None

    def choose_table(self, path: str) -> None:
        """Take a table, as a person would."""
        self.layer.setCurrentIndex(self.layer.count() - 1)
        self.table.setFilePath(path)

    def offer(self) -> None:
        """Offer the rasters with a band an hour, and choose the first, until a person chooses."""
        fitting = likely.densities()
        self.layer.setExceptedLayerList([layer for layer in likely.rasters() if layer not in fitting])
        if fitting and not self.chosen_by_person and not self.is_table:
            self.layer.setLayer(fitting[0])

    def of_parcels(self, parcels: Optional[QgsVectorLayer]) -> None:
        """Say whose fields can be the key."""
        self.key.setLayer(parcels)
        self._guess_key()

    def raster(self) -> Optional[QgsRasterLayer]:
        """Return the raster, if it is one."""
        layer = self.layer.currentLayer()
        return layer if isinstance(layer, QgsRasterLayer) else None

    def problem(self) -> str:
        """Return what is missing, in a sentence; empty when nothing is."""
        if not self.is_table:
            return ""
        path = self.table.filePath().strip()
        if not path:
            return tr("Choose the table with the user density.")
        if not os.path.isfile(path):
            return tr("The table {table} is not there. Choose another.").format(table=path)
        if not self.key.currentField():
            return tr("Choose the field of the parcels that the table names them by.")
        if self.key.currentField() not in self._columns:
            text = tr("The table {table} has no column {field}. Choose a field of the parcels that it has too.")
            return text.format(table=os.path.basename(path), field=self.key.currentField())
        return ""

    def value(self) -> Tuple[Optional[str], str]:
        """Return the file and the key (empty without a table); raises `UnusableLayer`."""
        if self.is_table:
            return self.table.filePath().strip(), self.key.currentField()
        if self.layer.currentLayer() is None:
            return None, ""
        return sources.raster_path(self.layer.currentLayer()), ""

    def remember(self) -> None:
        """Keep the table's folder for the next session."""
        if self.is_table:
            settings.write(_FOLDER, os.path.dirname(self.table.filePath().strip()))

    def _chosen(self, *_: object) -> None:
        self.chosen_by_person = True

    def _edited(self, *_: object) -> None:
        self.changed.emit()

    def _table_changed(self, path: str) -> None:
        self._columns = columns(path.strip())
        self._guess_key()
        self.changed.emit()

    def _guess_key(self) -> None:
        layer = self.key.layer()
        if layer is not None:
            self.key.setField(likely.key_field(layer, self._columns))


def columns(path: str) -> List[str]:
    """Return the names in the first row of a table; none where there is no table."""
    try:
        with open(path, encoding="utf-8-sig", errors="replace", newline="") as file:
            first = file.readline(100_000)
    except OSError:
        return []
    separator = max(",;\t", key=first.count)
    return [name.strip() for name in next(csv.reader([first], delimiter=separator), [])]
