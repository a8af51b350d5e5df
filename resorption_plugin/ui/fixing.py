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
from ..core.ports import ChangeSet, Notifier
from ..qgis_adapters.fixing import Pair, correct, find_corrections, find_pair, refuse_unsaved, write_steps
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
        self._undo: tuple[Path, list[ChangeSet]] | None = None

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
        """Take the last merge back."""
        if self._undo is None:
            return
        workspace, steps = self._undo
        refuse_unsaved(QgsProject.instance(), sorted(set().union(*(step.layers() for step in steps))))
        self._write(workspace, steps, tr("The two records are apart again."))

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
        try:
            steps = pair.steps(dialog.answers())
        except ResorptionError as error:
            self._notifier.report(error)
            return
        undone = merge.inverse(steps, pair.data)
        told = tr("The two records are one. “Undo merge” takes it back.")
        self._write(workspace, steps, told, (workspace, undone))

    def _write(
        self, workspace: Path, steps: list[ChangeSet], told: str, undo: tuple[Path, list[ChangeSet]] | None = None
    ) -> None:
        def done(_nothing: object) -> None:
            self._undo = undo
            self.merged.emit(undo is not None)
            self._notifier.inform(told)
            self.written.emit(_touched(steps))

        self._jobs.run(tr("Merging two records"), lambda _feedback: write_steps(workspace, steps), done)


def _touched(steps: Sequence[ChangeSet]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for step in steps:
        for record in (*step.insert, *step.update):
            found.setdefault(record.layer, set()).add(record.uid)
        for layer, uid in step.delete:
            found.setdefault(layer, set()).add(uid)
    return {layer: frozenset(uids) for layer, uids in found.items()}
