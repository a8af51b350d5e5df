"""Shows what a synchronisation would send and bring, before it does anything."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import shapely
from qgis.PyQt import uic
from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QLabel, QTreeWidget, QWidget

from .. import paths
from ..core.i18n import mark
from ..core.model import catalogue
from ..core.sync.overview import Way
from ..core.sync.ports import Emptied
from ..qgis_adapters.sharing import Account
from ..qgis_adapters.translation import language, tr
from .help_dialog import HelpDialog, Topic
from .sharing_words import TO_RECEIVE, TO_SEND, Forms, listed
from .sync_preview_tree import CONTRADICTED, REFUSED, SyncPreviewTree

_CONTRADICTIONS: Forms = (mark("{n} contradiction"), mark("{n} contradictions"))
_PASSING: Forms = (mark("{n} passes"), mark("{n} pass"))
_REFUSED: Forms = (mark("{n} is set aside"), mark("{n} are set aside"))
_WAITING: Forms = (mark("{n} waits for your decision"), mark("{n} wait for your decision"))

ShowPlaces = Callable[[Sequence[shapely.Geometry]], None]
"""Shows some places in EPSG:4326 on the map."""


class SyncPreviewDialog(QDialog):
    """Accepted, the synchronisation may begin."""

    summary: QLabel
    moves: QTreeWidget
    note: QLabel
    buttons: QDialogButtonBox

    def __init__(self, account: Account, show_places: ShowPlaces, parent: QWidget | None = None) -> None:
        """Show an account of what would travel."""
        super().__init__(parent)
        uic.loadUi(str(paths.form("sync_preview")), self)
        self._show_places = show_places
        self._tree = SyncPreviewTree(self.moves, account)
        self.summary.setText("\n\n".join((*map(_warning, account.emptied), _summary(account))))
        self.moves.itemSelectionChanged.connect(self._selected)
        ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setText(tr("Delete for Everybody and Synchronise") if account.emptied else tr("Synchronise"))
        usual = QDialogButtonBox.StandardButton.Cancel if account.emptied else QDialogButtonBox.StandardButton.Ok
        self.buttons.button(usual).setDefault(True)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.buttons.helpRequested.connect(lambda: HelpDialog(self, Topic.SHARING).show())
        self.finished.connect(lambda _result: self._show_places(()))

    def _selected(self) -> None:
        items = self.moves.selectedItems()
        self._show_places(self._tree.places(items[0]) if items else ())


def _warning(emptied: Emptied) -> str:
    return tr(
        "⚠ Another program took {gone} of the {known} records out of “{layer}”, and no deletion was seen: they would "
        "be deleted for everybody. If nobody wanted this, cancel, and take the workspace again from a copy.",
        gone=emptied.gone,
        known=emptied.known,
        layer=catalogue.layer(emptied.layer).plural.text(language()),
    )


def _summary(account: Account) -> str:
    counts = "" if _is_stopped(account) else _counts(account)
    return "\n".join(filter(None, (counts, _troubles(account))))


def _is_stopped(account: Account) -> bool:
    """Say whether nothing at all will pass of what travels."""
    count = sum(line.count for line in account.lines)
    is_known = not account.is_cut and not account.is_new_beginning
    return bool(count) and is_known and count == sum(line.stopped for line in account.lines)


def _counts(account: Account) -> str:
    if account.is_new_beginning:
        return tr(
            "Everything that you may read will be received anew (first exchange, other rights, or the shared database "
            "was restored). What you wrote here is kept."
        )
    if not account.lines:
        return tr("Nothing to send and nothing to receive: both sides hold the same.")
    told = (_way(account, Way.GOES, TO_SEND), _way(account, Way.COMES, TO_RECEIVE))
    text = f"{', '.join(filter(None, told))}."
    return f"{text} {tr('More will come than could be counted.')}" if account.is_cut else text


def _way(account: Account, way: Way, forms: Forms) -> str:
    """Return how many records travel one way and, where some are stopped, what will become of how many."""
    lines = [line for line in account.lines if line.way is way]
    count, stopped = sum(line.count for line in lines), sum(line.stopped for line in lines)
    waiting = sum(line.waiting for line in lines)
    told = listed(((count, forms),))
    if not stopped:
        return told
    parts = ((count - stopped, _PASSING), (stopped - waiting, _REFUSED), (waiting, _WAITING))
    return f"{told} ({listed(parts)})"


def _troubles(account: Account) -> str:
    """Return what will not simply be done; what both sides changed is counted once."""
    going = [line for line in account.lines if line.way is Way.GOES]
    contradicted, refused = sum(line.contradicted for line in going), sum(line.refused for line in going)
    if not contradicted and not refused:
        return ""
    if _is_stopped(account):
        found = listed(((contradicted, _CONTRADICTIONS), (refused, REFUSED)))
        return tr(
            "⚠ No record will pass as it is: {troubles}. Synchronise all the same: then you decide on what both sides "
            "changed, and read why a record is set aside. Nothing is lost.",
            troubles=found,
        )
    return tr(
        "⚠ {troubles}. Afterwards you decide on what both sides changed, and read why a record is set aside. Nothing "
        "is lost.",
        troubles=listed(((contradicted, CONTRADICTED), (refused, REFUSED))),
    )
