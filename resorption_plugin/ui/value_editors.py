"""Widgets in which a person writes a value of a column outside a form of QGIS; each takes and gives wire forms."""

from __future__ import annotations

from abc import abstractmethod

from qgis.gui import QgsDateEdit, QgsDoubleSpinBox, QgsSpinBox
from qgis.PyQt.QtCore import QDate, QObject, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QLineEdit, QListWidget, QListWidgetItem, QPlainTextEdit, QWidget

from ..core.model.fields import Field, Kind
from ..core.sync.wire import UnsendableError, Value, write
from ..core.wording import EMPTY, NO, YES
from ..qgis_adapters.translation import language, sentence, tr

_CODE = Qt.ItemDataRole.UserRole
_MOST = 10**9
_DECIMALS = 6
_ROWS_SHOWN = 5


class Editor(QObject):
    """Edits the value of one column; what was given comes back as it was until the person changes it."""

    changed = pyqtSignal()

    def __init__(self, field: Field, widget: QWidget) -> None:
        """Edit ``field`` in ``widget``."""
        super().__init__(widget)
        self.field = field
        self.widget = widget
        self._given: Value = None
        self._shown: Value = None
        name = field.label.text(language())
        widget.setAccessibleName(name)
        widget.setToolTip(field.help.text(language()) if field.help else "")

    def show_value(self, value: Value) -> None:
        """Show a value in wire form."""
        self._show(value)
        self._given, self._shown = value, self._read()

    def value(self) -> Value:
        """Return what is entered, in wire form; raises ``UnsendableError`` for what has none."""
        read = self._read()
        return self._given if read == self._shown else read

    def problem(self) -> str:
        """Return what keeps the value from being written, in the user's language; empty where nothing does."""
        name = self.field.label.text(language())
        try:
            value = self._read()
        except UnsendableError as error:
            return sentence(error)
        if value is None and self.field.required:
            return tr("“{field}” is required. Fill it in.", field=name)
        limit = self.field.max_length
        if limit is not None and isinstance(value, str) and len(value) > limit:
            return tr("“{field}” holds {limit} characters at most. Shorten it.", field=name, limit=limit)
        return ""

    @abstractmethod
    def _show(self, value: Value) -> None:
        """Put a value in the widget."""

    @abstractmethod
    def _read(self) -> Value:
        """Return what the widget holds, in wire form."""


def editor(field: Field, parent: QWidget) -> Editor:
    """Return the editor of a column."""
    if field.kind is Kind.CHOICES:
        return _Choices(field, parent)
    if field.domain is not None:
        return _Choice(field, parent)
    return _EDITORS.get(field.kind, _Text)(field, parent)


class _Text(Editor):
    def __init__(self, field: Field, parent: QWidget) -> None:
        line = QLineEdit(parent)
        super().__init__(field, line)
        self._line = line
        line.textChanged.connect(lambda _text: self.changed.emit())

    def _show(self, value: Value) -> None:
        self._line.setText(str(value or ""))

    def _read(self) -> Value:
        return write(self.field, self._line.text() or None)


class _LongText(Editor):
    def __init__(self, field: Field, parent: QWidget) -> None:
        page = QPlainTextEdit(parent)
        super().__init__(field, page)
        self._page = page
        page.setTabChangesFocus(True)
        page.setFixedHeight(90)
        page.textChanged.connect(self.changed)

    def _show(self, value: Value) -> None:
        self._page.setPlainText(str(value or ""))

    def _read(self) -> Value:
        return write(self.field, self._page.toPlainText() or None)


class _Date(Editor):
    def __init__(self, field: Field, parent: QWidget) -> None:
        day = QgsDateEdit(parent)
        super().__init__(field, day)
        self._day = day
        day.setCalendarPopup(True)
        day.setAllowNull(True)
        day.setNullRepresentation(EMPTY.text(language()))
        day.setDisplayFormat("dd/MM/yyyy" if language() == "fr" else "yyyy-MM-dd")
        day.valueChanged.connect(lambda _value: self.changed.emit())

    def _show(self, value: Value) -> None:
        day = QDate.fromString(str(value), Qt.DateFormat.ISODate)
        if day.isValid():
            self._day.setDate(day)
        else:
            self._day.clear()

    def _read(self) -> Value:
        return None if self._day.isNull() else str(self._day.date().toString(Qt.DateFormat.ISODate))


