"""A labelled image of the kind that a model knows: it keeps the classes in mind while the model is adapted."""

from __future__ import annotations

from typing import Callable, List, Optional, Sequence, Tuple

from qgis.core import QgsMapLayerProxyModel, QgsRasterLayer
from qgis.gui import QgsMapLayerComboBox
from qgis.PyQt.QtWidgets import QFormLayout, QVBoxLayout

from urbangrain.engine.protocol import InspectJob, ModelInfo, TrainSource

from .. import wording
from ..i18n import tr
from ..layers import sources
from ..session import Session
from . import theme
from .bands_widget import BandsGroup
from .folded_group import FoldedGroup
from .preflight import Line, Preflight, Verdict, by_severity
from .reference_picker import ReferencePicker


class LabelledImage(FoldedGroup):
    """Image, bands, reference polygons, field and mapping; or none, where demo cities can stand in.

    Parameters
    ----------
    session : Session
    model : callable
        Returns the model that is adapted, or None.
    wanted : callable
        Whether the page asks for it now.
    """

    def __init__(self, session: Session, model: Callable[[], Optional[ModelInfo]], wanted: Callable[[], bool]) -> None:
        super().__init__(tr("Labelled image"), "trainSource")
        self.setToolTip(
            tr("An image like those that the model learnt from, with reference polygons, so that it does not forget.")
        )
        self._model, self._wanted = model, wanted
        self._needed = False
        self.image = theme.narrow(QgsMapLayerComboBox())
        self.image.setObjectName("trainSourceImage")
        self.image.setFilters(QgsMapLayerProxyModel.Filter.RasterLayer)
        self.image.setAllowEmptyLayer(True, tr("none"))
        self.image.setCurrentIndex(0)
        self.image.setToolTip(tr("The labelled image. Default: none, and demo cities stand in."))
        self.bands = BandsGroup("trainSource")
        self.picker = ReferencePicker(session, "trainSource", self._classes_of, self, self._in_use, "error")
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(tr("Image"), self.image)
        form.addRow(tr("Reference"), self.picker.layer)
        form.addRow(tr("Class field"), self.picker.field)
        layout = QVBoxLayout(self.content)
        layout.addLayout(form)
        layout.addWidget(self.bands)
        layout.addWidget(self.picker.mapping)

        self.check = Preflight(session, self._to_inspect, self, mapping=False)
        self.check.updated.connect(self._inspected)
        self.picker.updated.connect(self.changed)
        self.bands.changed.connect(self.check.schedule)
        self.image.layerChanged.connect(self._image_changed)
        self._image_changed()

    @property
    def ready(self) -> bool:
        """Whether a run can work with it, or without it."""
        if self.image.currentLayer() is None:
            return not self._needed
        return self.check.verdict.can_run and self.picker.ready

    def lines(self) -> List[Line]:
        """Return what is to be said of it."""
        if self.image.currentLayer() is None:
            if not self._needed:
                return []
            text = tr("This model knows other classes or bands than the demo cities have. Choose a labelled image.")
            return [Line(text, "error")]
        prefix = tr("Labelled image: {text}")
        lines = [*self.check.verdict.lines, *self.picker.lines]
        return [Line(prefix.format(text=line.text), line.severity) for line in by_severity(lines)]

    def offer(self, made: Sequence[QgsRasterLayer]) -> None:
        """Keep what was made here out of the lists."""
        self.image.setExceptedLayerList(list(made))
        self.picker.offer()

    def need(self, needed: bool) -> None:
        """Say whether the model can do without."""
        self._needed = needed
        self._summarise()

    def look(self) -> None:
        """Check anew, as the model has changed."""
        self.bands.reset()
        self.check.schedule()
        self.picker.look()

    def pause(self) -> None:
        """Ask nothing while a job runs."""
        self.check.pause()
        self.picker.pause()

    def resume(self) -> None:
        """Go on."""
        self.check.resume()
        self.picker.resume()

    def source(self) -> Tuple[Optional[TrainSource], str]:
        """Return it for a job, and what had to be done (a sentence, or empty); raises `UnusableLayer`."""
        layer = self.image.currentLayer()
        if layer is None:
            return None, ""
        polygons = self.picker.source()
        source = TrainSource(
            image=sources.raster_path(layer),
            reference=polygons.path,
            field=self.picker.field.currentField(),
            layer=polygons.layer,
            mapping=self.picker.mapping.value(),
            bands=self.bands.value(),
        )
        return source, polygons.note

    def _in_use(self) -> bool:
        return self._wanted() and self.image.currentLayer() is not None

    def _classes_of(self) -> str:
        info = self._model()
        if info is None:
            raise sources.UnusableLayer(tr("Choose a model."))
        return info.path

    def _to_inspect(self) -> Tuple[Optional[InspectJob], List[Line]]:
        info = self._model()
        if not self._in_use() or info is None:
            return None, []
        image = sources.raster_path(self.image.currentLayer())
        role = self.bands.missing()
        if role is not None:
            raise sources.UnusableLayer(wording.sentence("bands.required_absent", {"role": role}))
        return InspectJob(image=image, model=info.path, bands=self.bands.value()), []

    def _inspected(self, verdict: Verdict) -> None:
        info = self._model()
        if verdict.result is not None and info is not None and verdict.state in ("ready", "problem"):
            self.bands.show_bands(info.bands, verdict.result.bands, verdict.result.bands_guess)
            theme.tab_order(self.bands)
        self.changed.emit()

    def _image_changed(self, *_: object) -> None:
        chosen = self.image.currentLayer() is not None
        for widget in (self.bands, self.picker.mapping, self.picker.layer, self.picker.field):
            widget.setEnabled(chosen)
        self._summarise()
        self.look()

    def _summarise(self) -> None:
        layer = self.image.currentLayer()
        if layer is not None:
            self.set_summary(layer.name())
        else:
            self.set_summary(tr("please choose") if self._needed else tr("demo cities"))
