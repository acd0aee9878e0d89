"""Codes and numbers into words."""

from __future__ import annotations

import re

import pytest
from qgis.PyQt.QtCore import QLocale

from urbangrain.engine.protocol import MESSAGES
from urbangrain.engine.protocol.messages import STAGES
from urbangrain.plugin import wording


@pytest.fixture
def german():
    before = QLocale()
    QLocale.setDefault(QLocale("de_DE"))
    yield
    QLocale.setDefault(before)


@pytest.mark.parametrize("code", sorted({**MESSAGES, **wording.PLUGIN_MESSAGES}))
def test_every_code_becomes_a_sentence(code):
    template = MESSAGES.get(code) or wording.PLUGIN_MESSAGES[code]
    names = re.findall(r"{(\w+)}", template)
    text = wording.sentence(code, {name: f"<{name}>" for name in names})
    assert wording.known(code)
    assert all(f"<{name}>" in text for name in names if name not in ("device", "role"))
    assert "{" not in text


def test_a_code_of_a_newer_engine_is_shown_rather_than_hidden():
    assert "new.code" in wording.sentence("new.code", {"x": 1})


def test_parts_of_a_map_are_named_one_by_one():
    values = {"model": "depth", "parts": "confidence, clean-up"}
    assert "it makes no confidence, clean-up." in wording.sentence("values.no_classes", values)


@pytest.mark.parametrize(
    ("value", "span", "text"),
    [(1234.56, 2000, "1,235"), (0.12345, 1.0, "0.12"), (0.12345, 0.01, "0.1235"), (3e-9, 1e-8, "3e-09")],
)
def test_readings_have_the_decimals_of_their_scale(value, span, text):
    assert wording.reading(value, span) == text
    assert wording.reading(float("nan"), span) == "–"


@pytest.mark.parametrize("code", sorted(STAGES))
def test_every_stage_has_words(code):
    assert wording.stage(code) != code


def test_numbers_follow_the_locale(german):
    assert wording.number(1234.5, 1) == "1.234,5"
    assert wording.percent(0.123) == "12,3 %"
    assert "3,5" in wording.sentence("note.size", {"megapixels": 3.5, "gsd": 3.0, "device": "cpu"})


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0:00"), (21.4, "0:21"), (61, "1:01"), (3723, "1:02:03"), (-5, "0:00")]
)
def test_durations(seconds, text):
    assert wording.duration(seconds) == text


def test_an_undefined_metric_is_a_dash():
    assert wording.number(float("nan"), 3) == "–"
    assert wording.percent(float("nan")) == "–"


def test_devices():
    assert wording.device("cpu") == "CPU"
    assert wording.device("cuda:0 NVIDIA H200") == "GPU NVIDIA H200"
