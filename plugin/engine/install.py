"""Making the engine's Python environment from within QGIS.

The packages are those that ``pyproject.toml`` lists; `uv` makes the environment when the computer has it, otherwise
Python's own ``venv`` and ``pip``. A marker file is written last, so that a half-made environment is recognised, removed
and made again.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from dataclasses import dataclass
from typing import List, Optional, Tuple

from qgis.PyQt.QtCore import QObject, QProcess, QProcessEnvironment, pyqtSignal

from ..i18n import tr
from ..paths import plugin_folder
from . import locate

# The project's own environment with the CUDA build of torch 2.13 and the test tools takes 5.4 GB on Linux; unpacking
# needs room beside it. The CPU build leaves the CUDA libraries out.
NEEDED_CPU = 2.5e9
NEEDED_GPU = 8.0e9
_CHECK = "import torch, rasterio, skimage, pyogrio, exactextract, onnxruntime; print('torch', torch.__version__)"


@dataclass(frozen=True)
class Step:
    """One program to run, and another one to try where it fails (empty: none)."""

    title: str
    arguments: List[str]
    otherwise: Tuple[str, ...] = ()


class CannotInstall(Exception):
    """The environment cannot be made here; the text is a sentence for people."""


def requirements(path: Optional[str] = None) -> List[str]:
    """Return the engine's requirements from ``pyproject.toml`` (a list of strings; Python 3.9 has no TOML reader)."""
    with open(path or os.path.join(plugin_folder(), "pyproject.toml"), encoding="utf-8") as file:
        text = file.read()
    project = re.search(r"^\[project\]\s*$(.*?)(?=^\[|\Z)", text, re.MULTILINE | re.DOTALL)
    listed = (
        re.search(r"^dependencies\s*=\s*\[(.*?)^\]", project.group(1), re.MULTILINE | re.DOTALL) if project else None
    )
    if listed is None:
        raise CannotInstall(tr("pyproject.toml lists no requirements. Install the plugin again."))
    return re.findall(r'^\s*"([^"]+)"', listed.group(1), re.MULTILINE)


def base_python() -> Optional[str]:
    """Return QGIS's own Python interpreter: inside QGIS, ``sys.executable`` may be QGIS itself."""
    if sys.platform == "win32":
        candidates = [
            os.path.join(sys.base_exec_prefix, "python.exe"),
            os.path.join(sys.base_exec_prefix, "python3.exe"),
        ]
    else:
        name = f"python3.{sys.version_info[1]}"
        candidates = [
            os.path.join(sys.base_exec_prefix, "bin", name),
            os.path.join(sys.base_exec_prefix, "bin", "python3"),
            shutil.which(name) or "",
        ]
    return next((path for path in candidates if path and os.path.isfile(path)), None)


def plan(folder: str, gpu: bool = False, uv: Optional[str] = None) -> List[Step]:
    """Return the programs that make the environment in ``folder``; raises `CannotInstall`."""
    uv = uv if uv is not None else shutil.which("uv")
    python = locate.python_of(folder)
    wanted = requirements()
    if gpu:  # ONNX Runtime's build for NVIDIA is another package with the same module in it
        wanted = [re.sub(r"^onnxruntime\b(?!-)", "onnxruntime-gpu", one) for one in wanted]
    base = base_python()
    new_enough = sys.version_info >= (3, 10)
    if uv:
        chosen = base if base and new_enough else "3.12"
        install = [uv, "pip", "install", "--python", python]
        # PyTorch's own server has the build that fits; where only the usual index is let through, its build does too.
        build = ["--torch-backend", "auto" if gpu else "cpu"]
        # Not for a GPU on Windows, whose usual build knows none: a silent CPU is not what was asked for.
        otherwise = () if gpu and sys.platform == "win32" else (*install, *wanted)
        return [
            Step(tr("Making the environment"), [uv, "venv", "--python", chosen, folder]),
            Step(tr("Installing the packages"), [*install, *build, *wanted], otherwise),
            Step(tr("Checking"), [python, "-c", _CHECK]),
        ]
    if base is None:
        raise CannotInstall(tr("QGIS's Python interpreter was not found. Install uv, then try again."))
    if not new_enough:
        raise CannotInstall(
            tr("The engine needs Python 3.10 and QGIS has {version}. Install uv, then try again.").format(
                version=f"{sys.version_info[0]}.{sys.version_info[1]}"
            )
        )
    return [
        Step(tr("Making the environment"), [base, "-m", "venv", folder]),
        Step(tr("Installing the packages"), [python, "-m", "pip", "install", "--disable-pip-version-check", *wanted]),
        Step(tr("Checking"), [python, "-c", _CHECK]),
    ]


