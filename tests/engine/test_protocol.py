from __future__ import annotations

import dataclasses
import json
import math
import string
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from urbangrain.engine import protocol
from urbangrain.engine.protocol import (
    AssessResult,
    Cancel,
    ClassScore,
    Failed,
    Finished,
    Hello,
    MapJob,
    ModelsJob,
    Notice,
    Progress,
    ProtocolError,
    Run,
    Shutdown,
    from_line,
    to_line,
    word,
)
from urbangrain.engine.protocol.codec import _REGISTRY
from urbangrain.engine.protocol.messages import MESSAGES, STAGES

JOB = MapJob(image="a b/ü.tif", model="landcover", out="o.tif", bands=(3, 2, 1, 0), extent=(1, 2, 3, 4.5))


@pytest.mark.parametrize(
    "message",
    [
        Run("1", JOB),
        Run("2", ModelsJob()),
        Cancel("1"),
        Shutdown(),
        Hello(1, "0.1", 7, ("cpu",)),
        Progress("1", "map", 0.5, 3, 6, 1e6, 2.0),
        Notice("1", "note.rotated"),
        Failed("1", "file.not_found", {"path": "x"}, "trace"),
    ],
    ids=lambda m: type(m).__name__,
)
def test_messages_survive_the_wire(message: object) -> None:
    line = to_line(message)
    assert line.count("\n") == 1
    assert line.endswith("\n")
    assert from_line(line) == message


def test_what_is_not_defined_is_null_and_comes_back_as_nan() -> None:
    score = ClassScore(1, "water", "#000000", math.nan, 1.0, math.nan, 0.5, 0, 3)
    result = AssessResult((score,), ((3,),), 1.0, math.nan, 0.5, 0.5, 3, {"w": 1})
    line = to_line(Finished("1", result))
    json.loads(line, parse_constant=lambda name: pytest.fail(f"{name} is not JSON"))
    back = from_line(line).result
    assert math.isnan(back.kappa)
    assert math.isnan(back.classes[0].precision)
    assert back.classes[0].recall == 1.0


def changed(**fields: object) -> str:
    data = json.loads(to_line(Run("1", JOB)))
    data["job"].update(fields)
    return json.dumps(data)


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("", ""),
        ("[1]", ""),
        ('{"kind":"dance"}', "kind"),
        ('{"kind":"cancel"}', "id"),
        ('{"kind":"cancel","id":3}', "id"),
        ('{"kind":"cancel","id":"1","why":"?"}', "why"),
        ('{"kind":"run","id":"1","job":{"kind":"fly"}}', "job.kind"),
        (changed(overlap=1.5), "job.overlap"),
        (changed(overlap="much"), "job.overlap"),
        (changed(window=True), "job.window"),
        (changed(window=8), "job.window"),
        (changed(blend="magic"), "job.blend"),
        (changed(flips=4), "job.flips"),
        (changed(device="gpu"), "job.device"),
        (changed(bands=[1, -1]), "job.bands"),
        (changed(bands=[1, "2"]), "job.bands[1]"),
        (changed(extent=[1, 2, 3]), "job.extent"),
        (changed(extent=[3, 2, 1, 4]), "job.extent"),
        (changed(image="  "), "job.image"),
        (changed(parcels="p.gpkg"), "job.parcels_out"),
        (changed(min_patch_m2=-1), "job.min_patch_m2"),
        (changed(colour="red"), "job.colour"),
    ],
)
def test_a_wrong_line_names_its_field(line: str, field: str) -> None:
    with pytest.raises(ProtocolError) as error:
        from_line(line)
    assert error.value.field == field
    assert error.value.problem


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(kind=st.sampled_from(sorted(_REGISTRY)), fields=st.dictionaries(st.text(max_size=8), json_values, max_size=4))
def test_no_line_does_more_than_be_refused(kind: str, fields: dict) -> None:
    try:
        message = from_line(json.dumps({**fields, "kind": kind}))
    except ProtocolError:
        return
    assert from_line(to_line(message)) == message or "nan" in repr(message)


def test_every_public_message_is_frozen() -> None:
    for cls in _REGISTRY.values():
        assert cls.__dataclass_params__.frozen, cls


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_every_sentence_can_be_worded(code: str) -> None:
    names = [name for _, name, _, _ in string.Formatter().parse(MESSAGES[code]) if name]
    text = word(code, {name: f"<{name}>" for name in names})
    assert all(f"<{name}>" in text for name in names)
    assert "?" in word(code, {}) or not names
    assert text[0].isupper() or text[0] in "<{"
    assert text.endswith((".", ")", ">"))  # a sentence, or the reason that another program gave


def test_words_of_a_newer_engine_still_show() -> None:
    assert "tea.cold" in word("tea.cold", {"degrees": 3})
    assert all(STAGES.values())


def test_translation_comes_before_the_values() -> None:
    text = word("file.not_found", {"path": "x.tif"}, lambda t: t.replace("There is no file", "Es gibt keine Datei"))
    assert text == "Es gibt keine Datei x.tif."


def test_the_protocol_loads_nothing_heavy() -> None:
    heavy = "('numpy', 'torch', 'rasterio')"
    code = f"import sys, urbangrain.engine.protocol; print(*[m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_everything_public_is_named() -> None:
    assert all(hasattr(protocol, name) for name in protocol.__all__)
    assert all(name in protocol.__all__ for name, value in vars(protocol).items() if dataclasses.is_dataclass(value))
