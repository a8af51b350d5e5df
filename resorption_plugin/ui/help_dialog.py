"""The short guide, which needs neither network nor browser."""

from __future__ import annotations

from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from ..core.i18n import mark
from ..qgis_adapters.log import log_file
from ..qgis_adapters.requirements import missing_requirement
from ..qgis_adapters.translation import sentence, tr
from .actions import Command

SIZE = QSize(560, 600)


class HelpDialog(QDialog):
    """Says what to do first, and where to look when something fails."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Write the guide."""
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
    listed = "".join(f"<li>{step}</li>" for step in steps)
    log = tr("When something fails: View → Panels → Log Messages, tab “Résorption”. The same is in the file {path}.")
    return f"{warning}<h3>{tr('First steps')}</h3><ol>{listed}</ol><p>{log.format(path=log_file())}</p>"
