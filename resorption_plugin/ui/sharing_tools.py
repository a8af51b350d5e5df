"""Joins the page *Sharing*, its dialogs, and the exchange in the background."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

import shapely
from qgis.core import QgsProject
from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from ..core.errors import Cancelled, ResorptionError
from ..core.i18n import mark
from ..qgis_adapters.authentications import asks_for_password
from ..qgis_adapters.current_workspace import CurrentWorkspace
from ..qgis_adapters.exchanging import exchanging
from ..qgis_adapters.layers import LayerReloads, reload_workspace_layers, workspace_layers
from ..qgis_adapters.sharing import Case, Sharing, read_sharing
from ..qgis_adapters.tasks import Jobs
from ..qgis_adapters.translation import language, sentence, tr
from ..settings import Settings
from .actions import Command, Place
from .administration_command import administration_command
from .notifier import MessageBarNotifier
from .place_marks import PlaceMarks
from .sharing_decisions import SharingDecisions
from .sharing_exchange import SharingExchange
from .sharing_news import SharingNews
from .sharing_page import SharingPage
from .sharing_words import done_text, last_text, news_text, problem_text, waiting_text

_SETTLE_MS = 1_500
"""The page reads the workspace again once saving pauses."""


class SharingTools(QObject):
    """Offers to share the open workspace until ``stop``."""

    received = pyqtSignal()
    """Records came from the shared database."""
    waiting_changed = pyqtSignal(int, str)
    """How many things wait for the user: to send, to receive, to decide, to mend; and the same in words."""

    def __init__(  # noqa: QGS105 - handed over, so that a test brings its own
        self,
        iface: QgisInterface,
        workspace: CurrentWorkspace,
        page: SharingPage,
        open_record: Callable[[str, str], object],
        *,
        settings: Settings,
        jobs: Jobs,
        notifier: MessageBarNotifier,
    ) -> None:
        """Follow the open workspace; ``open_record`` shows a record on the map and opens its form."""
        super().__init__(page)
        self._window = iface.mainWindow()
        self._canvas = iface.mapCanvas()
        self._workspace = workspace
        self._page = page
        self._settings = settings
        self._jobs = jobs
        self._notifier = notifier
        self._show_record = open_record
        self._sharing: Sharing | None = None
        self._last = ""
        self._coming = 0
        self._marks = PlaceMarks(self._canvas)
        self._noted = ExitStack()
        """That the workspace is being exchanged, until what came is shown: others wait."""
        self._reloads = LayerReloads(QgsProject.instance(), self)
        self._reloads.finished.connect(self._reloaded)
        self._exchange = SharingExchange(
            lambda: workspace.path, self._show_places, jobs=jobs, notifier=notifier, window=self._window, parent=page
        )
        self._exchange.begun.connect(page.show_exchanging)
        self._exchange.ended.connect(self._exchanged)
        self._exchange.failed.connect(self._failed)
        self._exchange.left.connect(self._read)
        self._decisions = SharingDecisions(
            self._path, canvas=self._canvas, jobs=jobs, notifier=notifier, window=self._window
        )
        self._decisions.written.connect(self._written)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLE_MS)
        self._settling.timeout.connect(self._read)
        self._news = SharingNews(self._where_news_may_come, jobs, self)
        self._news.counted.connect(self._show_news)
        self._news.failed.connect(self._show_problem)
        guard = notifier.guard
        page.synchronise_asked.connect(guard(self.synchronise))
        page.connection_asked.connect(guard(self.connect_server))
        page.decision_asked.connect(lambda case: guard(lambda: self._decisions.decide(case, self._cases()))())
        page.undo_asked.connect(lambda case: guard(lambda: self._decisions.undo(case))())
        page.record_asked.connect(self._open_record)
        page.discard_asked.connect(lambda one: guard(lambda: self._decisions.discard(one))())
        page.hand_over_asked.connect(lambda one: guard(lambda: self._decisions.hand_over(one))())
        page.export_asked.connect(guard(lambda: self._decisions.export(self._sharing or Sharing(is_attached=False))))
        workspace.changed.connect(self._follow)

    def stop(self) -> None:
        """Look at nothing any more."""
        self._settling.stop()
        self._news.stop()
        self._exchange.stop()
        self._noted.close()
        self._show_places(())

    def commands(self) -> tuple[Command, ...]:
        """Return the commands in the order of the menu."""
        return (
            Command(
                "synchronise",
                mark("S&ynchronise…"),
                mark("Exchange what changed with the shared database, after seeing it"),
                self.synchronise,
                "synchronise",
                Place.SHARING,
            ),
            Command(
                "connect_server",
                mark("&Connection to the Shared Database…"),
                mark("Choose and test the shared database, attach this workspace to it or detach it"),
                self.connect_server,
                place=Place.SHARING,
            ),
            administration_command(self._window, self._canvas, self._workspace, self.reload),
        )

    def reload(self) -> None:
        """Read soon how the workspace stands: something was saved in it."""
        if self._sharing is not None and self._sharing.is_attached:
            self._settling.start()

    def synchronise(self) -> None:
        """Show what would travel, then exchange it."""
        path = self._path()
        self._exchange.refuse_twice()
        if self._sharing is None:
            self._read()  # it could not be read a moment ago
            return
        if not self._sharing.is_attached:
            self.connect_server()
            return
        self._exchange.begin(path)

    def connect_server(self) -> None:
        """Choose, test, attach, detach."""
        self._exchange.connect_server(self._path(), self._sharing or Sharing(is_attached=False))

    def _exchanged(self, done: object) -> None:
        """Say in one line what was exchanged, and show it."""
        from ..qgis_adapters.synchronising import Done

        if not isinstance(done, Done):
            self._read()
            return
        told = done_text(done)
        self._last = last_text(done)
        self._coming = 0
        if done.report.waiting.conflicts or done.report.waiting.quarantined:
            self._notifier.warn(tr("{told} See the page Sharing.", told=told))
        else:
            self._notifier.inform(told)
        for problem in done.problems:
            self._notifier.report(problem)
        path = self._workspace.path
        if path is not None and done.layers:
            self._noted.enter_context(exchanging(path))
            self._reloads.ask(path, done.layers)
        else:
            self._read()

    def _reloaded(self) -> None:
        """Read only now, one thing after the other: all of it competes with the window for the processors."""
        self._read(self._settled)

    def _settled(self) -> None:
        self._noted.close()
        self.received.emit()

    def _failed(self, error: ResorptionError) -> None:
        """Say what went wrong; what waits here is read again, as something may have been exchanged before."""
        self._notifier.report(error)
        if isinstance(error, Cancelled):
            self._read()
        else:
            self._show_problem(error)

    def _follow(self, path: Path | None) -> None:
        self._last, self._coming, self._sharing = "", 0, None
        self._show_places(())
        self._page.clear()
        if path is None:
            self._news.stop()
        else:
            self._news.start(self._settings.sync_check_minutes.value())
            self._read()

    def _read(self, then: Callable[[], object] = lambda: None) -> None:
        path, spoken = self._workspace.path, language()
        if path is None:
            then()
            return

        def done(sharing: Sharing) -> None:
            if path == self._workspace.path:
                self._sharing = sharing
                self._page.show_sharing(sharing, self._last)
                self.waiting_changed.emit(sharing.count + self._coming, waiting_text(sharing, self._coming))
            then()

        def failed(error: ResorptionError) -> None:
            if path == self._workspace.path:
                self._page.show_problem(sentence(error))
            then()

        title = tr("Reading how the workspace is shared")
        self._jobs.run_unasked(title, lambda _feedback: read_sharing(path, spoken), done, failed)

    def _where_news_may_come(self) -> Path | None:
        """Return the workspace, unless somebody is editing it, or would have to be asked for a password."""
        sharing = self._sharing
        if self._exchange.is_running or sharing is None or not sharing.connection:
            return None
        if asks_for_password(sharing.connection):
            return None
        if any(layer.isEditable() for layer in workspace_layers(QgsProject.instance())):
            return None
        return self._workspace.path

    def _show_news(self, count: int) -> None:
        self._coming = count
        self._last = news_text(count)
        self._read()

    def _show_problem(self, error: ResorptionError) -> None:
        self._last = problem_text(error)
        self._read()

    def _written(self) -> None:
        path = self._workspace.path
        if path is not None:
            reload_workspace_layers(QgsProject.instance(), path)
        self.received.emit()
        self._read()

    def _show_places(self, places: Sequence[shapely.Geometry]) -> None:
        layers = workspace_layers(QgsProject.instance())
        self._marks.show(places, next(iter(layers), None))

    def _open_record(self, layer: str, uid: str) -> None:
        try:
            self._show_record(layer, uid)
        except ResorptionError as error:
            self._notifier.report(error)

    def _cases(self) -> Sequence[Case]:
        return self._sharing.cases if self._sharing else ()

    def _path(self) -> Path:
        if self._workspace.path is None:
            raise ResorptionError(mark("No workspace is open. Create one or open one first."))
        return self._workspace.path
