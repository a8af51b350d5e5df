"""What a person does with contradictions and with records that cannot be sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtWidgets import QDialog, QFileDialog, QMessageBox, QWidget

from ..core.i18n import mark
from ..core.indicators.audience import Audience
from ..core.ports import Notifier, SystemClock
from ..core.sync.companions import undoing_order
from ..qgis_adapters.aside import Aside, write_aside
from ..qgis_adapters.exports import logged_file
from ..qgis_adapters.requirements import refuse_without_driver
from ..qgis_adapters.sharing import Case, Sharing
from ..qgis_adapters.sharing_writes import discard, undecide
from ..qgis_adapters.tasks import Jobs
from ..qgis_adapters.translation import language, tr
from .conflict_dialog import ConflictDialog

_GIVEN_UP = mark("What was written here on “{name}” is given up; the history keeps it.")
_ONLY_HERE = mark(
    "The value decided on “{name}” is given up; nothing else keeps it (“Export the List…” writes it to a file)."
)


class SharingDecisions(QObject):
    """Asks, and writes in the background; ``written`` says that the workspace changed."""

    written = pyqtSignal()

    def __init__(
        self, path: Callable[[], Path], *, canvas: QgsMapCanvas, jobs: Jobs, notifier: Notifier, window: QWidget
    ) -> None:
        """Work on the workspace that ``path`` returns."""
        super().__init__(window)
        self._path = path
        self._canvas = canvas
        self._jobs = jobs
        self._notifier = notifier
        self._window = window

    def decide(self, chosen: Sequence[Case], cases: Sequence[Case]) -> None:
        """Show the first of the contradictions chosen, and ask for the decision on it and those that belong to it."""
        dialog = ConflictDialog(self._path(), chosen[0], cases, self._canvas, self._window)
        dialog.decided.connect(self.written)
        dialog.exec()
        dialog.deleteLater()

    def undo(self, chosen: Sequence[Case]) -> None:
        """Take back decisions that were not sent, on one contradiction or on those that belong together."""
        path = self._path()
        uids = [conflict.uid for conflict in undoing_order([case.dispute.conflict for case in chosen])]
        self._jobs.run(tr("Taking a decision back"), lambda _feedback: undecide(path, *uids), self._done)

    def discard(self, one: Aside) -> None:
        """Give up what was written here on a record, once the user agrees."""
        path = self._path()
        asked = tr(_ONLY_HERE if one.is_only_here else _GIVEN_UP, name=one.subject.name)
        box = QMessageBox.StandardButton
        if QMessageBox.question(self._window, tr("Give up?"), asked, box.Yes | box.Cancel, box.Cancel) == box.Yes:
            title = tr("Giving up what cannot be sent")
            self._jobs.run(title, lambda _feedback: discard(path, one), self._done)

    def hand_over(self, one: Aside) -> None:
        """Hand a record to the administrators, or see what became of it."""
        refuse_without_driver()
        from .hand_over_dialog import HandOverDialog  # needs the driver

        dialog = HandOverDialog(self._path(), one, self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._notifier.inform(tr("“{name}” waits for an administrator.", name=one.subject.name))
        dialog.deleteLater()

    def export(self, sharing: Sharing) -> None:
        """Write the records set aside to a file."""
        chosen, _filter = QFileDialog.getSaveFileName(self._window, tr("Export What Is Set Aside"), "", "CSV (*.csv)")
        if chosen:
            path, target, rows, spoken = self._path(), Path(chosen).with_suffix(".csv"), sharing.aside, language()
            self._jobs.run(
                tr("Exporting what is set aside"),
                lambda _feedback: _export(path, target, rows, spoken),
                lambda _nothing: self._notifier.inform(tr("The list is in {path}.", path=target)),
            )

    def _done(self, _nothing: None) -> None:
        self.written.emit()


def _export(path: Path, target: Path, rows: Sequence[Aside], spoken: str) -> None:
    with logged_file(path, tr("Set aside"), Audience.SERVICES, target, SystemClock().now()) as draft:
        draft.rows = len(rows)
        write_aside(draft.path, rows, spoken)
