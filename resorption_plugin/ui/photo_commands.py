"""Adds photos: to the record of a form, or several at once to the records they were taken at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from qgis.core import QgsApplication, QgsProject
from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtWidgets import QDialog, QFileDialog, QWidget

from ..core.errors import ResorptionError
from ..core.i18n import mark
from ..core.photos import SUFFIXES
from ..core.ports import Clock, Notifier
from ..qgis_adapters.current_workspace import CurrentWorkspace
from ..qgis_adapters.layers import reload_workspace_layers
from ..qgis_adapters.photo_adding import Added, Inspection, Target, Wish, add_photos, look_at
from ..qgis_adapters.tasks import Jobs
from ..qgis_adapters.translation import tr
from .add_photos_dialog import AddPhotosDialog


class PhotoCommands(QObject):
    """Looks at the files in the background, asks where they belong, copies them; ``added`` says that rows are new."""

    added = pyqtSignal()

    def __init__(
        self,
        workspace: CurrentWorkspace,
        *,
        jobs: Jobs,
        notifier: Notifier,
        clock: Clock,
        window: QWidget,
        parent: QObject,
    ) -> None:
        """Keep what the commands need; dialogs open above ``window``."""
        super().__init__(parent)
        self._workspace = workspace
        self._jobs = jobs
        self._notifier = notifier
        self._clock = clock
        self._window = window

    def add(self) -> None:
        """Ask for files, propose the record nearest to each, and add them."""
        path = self._path()

        def looked(inspection: Inspection) -> None:
            dialog = AddPhotosDialog(inspection, self._window)
            if dialog.exec() == QDialog.DialogCode.Accepted:
                self._keep(path, dialog.wishes())

        self._look(path, looked)

    def add_to(self, key: str, uid: str) -> None:
        """Ask for files and add them to one record."""
        path, target = self._path(), (key, uid)

        def looked(inspection: Inspection) -> None:
            for photo in inspection.photos:
                if photo.refusal is not None:
                    self._notifier.report(photo.refusal)
            self._keep(path, _all_of(inspection, target))

        self._look(path, looked)

    def _look(self, path: Path, then: Callable[[Inspection], None]) -> None:
        files = self._choose()
        if files:
            title, clock = tr("Reading photos"), self._clock
            self._jobs.run(title, lambda feedback: look_at(path, files, clock, feedback), then)

    def _keep(self, path: Path, wishes: Sequence[Wish]) -> None:
        if not wishes:
            return
        by, clock = QgsApplication.userFullName(), self._clock
        self._jobs.run(
            tr("Adding photos"),
            lambda feedback: add_photos(path, wishes, by, clock, feedback),
            lambda done: self._done(path, done),
        )

    def _done(self, path: Path, done: Added) -> None:
        reload_workspace_layers(QgsProject.instance(), path)
        text = tr("Photos added: {count}.", count=done.added)
        if done.known:
            text += " " + tr("Already there: {count}.", count=done.known)
        self._notifier.inform(text)
        self.added.emit()

    def _choose(self) -> list[Path]:
        pattern = " ".join(f"*{suffix} *{suffix.upper()}" for suffix in SUFFIXES)
        chosen, _filter = QFileDialog.getOpenFileNames(
            self._window, tr("Add Photos"), "", f"{tr('Photos')} ({pattern});;{tr('All files')} (*)"
        )
        return [Path(file) for file in chosen]

    def _path(self) -> Path:
        if self._workspace.path is None:
            raise ResorptionError(mark("No workspace is open. Create one or open one first."))
        return self._workspace.path


def _all_of(inspection: Inspection, target: Target) -> list[Wish]:
    return [Wish(photo.path, photo.exif, target) for photo in inspection.photos if photo.refusal is None]
