"""The figures of the overview as a tree: a branch for each section."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from qgis.PyQt.QtCore import QLocale, QModelIndex, QObject, QSortFilterProxyModel, Qt
from qgis.PyQt.QtGui import QStandardItem, QStandardItemModel

from ..core.indicators.overview import Overview
from ..core.indicators.registry import indicator
from ..core.indicators.spec import UNIT_LABELS, Amount, Indicator, Unit
from ..qgis_adapters.translation import language, tr

LABEL, VALUE, SHARE, UNKNOWN = range(4)
_ID = Qt.ItemDataRole.UserRole
_SAID_BY_NAME = (Unit.SITES, Unit.PEOPLE, Unit.HOUSEHOLDS, Unit.CHILDREN, Unit.WATER_POINTS, Unit.DEPARTMENTS)
"""Units that need not be repeated beside the number."""


class FiguresModel(QStandardItemModel):
    """Shows an ``Overview``: name, value, share, and the part that is unknown."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.setHorizontalHeaderLabels([tr("Figure"), tr("Value"), tr("Share"), tr("Unknown")])
        self._rows: dict[str, list[QStandardItem]] = {}

    def show(self, overview: Overview | None) -> None:
        """Replace the figures; where they are the same ones, only their amounts."""
        found = {declared.id: (declared, amount) for declared, amount in (overview.amounts if overview else ())}
        if list(found) != list(self._rows):
            self._build(declared for declared, _ in found.values())
        for key, (declared, amount) in found.items():
            texts = (number_text(declared.unit, amount.value), share_text(amount), unknown_text(amount))
            for item, text in zip(self._rows[key][VALUE:], texts, strict=True):
                item.setText(text)

    def _build(self, declared: Iterable[Indicator]) -> None:
        self.setRowCount(0)  # a view keeps the widths of the columns, which it would forget with them
        self._rows = {}
        branches: dict[str, QStandardItem] = {}
        for each in declared:
            title = each.section.value.text(language())
            if title not in branches:
                branches[title] = _heading(title)
                self.appendRow([branches[title], *(_blank() for _ in range(UNKNOWN))])
            self._rows[each.id] = _row(each)
            branches[title].appendRow(self._rows[each.id])

    def indicator(self, index: QModelIndex) -> Indicator | None:
        """Return the figure at ``index``, ``None`` for a heading."""
        key = index.siblingAtColumn(LABEL).data(_ID) if index.isValid() else None
        return indicator(key) if key else None

    def index_of(self, key: str) -> QModelIndex:
        """Return where a figure stands, an invalid index where it does not."""
        row = self._rows.get(key)
        return self.indexFromItem(row[LABEL]) if row else QModelIndex()


class FiguresFilter(QSortFilterProxyModel):
    """Leaves the figures whose name, or whose section's, holds what is searched, and the headings above them."""

    def __init__(self, model: FiguresModel, parent: QObject | None = None) -> None:
        """Filter ``model`` by its names."""
        super().__init__(parent)
        self._wanted = ""
        self.setRecursiveFilteringEnabled(True)
        self.setSourceModel(model)

    def search(self, text: str) -> None:
        """Leave what holds ``text``, whatever its capitals; everything when it is empty."""
        self._wanted = text.strip().casefold()
        self.invalidateFilter()

    def filterAcceptsRow(self, row: int, parent: QModelIndex) -> bool:
        """Accept a row by its own name or that of its section."""
        names = (self.sourceModel().index(row, LABEL, parent).data(), parent.data())
        return any(self._wanted in str(name).casefold() for name in names if name)


def _heading(title: str) -> QStandardItem:
    item = QStandardItem(title)
    font = item.font()
    font.setBold(True)
    item.setFont(font)
    item.setEditable(False)
    return item


def _blank() -> QStandardItem:
    item = QStandardItem()
    item.setEditable(False)
    return item


def _row(declared: Indicator) -> list[QStandardItem]:
    items = [QStandardItem(declared.name.text(language())), *(_blank() for _ in range(UNKNOWN))]
    items[LABEL].setData(declared.id, _ID)
    name, sentence = (escape(text.text(language())) for text in (declared.name, declared.definition))
    for item in items:
        item.setEditable(False)
        item.setToolTip(f"<b>{name}</b> – {sentence}")
    for item in items[VALUE:]:
        item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return items


def number_text(unit: Unit, value: float | None) -> str:
    """Return a value with its unit where the name does not say it; “–” where there is none."""
    if value is None:
        return "–"
    number = QLocale().toString(round(value)) if value == round(value) else QLocale().toString(float(value), "f", 1)
    return number if unit in _SAID_BY_NAME else f"{number}\u00a0{short_unit(unit)}"


def short_unit(unit: Unit) -> str:
    """Return a unit as it stands beside a number."""
    shorter = {Unit.LITRES: tr("L"), Unit.PEOPLE_PER_TAP: tr("people"), Unit.FULL_TIME: tr("FTE"), Unit.DAYS: tr("d")}
    return shorter.get(unit) or UNIT_LABELS[unit].text(language())


def share_text(amount: Amount) -> str:
    """Return the part of the whole among what is known, empty for what is no part."""
    return "" if amount.whole is None else percent_text(amount.share)


def unknown_text(amount: Amount) -> str:
    """Return how many of those asked do not know, “–” when all know."""
    if not amount.unknown:
        return "–"
    return tr(
        "{unknown} of {asked} ({percent} %)",
        unknown=QLocale().toString(amount.unknown),
        asked=QLocale().toString(amount.asked),
        percent=round(100 * amount.unknown_share),
    )


def percent_text(share: float | None) -> str:
    """Return a share in percent; “–” when there is nothing to divide."""
    return "–" if share is None else f"{round(100 * share)}\u00a0%"
