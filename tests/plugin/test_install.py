"""Installing the engine from within QGIS."""

from __future__ import annotations

import os
import sys

import pytest
from conftest import pump
from qgis.PyQt.QtCore import QCoreApplication

from urbangrain.plugin.engine import install, locate
from urbangrain.plugin.engine.install import Installer, Step


@pytest.fixture
def installer(qgis_app, tmp_path):
    installer = Installer(str(tmp_path / "profile with spaces" / "engine"))
    installer.lines, installer.endings = [], []
    installer.line.connect(installer.lines.append)
    installer.ended.connect(lambda good, text: installer.endings.append((good, text)))
    yield installer
    installer.cancel()
    pump(lambda: not installer.running, 5)


def test_requirements_come_from_pyproject():
    wanted = install.requirements()
    assert any(line.startswith("torch") for line in wanted)
    assert any(line.startswith("rasterio") for line in wanted)
    assert not any("pytest" in line for line in wanted)
    if sys.version_info >= (3, 11):
        import tomllib

        path = os.path.join(install.plugin_folder(), "pyproject.toml")
        with open(path, "rb") as file:
            assert wanted == tomllib.load(file)["project"]["dependencies"]


@pytest.mark.parametrize("uv", ["", "/usr/bin/uv"])
def test_the_plan_makes_installs_and_checks(tmp_path, uv):
    folder = str(tmp_path / "a b")
    steps = install.plan(folder, uv=uv)
    assert len(steps) == 3
    assert folder in steps[0].arguments
    assert set(install.requirements()) <= set(steps[1].arguments)
    assert steps[2].arguments[0] == locate.python_of(folder)


def test_a_gpu_gets_its_own_builds(tmp_path):
    packages = [install.plan(str(tmp_path), gpu=gpu, uv="/usr/bin/uv")[1].arguments for gpu in (False, True)]
    assert [any(p.startswith("onnxruntime>") for p in listed) for listed in packages] == [True, False]
    assert [any(p.startswith("onnxruntime-gpu>") for p in listed) for listed in packages] == [False, True]
    assert [listed[listed.index("--torch-backend") + 1] for listed in packages] == ["cpu", "auto"]


def test_a_real_environment_is_made_in_a_path_with_spaces(installer):
    (make, _, _) = install.plan(installer.folder, uv="")
    check = Step("check", [locate.python_of(installer.folder), "-c", "print('it', 'works')"])
    installer.start([Step(make.title, [*make.arguments, "--without-pip"]), check])
    assert pump(lambda: installer.endings, 60)
    assert installer.endings[0][0], installer.lines
    assert "it works" in installer.lines
    assert os.path.isfile(os.path.join(installer.folder, locate.READY))


def test_a_failed_step_ends_it_and_leaves_it_half_made(installer):
    installer.start(
        [
            Step("make", [sys.executable, "-c", f"import os; os.mkdir({installer.folder!r})"]),
            Step("install", [sys.executable, "-c", "print('no space left'); raise SystemExit(2)"]),
            Step("never", [sys.executable, "-c", "print('never')"]),
        ]
    )
    assert pump(lambda: installer.endings)
    good, text = installer.endings[0]
    assert not good
    assert "install failed" in text
    assert "no space left" in installer.lines
    assert "never" not in installer.lines
    assert not os.path.exists(os.path.join(installer.folder, locate.READY))


def test_what_an_earlier_attempt_left_is_removed_first(installer):
    os.makedirs(installer.folder)
    with open(os.path.join(installer.folder, "half"), "w") as file:
        file.write("made")
    installer.start([Step("make", [sys.executable, "-c", f"import os; os.mkdir({installer.folder!r})"])])
    assert pump(lambda: installer.endings)
    assert installer.endings[0][0]
    assert os.listdir(installer.folder) == [locate.READY]


def test_cancel_stops_at_once_and_removes_what_is_half_made(installer):
    os.makedirs(installer.folder)
    wait = f"import os, time; os.mkdir({installer.folder!r}); print('busy', flush=True); time.sleep(60)"
    installer.start([Step("make", [sys.executable, "-c", wait])])
    assert pump(lambda: "busy" in installer.lines)
    installer.cancel()
    assert pump(lambda: installer.endings, 2)
    assert not installer.endings[0][0]
    assert not os.path.exists(installer.folder)


def test_a_program_that_is_not_there(installer):
    installer.start([Step("make", ["/nowhere/python", "-m", "venv"])])
    assert pump(lambda: installer.endings)
    assert "could not be started" in installer.endings[0][1]
    QCoreApplication.processEvents()


def test_an_old_python_without_uv_is_refused_in_words(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "version_info", (3, 9, 5, "final", 0))
    with pytest.raises(install.CannotInstall, match=r"3\.9"):
        install.plan(str(tmp_path), uv="")


@pytest.mark.parametrize(("second", "good"), [("print('got it')", True), ("raise SystemExit(3)", False)])
def test_where_the_first_source_fails_the_second_is_tried_once(installer, second, good):
    installer.start(
        [
            Step("make", [sys.executable, "-c", f"import os; os.mkdir({installer.folder!r})"]),
            Step("install", [sys.executable, "-c", "print('no such host'); raise SystemExit(2)"],
                 (sys.executable, "-c", second)),
        ]
    )  # fmt: skip
    assert pump(lambda: installer.endings)
    assert installer.endings[0][0] is good
    assert [line for line in installer.lines if "usual package index" in line]
    assert installer.lines.count("no such host") == 1


def test_the_second_source_needs_its_room(installer, monkeypatch):
    monkeypatch.setattr(install, "free_space", lambda folder: install.NEEDED_GPU - 1)
    installer.start([Step("install", [sys.executable, "-c", "raise SystemExit(2)"], (sys.executable, "-c", "pass"))])
    assert pump(lambda: installer.endings)
    assert not installer.endings[0][0]


def test_uv_asks_the_usual_index_where_the_server_of_pytorch_is_not_let_through(tmp_path):
    step = install.plan(str(tmp_path), uv="/usr/bin/uv")[1]
    at = step.arguments.index("--torch-backend")
    assert list(step.otherwise) == step.arguments[:at] + step.arguments[at + 2 :]
