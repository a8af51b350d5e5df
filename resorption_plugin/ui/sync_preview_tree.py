"""What would travel, as a tree: way, commune, layer, record. What is below a line is made when it is opened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from qgis.PyQt.QtCore import QLocale, Qt
from qgis.PyQt.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from ..core.errors import ResorptionError
from ..core.i18n import mark
from ..core.model import catalogue
from ..core.sync.foreseeing import in_order
from ..core.sync.operations import ConflictKind
from ..core.sync.overview import Line, Nature, Parcel, PlacedMove, Way
from ..core.sync.refusals import in_short, refusal
from ..core.wording import field_title, instant_text, quoted_titles
from ..geopackage.sync.conflicts import Dispute
from ..qgis_adapters.sharing import Account
from ..qgis_adapters.translation import language, sentence, tr
from .conflict_text import KINDS, differing
from .decision_text import decision_in_short
from .sharing_words import Forms, listed

CONTRADICTED: Forms = (mark("{n} contradiction to come"), mark("{n} contradictions to come"))
REFUSED: Forms = (mark("{n} record that will be set aside"), mark("{n} records that will be set aside"))

_BELOW = Qt.ItemDataRole.UserRole
_NAME, _ADDED, _CHANGED, _REMOVED, _WHAT, _BY = range(6)
_COLUMN = {Nature.ADDED: _ADDED, Nature.CHANGED: _CHANGED, Nature.REMOVED: _REMOVED}
_TITLES = {Way.GOES: mark("↑ To send ({count})"), Way.COMES: mark("↓ To receive ({count})")}
_OPENED = 30
"""So many lines are opened down to their layers; of more, only the communes are shown."""
_WHOLE = (ConflictKind.DELETE_VS_EDIT, ConflictKind.EDIT_VS_DELETE)
_FIELDS = 4
"""So many fields are named on a line; its tip names them all."""


@dataclass(frozen=True, slots=True)
class _Below:
    """What an item stands for: some lines, one line, or one record."""

    lines: Sequence[Line] = ()
    record: Parcel | None = None

    @property
    def places(self) -> Sequence[shapely.Geometry]:
        if self.record is not None:
            return () if self.record.first.place is None else (self.record.first.place,)
        return [place for line in self.lines for place in line.places]


class SyncPreviewTree:
    """Fills a ``QTreeWidget``."""

    def __init__(self, tree: QTreeWidget, account: Account) -> None:
        """Show what an account says that travels."""
        self._tree = tree
        self._account = account
        titles = [
            tr("Commune, layer and record"),
            tr("Records added"),
            tr("Records changed"),
            tr("Records removed"),
            tr("What changes"),
            tr("By"),
        ]
        tree.setHeaderLabels(titles)
        tree.itemExpanded.connect(self._open)
        for way in Way:
            self._show_way(way, [line for line in account.lines if line.way is way])
        header = tree.header()
        header.setStretchLastSection(False)
        for column in (_ADDED, _CHANGED, _REMOVED, _BY):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_WHAT, QHeaderView.ResizeMode.Stretch)
        tree.setColumnWidth(_NAME, 300)

    def places(self, item: QTreeWidgetItem) -> Sequence[shapely.Geometry]:
        """Return where the records of an item lie, in EPSG:4326."""
        below: _Below = item.data(_NAME, _BELOW)
        return below.places

    def _show_way(self, way: Way, lines: Sequence[Line]) -> None:
        if not lines:
            return
        top = self._item(
            self._tree, tr(_TITLES[way], count=QLocale(language()).toString(sum(line.count for line in lines))), lines
        )
        communes: dict[str, list[Line]] = {}
        for line in lines:
            communes.setdefault(line.commune or tr("(no commune)"), []).append(line)
        below = [self._item(top, commune, some) for commune, some in communes.items()]
        top.setExpanded(True)
        if len(lines) <= _OPENED:
            for item in below:
                item.setExpanded(True)

    def _item(self, above: QTreeWidget | QTreeWidgetItem, title: str, lines: Sequence[Line]) -> QTreeWidgetItem:
        contradicted, refused = sum(line.contradicted for line in lines), sum(line.refused for line in lines)
        troubles = listed(((contradicted, CONTRADICTED), (refused, REFUSED)))
        item = QTreeWidgetItem(above, [title, "", "", "", f"⚠ {troubles}" if troubles else ""])
        item.setToolTip(_WHAT, troubles)
        item.setData(_NAME, _BELOW, _Below(lines))
        item.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
        return item

    def _open(self, item: QTreeWidgetItem) -> None:
        """Make what is below an item, the first time that it is opened."""
        below: _Below = item.data(_NAME, _BELOW)
        if item.childCount() or below.record is not None:
            return
        if item.parent() is not None and item.parent().parent() is not None:
            self._show_records(item, below.lines[0])
        else:
            for line in below.lines:
                self._show_line(item, line)

    def _show_line(self, above: QTreeWidgetItem, line: Line) -> None:
        item = self._item(above, catalogue.layer(line.layer).plural.text(language()), [line])
        for column, count in ((_ADDED, line.added), (_CHANGED, line.changed), (_REMOVED, line.removed)):
            item.setText(column, QLocale(language()).toString(count) if count else "")
            item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight)

    def _show_records(self, above: QTreeWidgetItem, line: Line) -> None:
        above.addChildren([self._record(one) for one in line.shown])
        left = line.count - len(line.shown)
        if left:
            others = QTreeWidgetItem(above, [tr("and {count} others", count=QLocale(language()).toString(left))])
            others.setData(_NAME, _BELOW, _Below([line]))
            others.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.DontShowIndicator)

    def _record(self, one: Parcel) -> QTreeWidgetItem:
        name = self._account.names.get((one.first.move.layer, one.first.move.uid), "")
        told = dict.fromkeys(_what(move, self._account.disputes.get(move.conflict)) for move in one.moves)
        shorts, wholes = zip(*told, strict=True)
        what, tip = " · ".join(filter(None, shorts)), "\n".join(filter(None, wholes))
        item = QTreeWidgetItem([f"⚠ {name}" if one.is_troubled else name, "", "", "", what, _signature(one.first)])
        item.setText(_COLUMN[one.nature], "•")
        item.setTextAlignment(_COLUMN[one.nature], Qt.AlignmentFlag.AlignRight)
        item.setData(_NAME, _BELOW, _Below(record=one))
        item.setToolTip(_NAME, name)
        item.setToolTip(_WHAT, tip)
        return item


def _what(one: PlacedMove, dispute: Dispute | None) -> tuple[str, str]:
    """Return what changes in a record, or why it will not simply be done: in short, and whole.

    ``dispute`` is the contradiction on which it carries a decision.
    """
    layer = one.move.layer
    if one.refusal:
        return _refused(one.refusal), sentence(_refusal(one))
    if one.contradiction is not None:
        told = tr(KINDS[one.contradiction.kind], what=quoted_titles(layer, one.contradiction.columns, language()))
        fields = _fields(layer, one.columns)[1]
        return told, "\n".join(filter(None, (told, tr("You decide once it is exchanged."), fields)))
    if dispute is None or dispute.decision is None:
        return _fields(layer, one.columns)
    decided = tr("decision: {told}", told=decision_in_short(dispute))
    if dispute.conflict.kind in _WHOLE:
        return decided, decided
    # what it is about: a decision for what the shared database holds changes nothing there
    short, whole = _fields(layer, in_order(layer, differing(dispute.conflict)))
    return f"{short} – {decided}", f"{whole} – {decided}"


def _fields(layer: str, columns: Sequence[str]) -> tuple[str, str]:
    """Return what columns are called: some of them, and all."""
    titles = [field_title(layer, name, language()) for name in columns]
    whole = ", ".join(titles)
    return f"{', '.join(titles[:_FIELDS])}…" if len(titles) > _FIELDS else whole, whole


def _refused(code: str) -> str:
    """Return that a record will be set aside and why, in the few words that a cell holds."""
    short = in_short(code)
    if not short:
        return tr("will be set aside")
    told = tr(short)
    return tr("will be set aside: {reason}", reason=told[:1].lower() + told[1:])


def _refusal(one: PlacedMove) -> ResorptionError:
    return refusal(one.move.layer, one.refusal, "")


def _signature(one: PlacedMove) -> str:
    """Return who wrote what comes, and when."""
    if not one.at:
        return one.by
    return f"{one.by}, {instant_text(dt.datetime.fromisoformat(one.at), language())}"
