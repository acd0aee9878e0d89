"""The curves of a training: loss on the left axis; overall accuracy and mean IoU on the right one, over steps."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import List, Optional, Sequence, Tuple

from qgis.PyQt.QtCore import QPointF, QRect, QRectF, QSize, Qt
from qgis.PyQt.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from qgis.PyQt.QtWidgets import QSizePolicy, QWidget

from urbangrain.engine.protocol import TrainPoint

from .. import training_wording
from ..i18n import tr
from . import theme
from .axis import Axis, share_axis, step_axis, value_axis

_GAP = 4
_SAMPLE = 18  # pixels of line in the legend
_HEIGHT = 216


@dataclass(frozen=True)
class Series:
    """One curve; told from the others by line and mark as well as by colour."""

    field: str
    label: str
    light: str
    dark: str
    pen: Qt.PenStyle
    right: bool


class CurvesWidget(QWidget):
    """Grows point by point. The mouse, or the arrow keys, show the values of a point."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.points: List[TrainPoint] = []
        self.shown: Optional[int] = None  # number of the point whose values are shown
        self._right_title = ""
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Curves of the training"))
        self._series = (
            Series("loss", tr("Loss"), "#b35806", "#fdb863", Qt.PenStyle.SolidLine, False),
            Series("overall_accuracy", tr("OA"), "#1f5f99", "#8ec7ff", Qt.PenStyle.SolidLine, True),
            Series("mean_iou", tr("mIoU"), "#1b7837", "#7fd8a0", Qt.PenStyle.DashLine, True),
        )

    def sizeHint(self) -> QSize:
        """Fit a narrow column."""
        return QSize(300, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Let the column decide on the width."""
        return QSize(160, _HEIGHT)

    def begin(self, right_title: str) -> None:
        """Start afresh; ``right_title`` says on what accuracy is measured."""
        self._right_title = right_title
        self.show_points(())

    def show_points(self, points: Sequence[TrainPoint]) -> None:
        """Show these points instead."""
        self.points = list(points)
        self.shown = None
        self._describe()
        self.update()

    def add(self, point: TrainPoint) -> None:
        """Show one more point."""
        self.points.append(point)
        self._describe()
        self.update()

    def show_values(self, number: Optional[int]) -> None:
        """Show the values of a point (None: of none)."""
        if number != self.shown:
            self.shown = number
            self.update()

    def nearest(self, x: float) -> Optional[int]:
        """Return the number of the point that is drawn nearest to a pixel column."""
        if not self.points:
            return None
        area, axis = self._plot_area(), self._axis()
        return min(range(len(self.points)), key=lambda i: abs(_across(area, axis, self.points[i].step) - x))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show the values under the mouse."""
        at = event.position() if hasattr(event, "position") else event.pos()  # Qt 6, Qt 5
        self.show_values(self.nearest(at.x()))

    def leaveEvent(self, event: object) -> None:
        """Show no values any more."""
        self.show_values(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from point to point."""
        last = len(self.points) - 1
        if last < 0:
            super().keyPressEvent(event)
            return
        at = self.shown
        if event.key() == Qt.Key.Key_Right:
            self.show_values(0 if at is None else min(last, at + 1))
        elif event.key() == Qt.Key.Key_Left:
            self.show_values(last if at is None else max(0, at - 1))
        elif event.key() == Qt.Key.Key_Home:
            self.show_values(0)
        elif event.key() == Qt.Key.Key_End:
            self.show_values(last)
        elif event.key() == Qt.Key.Key_Escape and at is not None:
            self.show_values(None)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: object) -> None:
        """Show no values any more."""
        super().focusOutEvent(event)
        self.show_values(None)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw everything."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        painter.fillRect(self.rect(), palette.color(QPalette.ColorRole.Base))
        frame = QPen(self._faint(90), 1)
        if self.hasFocus():
            frame = QPen(palette.color(QPalette.ColorRole.Highlight), 1)
        painter.setPen(frame)
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        if not self.points:
            painter.setPen(palette.color(QPalette.ColorRole.Text))
            text = tr("Loss and accuracy appear here while the model learns.")
            flags = theme.flags(Qt.AlignmentFlag.AlignCenter, Qt.TextFlag.TextWordWrap)
            painter.drawText(self.rect().adjusted(16, 8, -16, -8), flags, text)
            return
        area = self._plot_area()
        steps, left, right = self._axis(), *self._value_axes()
        self._draw_axes(painter, area, steps, left, right)
        self._draw_legend(painter)
        for series in self._present():
            self._draw_curve(painter, area, steps, right if series.right else left, series)
        if self.shown is not None and self.shown < len(self.points):
            self._draw_values(painter, area, steps, self.points[self.shown])

    # what is where

    def _present(self) -> List[Series]:
        return [s for s in self._series if any(math.isfinite(getattr(p, s.field)) for p in self.points)]

    def _axis(self) -> Axis:
        return step_axis(max(point.step for point in self.points))

    def _value_axes(self) -> Tuple[Axis, Axis]:
        left = value_axis(p.loss for p in self.points)
        right = share_axis(value for p in self.points for value in (p.overall_accuracy, p.mean_iou))
        return left, right

    def _plot_area(self) -> QRect:
        metrics = QFontMetrics(self.font())
        left, right = self._value_axes()
        sides = [metrics.height() + 2 * _GAP + _widest(metrics, axis) for axis in (left, right)]
        present = self._present()
        if all(series.right for series in present):
            sides[0] = 2 * _GAP
        if not any(series.right for series in present):
            sides[1] = 2 * _GAP
        top, bottom = metrics.height() + 3 * _GAP, 2 * metrics.height() + 2 * _GAP
        return QRect(sides[0], top, max(20, self.width() - sum(sides)), max(20, self.height() - top - bottom))

    # drawing

    def _draw_axes(self, painter: QPainter, area: QRect, steps: Axis, left: Axis, right: Axis) -> None:
        metrics = QFontMetrics(self.font())
        text = self.palette().color(QPalette.ColorRole.Text)
        present = self._present()
        only_right = all(series.right for series in present)
        line = metrics.height()
        centred = theme.flags(Qt.AlignmentFlag.AlignCenter)
        for axis, on_right in ((left, False), (right, True)):
            if not any(series.right == on_right for series in present):
                continue
            for value in axis.ticks():
                y = _down(area, axis, value)
                if on_right == only_right:  # one grid is enough
                    painter.setPen(QPen(self._faint(40), 1))
                    painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
                painter.setPen(text)
                width = _widest(metrics, axis)
                x = area.right() + _GAP if on_right else area.left() - _GAP - width
                side = Qt.AlignmentFlag.AlignLeft if on_right else Qt.AlignmentFlag.AlignRight
                box = QRectF(x, y - line / 2, width, line)
                painter.drawText(box, theme.flags(side, Qt.AlignmentFlag.AlignVCenter), axis.label(value))
            title = self._right_title if on_right else tr("Loss")
            self._draw_sideways(painter, area, title, self.width() - line / 2 if on_right else line / 2)
        painter.setPen(text)
        last_end = -1000
        for value in steps.ticks():
            label = steps.label(value)
            width = metrics.horizontalAdvance(label)
            x = min(_across(area, steps, value) - width / 2, self.width() - width - _GAP)
            if x > last_end + 2 * _GAP:
                painter.drawText(QRectF(x, area.bottom() + _GAP, width + 1, line), centred, label)
                last_end = x + width
        painter.drawText(QRect(area.left(), self.height() - line - 2, area.width(), line), centred, tr("Step"))
        painter.setPen(QPen(self._faint(150), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area)

    def _draw_sideways(self, painter: QPainter, area: QRect, title: str, x: float) -> None:
        metrics = QFontMetrics(self.font())
        shown = metrics.elidedText(title, Qt.TextElideMode.ElideRight, area.height() + metrics.height())
        painter.save()
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        painter.translate(x, area.center().y())
        painter.rotate(-90)
        box = QRectF(-self.height() / 2, -metrics.height() / 2, self.height(), metrics.height())
        painter.drawText(box, theme.flags(Qt.AlignmentFlag.AlignCenter), shown)
        painter.restore()

    def _draw_legend(self, painter: QPainter) -> None:
        metrics = QFontMetrics(self.font())
        x, y = 2 * _GAP, _GAP + metrics.height() / 2
        for series in self._present():
            painter.setPen(self._pen(series))
            painter.drawLine(QPointF(x, y), QPointF(x + _SAMPLE, y))
            self._draw_mark(painter, QPointF(x + _SAMPLE / 2, y), series, 2.5)
            x += _SAMPLE + _GAP
            width = metrics.horizontalAdvance(series.label)
            painter.setPen(self.palette().color(QPalette.ColorRole.Text))
            box = QRectF(x, y - metrics.height() / 2, width + 2, metrics.height())
            painter.drawText(box, theme.flags(Qt.AlignmentFlag.AlignVCenter), series.label)
            x += width + 3 * _GAP

    def _draw_curve(self, painter: QPainter, area: QRect, steps: Axis, axis: Axis, series: Series) -> None:
        kept = training_wording.kept_point(self.points)
        before: Optional[QPointF] = None
        marks = len(self.points) <= 60
        for point in self.points:
            value = getattr(point, series.field)
            if not math.isfinite(value):
                before = None
                continue
            at = QPointF(_across(area, steps, point.step), _down(area, axis, value))
            painter.setPen(self._pen(series))
            if before is not None:
                painter.drawLine(before, at)
            if point is kept and point.best and series.right:
                self._draw_mark(painter, at, series, 4.5)
            elif marks:
                self._draw_mark(painter, at, series, 2.0)
            before = at

    def _draw_mark(self, painter: QPainter, at: QPointF, series: Series, size: float) -> None:
        painter.save()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour(series))
        if series.pen == Qt.PenStyle.DashLine:
            painter.drawRect(QRectF(at.x() - size, at.y() - size, 2 * size, 2 * size))
        else:
            painter.drawEllipse(at, size, size)
        painter.restore()

    def _draw_values(self, painter: QPainter, area: QRect, steps: Axis, point: TrainPoint) -> None:
        x = _across(area, steps, point.step)
        painter.setPen(QPen(self._faint(170), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        lines = training_wording.point_text(point)
        metrics = QFontMetrics(self.font())
        width = max(metrics.horizontalAdvance(line) for line in lines) + 4 * _GAP
        height = len(lines) * metrics.height() + 2 * _GAP
        left = x + 2 * _GAP if x + width + 2 * _GAP < self.width() else x - width - 2 * _GAP
        left = max(1.0, min(left, self.width() - width - 1.0))
        box = QRectF(left, area.top() + _GAP, width, height)
        palette = self.palette()
        painter.setPen(QPen(self._faint(150), 1))
        painter.setBrush(palette.color(QPalette.ColorRole.Window))
        painter.drawRoundedRect(box, 3, 3)
        painter.setPen(palette.color(QPalette.ColorRole.WindowText))
        inner = box.adjusted(2 * _GAP, _GAP, -2 * _GAP, -_GAP)
        painter.drawText(inner, theme.flags(Qt.AlignmentFlag.AlignLeft), "\n".join(lines))

    def _pen(self, series: Series) -> QPen:
        return QPen(self._colour(series), 1.6, series.pen)

    def _colour(self, series: Series) -> QColor:
        return QColor(series.dark if theme.is_dark(self) else series.light)

    def _faint(self, alpha: int) -> QColor:
        colour = QColor(self.palette().color(QPalette.ColorRole.Text))
        colour.setAlpha(alpha)
        return colour

    def _describe(self) -> None:
        newest = ", ".join(training_wording.point_text(self.points[-1])) if self.points else ""
        self.setAccessibleDescription(newest)


def _across(area: QRect, axis: Axis, value: float) -> float:
    return area.left() + area.width() * axis.share(value)


def _down(area: QRect, axis: Axis, value: float) -> float:
    return area.bottom() - area.height() * axis.share(value)


def _widest(metrics: QFontMetrics, axis: Axis) -> int:
    return max((metrics.horizontalAdvance(axis.label(value)) for value in axis.ticks()), default=0)
