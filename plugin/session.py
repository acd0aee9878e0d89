"""What the parts of the plugin share while QGIS runs: the engine client and the tasks under way."""

from __future__ import annotations

import atexit
import contextlib
from typing import Any, Callable, Optional

from qgis.core import Qgis, QgsApplication
from qgis.PyQt.QtCore import QObject, pyqtSignal

from urbangrain.engine.protocol import Hello, Job

from . import log
from .engine import locate
from .engine.client import EngineClient, EngineMissing, WorkerCommand
from .engine.query import Query
from .engine.task import EngineTask


def engine_command() -> WorkerCommand:
    """Return how to start a worker; raises `EngineMissing`."""
    location = locate.find()
    if location is None:
        raise EngineMissing
    return WorkerCommand(location.command(), locate.clean_environment())


class Session(QObject):
    """Owns the engine client; starts tasks and questions.

    Parameters
    ----------
    iface : QgisInterface or None
        None in qgis_process and in tests without a window.
    client : EngineClient, optional
        Another client, for tests.
    """

    engine_greeted = pyqtSignal(object)
    engine_changed = pyqtSignal()  # another Python was chosen, or installed

    def __init__(self, iface: Any, client: Optional[EngineClient] = None, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self.iface = iface
        self.client = client or EngineClient(engine_command, log.info, self._greeted)
        self._tasks: list = []  # QGIS's task manager does not keep Python's half of a task alive
        atexit.register(self.client.close)
        application = QgsApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.client.close)

    def start(self, job: Job, description: str) -> EngineTask:
        """Make a task for a job. Connect to its signals, then call `launch`."""
        task = EngineTask(self.client, job, description)
        self._tasks.append(task)
        for signal in (task.succeeded, task.failed, task.stopped):
            signal.connect(lambda *_, task=task: self._forget(task))
        return task

    def launch(self, task: EngineTask) -> None:
        """Give a task to QGIS's task manager."""
        QgsApplication.taskManager().addTask(task)

    def ask(
        self,
        job: Job,
        answered: Callable[[Any], None],
        refused: Callable[[str, dict], None],
        parent: Optional[QObject] = None,
    ) -> Query:
        """Ask the engine something short. ``answered`` gets the result, ``refused`` a code with its values."""
        query = Query(parent or self)
        query.answered.connect(answered)
        query.refused.connect(refused)
        return query.ask(self.client, job)

    def say(self, text: str, level: Qgis.MessageLevel = Qgis.MessageLevel.Info) -> None:
        """Show a sentence in QGIS's message bar (and keep it in the log)."""
        if level == Qgis.MessageLevel.Info or level == Qgis.MessageLevel.Success:
            log.info(text)
        else:
            log.warning(text)
        if self.iface is not None:
            seconds = 8 if level in (Qgis.MessageLevel.Info, Qgis.MessageLevel.Success) else 0
            self.iface.messageBar().pushMessage(log.TAB, text, level, seconds)

    def restart_engine(self) -> None:
        """End the worker, so that the next job starts one with the present settings."""
        self.client.close()
        self.engine_changed.emit()

    def close(self) -> None:
        """Stop everything; called when the plugin is unloaded."""
        for task in list(self._tasks):
            task.cancel()
        self._tasks.clear()
        self.client.close()
        atexit.unregister(self.client.close)
        application = QgsApplication.instance()
        if application is not None:
            with contextlib.suppress(TypeError):
                application.aboutToQuit.disconnect(self.client.close)

    def _forget(self, task: EngineTask) -> None:
        if task in self._tasks:
            self._tasks.remove(task)

    def _greeted(self, hello: Hello) -> None:
        log.info(f"engine {hello.version} answers (process {hello.pid}; devices: {', '.join(hello.devices) or 'none'})")
        with contextlib.suppress(RuntimeError):
            self.engine_greeted.emit(hello)
