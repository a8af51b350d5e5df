"""The header of a site's form: when it was updated, *Nothing changed*, photos; around a new site, its neighbours."""

from __future__ import annotations

from qgis.core import QgsFeature, QgsVariantUtils, QgsVectorLayer
from qgis.gui import QgsAttributeForm
from qgis.PyQt.QtCore import QDateTime, Qt
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ..core.confirmation import FLAG
from ..core.errors import ResorptionError
from ..core.model import catalogue
from ..core.model.fields import Origin
from ..core.water.distances import is_open
from ..qgis_adapters.features import record_of
from ..qgis_adapters.translation import sentence, tr
from .confirm_command import ConfirmCommand, told
from .drawing_watch import DrawingWatch
from .drawing_watch import told as told_around
from .form_header import Panel, dialog_of
from .photo_commands import PhotoCommands
from .photo_panel import PhotosLine

TYPED = tuple(field.name for field in catalogue.layer("site").fields if not field.read_only and not field.hidden)
"""The columns an officer can change in the form."""

FILLED = frozenset(field.name for field in catalogue.layer("site").fields if field.origin is Origin.POSITION)
"""The columns that the form fills by itself, at the first edit, where the record has nothing yet."""


class SitePanel(Panel):
    """One line for a record that is there; what lies around for a record that is being created."""

    def __init__(self, confirming: ConfirmCommand, watch: DrawingWatch, photos: PhotoCommands, parent: QWidget) -> None:
        """Do what the buttons ask with the commands given."""
        super().__init__(parent)
        self._confirming = confirming
        self._watch = watch
        self._photos = photos
        self._layer: QgsVectorLayer | None = None
        self._feature = QgsFeature()
        self._form: QgsAttributeForm | None = None
        self._edited: set[str] = set()
        self.state = QLabel(self)
        self.unchanged = QPushButton(tr("Nothing &changed"), self)
        self.unchanged.setObjectName("resorption_nothing_changed")
        self.unchanged.setToolTip(tr("Date this record without changing anything in it: the visit taught nothing new"))
        self.unchanged.setAutoDefault(False)
        self.unchanged.clicked.connect(self._confirm)
        self.add_photos = QPushButton(tr("Add &photos…"), self)
        self.add_photos.setAutoDefault(False)
        self.add_photos.clicked.connect(self._add_photos)
        self.photos = PhotosLine("site", self)
        self.message = QLabel(self)
        self.message.setWordWrap(True)
        self.message.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.message.linkActivated.connect(self._open_instead)
        line = QHBoxLayout()
        for widget in (self.state, self.unchanged, self.add_photos):
            line.addWidget(widget)
        line.setStretch(0, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(line)
        whole.addWidget(self.photos)
        whole.addWidget(self.message)

    def show_record(self, layer: QgsVectorLayer, feature: QgsFeature, form: QgsAttributeForm) -> None:
        """Show a site."""
        if self._form is None:
            form.widgetValueChanged.connect(self._note)
        self._layer, self._feature, self._form = layer, QgsFeature(feature), form
        self._edited.clear()
        is_new = feature.id() < 0
        self.state.setText(tr("New site") if is_new else _dated(feature))
        for button in (self.unchanged, self.add_photos):
            button.setVisible(not is_new)
        self.unchanged.setEnabled(not layer.readOnly() and is_open(record_of("site", feature, ("status",))))
        self.photos.show_record(layer, feature)
        self._say(self._around(feature) if is_new else "")

    def _around(self, feature: QgsFeature) -> str:
        found = self._watch.look(feature)
        return "" if found is None else told_around(found, self._watch.profile())

    def _say(self, text: str) -> None:
        self.message.setText(text)
        self.message.setVisible(bool(text))

    def _note(self, column: str, _value: object, is_changed: bool) -> None:  # noqa: FBT001 - signature of the signal
        if is_changed and column in TYPED:
            self._edited.add(column)

    def _is_edited(self) -> bool:
        """Say whether a field holds another value than the record."""
        held = self._form.currentFormFeature()
        values = {name: (_plain(held[name]), _plain(self._feature[name])) for name in self._edited}
        return any(now != then and not (name in FILLED and then is None) for name, (now, then) in values.items())

    def _confirm(self) -> None:
        if self._is_edited():
            self._say(tr("A field was changed in this form: press OK to save it. Nothing was confirmed."))
            return
        try:
            outcome = self._confirming.confirm(self._layer, [self._feature])
        except ResorptionError as error:
            self._say(sentence(error))
            return
        if outcome.dated:
            self._form.setFeature(self._layer.getFeature(self._feature.id()))
        self._say(told(outcome))

    def _add_photos(self) -> None:
        self._photos.add_to("site", str(self._feature["uid"]))

    def _open_instead(self, uid: str) -> None:
        """Open the site that is there already, and give up the new one when nothing was typed in it yet."""
        dialog = dialog_of(self._form)
        nothing_typed = not self._is_edited()
        self._watch.open_site(uid)
        if nothing_typed and dialog is not None:
            dialog.reject()


def _plain(value: object) -> object:
    return None if QgsVariantUtils.isNull(value) or value == "" else value


def _dated(feature: QgsFeature) -> str:
    """Return when the record was written last, by whom, and whether anything had changed."""
    when, who = feature["updated_at"], feature["updated_by"]
    if not isinstance(when, QDateTime) or QgsVariantUtils.isNull(when):
        return tr("Not updated yet")
    day = when.toLocalTime().toString("dd/MM/yyyy")
    by = "" if QgsVariantUtils.isNull(who) else f" – {who}"
    written = tr("Confirmed as unchanged on {day}") if feature[FLAG] in (True, "true") else tr("Updated on {day}")
    return written.format(day=day) + by
