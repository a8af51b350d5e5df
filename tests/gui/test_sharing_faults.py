"""What goes wrong with the server or its rights: a clear sentence, nothing lost, and the button works again."""

from __future__ import annotations

import configparser
import logging
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from qgis.PyQt.QtWidgets import QDialogButtonBox

from resorption_plugin.core.ports import Silent
from resorption_plugin.core.sync.ports import RefusedError
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.qgis_adapters import authentications
from resorption_plugin.qgis_adapters.synchronising import synchronise_workspace
from resorption_plugin.ui.sync_preview_dialog import SyncPreviewDialog
from tests.gui.shared_server import SHARED
from tests.gui.sharing_desk import MARIE, SITE, ask, attach, in_dialog, name_in, synchronise, write
from tests.gui.tasks_end import tasks_end

OTHER = "2f75afd7-15fd-4f52-a283-cedbcd6efb9b"


@pytest.fixture
def shared(  # noqa: PLR0917 - what it stands on
    page, colleague, workspace, small_qgis, caplog, qtbot
) -> Iterator[Path]:
    """Marie's workspace, shared, with an edit that waits; at the end it was sent, and nobody saw a traceback."""
    attach(page, qtbot)
    write(workspace.workspace, name="Écrit ici")
    with caplog.at_level(logging.ERROR):
        yield workspace.workspace
    assert [record.message for record in caplog.records if record.name.startswith("resorption_plugin")] == []
    assert not [text for text in small_qgis.sentences() if "Traceback" in text or "unexpected" in text.lower()]


def on_server(server, uid: str) -> str:
    return server.sql(f"SELECT name FROM resorption.site WHERE uid = '{uid}'", SHARED)


def services(**changed: str) -> None:
    """Change the service of Marie, as an administrator or a person may."""
    path = Path(os.environ["PGSERVICEFILE"])
    kept = configparser.RawConfigParser()
    kept.read(path)
    kept[MARIE].update(changed)
    with path.open("w") as stream:
        kept.write(stream, space_around_delimiters=False)


NOT_HERS = "wrong"
LINES = {
    "wrong password": ({"password": NOT_HERS}, "refuses the login “marie” or its password", False),
    "no secure line": ({"sslmode": "require"}, "offers no secure connection", False),
    "unknown name": ({"host": "db.invalid"}, "is not known on this network", True),
    "no route": ({"host": "192.0.2.1", "connect_timeout": "2"}, "does not answer", True),
}


@pytest.mark.parametrize(("changed", "expected", "is_offline"), LINES.values(), ids=LINES)
def test_a_line_that_cannot_be_made_says_why_and_works_once_mended(  # noqa: PLR0917
    page, shared, server, qtbot, changed, expected, is_offline
):
    before = Path(os.environ["PGSERVICEFILE"]).read_text()
    services(**changed)
    ask(page, qtbot)
    assert expected in page.state.text()
    assert ("Offline" in page.state.text()) is is_offline
    assert "wrong" not in page.state.text()
    assert "1 record to send" in page.state.text()
    Path(os.environ["PGSERVICEFILE"]).write_text(before)
    assert synchronise(page, qtbot) == ["↑ To send (1)"]
    assert on_server(server, SITE) == "Écrit ici"


def test_a_server_that_restarts_is_waited_for(page, shared, server, qtbot):
    server.sql(f"ALTER DATABASE {SHARED} ALLOW_CONNECTIONS false")
    ask(page, qtbot)
    assert "is stopping or starting" in page.state.text()
    server.sql(f"ALTER DATABASE {SHARED} ALLOW_CONNECTIONS true")

    def restart(dialog: SyncPreviewDialog) -> None:
        server.restart("fast")
        dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).click()

    in_dialog(SyncPreviewDialog, restart)
    ask(page, qtbot)
    tasks_end(qtbot)
    assert "1 record sent" in page.state.text()


