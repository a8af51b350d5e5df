"""Each kind of contradiction is shown in its own words: places, deletions, records entered twice."""

from __future__ import annotations

import uuid

from resorption_plugin.core.sync.operations import Choice, ConflictKind
from resorption_plugin.core.sync.travelling import travel
from resorption_plugin.qgis_adapters.sharing_writes import undecide
from resorption_plugin.ui.conflict_text import DIFFERS
from resorption_plugin.ui.place_map import PlaceMap
from tests.gui.conflict_office import ELSEWHERE, HERE, MOVED, Office, cells


def moved(office: Office, **more) -> tuple[str, str]:
    site = office.enters(geom=MOVED, commune="Toulouse")
    images = {
        side: {
            name: value
            for name, value in office.image("site", site, geom=shape).items()
            if travel("site").groups.get(name) == "geom"
        }
        for side, shape in (("base", HERE), ("mine", MOVED), ("theirs", ELSEWHERE))
    }
    return site, office.meets("site", site, group="geom", **images, **more)


def test_places_are_shown_on_the_map_and_no_third_one_is_typed(office):
    site, uid = moved(office)
    dialog = office.opens(uid)
    places = dialog.findChild(PlaceMap)
    assert places.isVisible()
    assert {"■", "▲", "○"} <= set(places.legend.text())
    assert "<b>A</b> My place &nbsp;" in places.legend.text()
    assert "<b>B</b> Place of anne.léger &nbsp;" in places.legend.text()
    assert (dialog.mine.text(), dialog.theirs.text()) == ("A – &My value", "B – Va&lue of anne.léger")
    assert places.told.text().startswith("71.9 m between")
    assert not dialog.edit.isVisible()
    assert "moved" in cells(dialog)["Place"]["Value of anne.léger"]
    assert dialog.height() <= 1000
    office.chooses(dialog.theirs)
    office.agrees(dialog)
    assert office.holds("site", site).geometry.equals_exact(ELSEWHERE, 1e-9)


def test_what_i_deleted_and_they_changed(office):
    site = office.enters(name="Ancien nom", commune="Toulouse")
    theirs = office.image("site", site, name="Nouveau nom")
    office.deletes("site", site)
    uid = office.meets("site", site, ConflictKind.DELETE_VS_EDIT, theirs=theirs)
    dialog = office.opens(uid)
    assert list(cells(dialog).values()) == [
        {"Starting value": "Ancien nom", "Value of anne.léger": f"{DIFFERS} Nouveau nom"}
    ]
    assert (dialog.mine.text(), dialog.theirs.text()) == (
        "&Delete it all the same",
        "&Keep it with the changes of anne.léger",
    )
    assert not dialog.edit.isVisible()
    office.chooses(dialog.theirs)
    office.agrees(dialog)
    assert office.holds("site", site)["name"] == "Nouveau nom"
    undecide(office.path, uid)
    assert office.holds("site", site) is None
    again = office.opens(uid)
    office.chooses(again.mine)
    office.agrees(again)
    assert office.disputes()[uid].decision.choice is Choice.MINE
    assert office.holds("site", site) is None


def test_what_i_deleted_and_they_added_to(office):
    site = office.enters(name="Les Prés")
    image = office.image("site", site)
    office.deletes("site", site)
    uid = office.meets("site", site, ConflictKind.DELETE_VS_EDIT, base=image, theirs=image)
    dialog = office.opens(uid)
    assert not dialog.values.isVisible()
    assert dialog.note.text() == (
        "No value differs: something was added to the record, or the one that it belongs to was changed."
    )


def test_what_i_changed_and_they_deleted(office):
    site = office.enters(name="Nouveau nom")
    base, mine = office.image("site", site, name="Ancien nom"), office.image("site", site)
    uid = office.meets("site", site, ConflictKind.EDIT_VS_DELETE, base=base, mine=mine, version=None)
    dialog = office.opens(uid)
    assert list(cells(dialog).values()) == [{"Starting value": "Ancien nom", "My value": f"{DIFFERS} Nouveau nom"}]
    assert (dialog.mine.text(), dialog.theirs.text()) == (
        "&Restore it with my changes",
        "&Accept the deletion by anne.léger",
    )
    office.chooses(dialog.theirs)
    office.agrees(dialog)
    assert office.holds("site", site) is None
    undecide(office.path, uid)
    assert office.holds("site", site)["name"] == "Nouveau nom"
    again = office.opens(uid)
    office.chooses(again.mine)
    office.agrees(again)
    assert office.disputes()[uid].decision.values["name"] == "Nouveau nom"


def test_what_both_entered(office):
    site = office.enters(name="Mien")
    told = {"mine": {"name": "Mien"}, "theirs": {"name": "Leur"}}
    uid = office.meets("site", site, ConflictKind.INSERT_CLASH, group="name", **told)
    dialog = office.opens(uid)
    assert list(cells(dialog).values()) == [{"My value": "Mien", "Value of anne.léger": "Leur"}]
    assert not dialog.note.isVisible()


def test_who_is_not_known_is_the_shared_database(office):
    site = office.enters(name="Mien")
    told = {"base": {"name": "A"}, "mine": {"name": "Mien"}, "theirs": {"name": "C"}}
    dialog = office.opens(office.meets("site", site, group="name", **told, theirs_by=""))
    assert "Value of the shared database" in cells(dialog)["Name of the site"]
    assert dialog.theirs.text() == "Va&lue of the shared database – C"


def test_references_are_called_by_their_names(office):
    one, two = office.enters(name="Les Arènes"), office.enters(name="Empalot")
    water = office.enters("water_point", name="Borne", working_state="working", site_uid=one)
    told = {"base": {"site_uid": None}, "mine": {"site_uid": one}, "theirs": {"site_uid": two}}
    dialog = office.opens(office.meets("water_point", water, group="site_uid", **told))
    assert list(cells(dialog).values()) == [
        {"Starting value": "(empty)", "My value": f"{DIFFERS} Les Arènes", "Value of anne.léger": f"{DIFFERS} Empalot"}
    ]
    assert not dialog.edit.isVisible()


def test_a_contradiction_of_others_names_both(office):
    _site, uid = moved(office, device=str(uuid.uuid4()))
    dialog = office.opens(uid)
    assert {"Value sent by bob.martin", "Value in place (anne.léger)"} <= set(cells(dialog)["Place"])
    assert "You" not in dialog.what.text()
    assert "<b>A</b> bob.martin &nbsp;" in dialog.findChild(PlaceMap).legend.text()
    assert dialog.mine.text() == "A – Value &sent by bob.martin"
    office.chooses(dialog.theirs)
    office.agrees(dialog)
    assert office.disputes()[uid].decision.choice is Choice.THEIRS
