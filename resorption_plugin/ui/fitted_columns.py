"""Columns of a tree as wide as what they hold, within the width that there is; longer texts take several lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qgis.PyQt.QtCore import QEvent, QModelIndex, QObject, QRect, QSize, Qt
from qgis.PyQt.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTreeWidget, QTreeWidgetItem

_PADDING = 14
_LEAST = 60
_HIGHEST = 1000
_SPACING = 2


def shared_out(wanted: Sequence[int], room: int) -> list[int]:
    """Return widths that fill ``room``: each column gets what it wants, the widest give first where all cannot.

    What is left goes to the last column.
    """
    widths = list(wanted)
    left, waiting = room, sorted(range(len(wanted)), key=lambda at: wanted[at])
    for number, at in enumerate(waiting):
        widths[at] = max(min(wanted[at], left // (len(waiting) - number)), min(_LEAST, wanted[at]))
        left -= widths[at]
    widths[-1] += max(left, 0)
    return widths


class _WrappedText(QStyledItemDelegate):
    """Makes a row as high as its texts need in the widths of their columns, which a tree does not by itself."""

    def __init__(self, tree: QTreeWidget) -> None:
        super().__init__(tree)
        self._tree = tree

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        size = super().sizeHint(option, index)
        item = self._tree.itemFromIndex(index)
        if item is None or item.isFirstColumnSpanned():
            return size
        indent = self._tree.indentation() * _level(item) if index.column() == 0 else 0
        room = QRect(0, 0, self._tree.columnWidth(index.column()) - indent - _PADDING // 2, _HIGHEST)
        lines = option.fontMetrics.boundingRect(room, Qt.TextFlag.TextWordWrap, item.text(index.column()))
        return QSize(size.width(), max(size.height(), lines.height() + _SPACING))


class FittedColumns(QObject):
    """Keeps the columns of a tree fitted to what it holds and to its width."""

    def __init__(self, tree: QTreeWidget) -> None:
        """Fit the columns of ``tree``, whose headers are set, when it changes its size."""
        super().__init__(tree)
        self._tree = tree
        header = tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        tree.setUniformRowHeights(False)
        tree.setItemDelegate(_WrappedText(tree))
        tree.setWordWrap(True)
        tree.setTextElideMode(Qt.TextElideMode.ElideRight)
        tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        tree.viewport().installEventFilter(self)
        tree.itemExpanded.connect(lambda _item: self.fit())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit the columns to another width."""
        if event.type() == QEvent.Type.Resize:
            self.fit()
        return bool(super().eventFilter(watched, event))

    def fit(self) -> None:
        """Give the columns their widths; an item that is folded away, or spans all of them, asks for none."""
        lines = [item for item in _items(self._tree.invisibleRootItem()) if not item.isFirstColumnSpanned()]
        wanted = [self._wanted(lines, column) for column in range(self._tree.columnCount())]
        for column, width in enumerate(shared_out(wanted, self._tree.viewport().width())):
            self._tree.setColumnWidth(column, width)
        self._tree.scheduleDelayedItemsLayout()  # the heights of the rows follow

    def _wanted(self, lines: Sequence[QTreeWidgetItem], column: int) -> int:
        metrics = self._tree.fontMetrics()
        indent = self._tree.indentation() if column == 0 else 0
        needs = [metrics.horizontalAdvance(item.text(column)) + indent * _level(item) for item in lines]
        return max([self._tree.header().sectionSizeHint(column), *(need + _PADDING for need in needs)])


def _items(parent: QTreeWidgetItem) -> Iterator[QTreeWidgetItem]:
    for at in range(parent.childCount()):
        yield parent.child(at)
        if parent.child(at).isExpanded():
            yield from _items(parent.child(at))


def _level(item: QTreeWidgetItem) -> int:
    return 1 if item.parent() is None else 1 + _level(item.parent())
