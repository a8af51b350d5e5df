"""Another value is written in the window of a contradiction, whatever its kind."""

from __future__ import annotations

import datetime as dt

from qgis.PyQt.QtCore import QDate, Qt

from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Record
from resorption_plugin.core.sync.travelling import travel
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.ui.conflict_text import DIFFERS
from tests.gui.conflict_office import cells, of_title


def test_a_group_is_decided_as_one_and_each_of_its_values_may_be_another(office):
    closed = {"status": "resorbed", "closed_at": "2024-03-01", "closing_context": "Relogement"}
    site = office.enters(status="resorbed", closed_at=dt.date(2024, 3, 1), closing_context="Relogement")
    rest = {"closed_with_solutions": None}
    uid = office.meets(
        "site",
        site,
        group="status",
        base={"status": "open", "closed_at": None, "closing_context": None, **rest},
        mine={**closed, **rest},
        theirs={**closed, **rest, "closed_at": "2024-04-15", "closing_context": "Évacuation, puis incendie d’été"},
    )
    dialog = office.opens(uid)
    day_title, context_title, state_title = (
        travel("site").layer.field(name).label.en for name in ("closed_at", "closing_context", "status")
    )
    shown = cells(dialog)
    assert sorted(shown) == sorted([day_title, context_title])
    assert shown[day_title]["Starting value"] == "(empty)"
    assert shown[day_title]["Value of anne.léger"] == f"{DIFFERS} 2024-04-15"
    office.chooses(dialog.edit)
    day, context, state = (of_title(dialog, title) for title in (day_title, context_title, state_title))
    assert day.date() == QDate(2024, 3, 1)
    assert context.toPlainText() == "Relogement"
    day.setDate(QDate(2024, 4, 2))
    context.setPlainText("Incendie de l’été")
    office.agrees(dialog)
    record = office.holds("site", site)
    assert (record["closed_at"], record["closing_context"]) == (dt.date(2024, 4, 2), "Incendie de l’été")
    again = office.opens(uid)
    day, context, state = (of_title(again, title) for title in (day_title, context_title, state_title))
    assert day.date() == QDate(2024, 4, 2)
    day.clear()
    context.clear()
    state.setCurrentIndex(state.findData("open"))
    office.agrees(again)
    assert again.message.text() == ""
    record = office.holds("site", site)
    assert (record["status"], record["closed_at"], record["closing_context"]) == ("open", None, None)


def test_a_value_that_a_rule_refuses_is_told_and_nothing_is_written(office):
    site = office.enters(population_total=12)
    names = [name for name, group in travel("site").groups.items() if group == "population_total"]
    empty = dict.fromkeys(names)
    uid = office.meets(
        "site",
        site,
        group="population_total",
        base={**empty, "population_total": 10},
        mine={**empty, "population_total": 12},
        theirs={**empty, "population_total": 15},
    )
    dialog = office.opens(uid)
    assert "12" in dialog.mine.text()
    office.chooses(dialog.edit)
    minors = of_title(dialog, travel("site").layer.field("population_minors").label.en)
    assert minors.text() == "(empty)"
    minors.setValue(500)
    office.agrees(dialog)
    assert dialog.isVisible()
    assert dialog.message.text()
    assert office.disputes()[uid].decision is None
    assert office.holds("site", site)["population_total"] == 12
    minors.clear()
    of_title(dialog, travel("site").layer.field("population_total").label.en).setValue(14)
    office.agrees(dialog)
    record = office.holds("site", site)
    assert (record["population_total"], record["population_minors"]) == (14, None)


def test_several_codes_are_ticked(office):
    site = office.enters()
    field = travel("site").layer.field("social_origins")
    one, two, three = field.domain.codes()[:3]
    with GeoPackageStore.open(office.path) as store:
        store.apply(ChangeSet(update=[Record("site", site, {"social_origins": (one,)})]))
    told = {"base": {field.name: None}, "mine": {field.name: [one]}, "theirs": {field.name: [two]}}
    uid = office.meets("site", site, group=field.name, **told)
    dialog = office.opens(uid)
    labels = [choice.label.en for choice in field.domain.choices]
    assert cells(dialog)[field.label.en]["Value of anne.léger"] == f"{DIFFERS} {labels[1]}"
    office.chooses(dialog.edit)
    listed = of_title(dialog, field.label.en)
    assert listed.item(0).checkState() == Qt.CheckState.Checked
    listed.item(2).setCheckState(Qt.CheckState.Checked)
    office.agrees(dialog)
    assert office.holds("site", site)[field.name] == (one, three)


def test_yes_no_and_unknown(office):
    water = office.enters("water_point", name="Borne", working_state="working", is_potable=True)
    told = {"base": {"is_potable": None}, "mine": {"is_potable": True}, "theirs": {"is_potable": False}}
    group = {side: {**values, "tested_on": None} for side, values in told.items()}
    uid = office.meets("water_point", water, group="is_potable", **group)
    dialog = office.opens(uid)
    office.chooses(dialog.edit)
    box = of_title(dialog, travel("water_point").layer.field("is_potable").label.en)
    assert box.currentText() == "Yes"
    box.setCurrentIndex(0)
    office.agrees(dialog)
    assert office.holds("water_point", water)["is_potable"] is None
