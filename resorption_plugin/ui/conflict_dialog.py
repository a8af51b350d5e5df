"""Shows a contradiction between two people, and asks which value shall stay."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qgis.core import QgsGeometry
from qgis.gui import QgsMapCanvas
from qgis.PyQt import uic
from qgis.PyQt.QtCore import QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialogButtonBox,
    QFormLayout,
    QGroupBox,
    QLabel,
    QLineEdit,
    QRadioButton,
    QScrollArea,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)

from .. import paths
from ..core.sync.companions import deciding_order
from ..core.sync.conflict_rows import Row, rows, writable
from ..core.sync.operations import Choice
from ..core.sync.travelling import GEOMETRY
from ..core.sync.wire import Image, Value
from ..qgis_adapters.conflict_reading import Comparison, read_comparison
from ..qgis_adapters.sharing import Case
from ..qgis_adapters.sharing_writes import decide
from ..qgis_adapters.translation import language, sentence, tr
from . import conflict_text
from .conflict_table import fill_table, fit_height
from .help_dialog import HelpDialog, Topic
from .job_dialog import JobDialog
from .place_map import PlaceMap
from .value_editors import Editor, editor

_EDITORS_HEIGHT = 210
_SUBJECTS_NAMED = 12
_HEIGHT_WITH_MAP = 880


class ConflictDialog(JobDialog):
    """Accepted, the decision is in the workspace."""

    decided = pyqtSignal()

    main_layout: QVBoxLayout
    record: QLabel
    what: QLabel
    who: QLabel
    values: QTableWidget
    note: QLabel
    map_place: QVBoxLayout
    decision: QGroupBox
    mine: QRadioButton
    theirs: QRadioButton
    edit: QRadioButton
    fate: QLabel
    editors_area: QScrollArea
    editors: QWidget
    comment_label: QLabel
    comment: QLineEdit
    alike: QCheckBox

    def __init__(
        self, path: Path, case: Case, all_cases: Sequence[Case], canvas: QgsMapCanvas, parent: QWidget | None = None
    ) -> None:
        """Ask about ``case`` of the workspace at ``path``; the map shows the layers of ``canvas``."""
        super().__init__(parent)
        uic.loadUi(str(paths.form("conflict")), self)
        self._path = path
        self._case = case
        self._subjects = {other.dispute.conflict.uid: other.subject for other in all_cases}
        self._canvas = canvas
        self._comparison: Comparison | None = None
        self._editors: list[Editor] = []
        self._map: PlaceMap | None = None
        self._places: list[QgsGeometry | None] = []
        self._radios = {Choice.MINE: self.mine, Choice.THEIRS: self.theirs, Choice.EDIT: self.edit}
        self._group = QButtonGroup(self)
        for radio in self._radios.values():
            self._group.addButton(radio)
            radio.toggled.connect(lambda _on: self._choose())
        self.accept_button(tr("Decide")).setDefault(True)
        self.buttons.accepted.connect(self._agree)
        self.buttons.rejected.connect(self.reject)
        self.buttons.helpRequested.connect(lambda: HelpDialog(self, Topic.SHARING).show())
        self.record.setText(conflict_text.record_text(case.dispute.conflict.layer, case.subject))
        for widget in (self.values, self.note, self.decision, self.editors_area, self.alike, self.edit):
            widget.hide()
        self.show_state()
        self._read()

    def inputs(self) -> Sequence[QWidget]:
        """Return what cannot be touched while work runs."""
        return (self.decision,)

    def show_state(self) -> None:
        """Offer to decide once a choice is made that can be written."""
        self.decision.setEnabled(self._comparison is not None)
        problem = self._problem()
        self.message.setText(problem)
        can_agree = self._comparison is not None and self._choice() is not None and not problem
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(can_agree)

    def _read(self) -> None:
        path, uid, others, spoken = self._path, self._case.dispute.conflict.uid, set(self._subjects), language()
        self.run(
            tr("Reading the contradiction"), lambda _feedback: read_comparison(path, uid, others, spoken), self._show
        )

    def _show(self, comparison: Comparison) -> None:
        self._comparison = comparison
        dispute, found = comparison.dispute, rows(comparison.dispute.conflict, comparison.mine)
        self.what.setText(conflict_text.what_text(dispute, [row.name for row in found]))
        self.who.setText(conflict_text.who_text(dispute))
        fill_table(self.values, comparison, found)
        self.values.setVisible(bool(found))
        self._show_note(found)
        self._show_map(found)
        for radio, text in zip(
            (self.mine, self.theirs), conflict_text.choice_texts(dispute, found, comparison.names), strict=True
        ):
            radio.setText(text)
        self._show_alike()
        self._make_editors()
        self._show_decision()
        self.decision.show()
        self.show_state()
        self.mine.setFocus()
        QTimer.singleShot(0, self._fit)

    def _show_note(self, found: tuple[Row, ...]) -> None:
        if not found:
            note = tr("No value differs: something was added to the record, or the one that it belongs to was changed.")
        elif any(row.base is not None for row in found):
            note = tr("{sign} marks what differs from the starting value.", sign=conflict_text.DIFFERS)
        else:
            note = ""
        self.note.setText(note)
        self.note.setVisible(bool(note))

    def _show_map(self, found: tuple[Row, ...]) -> None:
        place = next((row for row in found if row.name == GEOMETRY), None)
        if place is None or self._comparison is None:
            return
        dispute = self._comparison.dispute
        titles = conflict_text.place_titles(dispute)
        settings = self._canvas.mapSettings()
        shown = PlaceMap(self._canvas.layers(), settings.destinationCrs(), titles, self)
        shown.setObjectName("places")
        self.map_place.addWidget(shown)
        self.main_layout.setStretchFactor(self.map_place, 1)
        shown.show()
        QWidget.setTabOrder(self.values, shown.slider)
        self.resize(self.width(), max(self.height(), _HEIGHT_WITH_MAP))
        self._map = shown
        self._places = [_geometry(value) for value in (place.base, place.mine, place.theirs)]
        shown.show_places(*self._places)

    def _fit(self) -> None:
        """Fit what depends on the size that the window has given it."""
        fit_height(self.values)
        if self._map is not None:
            self._map.show_places(*self._places)

    def _show_alike(self) -> None:
        """Offer to decide others with it: what the same deletion raised, else what has the same values."""
        if self._comparison is None:
            return
        companions, twins = self._comparison.companions, self._comparison.twins
        self.alike.setVisible(bool(companions or twins))
        uids = [conflict.uid for conflict in companions] or twins
        if companions:
            self.alike.setText(conflict_text.companions_text(len(companions), self._subjects[companions[0].uid]))
            self.alike.setChecked(companions[0].uid == self._case.dispute.conflict.uid)
        else:
            self.alike.setText(conflict_text.twins_text(len(twins)))
        named = [self._subjects[uid] for uid in uids[:_SUBJECTS_NAMED]]
        lines = [" – ".join(filter(None, (subject.name, subject.commune))) for subject in named]
        self.alike.setToolTip("\n".join([*lines, "…"] if len(uids) > len(named) else lines))

    def _make_editors(self) -> None:
        if self._comparison is None:
            return
        fields = writable(self._comparison.dispute.conflict)
        self.edit.setVisible(bool(fields))
        if not fields and GEOMETRY in conflict_text.differing(self._comparison.dispute.conflict):
            told = tr("Neither place is right? Keep yours, then move it on the map.")
            self.fate.setText(f"{told} {self.fate.text()}")
        form = QFormLayout(self.editors)
        form.setContentsMargins(20, 0, 6, 0)
        dispute = self._comparison.dispute
        kept = dispute.decision.values if dispute.decision is not None else dispute.offered
        given: Image = {**self._comparison.mine, **kept}
        before: QWidget = self.edit
        for field in fields:
            made = editor(field, self.editors)
            made.show_value(given.get(field.name))
            made.changed.connect(self.show_state)
            form.addRow(field.label.text(language()), made.widget)
            QWidget.setTabOrder(before, made.widget)
            before = made.widget
            self._editors.append(made)
        QWidget.setTabOrder(before, self.comment)
        needed = form.sizeHint().height() + 4
        self.editors_area.setFixedHeight(min(needed, _EDITORS_HEIGHT))

    def _show_decision(self) -> None:
        if self._comparison is None:
            return
        dispute = self._comparison.dispute
        if dispute.decision is not None:
            self._radios[dispute.decision.choice].setChecked(True)
            self.comment.setText(dispute.decision.comment or "")
            self.accept_button(tr("Change the Decision"))
            told = tr("Decided, and not sent yet: you may change it until the next synchronisation.")
        elif dispute.refusal is not None:
            told = tr("The shared database did not take the decision: {reason}", reason=sentence(dispute.refusal))
        else:
            return
        self.who.setText(f"{self.who.text()}\n{told}")

    def _choose(self) -> None:
        self.editors_area.setVisible(self.edit.isChecked())
        self.show_state()

    def _choice(self) -> Choice | None:
        return next((choice for choice, radio in self._radios.items() if radio.isChecked()), None)

    def _problem(self) -> str:
        if self._choice() is not Choice.EDIT:
            return ""
        return next(filter(None, (made.problem() for made in self._editors)), "")

    def _agree(self) -> None:
        choice, comparison = self._choice(), self._comparison
        if choice is None or comparison is None:
            return
        values: dict[str, Value] = {}
        if choice is Choice.EDIT:
            values = {made.field.name: made.value() for made in self._editors}
        uids = self._decided_together(comparison, choice)
        path, comment = self._path, self.comment.text()
        self.run(
            tr("Writing the decision"), lambda _feedback: decide(path, uids, choice, values, comment), self._written
        )

    def _decided_together(self, comparison: Comparison, choice: Choice) -> list[str]:
        one = comparison.dispute.conflict
        if not self.alike.isChecked() or self.alike.isHidden():
            return [one.uid]
        if comparison.companions:
            return [each.uid for each in deciding_order(comparison.companions, choice)]
        return [one.uid, *comparison.twins]

    def _written(self, _nothing: None) -> None:
        self.decided.emit()
        self.accept()


def _geometry(value: Value) -> QgsGeometry | None:
    if value is None:
        return None
    shape = QgsGeometry()
    shape.fromWkb(bytes.fromhex(str(value)))
    return shape
