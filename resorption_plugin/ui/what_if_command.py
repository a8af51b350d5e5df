"""The command *What if…*: asks, judges in the background, shows a temporary layer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtWidgets import QDialog, QWidget

from ..core.checks.spec import Profile
from ..core.i18n import mark
from ..core.ports import Feedback, Notifier, SystemClock
from ..core.what_if import Change, Outlook, Supposition, suppose
from ..geopackage.store import GeoPackageStore
from ..qgis_adapters.checking import conditions
from ..qgis_adapters.layers import find_layer
from ..qgis_adapters.supposed_findings import show_outlook
from ..qgis_adapters.tasks import Jobs
from ..qgis_adapters.translation import language, tr
from .actions import Command, Place
from .what_if_dialog import WhatIfDialog


class WhatIfCommand(QObject):
    """Supposes another state of the open workspace."""

    def __init__(
        self,
        path: Callable[[], Path],
        profile: Callable[[], Profile],
        *,
        jobs: Jobs,
        notifier: Notifier,
        window: QWidget,
        parent: QObject,
    ) -> None:
        """Read the workspace at ``path()`` by the standards of ``profile()``."""
        super().__init__(parent)
        self._path = path
        self._profile = profile
        self._jobs = jobs
        self._notifier = notifier
        self._window = window

    def command(self) -> Command:
        """Return the entry of the menu."""
        return Command(
            "what_if",
            mark("&What If…"),
            mark("Check another day, without the selected water points, or with more people; nothing is written"),
            self.ask,
            place=Place.CHECK,
        )

    def ask(self) -> None:
        """Ask what to suppose, and show what would be found."""
        path, profile = self._path(), self._profile()
        dialog = WhatIfDialog(_selected_points(), self._window)
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        supposition, title = dialog.supposition(), dialog.title()
        self._jobs.run(
            tr("Supposing"),
            lambda feedback: _suppose(path, profile, supposition, feedback),
            lambda outlook: self._show(outlook, title),
        )

    def _show(self, outlook: Outlook, title: str) -> None:
        show_outlook(QgsProject.instance(), outlook, title, language())
        self._notifier.inform(
            tr(
                "{appears} findings would appear, {worsens} worsen, {goes} go, {stays} stay.",
                appears=outlook.counts[Change.APPEARS],
                worsens=outlook.counts[Change.WORSENS],
                goes=outlook.counts[Change.GOES],
                stays=outlook.counts[Change.STAYS],
            )
        )


def _suppose(path: Path, profile: Profile, supposition: Supposition, feedback: Feedback) -> Outlook:
    with GeoPackageStore.open(path, read_only=True) as store:
        return suppose(store, conditions(SystemClock(), None, profile), supposition, feedback)


def _selected_points() -> list[tuple[str, str]]:
    layer = find_layer(QgsProject.instance(), "water_point")
    features = layer.selectedFeatures() if layer is not None else []
    return [(feature["uid"], str(feature["name"] or feature["address"] or feature["uid"])) for feature in features]
