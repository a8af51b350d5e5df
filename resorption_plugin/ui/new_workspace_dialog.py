"""Asks for the departments and the file of a new workspace, and makes it in the background."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path

from qgis.core import QgsTask
from qgis.gui import QgsFileWidget
from qgis.PyQt import uic
from qgis.PyQt.QtCore import QSortFilterProxyModel, QStandardPaths, Qt
from qgis.PyQt.QtGui import QStandardItem, QStandardItemModel
from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QListView, QProgressBar, QWidget

from .. import paths
from ..core.errors import ResorptionError
from ..core.ports import Feedback
from ..core.territory import Department
from ..qgis_adapters.tasks import Jobs
from ..qgis_adapters.translation import sentence, tr

SUFFIX = ".gpkg"

Create = Callable[[Path, Sequence[str], Feedback], None]

_CODE = Qt.ItemDataRole.UserRole
_FOLDED = Qt.ItemDataRole.UserRole + 1


class NewWorkspaceDialog(QDialog):
    """Accepted once the workspace exists at ``path()``."""

    search: QLineEdit
    departments: QListView
    chosen: QLabel
    file: QgsFileWidget
    problem: QLabel
    progress: QProgressBar
    buttons: QDialogButtonBox

    def __init__(
        self, departments: Sequence[Department], create: Create, jobs: Jobs, parent: QWidget | None = None
    ) -> None:
        """Offer ``departments``; ``create`` makes the file, in a task of ``jobs``."""
        super().__init__(parent)
        uic.loadUi(str(paths.form("new_workspace")), self)
        self._create = create
        self._jobs = jobs
        self._task: QgsTask | None = None
        self._proposed = ""
        self._items = [_item(department) for department in departments]
        self._set_up_list()
        self._set_up_file()
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText(tr("Create"))
        self.progress.hide()
        self.buttons.accepted.connect(self._start)
        self.buttons.rejected.connect(self.reject)
        self._choice_changed()

    def path(self) -> Path:
        """Return the file entered, with its suffix."""
        text = self.file.filePath().strip()
        return Path(text if text.lower().endswith(SUFFIX) else text + SUFFIX)

    def codes(self) -> list[str]:
        """Return the codes of the departments ticked."""
        return [str(item.data(_CODE)) for item in self._items if item.checkState() == Qt.CheckState.Checked]

    def reject(self) -> None:
        """Stop the work first when it runs, else close."""
        if self._task is not None:
            self._task.cancel()
        else:
            super().reject()

    def _set_up_list(self) -> None:
        model = QStandardItemModel(self)
        for item in self._items:
            model.appendRow(item)
        model.itemChanged.connect(lambda _item: self._choice_changed())
        proxy = QSortFilterProxyModel(self)
        proxy.setSourceModel(model)
        proxy.setFilterRole(_FOLDED)
        self.departments.setModel(proxy)
        self.search.textChanged.connect(lambda text: proxy.setFilterFixedString(_folded(text)))

    def _set_up_file(self) -> None:
        self.file.setStorageMode(QgsFileWidget.StorageMode.SaveFile)
        self.file.setFilter(tr("Workspaces (*.gpkg)"))
        self.file.setConfirmOverwrite(False)  # an existing file is refused with a sentence, never replaced
        self.file.fileChanged.connect(lambda _path: self._check())

    def _choice_changed(self) -> None:
        ticked = [item.text() for item in self._items if item.checkState() == Qt.CheckState.Checked]
        self.chosen.setText(", ".join(ticked) or tr("Tick the department you work on."))
        self._propose_file()
        self._check()

    def _propose_file(self) -> None:
        """Propose a name as long as the user has not chosen one."""
        if self.file.filePath() != self._proposed or not self.codes():
            return
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self._proposed = str(Path(folder) / f"resorption_{'_'.join(self.codes()[:3])}{SUFFIX}")
        self.file.setFilePath(self._proposed)

    def _check(self) -> None:
        problem = ""
        if self.file.filePath().strip() and self.path().exists():
            problem = tr("There is already a file at {path}. Choose another name.", path=self.path())
        self.problem.setText(problem)
        ready = bool(self.codes()) and bool(self.file.filePath().strip()) and not problem
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(ready)

    def _start(self) -> None:
        path, codes = self.path(), self.codes()
        self._show_running(running=True)
        self._task = self._jobs.run(
            tr("New workspace {name}", name=path.name),
            lambda feedback: self._create(path, codes, feedback),
            lambda _nothing: self._done(),
            self._failed,
        )

    def _done(self) -> None:
        self._task = None
        self.accept()

    def _failed(self, error: ResorptionError) -> None:
        self._task = None
        self._show_running(running=False)
        self.problem.setText(sentence(error))

    def _show_running(self, *, running: bool) -> None:
        for widget in (self.search, self.departments, self.file):
            widget.setDisabled(running)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setDisabled(running)
        self.progress.setRange(0, 0)
        self.progress.setVisible(running)


def _item(department: Department) -> QStandardItem:
    text = f"{department.code} – {department.name}"
    item = QStandardItem(text)
    item.setCheckable(True)
    item.setData(department.code, _CODE)
    item.setData(_folded(text), _FOLDED)
    return item


def _folded(text: str) -> str:
    """Return the text without accents, capitals nor dashes, so that “herault” finds Hérault."""
    plain = unicodedata.normalize("NFD", text.casefold())
    return "".join(" " if char in "-–'’" else char for char in plain if not unicodedata.combining(char))