def test_a_master_password_that_is_missing_says_where_to_give_it(page, shared, server, monkeypatch, qtbot):
    """Nobody is asked for it in the background; who synchronises is told where to give it."""

    def refuse(_identifier: str) -> None:
        raise RefusedError(authentications.LOCKED)

    monkeypatch.setattr("resorption_plugin.qgis_adapters.server_connection.unlock", refuse)
    services_of_qgis = {"Base": "service='marie' authcfg=abc1234"}
    for module in ("authentications", "server_connection"):
        monkeypatch.setattr(f"resorption_plugin.qgis_adapters.{module}.connections", lambda: services_of_qgis)
    with GeoPackageStore.open(shared) as store:
        store.set_meta("connection", "Base")
    ask(page, qtbot)
    assert "master password is missing or wrong" in page.state.text()
    assert "Settings → Options → Authentication" in page.state.text()
    assert name_in(shared) == "Écrit ici"


VERSIONS = {
    "newer server": ("schema_version = 99, min_client = 99", "needs a newer version of the plugin"),
    "older server": ("schema_version = 0, min_client = 0", "is older than this plugin"),
}


@pytest.mark.parametrize(("head", "expected"), VERSIONS.values(), ids=VERSIONS)
def test_another_version_of_the_server_says_who_upgrades_what(  # noqa: PLR0917
    page, shared, server, qtbot, head, expected
):
    kept = server.sql("SELECT schema_version || ',' || min_client FROM sync.head", SHARED).split(",")
    server.sql(f"UPDATE sync.head SET {head}", SHARED)
    ask(page, qtbot)
    assert expected in page.state.text()
    server.sql(f"UPDATE sync.head SET schema_version = {kept[0]}, min_client = {kept[1]}", SHARED)
    assert synchronise(page, qtbot) == ["↑ To send (1)"]


def test_a_right_taken_away_in_mid_work_is_told(page, shared, server, qtbot):
    def revoke(dialog: SyncPreviewDialog) -> None:
        server.sql("SELECT app.revoke_access('marie')", SHARED)
        dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).click()

    in_dialog(SyncPreviewDialog, revoke)
    ask(page, qtbot)
    tasks_end(qtbot)
    assert "has no access" in page.state.text()
    assert "administrator" in page.state.text()
    assert name_in(shared) == "Écrit ici"
    server.sql("SELECT app.grant_access('marie', 'officer', ARRAY['31'], ARRAY[]::text[], NULL)", SHARED)
    synchronise(page, qtbot)
    assert on_server(server, SITE) == "Écrit ici"


def test_an_area_taken_away_leaves_the_edits_made_in_it_aside(page, shared, server, qtbot):
    write(shared, OTHER, name="Saisi ici seulement")
    server.sql("SELECT app.grant_access('marie', 'officer', ARRAY['32'], ARRAY[]::text[], NULL)", SHARED)
    synchronise(page, qtbot)
    qtbot.waitUntil(lambda: page.aside_box.title() != "Set aside (0)", timeout=20_000)
    reasons = []
    for row in range(page.aside.topLevelItemCount()):
        page.aside.setCurrentItem(page.aside.topLevelItem(row))
        reasons.append(page.reason.text())
    assert len(reasons) == 2
    assert all("area" in reason for reason in reasons)
    assert page.export_aside.isEnabled()
    assert (name_in(shared), name_in(shared, OTHER)) == ("Écrit ici", "Saisi ici seulement")
    server.sql("SELECT app.grant_access('marie', 'officer', ARRAY['31'], ARRAY[]::text[], NULL)", SHARED)
    synchronise(page, qtbot)
    assert on_server(server, OTHER) == "Saisi ici seulement"


def test_a_laptop_asleep_while_the_log_was_cut_begins_anew(page, shared, colleague, server, qtbot):
    write(colleague, OTHER, name="Arrivé pendant la semaine")
    synchronise_workspace(colleague, "", Silent())
    server.sql("SELECT app.trim_log('0 seconds', '0 seconds')", SHARED)
    summaries: list[str] = []
    in_dialog(SyncPreviewDialog, lambda dialog: (summaries.append(dialog.summary.text()), dialog.accept()))
    began = time.monotonic()
    ask(page, qtbot)
    tasks_end(qtbot)
    assert time.monotonic() - began < 120
    assert "received anew" in summaries[0]
    assert (name_in(shared), name_in(shared, OTHER)) == ("Écrit ici", "Arrivé pendant la semaine")
    assert on_server(server, SITE) == "Écrit ici"
