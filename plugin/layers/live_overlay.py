"""Tiles of a live view, drawn over the map canvas. Nothing of it is a layer, and nothing is kept in the project."""

from __future__ import annotations

import base64
import zlib
from dataclasses import dataclass
from typing import Any, Dict, List, Optional, Sequence, Tuple

from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsCsException, QgsPointXY, QgsProject
from qgis.gui import QgsMapCanvas, QgsMapCanvasItem
from qgis.PyQt.QtCore import QPointF, QRectF
from qgis.PyQt.QtGui import QColor, QImage, QPainter, QPolygonF, QTransform

from urbangrain.engine.protocol import ClassInfo, LiveTile

Place = Tuple[int, int, int]


@dataclass(frozen=True)
class _Picture:
    """A tile as it is drawn: an image, and its four corners on the ground."""

    image: QImage
    crs: QgsCoordinateReferenceSystem
    corners: List[QgsPointXY]


class LiveOverlay(QgsMapCanvasItem):
    """Draws class tiles in the classes' colours, wherever the canvas goes.

    A tile is placed by its four corners: it is small on the ground, so that a projection bends it by less than a pixel.
    """

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._pictures: Dict[Place, _Picture] = {}
        self._colours: List[int] = []
        self.setZValue(5)  # over the map, under rubber bands and decorations

    def set_classes(self, classes: Sequence[ClassInfo]) -> None:
        """Take the colours of a model's classes; all other values stay transparent."""
        table = [QColor(0, 0, 0, 0).rgba()] * 256
        for info in classes:
            table[info.value] = QColor(info.colour).rgba()
        self._colours = table

    def add(self, tile: LiveTile) -> None:
        """Show a tile."""
        data = zlib.decompress(base64.b64decode(tile.data))
        image = QImage(data, tile.width, tile.height, tile.width, QImage.Format.Format_Indexed8).copy()
        image.setColorTable(self._colours)
        a, b, c, d, e, f = tile.transform
        rim = ((0, 0), (tile.width, 0), (tile.width, tile.height), (0, tile.height))
        corners = [QgsPointXY(a * x + b * y + c, d * x + e * y + f) for x, y in rim]
        crs = QgsCoordinateReferenceSystem(tile.crs)
        self._pictures[(tile.level, tile.row, tile.column)] = _Picture(image, crs, corners)
        self.update()

    def keep_level(self, level: int) -> None:
        """Drop the tiles of other resolutions, once those of this one are there."""
        self._pictures = {place: picture for place, picture in self._pictures.items() if place[0] == level}
        self.update()

    def clear(self) -> None:
        """Show nothing."""
        self._pictures = {}
        self.update()

    @property
    def places(self) -> List[Place]:
        """Level, row and column of each tile that is held."""
        return list(self._pictures)

    def remove(self) -> None:
        """Leave the canvas."""
        scene = self._canvas.scene()
        if scene is not None:
            scene.removeItem(self)

    def boundingRect(self) -> QRectF:
        """Return the whole canvas."""
        return QRectF(-self.pos().x(), -self.pos().y(), self._canvas.width(), self._canvas.height())

    def updatePosition(self) -> None:
        """Draw anew: the canvas has moved, and every tile is placed as it is drawn."""
        self.prepareGeometryChange()
        self.update()

    def paint(self, painter: QPainter, option: Any = None, widget: Any = None) -> None:
        """Draw the tiles, coarse ones first."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        base = painter.transform()
        for _, picture in sorted(self._pictures.items(), key=lambda item: -item[0][0]):
            place = self._placed(picture)
            if place is not None:
                painter.setTransform(place * base)
                painter.drawImage(QPointF(0, 0), picture.image)
        painter.restore()

    def _placed(self, picture: _Picture) -> Optional[QTransform]:
        """Return the transform of a picture's pixels to the item's; None where it is not in sight."""
        to_map = QgsCoordinateTransform(
            picture.crs, self._canvas.mapSettings().destinationCrs(), QgsProject.instance().transformContext()
        )
        try:
            corners = [self.toCanvasCoordinates(to_map.transform(point)) - self.pos() for point in picture.corners]
        except QgsCsException:
            return None
        target = QPolygonF(corners)
        if not target.boundingRect().intersects(self.boundingRect()):
            return None
        # Neighbours meet in one line: a seam between them would be a rounding error of the screen.
        target = QPolygonF([QPointF(round(p.x()), round(p.y())) for p in corners])
        width, height = picture.image.width(), picture.image.height()
        source = QPolygonF([QPointF(0, 0), QPointF(width, 0), QPointF(width, height), QPointF(0, height)])
        transform = QTransform()
        return transform if QTransform.quadToQuad(source, target, transform) else None
