from __future__ import annotations

import pytest
from qgis.core import QgsSettings
from qgis.PyQt.QtWidgets import QWidget

from resorption_plugin.settings import register_settings, unregister_settings
from resorption_plugin.ui.options_page import OptionsFactory, OptionsForm


@pytest.fixture
def settings(qgis_app):
    QgsSettings().remove("plugins/resorption")
    yield register_settings()
    unregister_settings()
    QgsSettings().remove("plugins/resorption")


def stored() -> dict[str, object]:
    saved = QgsSettings()
    saved.beginGroup("plugins/resorption")
    return {key: saved.value(key) for key in saved.allKeys()}


def test_applying_untouched_options_writes_nothing(settings, qtbot):
    form = OptionsForm(settings)
    qtbot.addWidget(form)
    form.apply()
    assert stored() == {}


def test_what_is_applied_is_shown_the_next_time(settings, qtbot):
    form = OptionsForm(settings)
    qtbot.addWidget(form)
    form.author.setText(" C. Martin ")
    form.service.setText("DDETS 31")
    form.limit.setValue(500)
    form.neighbours.setValue(5)
    form.profile.setCurrentIndex(form.profile.findData("sphere"))
    form.audience.setCurrentIndex(form.audience.findData("public"))
    form.recheck.setChecked(False)
    form.apply()
    again = OptionsForm(settings)
    qtbot.addWidget(again)
    assert again.author.text() == "C. Martin"
    assert (again.limit.value(), again.neighbours.value()) == (500, 5)
    assert (again.profile.currentData(), again.audience.currentData()) == ("sphere", "public")
    assert not again.recheck.isChecked()
    assert settings.signature() == "C. Martin, DDETS 31"


def test_the_page_applies_the_form(settings, qtbot):
    host = QWidget()
    qtbot.addWidget(host)
    page = OptionsFactory(settings).createWidget(host)
    page.findChild(OptionsForm).author.setText("C. Martin")
    page.apply()
    assert settings.author.value() == "C. Martin"


def test_a_signature_without_a_name_is_the_service_alone(settings):
    assert settings.signature() == ""
    settings.service.setValue("DDETS 31")
    assert settings.signature() == "DDETS 31"


def test_an_audience_nobody_knows_shows_the_committee(settings, qtbot):
    settings.map_audience.setValue("everybody")
    form = OptionsForm(settings)
    qtbot.addWidget(form)
    assert form.audience.currentData() == "committee"
