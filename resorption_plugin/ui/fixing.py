"""Corrects findings: shows what would change, then does it, undoably."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtWidgets import QDialog, QWidget

from ..core.errors import ResorptionError
from ..core.finding_list import ListedFinding
from ..core.fixes import merge
from ..core.fixes.proposal import Correction
from ..core.fixes.registry import fix_of
from ..core.ports import Notifier
from ..qgis_adapters.fixing import (
    Merge,
    Pair,
    correct,
    find_corrections,
    find_pair,
    refuse_unsaved,
    take_apart,
    write_merge,
)
from ..qgis_adapters.tasks import Jobs
from ..qgis_adapters.translation import tr
from .correct_dialog import CorrectionsDialog, MergeDialog


def can_fix(findings: Sequence[ListedFinding]) -> bool:
    """Say whether a correction is offered for these findings: of one check, or one pair that may be one thing."""
    codes = {str(finding.record["check_id"]) for finding in findings}
    if len(codes) != 1:
        return False
    (code,) = codes
    return fix_of(code) is not None or (code in merge.MERGED_CHECKS and len(findings) == 1)


class FixController(QObject):
    """Does what the button *Correct…* asks; ``written`` says which records were written to the file."""

    written = pyqtSignal(object)
    merged = pyqtSignal(bool)
    """Whether there is a merge to take back."""

    def __init__(self, jobs: Jobs, notifier: Notifier, window: QWidget, parent: QObject) -> None:
        """Work in ``jobs``; dialogs belong to ``window``."""
        super().__init__(parent)
        self._jobs = jobs
        self._notifier = notifier
        self._window = window
        self._last: Merge | None = None

    def fix(self, workspace: Path, findings: Sequence[ListedFinding]) -> None:
        """Propose a correction of the findings; raises ``WorkspaceError`` when their layers have unsaved edits."""
        if not can_fix(findings):
            return
        records = [finding.record for finding in findings]
        code, layers = records[0]["check_id"], sorted({record["target_layer"] for record in records})
        if code in merge.MERGED_CHECKS:
            refuse_unsaved(QgsProject.instance(), merge.layers_to_read(layers[0]))
            self._look(lambda: find_pair(workspace, records[0]), partial(self._ask_to_merge, workspace))
        else:
            refuse_unsaved(QgsProject.instance(), layers)
            asked = partial(self._ask_to_correct, code, len(records))
            self._look(lambda: find_corrections(workspace, records), asked)

    def undo_merge(self) -> None:
        """Take the last merge back; raises ``WorkspaceError`` when its layers have unsaved edits."""
        done = self._last
        if done is None:
            return
        refuse_unsaved(QgsProject.instance(), done.layers())
        self._jobs.run(
            tr("Taking a merge back"),
            lambda _feedback: take_apart(done),
            lambda _nothing: self._written(done, None, tr("The two records are apart again.")),
        )

    def _look(self, find: Callable[[], object], then: Callable[..., None]) -> None:
        self._jobs.run(tr("Looking for corrections"), lambda _feedback: find(), then)

    def _ask_to_correct(self, code: str, asked: int, corrections: list[Correction]) -> None:
        fix = fix_of(code)
        if fix is None:
            return
        dialog = CorrectionsDialog(tr(fix.title), corrections, asked, self._window)
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        try:
            correct(QgsProject.instance(), corrections, tr(fix.title))
        except ResorptionError as error:
            self._notifier.report(error)

    def _ask_to_merge(self, workspace: Path, pair: Pair) -> None:
        dialog = MergeDialog(pair, self._window)
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        answers = dialog.answers()
        told = tr("The two records are one. “Undo merge” takes it back.")
        self._jobs.run(
            tr("Merging two records"),
            lambda _feedback: write_merge(workspace, pair, answers),
            lambda done: self._written(done, done, told),
        )

    def _written(self, done: Merge, last: Merge | None, told: str) -> None:
        self._last = last
        self.merged.emit(last is not None)
        self._notifier.inform(told)
        self.written.emit(done.touched())
