"""The demo inside QGIS: drives the dock by its widgets as a person would. Run by tools/demo.sh through ``qgis --code``.

Reads URBANGRAIN_DEMO_DIR; writes everything there and done.json last, which is how tools/demo.sh knows that it worked.
"""

import json
import os
import sys
import threading
import time
import traceback

import qgis.utils
from qgis.core import QgsApplication, QgsProject
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QLabel, QPushButton, QWidget

OUT = os.environ["URBANGRAIN_DEMO_DIR"]
SCENE = os.path.join(OUT, "scene")
PATIENCE_S = 900

sys.path.insert(0, os.path.join(os.getcwd(), "tools"))


def widget(root, name, kind=QWidget):
    """Find a widget by its object name; a missing one is an error, not None."""
    found = root.findChild(kind, name)
    if found is None:
        raise LookupError(f"the dock has no widget {name}")
    return found


def click(root, name):
    """Click a button with the mouse."""
    QTest.mouseClick(widget(root, name, QPushButton), Qt.MouseButton.LeftButton)


def layer_named(text):
    """Return the first layer whose name contains a text."""
    return next(layer for layer in QgsProject.instance().mapLayers().values() if text in layer.name())


def shot(name):
    """Save a picture of QGIS's whole window."""
    qgis.utils.iface.mainWindow().grab().save(os.path.join(OUT, name))


def steps():
    """Do the demo; each yielded function is waited for until it says true."""
    import map_picture

    from urbangrain.engine.protocol import DemoSceneResult
    from urbangrain.plugin.layers.demo import add_demo_scene

    iface = qgis.utils.iface
    window = iface.mainWindow()
    window.resize(1560, 960)
    plugin = qgis.utils.plugins.get("urbangrain")
    if plugin is None:
        raise RuntimeError("QGIS did not load the plugin; see its log above")
    plugin.action.trigger()
    dock = plugin.dock
    yield lambda: dock.isVisible()

    with open(os.path.join(SCENE, "files.json"), encoding="utf-8") as stream:
        scene = DemoSceneResult(SCENE, json.load(stream))
    image = add_demo_scene(QgsProject.instance(), scene)
    if image is None:
        raise RuntimeError(f"the demo image {scene.files['image']} cannot be opened")
    iface.mapCanvas().setExtent(image.extent())

    page = dock.map_page
    widget(dock, "mapImage").setLayer(image)
    widget(dock, "mapParcels").setLayer(layer_named("parcels"))
    widget(dock, "mapFolder").setFilePath(OUT)
    widget(dock, "mapBaseName").setText("demo")
    run = widget(dock, "mapRun", QPushButton)
    yield lambda: run.isEnabled()
    shot("dock_ready.png")
    began = time.monotonic()
    click(dock, "mapRun")
    yield lambda: page.running
    yield lambda: time.monotonic() - began > 1.0
    shot("dock_running.png")
    yield lambda: not page.running
    if page.result_layer() is None:
        raise RuntimeError("the map job failed: " + widget(dock, "mapResultText", QLabel).text())
    seconds = time.monotonic() - began
    yield lambda: not iface.mapCanvas().isDrawing()
    shot("dock_mapped.png")

    click(dock, "mapAssess")
    accuracy = dock.accuracy_page
    widget(dock, "accReference").setLayer(layer_named("reference"))
    widget(dock, "accField").setField("class")
    assess = widget(dock, "accAssess", QPushButton)
    yield lambda: assess.isEnabled()
    click(dock, "accAssess")
    yield lambda: accuracy.result is not None or assess.isEnabled()
    if accuracy.result is None:
        raise RuntimeError("the assessment failed: " + widget(dock, "accHint", QLabel).text())
    for kind in ("html", "csv", "json"):
        if not accuracy.export(kind, os.path.join(OUT, f"accuracy.{kind}")):
            raise RuntimeError(f"the report could not be saved as {kind}")
    yield lambda: not iface.mapCanvas().isDrawing()
    shot("dock_assessed.png")

    project = QgsProject.instance()
    classes = page.result_layer()
    parcels = layer_named("Parcels")
    score = accuracy.result
    layout = map_picture.add_layout(
        project,
        [classes],
        [classes],
        "Land cover of the demo city",
        f"UrbanGrain, model landcover. Overall accuracy {score.overall_accuracy:.3f} on the demo's reference polygons.",
    )
    map_picture.export_png(layout, os.path.join(OUT, "map.png"))
    project.setTitle("UrbanGrain demo")
    project_path = os.path.join(OUT, "urbangrain_demo.qgz")
    if not project.write(project_path):
        raise RuntimeError("the project could not be saved: " + project.error())

    files = {
        "project": project_path,
        "picture": os.path.join(OUT, "map.png"),
        "classes": classes.source(),
        "confidence": os.path.join(OUT, "demo_confidence.tif"),
        "polygons": os.path.join(OUT, "demo_polygons.gpkg"),
        "parcels": parcels.source().split("|")[0],
        "accuracy": os.path.join(OUT, "accuracy.html"),
        "scene": SCENE,
    }
    missing = [path for path in files.values() if not os.path.exists(path)]
    if missing:
        raise RuntimeError("not made: " + ", ".join(missing))
    summary = (
        f"Mapped in {seconds:.0f} s from click to layers; "
        f"overall accuracy {score.overall_accuracy:.3f}, kappa {score.kappa:.3f}."
    )
    with open(os.path.join(OUT, "done.json"), "w", encoding="utf-8") as stream:
        json.dump({"files": files, "summary": summary}, stream)


class Driver:
    """Runs `steps` beside QGIS's event loop, so that QGIS stays as alive as it is for a person."""

    def __init__(self):
        self.steps = steps()
        self.condition = None
        self.since = time.monotonic()
        self.timer = QTimer()
        self.timer.timeout.connect(self.tick)
        self.timer.start(50)

    def tick(self):
        """Go on when what is waited for has come."""
        try:
            if self.condition is not None and not self.condition():
                if time.monotonic() - self.since > PATIENCE_S:
                    raise TimeoutError("the demo waited too long")
                return
            self.condition = next(self.steps)
            self.since = time.monotonic()
        except StopIteration:
            self.end(0)
        except Exception:
            traceback.print_exc()
            shot("failed.png")
            self.end(1)

    def end(self, code):
        """Leave QGIS as a person does, without the question about unsaved changes."""
        self.timer.stop()
        sys.stdout.flush()
        sys.stderr.flush()
        QgsProject.instance().setDirty(False)
        # Closing the window may bring a question that nobody answers here; and whatever keeps QGIS from ending, the
        # files are all written.
        timer = threading.Timer(15.0, os._exit, (code,))
        timer.daemon = True
        timer.start()
        QgsApplication.exit(code)


driver = QTimer.singleShot(1500, lambda: globals().__setitem__("demo_driver", Driver()))
