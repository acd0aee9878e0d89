"""Translations: complete, with the same values in them, and in use."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from urbangrain.engine.protocol import MESSAGES
from urbangrain.plugin import wording
from urbangrain.plugin.i18n import tr

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import update_translations  # noqa: E402


@pytest.mark.parametrize("language", ["de", "zh"])
def test_a_language_is_nearly_complete(language):
    kept = update_translations.translations(ROOT / "i18n" / f"urbangrain_{language}.ts")
    found = [(context, text) for context, messages in update_translations.texts().items() for text in messages]
    missing = [text for context, text in found if text not in kept.get(context, {})]
    assert len(missing) <= 0.05 * len(found), missing


@pytest.mark.parametrize("path", sorted((ROOT / "i18n").glob("*.ts")), ids=lambda path: path.stem)
def test_translations_name_the_same_values(path):
    for messages in update_translations.translations(path).values():
        for source, translation in messages.items():
            assert sorted(re.findall(r"{\w+}", source)) == sorted(re.findall(r"{\w+}", translation)), source


def test_the_gatherer_finds_every_kind_of_text():
    found = update_translations.texts()
    assert set(MESSAGES.values()) <= set(found["Engine"])
    assert set(wording.PLUGIN_MESSAGES.values()) <= set(found["UrbanGrain"])
    assert "Run" in found["UrbanGrain"]


@pytest.mark.parametrize("translated", ["zh"], indirect=True)
def test_words_and_messages_are_translated(translated):
    assert tr("Run") == "运行"
    assert wording.name("water") == "水体"
    assert wording.stage("map") == "正在制图"
    assert wording.sentence("file.not_found", {"path": "a.tif"}) == "没有文件 a.tif。"
    assert "signal 9" in wording.sentence("engine.crashed", {"reason": "signal 9"})


@pytest.mark.parametrize("translated", ["de"], indirect=True)
def test_german_words_and_messages_are_translated(translated):
    assert tr("Run") == "Start"
    assert wording.name("impervious") == "versiegelt"
    assert wording.sentence("file.not_found", {"path": "a.tif"}) == "Die Datei a.tif gibt es nicht."


@pytest.mark.parametrize("translated", ["zh"], indirect=True)
def test_a_class_that_nobody_translated_keeps_its_name(translated):
    assert wording.name("solar panel") == "solar panel"
