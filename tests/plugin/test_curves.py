"""The plot of a training's curves, its axes and its words."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from fake_trainer import point
from qgis.PyQt.QtCore import QCoreApplication, QEvent, QLocale, QPointF, Qt
from qgis.PyQt.QtGui import QColor, QMouseEvent, QPalette
from qgis.PyQt.QtTest import QTest

from urbangrain.engine.protocol import TrainPoint
from urbangrain.plugin import training_wording
from urbangrain.plugin.dock.axis import Axis, round_step, share_axis, step_axis, value_axis
from urbangrain.plugin.dock.curves_widget import CurvesWidget

NAN = float("nan")
LIGHT = {"loss": "#b35806", "overall_accuracy": "#1f5f99", "mean_iou": "#1b7837"}
DARK = {"loss": "#fdb863", "overall_accuracy": "#8ec7ff", "mean_iou": "#7fd8a0"}


@pytest.fixture
def curves(qgis_app):
    widget = CurvesWidget("curves")
    widget.resize(320, 216)
    widget.show()
    yield widget
    widget.close()


def drawn(widget):
    """Return the colours that are seen and how often."""
    image = widget.grab().toImage()
    counts: dict[str, int] = {}
    for x in range(image.width()):
        for y in range(image.height()):
            name = image.pixelColor(x, y).name()
            counts[name] = counts.get(name, 0) + 1
    return counts


@pytest.mark.parametrize(
    ("span", "count", "step"), [(1.0, 4, 0.5), (0.9, 5, 0.2), (100, 5, 20), (7, 7, 1), (0.003, 4, 0.001), (37, 4, 10)]
)
def test_steps_are_round(span, count, step):
    assert round_step(span, count) == pytest.approx(step)


def test_an_axis_holds_all_values_between_its_ticks():
    axis = value_axis([0.43, 0.91, NAN])
    assert (axis.low, axis.high, axis.step) == (pytest.approx(0.4), pytest.approx(1.0), pytest.approx(0.2))
    assert axis.ticks() == pytest.approx([0.4, 0.6, 0.8, 1.0])
    assert [axis.label(tick) for tick in axis.ticks()] == ["0.4", "0.6", "0.8", "1.0"]
    assert axis.share(0.7) == pytest.approx(0.5)
    large = value_axis([120.0, 480.0])
    assert [large.label(tick) for tick in large.ticks()] == ["100", "200", "300", "400", "500"]


def test_one_value_alone_has_an_axis_around_it():
    for value in (0.5, 0.0, -3.0):
        axis = value_axis([value, value])
        assert axis.low < value < axis.high
    assert (value_axis([]).low, value_axis([NAN]).high) == (0.0, 1.0)


def test_shares_stay_between_nothing_and_all():
    axis = share_axis([0.97, 0.999])
    assert axis.high == 1.0
    assert 0.9 <= axis.low <= 0.97
    assert share_axis([1.0, 1.0]).high == 1.0
    assert share_axis([0.0]).low == 0.0


def test_steps_have_whole_ticks():
    assert step_axis(0) == Axis(0.0, 1.0, 1.0)
    assert step_axis(3).ticks() == [0, 1, 2, 3]
    assert step_axis(230).ticks() == [0, 50, 100, 150, 200]


def test_ticks_are_worded_as_the_locale_does():
    before = QLocale()
    QLocale.setDefault(QLocale("de_DE"))
    try:
        assert Axis(0.0, 1.0, 0.5).label(0.5) == "0,5"
    finally:
        QLocale.setDefault(before)


def test_an_empty_plot_says_what_it_is_for(curves):
    seen = drawn(curves)
    assert not set(LIGHT.values()) & set(seen)
    text = QColor(curves.palette().color(QPalette.ColorRole.Text)).name()
    assert seen.get(text, 0) > 50
    assert curves.nearest(100) is None


def test_three_curves_are_drawn_in_colours_of_their_own(curves):
    for step in range(9):
        curves.add(point(step))
    seen = drawn(curves)
    for field, colour in LIGHT.items():
        assert seen.get(colour, 0) > 30, field
    assert not set(DARK.values()) & set(seen)


def test_a_dark_theme_has_lighter_curves(curves):
    palette = QPalette(curves.palette())
    for role in (QPalette.ColorRole.Window, QPalette.ColorRole.Base):
        palette.setColor(role, QColor("#232629"))
    palette.setColor(QPalette.ColorRole.Text, QColor("#eff0f1"))
    curves.setPalette(palette)
    curves.show_points([point(step) for step in range(9)])
    seen = drawn(curves)
    for field, colour in DARK.items():
        assert seen.get(colour, 0) > 30, field
    assert not set(LIGHT.values()) & set(seen)


def test_without_validation_there_is_only_the_loss(curves):
    curves.show_points([replace(point(s), overall_accuracy=NAN, mean_iou=NAN, f1={}) for s in range(1, 6)])
    seen = drawn(curves)
    assert seen.get(LIGHT["loss"], 0) > 30
    assert LIGHT["overall_accuracy"] not in seen
    assert LIGHT["mean_iou"] not in seen


def test_the_first_point_has_no_loss_and_is_drawn_all_the_same(curves):
    curves.add(point(0))
    seen = drawn(curves)
    assert seen.get(LIGHT["overall_accuracy"], 0) > 10
    assert LIGHT["loss"] not in seen


def test_a_higher_accuracy_is_drawn_higher(curves):
    low, high = (replace(point(s), loss=NAN, mean_iou=NAN, overall_accuracy=oa) for s, oa in ((0, 0.2), (10, 0.8)))
    curves.show_points([low, high])
    image = curves.grab().toImage()
    blue = LIGHT["overall_accuracy"]
    at = [(x, y) for x in range(320) for y in range(30, 216) if image.pixelColor(x, y).name() == blue]
    left, right = min(at), max(at)
    assert left[0] < right[0]
    assert right[1] < left[1] - 40


def test_the_mouse_shows_the_nearest_point(curves):
    for step in (0, 2, 12):
        curves.add(point(step))
    curves.begin("Validation")
    curves.show_points([point(0), point(2), point(12)])
    left, right = curves._plot_area().left(), curves._plot_area().right()
    assert [curves.nearest(x) for x in (0, left, left + (right - left) * 3 / 12, right, 320)] == [0, 0, 1, 2, 2]
    at = QPointF(300, 100)
    none = (Qt.MouseButton.NoButton, Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier)
    QCoreApplication.sendEvent(curves, QMouseEvent(QEvent.Type.MouseMove, at, at, *none))
    assert curves.shown == 2
    before = drawn(curves)
    curves.leaveEvent(None)
    assert curves.shown is None
    assert drawn(curves) != before


def test_the_arrow_keys_go_from_point_to_point(curves):
    curves.show_points([point(0), point(2), point(12)])
    keys = (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_End, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Home)
    seen = []
    for key in keys:
        QTest.keyClick(curves, key)
        seen.append(curves.shown)
    assert seen == [0, 1, 2, 2, 1, 0]
    QTest.keyClick(curves, Qt.Key.Key_Escape)
    assert curves.shown is None
    assert "step 12" in curves.accessibleDescription()


@pytest.mark.parametrize("width", [160, 340, 1200])
@pytest.mark.parametrize("count", [1, 2, 300])
def test_any_size_and_any_number_of_points_can_be_drawn(curves, width, count):
    curves.resize(width, 216)
    curves.show_points([TrainPoint(s, s / 4, s / 60, 1e-4, 1 / (s + 1), 0.5, 0.4) for s in range(count)])
    curves.show_values(count - 1)
    assert drawn(curves)


# words


def test_a_point_says_what_is_known_of_it():
    known = TrainPoint(1200, 3.2, 1.5, 1e-4, 0.8453, 0.9129, 0.7034, {"water": 0.98, "attic": 0.5}, True)
    assert training_wording.point_text(known) == [
        "step 1,200", "epoch 3.2", "1:30", "loss 0.845", "OA 0.913", "mIoU 0.703", "best so far"
    ]  # fmt: skip
    assert training_wording.f1_text(known) == "F1: water 0.98, attic 0.50"
    unknown = TrainPoint(0, 0.0, 0.0, 0.0, NAN, NAN, NAN)
    assert training_wording.point_text(unknown) == ["step 0", "epoch 0.0", "0:00"]
    assert training_wording.f1_text(unknown) == ""


def test_before_is_step_0_and_after_the_best_or_else_the_last():
    points = [point(step) for step in range(13)]
    assert training_wording.first_look(points) is points[0]
    assert training_wording.kept_point(points) is points[8]
    plain = [replace(p, best=False) for p in points]
    assert training_wording.kept_point(plain) is plain[12]
    assert training_wording.first_look(points[1:]) is None
    assert training_wording.first_look([replace(points[0], overall_accuracy=NAN)]) is None
    assert training_wording.kept_point([]) is None
    assert math.isnan(points[0].loss)
