"""The short guide opens at the part that is asked for."""

from __future__ import annotations

import pytest
from qgis.PyQt.QtWidgets import QTextBrowser

from resorption_plugin.ui.help_dialog import HelpDialog, Topic

PATIENCE_MS = 5_000


@pytest.mark.parametrize("topic", Topic)
def test_the_guide_begins_at_its_topic(qgis_app, qtbot, topic):
    dialog = HelpDialog(None, topic)
    qtbot.addWidget(dialog)
    dialog.resize(400, 200)
    dialog.show()
    bar = dialog.findChild(QTextBrowser).verticalScrollBar()
    qtbot.waitUntil(lambda: (bar.value() > 0) is (topic is Topic.SHARING), timeout=PATIENCE_MS)
    qtbot.wait(50)
    assert (bar.value() > 0) is (topic is Topic.SHARING)
