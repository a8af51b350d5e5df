"""A dialog that works in the background: it shows the progress, and its *Close* button cancels meanwhile."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import TypeVar

from qgis.core import QgsTask
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QLabel, QProgressBar, QPushButton, QWidget

from ..core.errors import ResorptionError
from ..core.ports import Feedback
from ..qgis_adapters.tasks import Jobs
from ..qgis_adapters.translation import sentence, tr

T = TypeVar("T")


class JobDialog(QDialog):
    """Base of the dialogs that read, compare and import. The form has ``message``, ``progress`` and ``buttons``."""

    message: QLabel
    progress: QProgressBar
    buttons: QDialogButtonBox

    def __init__(self, parent: QWidget | None = None) -> None:
        """Wait for work."""
        super().__init__(parent)
        self._jobs = Jobs(self, self)
        self._task: QgsTask | None = None

    @abstractmethod
    def inputs(self) -> Sequence[QWidget]:
        """Return what cannot be touched while work runs."""

    @abstractmethod
    def show_state(self) -> None:
        """Offer only what can be done now."""

    @property
    def is_working(self) -> bool:
        """Say whether work runs."""
        return self._task is not None

    def reject(self) -> None:
        """Stop the work first when it runs, else close."""
        if self._task is not None:
            self._task.cancel()
        else:
            super().reject()

    def inform(self, text: str) -> None:
        """Say something below the tables."""
        self.message.setText(text)

    def report(self, error: ResorptionError) -> None:
        """Say what went wrong below the tables."""
        self.message.setText(sentence(error))

    def accept_button(self, text: str) -> QPushButton:
        """Return the button that agrees, with its text."""
        button = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        button.setText(text)
        button.setIcon(QIcon())
        return button

    def run(
        self,
        title: str,
        work: Callable[[Feedback], T],
        then: Callable[[T], None],
        otherwise: Callable[[ResorptionError], None] | None = None,
    ) -> None:
        """Do ``work`` in a task, the dialog waiting and offering to cancel, then ``then`` with its result.

        What went wrong goes to ``otherwise``; without it, it is said below the tables.
        """

        def ended(result: T) -> None:
            self._show_idle()
            then(result)

        def failed(error: ResorptionError) -> None:
            self._show_idle()
            (otherwise or self.report)(error)

        self._show_busy(title)
        self._task = self._jobs.run(title, work, ended, failed)
        self._task.progressChanged.connect(lambda percent: self.progress.setValue(int(percent)))

    def _show_busy(self, title: str) -> None:
        self.message.setText(title)
        for widget in (*self.inputs(), self.buttons.button(QDialogButtonBox.StandardButton.Ok)):
            widget.setEnabled(False)
        self.progress.setValue(0)
        self.progress.show()
        self.buttons.button(QDialogButtonBox.StandardButton.Close).setText(tr("Cancel"))

    def _show_idle(self) -> None:
        self._task = None
        self.message.clear()
        self.progress.hide()
        self.buttons.button(QDialogButtonBox.StandardButton.Close).setText(tr("Close"))
        for widget in self.inputs():
            widget.setEnabled(True)
        self.show_state()
