"""What will happen, said before the click."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from conftest import pump

from urbangrain.engine.protocol import InspectJob, InspectResult, Remark
from urbangrain.plugin.dock.preflight import Line, Preflight, Verdict, as_html, judge
from urbangrain.plugin.layers.sources import UnusableLayer


def inspected(*remarks: Remark, estimate: float = 12.0) -> InspectResult:
    return InspectResult(
        10, 10, "uint16", "EPSG:32650", 3.0, None, (), (1, 2, 3, 4), 10, 10, 3.0, 4_100_000, estimate, "cpu", remarks
    )


def test_a_clean_image_is_ready_and_its_size_and_time_are_said():
    verdict = judge(inspected())
    assert verdict.can_run
    assert [line.text for line in verdict.lines] == ["4.1 Mpx at 3 m, about 12 s on CPU."]


def test_without_a_known_rate_no_time_is_made_up():
    (line,) = judge(inspected(estimate=-1)).lines
    assert line.text == "4.1 Mpx at 3 m, CPU."


def test_a_warning_does_not_forbid_the_run_and_stands_before_the_rest():
    verdict = judge(
        inspected(Remark("note.depth", {"dtype": "uint8"}), Remark("note.no_nir", {"role": "nir"}, "warning"))
    )
    assert verdict.can_run
    assert [line.severity for line in verdict.lines] == ["warning", "info", "info"]
    assert "near infrared" in verdict.lines[0].text


def test_an_error_forbids_the_run():
    verdict = judge(inspected(Remark("image.no_crs", {"path": "a.tif"}, "error")))
    assert verdict.state == "problem"
    assert not verdict.can_run


def test_what_this_side_knows_counts_too():
    assert not judge(inspected(), [Line("no CRS", "error")]).can_run


def test_markup_in_a_file_name_is_shown_and_not_obeyed():
    text = as_html(Verdict("ready", (Line("<b>a&b</b>.tif", "info"),)), lambda severity: "#000000")
    assert "&lt;b&gt;a&amp;b&lt;/b&gt;.tif" in text


@pytest.fixture
def asked(session, demo_files):
    state = SimpleNamespace(job=InspectJob(demo_files["image"], "landcover"), raises=None, count=0)

    def describe():
        state.count += 1
        if state.raises:
            raise state.raises
        return state.job, []

    preflight = Preflight(session, describe)
    state.seen = []
    preflight.updated.connect(state.seen.append)
    state.preflight = preflight
    yield state
    preflight.close()


def test_many_changes_are_one_check(asked):
    for _ in range(20):
        asked.preflight.schedule()
    assert pump(lambda: asked.preflight.verdict.state == "ready")
    assert asked.count == 1
    assert [verdict.state for verdict in asked.seen] == ["checking", "ready"]


def test_nothing_to_check_is_no_problem(asked):
    asked.job = None
    asked.preflight.check()
    assert asked.preflight.verdict.state == "idle"


def test_an_unusable_layer_is_a_problem_in_its_own_words(asked):
    asked.raises = UnusableLayer("Choose a raster layer.")
    asked.preflight.check()
    assert asked.preflight.verdict.lines[0].text == "Choose a raster layer."


def test_a_file_that_is_gone_is_a_problem(asked):
    asked.job = InspectJob("/nowhere/a.tif", "landcover")
    asked.preflight.check()
    assert pump(lambda: asked.preflight.verdict.state not in ("checking", "idle"))
    assert asked.preflight.verdict.lines


def test_while_a_job_runs_nothing_is_asked(asked):
    asked.preflight.pause()
    asked.preflight.schedule()
    pump(lambda: False, 0.6)
    assert asked.count == 0
    asked.preflight.resume()
    assert pump(lambda: asked.count == 1)


def test_an_engine_that_died_does_not_forbid_the_next_try(asked, session):
    session.client.mode = "mute"
    asked.preflight.check()
    assert pump(lambda: asked.preflight.verdict.state == "problem")
    assert asked.preflight.verdict.code == "engine.start_failed"
    asked.preflight._refused("engine.crashed", {"reason": "signal 9"})
    assert asked.preflight.verdict.can_run
