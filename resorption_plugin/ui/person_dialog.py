"""Gives somebody access to the shared database, or changes it; no password passes through here."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.PyQt import uic
from qgis.PyQt.QtWidgets import QCheckBox, QComboBox, QDialogButtonBox, QLineEdit, QWidget

from .. import paths
from ..core.sync.access import ROLE_DEEDS, Right, Role, Wish
from ..core.sync.administration import Person
from ..qgis_adapters.administration import give_access
from ..qgis_adapters.translation import tr
from .job_dialog import JobDialog


class PersonDialog(JobDialog):
    """Accepted, the access is given."""

    login: QComboBox
    role: QComboBox
    areas: QLineEdit
    justice: QCheckBox
    owners: QCheckBox
    organisation: QLineEdit

    def __init__(
        self, reference: str, person: Person | None, logins: Sequence[str], parent: QWidget | None = None
    ) -> None:
        """Show what ``person`` may do, or offer ``logins`` that may do nothing yet."""
        super().__init__(parent)
        uic.loadUi(str(paths.form("person")), self)
        self._reference = reference
        for role in Role:
            self.role.addItem(tr(ROLE_DEEDS[role]), role.value)
        self.progress.hide()
        self.accept_button(tr("Give Access") if person is None else tr("Change Access")).setDefault(True)
        self.login.addItems(logins if person is None else [person.login])
        self.login.setCurrentIndex(-1 if person is None else 0)
        self.login.setEnabled(person is None)
        if person is not None:
            self._show(person)
        self.login.editTextChanged.connect(lambda _text: self.show_state())
        self.role.currentIndexChanged.connect(lambda _index: self.show_state())
        self.buttons.accepted.connect(self._give)
        self.buttons.rejected.connect(self.reject)
        self.show_state()

    def inputs(self) -> Sequence[QWidget]:
        """Return what cannot be touched while work runs."""
        return (self.role, self.areas, self.justice, self.owners, self.organisation)

    def show_state(self) -> None:
        """Ask for areas of officers only: the others read everything."""
        is_officer = self.role.currentData() == Role.OFFICER
        for widget in (self.areas, self.justice, self.owners):
            widget.setEnabled(is_officer)
        given = bool(self.login.currentText().strip())
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(given)

    def wish(self) -> Wish:
        """Return what was written."""
        boxes = {Right.JUSTICE: self.justice, Right.OWNERS: self.owners}
        rights = ",".join(right for right, box in boxes.items() if box.isChecked())
        role = Role(self.role.currentData())
        return Wish(self.login.currentText(), role, self.areas.text(), rights, self.organisation.text())

    def _show(self, person: Person) -> None:
        self.role.setCurrentIndex(self.role.findData(person.role))
        self.areas.setText(", ".join(person.areas))
        self.justice.setChecked(Right.JUSTICE in person.rights)
        self.owners.setChecked(Right.OWNERS in person.rights)
        self.organisation.setText(person.organisation)

    def _give(self) -> None:
        reference, wish = self._reference, self.wish()
        title = tr("Giving access")
        self.run(title, lambda feedback: give_access(reference, wish, feedback), lambda _nothing: self.accept())