class _Number(Editor):
    """The least step below the smallest number stands for no value."""

    def __init__(self, field: Field, parent: QWidget) -> None:
        spin = QgsSpinBox(parent) if field.kind is Kind.INTEGER else QgsDoubleSpinBox(parent)
        super().__init__(field, spin)
        self._spin = spin
        if isinstance(spin, QgsDoubleSpinBox):
            spin.setDecimals(_DECIMALS)
        least = -_MOST if field.minimum is None else int(field.minimum)
        spin.setRange(least - 1, _MOST if field.maximum is None else int(field.maximum))
        spin.setClearValue(least - 1, EMPTY.text(language()))
        if field.unit:
            spin.setSuffix(f" {field.unit}")
        spin.valueChanged.connect(lambda _value: self.changed.emit())

    def _show(self, value: Value) -> None:
        number = value if isinstance(value, int | float) else self._spin.minimum()
        if isinstance(self._spin, QgsDoubleSpinBox):
            self._spin.setValue(float(number))
        else:
            self._spin.setValue(int(number))

    def _read(self) -> Value:
        value, least = self._spin.value(), self._spin.minimum()
        return None if value <= least else write(self.field, value)


class _Choice(Editor):
    def __init__(self, field: Field, parent: QWidget) -> None:
        box = QComboBox(parent)
        super().__init__(field, box)
        self._box = box
        box.addItem(EMPTY.text(language()), None)
        for choice in field.domain.choices if field.domain else ():
            box.addItem(choice.label.text(language()), choice.code)
        box.currentIndexChanged.connect(lambda _index: self.changed.emit())

    def _show(self, value: Value) -> None:
        if self._box.findData(value) < 0:  # a code of a later value list
            self._box.addItem(str(value), value)
        self._box.setCurrentIndex(self._box.findData(value))

    def _read(self) -> Value:
        code = self._box.currentData()
        return None if code is None else str(code)


class _YesNo(Editor):
    def __init__(self, field: Field, parent: QWidget) -> None:
        box = QComboBox(parent)
        super().__init__(field, box)
        self._box = box
        self._values: tuple[Value, ...] = (None, True, False)
        box.addItems([tr("(unknown)"), YES.text(language()), NO.text(language())])
        box.currentIndexChanged.connect(lambda _index: self.changed.emit())

    def _show(self, value: Value) -> None:
        self._box.setCurrentIndex(self._values.index(value))

    def _read(self) -> Value:
        return self._values[self._box.currentIndex()]


class _Choices(Editor):
    def __init__(self, field: Field, parent: QWidget) -> None:
        listed = QListWidget(parent)
        super().__init__(field, listed)
        self._listed = listed
        for choice in field.domain.choices if field.domain else ():
            self._add(choice.code, choice.label.text(language()))
        rows = min(max(listed.count(), 1), _ROWS_SHOWN)
        listed.setFixedHeight(rows * max(listed.sizeHintForRow(0), 18) + 2 * listed.frameWidth() + 2)
        listed.itemChanged.connect(lambda _item: self.changed.emit())

    def _add(self, code: str, label: str) -> None:
        item = QListWidgetItem(label, self._listed)
        item.setData(_CODE, code)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Unchecked)

    def _show(self, value: Value) -> None:
        codes = value if isinstance(value, list) else []
        known = {item.data(_CODE) for item in self._items()}
        for code in codes:
            if code not in known:
                self._add(code, code)
        for item in self._items():
            chosen = item.data(_CODE) in codes
            item.setCheckState(Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked)

    def _read(self) -> Value:
        return write(
            self.field, [item.data(_CODE) for item in self._items() if item.checkState() == Qt.CheckState.Checked]
        )

    def _items(self) -> list[QListWidgetItem]:
        return [self._listed.item(row) for row in range(self._listed.count())]


_EDITORS: dict[Kind, type[Editor]] = {
    Kind.LONG_TEXT: _LongText,
    Kind.DATE: _Date,
    Kind.INTEGER: _Number,
    Kind.REAL: _Number,
    Kind.BOOLEAN: _YesNo,
}
