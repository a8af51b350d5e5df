"""Shows what a synchronisation would send and bring, before it does anything."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import shapely
from qgis.PyQt import uic
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QLabel, QTreeWidget, QTreeWidgetItem, QWidget

from .. import paths
from ..core.i18n import mark
from ..core.model import catalogue
from ..core.sync.overview import Line, Way
from ..core.sync.ports import Emptied
from ..qgis_adapters.sharing import Account
from ..qgis_adapters.translation import language, tr
from .help_dialog import HelpDialog, Topic
from .sharing_words import TO_RECEIVE, TO_SEND, listed

ShowPlaces = Callable[[Sequence[shapely.Geometry]], None]
"""Shows some places in EPSG:4326 on the map."""

_LINE = Qt.ItemDataRole.UserRole
_TITLES = {Way.GOES: mark("↑ To send ({count})"), Way.COMES: mark("↓ To receive ({count})")}


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
        self.moves.setHeaderLabels([tr("Commune and layer"), tr("Added"), tr("Changed"), tr("Removed")])
        for way in Way:
            self._fill(way, [line for line in account.lines if line.way is way])
        self.summary.setText("\n\n".join((*map(_warning, account.emptied), _summary(account))))
        for column in range(1, 4):
            self.moves.resizeColumnToContents(column)
        self.moves.setColumnWidth(0, 340)
        self.moves.itemSelectionChanged.connect(self._selected)
        ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setText(tr("Delete for Everybody and Synchronise") if account.emptied else tr("Synchronise"))
        usual = QDialogButtonBox.StandardButton.Cancel if account.emptied else QDialogButtonBox.StandardButton.Ok
        self.buttons.button(usual).setDefault(True)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.buttons.helpRequested.connect(lambda: HelpDialog(self, Topic.SHARING).show())
        self.finished.connect(lambda _result: self._show_places(()))

    def _fill(self, way: Way, lines: Sequence[Line]) -> None:
        if not lines:
            return
        total = sum(line.count for line in lines)
        top = QTreeWidgetItem(self.moves, [tr(_TITLES[way], count=total)])
        top.setData(0, _LINE, [place for line in lines for place in line.places])
        communes: dict[str, QTreeWidgetItem] = {}
        for line in lines:
            commune = line.commune or tr("(no commune)")
            if commune not in communes:
                communes[commune] = QTreeWidgetItem(top, [commune])
                communes[commune].setData(0, _LINE, [])
            above = [*communes[commune].data(0, _LINE), *line.places]
            communes[commune].setData(0, _LINE, above)
            counts = [str(count) if count else "" for count in (line.added, line.changed, line.removed)]
            item = QTreeWidgetItem(communes[commune], [catalogue.layer(line.layer).plural.text(language()), *counts])
            item.setData(0, _LINE, list(line.places))
            for column in range(1, 4):
                item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight)
        top.setExpanded(True)
        for item in communes.values():
            item.setExpanded(len(lines) <= 30)

    def _selected(self) -> None:
        items = self.moves.selectedItems()
        self._show_places(items[0].data(0, _LINE) if items else ())


def _warning(emptied: Emptied) -> str:
    return tr(
        "⚠ Another program took {gone} of the {known} records out of “{layer}”, and no deletion was seen: they would "
        "be deleted for everybody. If nobody wanted this, cancel, and take the workspace again from a copy.",
        gone=emptied.gone,
        known=emptied.known,
        layer=catalogue.layer(emptied.layer).plural.text(language()),
    )


def _summary(account: Account) -> str:
    if account.is_new_beginning:
        return tr(
            "Everything that you may read will be received anew (first exchange, other rights, or the shared database "
            "was restored). What you wrote here is kept."
        )
    counts = dict.fromkeys(Way, 0)
    for line in account.lines:
        counts[line.way] += line.count
    if not any(counts.values()):
        return tr("Nothing to send and nothing to receive: both sides hold the same.")
    text = f"{listed(((counts[Way.GOES], TO_SEND), (counts[Way.COMES], TO_RECEIVE)))}."
    return f"{text} {tr('More will come than could be counted.')}" if account.is_cut else text
