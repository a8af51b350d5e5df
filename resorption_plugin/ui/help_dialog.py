"""The short guide, which needs neither network nor browser."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from qgis.PyQt.QtCore import QSize, Qt, QTimer
from qgis.PyQt.QtGui import QShowEvent
from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from ..core.i18n import mark
from ..qgis_adapters.log import log_file
from ..qgis_adapters.requirements import missing_requirement
from ..qgis_adapters.translation import sentence, tr
from .actions import Command

SIZE = QSize(560, 600)


class Topic(Enum):
    """A part of the guide; the value is its anchor."""

    FIRST_STEPS = "first"
    SHARING = "sharing"


class HelpDialog(QDialog):
    """Says what to do first, how to share, and where to look when something fails."""

    def __init__(self, parent: QWidget | None = None, topic: Topic = Topic.FIRST_STEPS) -> None:
        """Write the guide, and show a part of it."""
        super().__init__(parent)
        self.setObjectName("resorption_help")
        self.setWindowTitle(tr("Résorption: Short Guide"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        text = QTextBrowser(self)
        text.setOpenExternalLinks(True)
        text.setHtml(guide())
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.addWidget(text)
        layout.addWidget(buttons)
        self.resize(SIZE)
        self._begin = QTimer(self)
        self._begin.setSingleShot(True)
        if topic is not Topic.FIRST_STEPS:  # above which stands what is missing on this machine
            self._begin.timeout.connect(lambda: text.scrollToAnchor(topic.value))

    def showEvent(self, event: QShowEvent | None) -> None:
        """Begin at the part that was asked for: where it is depends on the size of the window."""
        super().showEvent(event)
        self._begin.start(0)


def help_command(window: QWidget) -> Command:
    """Return the command that shows the guide."""
    return Command(
        "help",
        mark("&Help"),
        mark("Read the short guide"),
        lambda: HelpDialog(window).show(),
        "help",
        needs_workspace=False,
    )


def guide() -> str:
    """Return the guide as HTML; what is missing on this machine comes first."""
    missing = missing_requirement()
    warning = f"<p><b>{sentence(missing)}</b></p>" if missing else ""
    steps = (
        tr(
            "<b>New Workspace…</b> asks for the department and a file, and makes the QGIS project beside it. "
            "Everything you write stays in that one file, on this computer."
        ),
        tr(
            "<b>Import Sites…</b> brings in the platform's list of sites, <b>Import Water Points…</b> and <b>Import "
            "Streets…</b> what others have. You see what would change before anything is written. <b>Return Sheet…</b> "
            "lists what has to be entered on the platform."
        ),
        tr(
            "<b>Draw</b> a site: make the layer of sites editable, click on the map, fill the form, save. Commune and "
            "department fill themselves."
        ),
        tr(
            "After each saved edit the distances and the checks of what you touched are done again. <b>Compute "
            "Distances</b> and <b>Run Checks</b> do it for the whole workspace."
        ),
        tr(
            "In the panel, click a finding to see it on the map; double click or Enter opens its form at the field. "
            "<b>Accept…</b> keeps an exception with its reason and its end; it comes back when the value gets worse."
        ),
        tr("<b>Print Map…</b> asks for whom the map is made first: what it shows depends on it."),
    )
    sharing = (
        tr(
            "<b>Connection…</b> chooses and tests the shared database, and attaches the workspace to it. Everything "
            "works without it too: what you write stays in your file until the server has confirmed it."
        ),
        tr(
            "<b>Synchronise…</b> shows what goes and what comes before anything is exchanged. Without network "
            "everything waits: synchronise later, nothing is lost and nothing is done twice."
        ),
        tr(
            "<b>To decide</b>: you and someone else gave different values. Nobody wins by default. Choose yours, "
            "theirs or another one; you may change your mind until the next synchronisation."
        ),
        tr(
            "<b>Set aside</b>: a record that the shared database refuses, or a value that cannot be received. Select "
            "it to read why, open its form and correct it: it goes with the next synchronisation. <b>Export the "
            "List…</b> makes a list for the administrator."
        ),
    )
    log = tr("When something fails: View → Panels → Log Messages, tab “Résorption”. The same is in the file {path}.")
    parts = _part(Topic.FIRST_STEPS, tr("First steps"), steps) + _part(Topic.SHARING, tr("Sharing"), sharing)
    return f"{warning}{parts}<p>{log.format(path=log_file())}</p>"


def _part(topic: Topic, title: str, steps: Sequence[str]) -> str:
    listed = "".join(f"<li>{step}</li>" for step in steps)
    return f'<a name="{topic.value}"></a><h3>{title}</h3><ol>{listed}</ol>'