def can_choose_gpu() -> bool:
    """Tell whether a build of torch can be asked for: only uv finds the right one by itself."""
    return shutil.which("uv") is not None


def needed_space(gpu: bool) -> float:
    """Return the bytes that an installation needs. Without uv, Linux gets torch's usual build, the one with CUDA."""
    if gpu or (not can_choose_gpu() and sys.platform.startswith("linux")):
        return NEEDED_GPU
    return NEEDED_CPU


def free_space(folder: str) -> float:
    """Return the free bytes where ``folder`` would be made."""
    while not os.path.isdir(folder):
        parent = os.path.dirname(folder)
        if parent == folder:
            break
        folder = parent
    return float(shutil.disk_usage(folder).free)


class Installer(QObject):
    """Runs the steps one after the other, in the background.

    ``step`` (title, number, of how many), ``line`` (a line of output), ``ended`` (success, a sentence).
    """

    step = pyqtSignal(str, int, int)
    line = pyqtSignal(str)
    ended = pyqtSignal(bool, str)

    def __init__(self, folder: Optional[str] = None, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self.folder = folder or locate.install_folder()
        self._steps: List[Step] = []
        self._number = 0
        self._process: Optional[QProcess] = None
        self._cancelled = False

    @property
    def running(self) -> bool:
        """Whether it is at work."""
        return self._process is not None

    def start(self, steps: List[Step]) -> None:
        """Begin. What an earlier attempt left is removed first."""
        if self.running:
            return
        self._cancelled = False
        try:
            if os.path.isdir(self.folder):
                shutil.rmtree(self.folder)
            os.makedirs(os.path.dirname(self.folder), exist_ok=True)
        except OSError as error:
            self.ended.emit(False, tr("The old engine could not be removed: {reason}").format(reason=error))
            return
        self._steps, self._number = list(steps), 0
        self._next()

    def cancel(self) -> None:
        """Stop, and remove what is half-made."""
        self._cancelled = True
        if self._process is not None:
            self._process.kill()

    def _next(self) -> None:
        step = self._steps[self._number]
        self.step.emit(step.title, self._number + 1, len(self._steps))
        self.line.emit("$ " + " ".join(step.arguments))
        process = self._process = QProcess(self)
        environment = QProcessEnvironment()
        for key, value in locate.clean_environment(with_package=False).items():
            environment.insert(key, value)
        process.setProcessEnvironment(environment)
        process.setProcessChannelMode(QProcess.ProcessChannelMode.MergedChannels)
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._step_ended)
        process.errorOccurred.connect(self._step_failed_to_start)
        process.start(step.arguments[0], step.arguments[1:])

    def _read(self) -> None:
        if self._process is not None:
            text = bytes(self._process.readAllStandardOutput()).decode("utf-8", "replace")
            for line in text.replace("\r", "\n").splitlines():
                if line.strip():
                    self.line.emit(line.rstrip())

    def _step_failed_to_start(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._end(
                False, tr("{program} could not be started.").format(program=self._steps[self._number].arguments[0])
            )

    def _step_ended(self, code: int, _status: QProcess.ExitStatus = QProcess.ExitStatus.NormalExit) -> None:
        self._read()
        if self._cancelled:
            self._end(False, tr("The installation was cancelled."))
        elif code != 0 and self._steps[self._number].otherwise and free_space(self.folder) >= NEEDED_GPU:
            step = self._steps[self._number]
            self._steps[self._number] = Step(step.title, list(step.otherwise))
            self.line.emit(tr("That failed; trying the usual package index alone, a larger download."))
            self._drop_process()
            self._next()
        elif code != 0:
            title = self._steps[self._number].title
            self._end(False, tr("{step} failed. The lines above say why; run it again when mended.").format(step=title))
        elif self._number + 1 < len(self._steps):
            self._number += 1
            self._drop_process()
            self._next()
        else:
            try:
                with open(os.path.join(self.folder, locate.READY), "w", encoding="utf-8") as file:
                    file.write("\n".join(requirements()) + "\n")
            except OSError as error:
                self._end(False, str(error))
                return
            self._end(True, tr("The engine is installed."))

    def _drop_process(self) -> None:
        if self._process is not None:
            self._process.deleteLater()
            self._process = None

    def _end(self, good: bool, text: str) -> None:
        self._drop_process()
        if self._cancelled:
            shutil.rmtree(self.folder, ignore_errors=True)
        self.ended.emit(good, text)
