"""Loading and unloading."""

from __future__ import annotations

import configparser
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import pump
from qgis.core import QgsApplication, QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QCoreApplication, QEvent
from qgis.PyQt.QtWidgets import QAction, QDockWidget

from urbangrain import classFactory
from urbangrain.engine.protocol import MapJob
from urbangrain.plugin import paths
from urbangrain.plugin.dock.dock import UrbanGrainDock
from urbangrain.plugin.engine import locate

ROOT = Path(__file__).resolve().parents[2]


class Iface:
    """As much of QgisInterface as the plugin uses; counts what is added and removed."""

    def __init__(self, qgis_iface):
        self._iface = qgis_iface
        self.added: list = []

    def __getattr__(self, name):
        return getattr(self._iface, name)

    def addDockWidget(self, area, dock):
        self.mainWindow().addDockWidget(area, dock)
        self.added.append(dock)

    def removeDockWidget(self, dock):
        self.mainWindow().removeDockWidget(dock)
        self.added.remove(dock)

    def addToolBarIcon(self, action):
        self.added.append(action)

    def removeToolBarIcon(self, action):
        self.added.remove(action)

    def addPluginToRasterMenu(self, menu, action):
        self.added.append((menu, action))

    def removePluginRasterMenu(self, menu, action):
        self.added.remove((menu, action))


def providers():
    return [provider.id() for provider in QgsApplication.processingRegistry().providers()]


@pytest.fixture
def loaded(qgis_iface, make_client, monkeypatch):
    from urbangrain.plugin import main

    client = make_client()
    monkeypatch.setattr(main, "Session", lambda iface: _session(iface, client))
    iface = Iface(qgis_iface)
    plugin = classFactory(iface)
    plugin.initGui()
    iface.mainWindow().show()
    yield plugin, iface, client
    if plugin.session is not None:
        plugin.unload()
    iface.mainWindow().hide()


def _session(iface, client):
    from urbangrain.plugin.session import Session

    return Session(iface, client)


def test_unload_leaves_nothing(loaded):
    plugin, iface, client = loaded
    window = iface.mainWindow()
    assert "urbangrain" in providers()
    assert len(iface.added) == 3
    plugin.dock.show()
    assert pump(lambda: plugin.dock.map_page.model.current() is not None)
    assert client.pid is not None
    plugin.unload()
    pump(lambda: False, 0.2)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert iface.added == []
    assert "urbangrain" not in providers()
    assert client.pid is None
    assert not window.findChildren(QDockWidget, "UrbanGrainDock")
    assert not window.findChildren(QAction, "urbangrainAction")
    QgsProject.instance().clear()  # nothing may still be listening


def test_unload_in_the_middle_of_a_run(loaded, demo_files, tmp_path):
    plugin, _iface, client = loaded
    client.step_s = 0.2
    QgsProject.instance().addMapLayer(QgsRasterLayer(demo_files["image"], "ortho", "gdal"))
    plugin.dock.show()
    assert pump(lambda: plugin.dock.map_page.preflight.verdict.state == "ready")
    plugin.dock.map_page.run()
    pump(lambda: False, 0.5)
    plugin.unload()
    assert pump(lambda: QgsApplication.taskManager().countActiveTasks() == 0, 5)
    assert client.pid is None
    assert len(QgsProject.instance().mapLayers()) == 1


def test_loading_twice_works(loaded):
    plugin, iface, _client = loaded
    plugin.unload()
    plugin.initGui()
    assert len(iface.added) == 3
    plugin.unload()


def test_without_a_window_there_is_only_the_provider():
    plugin = classFactory(None)
    plugin.initProcessing()
    assert "urbangrain" in providers()
    assert plugin.dock is None
    plugin.unload()
    assert "urbangrain" not in providers()


def test_metadata_has_what_qgis_asks_for():
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(ROOT / "metadata.txt", encoding="utf-8")
    general = parser["general"]
    wanted = ("name", "description", "version", "qgisMinimumVersion", "author", "email", "about", "tracker", "icon")
    for key in (*wanted, "repository", "homepage", "changelog", "tags"):
        assert general.get(key), key
    assert general["qgisMaximumVersion"] == "4.99"
    assert general["hasProcessingProvider"] == "yes"
    assert "External dependencies" in general["about"]
    assert (ROOT / general["icon"]).is_file()


def test_loading_imports_nothing_heavy():
    code = (
        "import sys\n"
        "from urbangrain.plugin.dock import dock\n"
        "from urbangrain.plugin.processing import provider\n"
        "heavy = {'numpy', 'torch', 'rasterio', 'scipy', 'shapely', 'pandas'} & set(sys.modules)\n"
        "ours = [m for m in sys.modules if m.startswith('urbangrain.engine.') and 'protocol' not in m]\n"
        "print(heavy - set(sys.argv[1].split()), ours)\n"
    )
    base = subprocess.run(
        [sys.executable, "-c", "import sys, qgis.core, qgis.gui; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    out = subprocess.run([sys.executable, "-c", code, base], capture_output=True, text=True, check=True).stdout
    assert out.strip() == "set() []"


def test_icons_are_drawn(qgis_app):
    for name in ("urbangrain", "map", "accuracy", "settings", "help"):
        image = paths.icon(name).pixmap(16, 16).toImage()
        opaque = sum(image.pixelColor(x, y).alpha() > 128 for x in range(16) for y in range(16))
        assert opaque > 40, name


def test_a_profile_with_spaces_and_umlauts(fake_command, make_client, demo_files, tmp_path, monkeypatch):
    """The worker starts from, and writes into, folders with spaces and letters beyond ASCII."""
    home = tmp_path / "Pröfil mit Leerzeichen 城市"
    package = home / "python" / "plugins"
    package.mkdir(parents=True)
    (package / "urbangrain").symlink_to(ROOT, target_is_directory=True)
    client = make_client()
    command = fake_command()
    command.environment["PYTHONPATH"] = str(package)
    client._command = lambda: command
    out = home / "Ergebnis Größe.tif"
    ticket = client.submit(MapJob(demo_files["image"], "landcover", str(out)))
    assert pump(lambda: ticket.done)
    assert out.exists()


def test_where_the_engine_is_looked_for(tmp_path, monkeypatch):
    from urbangrain.plugin import settings

    monkeypatch.setattr(locate, "plugin_folder", lambda: str(tmp_path / "plugin"))
    monkeypatch.setattr(locate, "profile_folder", lambda: str(tmp_path / "profile with spaces"))
    assert locate.find() is None

    def make(folder):
        python = Path(locate.python_of(str(folder)))
        python.parent.mkdir(parents=True)
        python.write_text("")
        return str(python)

    installed = make(tmp_path / "profile with spaces" / "engine")
    assert locate.find() is None, "a half-made installation does not count"
    assert locate.half_made()
    (tmp_path / "profile with spaces" / "engine" / locate.READY).write_text("")
    assert locate.find().python == installed
    bundled = make(tmp_path / "plugin" / ".envs" / "engine")
    assert locate.find().python == bundled
    own = make(tmp_path / "mine")
    settings.write(locate.SETTING, str(tmp_path / "mine"))
    assert locate.find() == locate.EngineLocation(own, "setting")
    settings.write(locate.SETTING, "/nowhere")
    assert locate.find() is None


def test_the_dock_needs_no_interface(make_client):
    from urbangrain.plugin.session import Session

    session = Session(None, make_client())
    dock = UrbanGrainDock(session)
    dock.close_down()
    session.close()
