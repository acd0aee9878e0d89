"""Behind the gear: where the engine is, how it is, installing it, and what to send with a problem report."""

from __future__ import annotations

import os
from typing import Optional

from qgis.core import Qgis
from qgis.gui import QgsFileWidget
from qgis.PyQt.QtWidgets import (
    QApplication,
    QCheckBox,
    QGroupBox,
    QHBoxLayout,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from urbangrain.engine.protocol import Hello, ModelsJob

from .. import diagnostics, settings, wording
from ..engine import install, locate
from ..engine.query import Query
from ..i18n import tr
from ..session import Session
from . import theme


class SettingsPage(QWidget):
    """The engine and the diagnostics."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("settingsPage")
        self.session = session
        self._query: Optional[Query] = None
        self._checked = ""
        self.installer = install.Installer(parent=self)
        self.state = theme.paragraph()
        self.state.setObjectName("settingsState")
        self.python = QgsFileWidget()
        self.python.setObjectName("settingsPython")
        self.python.setStorageMode(QgsFileWidget.StorageMode.GetFile)
        self.python.lineEdit().setPlaceholderText(tr("found by itself"))
        self.python.setToolTip(
            tr("Python interpreter or environment folder that runs the engine. Default: the one that is installed.")
        )
        self.python.setFilePath(settings.read(locate.SETTING, ""))
        self.check_button = QPushButton(tr("Restart and check"))
        self.check_button.setObjectName("settingsCheck")
        self.check_button.setToolTip(tr("End the engine's process, start a fresh one and ask it how it is."))

        self.need = theme.paragraph(small=True)
        self.gpu = QCheckBox(tr("With support for NVIDIA GPUs"))
        self.gpu.setObjectName("settingsGpu")
        self.gpu.setToolTip(tr("Also installs the CUDA libraries: a larger download. Needs uv. Default: off."))
        self.gpu.setEnabled(install.can_choose_gpu())
        self.install_button = QPushButton(tr("Install engine"))
        self.install_button.setObjectName("settingsInstall")
        self.install_button.setToolTip(
            tr("Make a Python environment for the engine in your QGIS profile. No administrator rights are needed.")
        )
        self.cancel_button = QPushButton(tr("Cancel"))
        self.cancel_button.setObjectName("settingsCancelInstall")
        self.cancel_button.hide()
        self.bar = QProgressBar()
        self.bar.hide()
        self.output = QPlainTextEdit()
        self.output.setObjectName("settingsInstallLog")
        self.output.setReadOnly(True)
        self.output.setMaximumBlockCount(5000)
        self.output.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.output.setMinimumHeight(120)
        self.output.hide()

        self.report = QPlainTextEdit()
        self.report.setObjectName("settingsDiagnostics")
        self.report.setReadOnly(True)
        self.report.setMinimumHeight(170)
        self.copy_button = QPushButton(tr("Copy"))
        self.copy_button.setObjectName("settingsCopy")
        self.copy_button.setToolTip(tr("Copy these lines, to paste them into a problem report."))
        self._lay_out()

        self.python.fileChanged.connect(self._python_chosen)
        self.check_button.clicked.connect(self._restart)
        self.install_button.clicked.connect(self.install)
        self.cancel_button.clicked.connect(self.installer.cancel)
        self.copy_button.clicked.connect(lambda: QApplication.clipboard().setText(self.report.toPlainText()))
        self.gpu.toggled.connect(self._say_need)
        self.installer.step.connect(self._step)
        self.installer.line.connect(self.output.appendPlainText)
        self.installer.ended.connect(self._installed)
        session.engine_greeted.connect(self._greeted)
        self.refresh()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        engine = QGroupBox(tr("Engine"))
        column = QVBoxLayout(engine)
        column.addWidget(self.state)
        column.addWidget(self.python)
        column.addWidget(self.check_button)
        layout.addWidget(engine)
        making = QGroupBox(tr("Installation"))
        column = QVBoxLayout(making)
        column.addWidget(self.need)
        column.addWidget(self.gpu)
        row = QHBoxLayout()
        row.addWidget(self.install_button)
        row.addWidget(self.cancel_button)
        column.addLayout(row)
        column.addWidget(self.bar)
        column.addWidget(self.output)
        layout.addWidget(making)
        about = QGroupBox(tr("Diagnostics"))
        column = QVBoxLayout(about)
        column.addWidget(self.report)
        column.addWidget(self.copy_button)
        layout.addWidget(about)
        layout.addStretch(1)

    def wake(self) -> None:
        """Look anew, as the page is shown."""
        self.refresh()

    def close_down(self) -> None:
        """Stop an installation that is under way."""
        self.installer.blockSignals(True)
        self.installer.cancel()

    def refresh(self) -> None:
        """Show how things are now."""
        location = locate.find()
        hello = self.session.client.hello
        if location is None:
            text = tr("Not installed.")
            if settings.read(locate.SETTING, ""):
                text = tr("There is no Python at the place given below.")
            elif locate.half_made():
                text = tr("The last installation was not finished. Install again: it starts afresh.")
            self._state(text, "error")
        elif self._checked:
            self._state(self._checked, "error")
        elif hello is not None:
            devices = ", ".join(wording.device(device) for device in hello.devices)
            self._state(
                tr("Version {version}, running on: {devices}.").format(version=hello.version, devices=devices), "ok"
            )
        else:
            self._state(tr("Installed. It starts when it is first needed."), "info")
        self._say_need()
        self.report.setPlainText(diagnostics.report(self.session))

    def install(self) -> None:
        """Make the engine's environment."""
        gpu = self.gpu.isChecked()
        try:
            steps = install.plan(self.installer.folder, gpu)
        except (install.CannotInstall, OSError) as error:
            self._state(str(error), "error")
            return
        need = install.needed_space(gpu)
        if install.free_space(self.installer.folder) < need:
            self._state(
                tr("There is too little free space: {need} are needed. Free some and try again.").format(
                    need=wording.size(need)
                ),
                "error",
            )
            return
        self.session.client.close()
        self.output.clear()
        self.output.show()
        self.bar.setRange(0, 0)
        self.bar.show()
        self.install_button.setEnabled(False)
        self.cancel_button.show()
        self.installer.start(steps)

    def _step(self, title: str, number: int, count: int) -> None:
        self._state(tr("{step} ({number} of {count})…").format(step=title, number=number, count=count), "info")

    def _installed(self, good: bool, text: str) -> None:
        self.bar.hide()
        self.install_button.setEnabled(True)
        self.cancel_button.hide()
        self._checked = "" if good else text
        self.session.say(text, Qgis.MessageLevel.Success if good else Qgis.MessageLevel.Warning)
        if good:
            self.session.restart_engine()
        self.refresh()
        if not good:
            self._state(text, "error")

    def _python_chosen(self, path: str) -> None:
        path = path.strip()
        if path == settings.read(locate.SETTING, ""):
            return
        settings.write(locate.SETTING, path)
        self._checked = ""
        self.refresh()
        self._restart()

    def _restart(self) -> None:
        self._checked = ""
        self.session.restart_engine()
        self._state(tr("Starting the engine"), "info")
        if self._query is not None:
            self._query.drop()
        self._query = self.session.ask(ModelsJob(), lambda _answer: self.refresh(), self._refused, self)

    def _refused(self, code: str, values: dict) -> None:
        self._checked = wording.sentence(code, values)
        self.refresh()

    def _greeted(self, _hello: Hello) -> None:
        self._checked = ""
        self.refresh()

    def _state(self, text: str, severity: str) -> None:
        sign = f'<span style="color:{theme.colour(self, severity)}">{theme.SIGNS[severity]}</span> '
        self.state.setText(sign + text)

    def _say_need(self, *_: object) -> None:
        need = install.needed_space(self.gpu.isChecked())
        folder = os.path.dirname(self.installer.folder)
        self.need.setText(
            tr("Takes about {need} in {folder} ({free} free) and a download of several minutes.").format(
                need=wording.size(need), folder=folder, free=wording.size(install.free_space(folder))
            )
        )
