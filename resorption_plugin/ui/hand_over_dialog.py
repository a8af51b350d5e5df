"""Hands a record that cannot be sent to the administrators, and says what became of it when it was handed before."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qgis.PyQt import uic
from qgis.PyQt.QtWidgets import QDialogButtonBox, QLabel, QPlainTextEdit, QWidget

from .. import paths
from ..core.sync.administration import Handed
from ..core.wording import instant_text
from ..qgis_adapters.administration import hand_over, read_handed
from ..qgis_adapters.aside import Aside
from ..qgis_adapters.translation import language, sentence, tr
from .job_dialog import JobDialog


class HandOverDialog(JobDialog):
    """Accepted, the record waits for an administrator."""

    record: QLabel
    reason: QLabel
    comment: QPlainTextEdit
    before: QLabel

    def __init__(self, workspace: Path, one: Aside, parent: QWidget | None = None) -> None:
        """Ask for a comment on ``one``, and the server for what was handed over before."""
        super().__init__(parent)
        uic.loadUi(str(paths.form("hand_over")), self)
        self._workspace = workspace
        self._one = one
        self.progress.hide()
        self.record.setText(" – ".join(filter(None, (one.subject.name, one.subject.commune))))
        self.reason.setText(sentence(one.reason))
        self.before.hide()
        self.accept_button(tr("Hand Over"))
        self.buttons.accepted.connect(self._hand_over)
        self.buttons.rejected.connect(self.reject)
        self.run(tr("Asking the server"), lambda feedback: read_handed(workspace, feedback), self._show)

    def inputs(self) -> Sequence[QWidget]:
        """Return what cannot be touched while work runs."""
        return (self.comment,)

    def show_state(self) -> None:
        """Let the record be handed over whenever nothing runs."""
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(True)

    def _show(self, found: Sequence[Handed]) -> None:
        former = [each for each in found if (each.layer, each.row) == (self._one.layer, self._one.uid)]
        former.sort(key=lambda each: each.at)
        if former:
            self.before.setText(_former_text(former[-1]))
            self.before.show()
            if former[-1].is_open:
                self.comment.setPlainText(former[-1].comment)
                self.accept_button(tr("Hand Over Again"))
        self.comment.setFocus()

    def _hand_over(self) -> None:
        path, one, comment = self._workspace, self._one, self.comment.toPlainText()
        title = tr("Handing over")
        self.run(title, lambda feedback: hand_over(path, [one], comment, feedback), lambda _count: self.accept())


def _former_text(one: Handed) -> str:
    when = instant_text(one.at, language())
    if one.is_open:
        return tr("○ Handed over on {when}: it waits for an administrator. Again, it takes its place.", when=when)
    return tr(
        "✔ Handed over on {when}, settled by {who}: {answer}", when=when, who=one.settled_by, answer=one.answer or "–"
    )
