"""The contradictions of the page *Sharing*, by site; those that one deletion raised stand under a line of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QTreeWidget, QTreeWidgetItem

from ..core.model import catalogue
from ..core.sync.companions import together
from ..qgis_adapters.sharing import Case
from ..qgis_adapters.translation import language, tr
from .conflict_text import differing, summary_text, what_text
from .decision_text import decision_text, decision_together_text
from .fitted_columns import FittedColumns

_HELD = Qt.ItemDataRole.UserRole
_INDENTATION = 14

Cases = tuple[Case, ...]


class CaseList:
    """Fills a tree with contradictions, and says which are selected."""

    def __init__(self, tree: QTreeWidget) -> None:
        """Use ``tree``, empty."""
        self._tree = tree
        tree.setHeaderLabels([tr("Record"), tr("Contradiction"), tr("Decision")])
        tree.setIndentation(_INDENTATION)
        self._columns = FittedColumns(tree)

    def show(self, cases: Sequence[Case]) -> None:
        """Show contradictions; what was selected and unfolded stays so."""
        selected = _uids(self.chosen())
        unfolded = {_uids(_held(item)) for item in self._items() if item.childCount() and item.isExpanded()}
        self._tree.clear()
        sites: dict[str, QTreeWidgetItem] = {}
        for group in _groups(cases):
            first = group[0].subject
            title = " – ".join(filter(None, (first.site or first.name, first.commune)))
            if title not in sites:
                sites[title] = QTreeWidgetItem(self._tree, [title])
                sites[title].setFirstColumnSpanned(True)
                sites[title].setExpanded(True)
            _add(sites[title], group)
        for item in self._items():
            uids = _uids(_held(item))
            item.setExpanded(uids in unfolded)
            if uids == selected:
                self._tree.setCurrentItem(item)
        self._columns.fit()

    def chosen(self) -> Cases:
        """Return the contradictions selected: one, or all of those that belong together."""
        item = self._tree.currentItem()
        return _held(item) if item is not None and item.isSelected() else ()

    def _items(self) -> Iterator[QTreeWidgetItem]:
        """Yield the items below the sites."""
        for row in range(self._tree.topLevelItemCount()):
            site = self._tree.topLevelItem(row)
            for item in (site.child(at) for at in range(site.childCount())):
                yield item
                yield from (item.child(at) for at in range(item.childCount()))


def told_text(cases: Cases) -> str:
    """Return in whole sentences what the contradictions selected are about, and what was decided."""
    if not cases:
        return ""
    dispute, told = cases[0].dispute, _decided_text(cases)
    if any(case.dispute.decision is not None for case in cases):
        told = tr("At the next synchronisation: {decided}.", decided=told)
    return "\n".join(filter(None, (what_text(dispute, differing(dispute.conflict)), told[:1].upper() + told[1:])))


def _add(site: QTreeWidgetItem, group: Cases) -> None:
    parent = site
    if len(group) > 1:
        texts = [tr("{count} records", count=len(group)), summary_text(group[0].dispute), _decided_text(group)]
        parent = _line(site, texts, group)
    for case in group:
        _line(parent, [_record_text(case), summary_text(case.dispute), decision_text(case.dispute)], (case,))


def _line(parent: QTreeWidgetItem, texts: list[str], held: Cases) -> QTreeWidgetItem:
    item = QTreeWidgetItem(parent, texts)
    item.setData(0, _HELD, held)
    for column, text in enumerate(texts):
        item.setToolTip(column, text)
    return item


def _decided_text(cases: Cases) -> str:
    """Return what was decided, on one contradiction or on those that belong together."""
    disputes = [case.dispute for case in cases]
    return decision_text(disputes[0]) if len(disputes) == 1 else decision_together_text(disputes)


def _record_text(case: Case) -> str:
    """Return what the record is called below its site: the site itself is called by its kind."""
    layer = case.dispute.conflict.layer
    return catalogue.layer(layer).label.text(language()) if layer == "site" else case.subject.name


def _groups(cases: Sequence[Case]) -> Iterator[Cases]:
    """Yield the contradictions one by one, but those together that one deletion raised, at the place of the first."""
    by_uid = {case.dispute.conflict.uid: case for case in cases}
    groups = {
        one.uid: tuple(by_uid[each.uid] for each in group)
        for group in together(case.dispute.conflict for case in cases)
        for one in group
    }
    seen: set[str] = set()
    for uid, case in by_uid.items():
        group = groups.get(uid, (case,))
        if uid not in seen:
            seen |= {each.dispute.conflict.uid for each in group}
            yield group


def _held(item: QTreeWidgetItem) -> Cases:
    return tuple(item.data(0, _HELD) or ())


def _uids(cases: Cases) -> tuple[str, ...]:
    return tuple(case.dispute.conflict.uid for case in cases)
