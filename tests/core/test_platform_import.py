"""What importing an export of the platform does to the sites of a workspace."""

from __future__ import annotations

import datetime as dt

import pytest
import shapely

from resorption_plugin.core.exchange.platform.column import Listing
from resorption_plugin.core.exchange.platform.matching import Special
from resorption_plugin.core.exchange.platform.preview import Decisions
from resorption_plugin.core.exchange.platform.three_way import State
from resorption_plugin.core.exchange.surroundings import Surroundings
from resorption_plugin.core.records import Record
from tests.core.platform_sites import Workspace, reading, reasons, row

PEOPLE = "Habitants – Nombre de personnes"
UPDATED = "Site mis à jour le"
NOTHING = {"added": 0, "changed": 0, "unchanged": 1, "rejected": 0}


@pytest.fixture(scope="module")
def surroundings(territory) -> Surroundings:
    return Surroundings(territory, ["31"], 2154)


@pytest.fixture
def workspace(territory, surroundings):
    def made(*records: Record) -> Workspace:
        return Workspace(territory, surroundings, *records)

    return made


def drawn(uid: str = "u1", at: tuple[float, float] = (1.44, 43.6), **values) -> Record:
    told = {"status": "open", "living_conditions_version": 2, "fk_city": "31555", "name": "Le Stade", **values}
    return Record("site", uid, told, shapely.Point(at))


def states(preview) -> dict[str, State]:
    (changed,) = (*preview.changed, *preview.unchanged)
    return {each.title: each.state for each in changed.outcomes if each.state is not State.SAME}


def test_a_new_site_has_its_number_its_commune_and_its_values(workspace):
    place = workspace()
    assert place.take(reading(row(**{PEOPLE: "12", "Type de site": "Terrain"}))).counts()["added"] == 1
    site = place.site()
    told = [site[name] for name in ("name", "fk_city", "commune", "department", "status", "population_total")]
    assert told == ["Le Stade", "31555", "Toulouse", "31", "open", 12]
    assert site["fk_field_type"] == 3
    assert site.geometry == shapely.Point(1.44, 43.6)


def test_importing_again_writes_nothing(workspace):
    place, file = workspace(), reading(row(**{PEOPLE: "12", UPDATED: "05/01/2026"}))
    place.take(file)
    again = place.preview(file)
    assert again.counts() == NOTHING
    assert not again.change_set(dt.datetime.now(dt.UTC), "x")


@pytest.mark.parametrize(
    ("there", "state", "result"),
    [("12", None, 12), ("15", State.TAKEN, 15), ("", None, 12)],
    ids=["same", "changed there", "blank there"],
)
def test_a_value_nobody_touched_here_follows_the_platform(workspace, there, state, result):
    place = workspace()
    place.take(reading(row(**{PEOPLE: "12"})))
    preview = place.take(reading(row(**{PEOPLE: there})))
    assert states(preview).get(PEOPLE) == state
    assert place.site()["population_total"] == result


@pytest.mark.parametrize(
    ("there", "state"),
    [("12", State.KEPT), ("15", State.CONFLICT), ("20", None), ("", None)],
    ids=["unchanged there", "changed otherwise", "changed alike", "blank there"],
)
def test_a_value_changed_here_stays(workspace, there, state):
    place = workspace()
    place.take(reading(row(**{PEOPLE: "12"})))
    place.edit(place.site(), population_total=20)
    preview = place.take(reading(row(**{PEOPLE: there})))
    assert states(preview).get(PEOPLE) == state
    assert place.site()["population_total"] == 20


def test_what_was_erased_here_stays_erased(workspace):
    place = workspace()
    place.take(reading(row(**{PEOPLE: "12"})))
    place.edit(place.site(), population_total=None)
    assert states(place.take(reading(row(**{PEOPLE: "12"})))) == {PEOPLE: State.KEPT}
    assert place.site()["population_total"] is None


def test_a_conflict_is_settled_by_the_officer(workspace):
    place = workspace()
    place.take(reading(row(**{PEOPLE: "12"})))
    place.edit(place.site(), population_total=20)
    place.take(reading(row(**{PEOPLE: "15"})), Decisions(taken={8: frozenset({PEOPLE})}))
    assert place.site()["population_total"] == 15


def test_a_conflict_seen_once_is_a_change_of_ours_afterwards(workspace):
    place = workspace()
    place.take(reading(row(**{PEOPLE: "12"})))
    place.edit(place.site(), population_total=20)
    file = reading(row(**{PEOPLE: "15"}))
    place.take(file)
    again = place.preview(file)
    assert states(again) == {PEOPLE: State.KEPT}
    assert not again.change_set(dt.datetime.now(dt.UTC), "x")


def test_a_site_drawn_before_the_first_import_keeps_what_is_written_there(workspace):
    place = workspace(drawn(rb_id=101, population_total=20))
    preview = place.take(reading(row(**{PEOPLE: "12", "Nombre de mineurs": "4"})))
    assert states(preview) == {PEOPLE: State.CONFLICT, "Nombre de mineurs": State.TAKEN}
    assert (place.site()["population_total"], place.site()["population_minors"]) == (20, 4)


@pytest.mark.parametrize(("metres", "moved"), [(3, False), (40, True)])
def test_a_site_that_hardly_moved_has_not_moved(workspace, metres, moved):
    place = workspace()
    place.take(reading(row()))
    north = 43.6 + metres / 111_320
    preview = place.take(reading(row(Latitude=str(north))))
    assert bool(preview.changed) == moved
    assert (place.site().geometry.y == north) == moved


def test_a_value_that_breaks_a_rule_is_left_out_with_the_reason(workspace):
    place = workspace()
    preview = place.take(reading(row(**{PEOPLE: "12", "Nombre de mineurs": "40"})))
    (added,) = preview.added
    assert [(note.column, note.reason.values["message"].en) for note in added.notes] == [
        ("Nombre de mineurs", "There cannot be more minors than people.")
    ]
    assert (place.site()["population_total"], place.site()["population_minors"]) == (12, None)
    assert place.preview(reading(row(**{PEOPLE: "12", "Nombre de mineurs": "40"}))).counts() == NOTHING


def test_a_forbidden_character_is_left_out_and_the_row_imported(workspace):
    place = workspace()
    place.take(
        reading(
            row(
                Adresse="<b>rue</b>",
                Commentaires="05/01/2026 à 10:00 - A\nok\n----\n04/01/2026 à 10:00 - B\n{x}",
            )
        )
    )
    assert place.site()["address"] is None
    assert [entry["description"] for entry in place.rows("journal_entry")] == ["ok"]


def test_a_closed_site_without_its_date_is_rejected(workspace):
    cells = row(**{"Cause de la fermeture": "Autre", "Date de fermeture": ""})
    preview = workspace().preview(reading(cells, listing=Listing.CLOSED))
    assert reasons(preview) == ["An open site has no date of closure, and a closed one needs it."]


def test_a_site_closed_on_the_platform_is_closed_here(workspace):
    place = workspace()
    place.take(reading(row()))
    closing = {"Cause de la fermeture": "Décision de justice", "Date de fermeture": "02/01/2026", "Résorbé": "Non"}
    place.take(reading(row(**closing), listing=Listing.CLOSED))
    site = place.site()
    assert (site["status"], site["closed_at"]) == ("closed_by_justice", dt.date(2026, 1, 2))
    assert place.preview(reading(row(**closing), listing=Listing.CLOSED)).counts() == NOTHING


def test_a_site_closed_here_stays_closed_when_the_platform_lists_it_as_open(workspace):
    place = workspace()
    place.take(reading(row()))
    place.edit(place.site(), status="other", closed_at=dt.date(2026, 1, 3))
    assert place.take(reading(row())).counts() == NOTHING
    assert place.site()["status"] == "other"


def test_the_rows_beside_the_site_follow_the_platform(workspace):
    place = workspace()
    cells = row(
        **{
            "Type de propriétaire": "Public; Privé",
            "Identité du propriétaire": "Mairie; SCI",
            "Intervenants (à la date de l'export)": "Croix-Rouge (Santé)\nMSF (Humanitaire)",
            "Phases préparatoires à la résorption": "- Diagnostic sociologique : réalisé 01/12/2025",
            "Existence d'une procédure judiciaire": "oui",
        }
    )
    place.take(reading(cells))
    assert place.preview(reading(cells)).counts() == NOTHING
    changed = {
        **cells,
        "Type de propriétaire": "Public",
        "Identité du propriétaire": "Mairie",
        "Intervenants (à la date de l'export)": "MSF (Humanitaire, Santé)",
        "Phases préparatoires à la résorption": "- Diagnostic sociologique : réalisé 02/12/2025",
        "Décision de justice rendue": "non",
    }
    place.take(reading(changed))
    assert {(each["owner_name"], each["active"]) for each in place.rows("owner")} == {("Mairie", True), ("SCI", False)}
    assert [(each["organisation"], each["themes"]) for each in place.rows("site_actor")] == [
        ("MSF", ("sante", "humanitaire"))
    ]
    (phase,) = place.rows("resorption_phase")
    assert phase["completed_at"] == dt.date(2025, 12, 2)
    (procedure,) = place.rows("procedure")
    assert (procedure["justice_procedure"], procedure["justice_rendered"]) == (True, False)
    assert place.preview(reading(changed)).counts() == NOTHING


def test_the_order_of_actors_and_owners_says_nothing(workspace):
    place, title = workspace(), "Intervenants (à la date de l'export)"
    place.take(reading(row(**{title: "MSF (Santé)\nCroix-Rouge (Santé)"})))
    assert place.preview(reading(row(**{title: "Croix-Rouge (Santé)\nMSF (Santé)"}))).counts() == NOTHING


MESSAGE = "05/01/2026 à 10:00 - Préfecture\nPassage sur site"


def test_messages_are_added_once(workspace):
    place = workspace()
    place.take(reading(row(Commentaires=MESSAGE)))
    second = "06/01/2026 à 11:00 - Mairie\nDéchets enlevés\n----\n" + MESSAGE
    place.take(reading(row(Commentaires=second)))
    assert [entry["description"] for entry in place.rows("journal_entry")] == ["Passage sur site", "Déchets enlevés"]
    assert place.preview(reading(row(Commentaires=second))).counts() == NOTHING


def test_a_message_written_here_first_does_not_come_twice(workspace):
    place = workspace()
    place.take(reading(row()))
    at = dt.datetime(2026, 1, 4, 8, 30, tzinfo=dt.UTC)
    values = {"site_uid": place.site().uid, "entered_at": at, "description": "Passage  sur site", "visibility": "all"}
    place.add(Record("journal_entry", "j", values))
    place.take(reading(row(Commentaires=MESSAGE)))
    assert len(place.rows("journal_entry")) == 1


def test_each_export_adds_a_point_to_the_curve(workspace):
    place = workspace()
    for people, updated in (("12", "05/11/2025"), ("15", "05/12/2025"), ("15", "05/12/2025")):
        place.take(reading(row(**{PEOPLE: people, UPDATED: updated})))
    counts = [(each["counted_on"], each["population_total"], each["source"]) for each in place.rows("population_count")]
    assert counts == [(dt.date(2025, 11, 5), 12, "platform"), (dt.date(2025, 12, 5), 15, "platform")]


def test_an_older_export_only_adds_its_count(workspace):
    place = workspace()
    place.take(reading(row(**{PEOPLE: "15", UPDATED: "05/12/2025"}, Adresse="Rue A")))
    older = reading(row(**{PEOPLE: "12", UPDATED: "05/06/2025"}, Adresse="Rue B"), exported_on=dt.date(2025, 7, 1))
    preview = place.take(older)
    assert preview.older == 1
    assert (place.site()["population_total"], place.site()["address"]) == (15, "Rue A")
    assert sorted(each["population_total"] for each in place.rows("population_count")) == [12, 15]
    assert place.preview(older).counts() == NOTHING


def test_the_same_name_nearby_is_the_same_site(workspace):
    place = workspace(drawn(at=(1.443, 43.6), name="LE STADE"))
    assert place.take(reading(row())).counts()["changed"] == 1
    assert place.site().uid == "u1"


@pytest.mark.parametrize(
    "known",
    [
        [{"uid": "a"}, {"uid": "b", "at": (1.4401, 43.6)}],
        [{"name": "Autre nom"}],
        [{"status": "other", "closed_at": dt.date(2025, 1, 1)}],
    ],
    ids=["two of that name", "same place, other name", "closed here"],
)
def test_what_is_not_certain_is_asked(workspace, known):
    place = workspace(*(drawn(**values) for values in known))
    preview = place.preview(reading(row()))
    assert preview.counts() == {"added": 0, "changed": 0, "unchanged": 0, "rejected": 1}
    (choice,) = preview.choices
    assert {each.site.uid for each in choice.candidates} == {values.get("uid", "u1") for values in known}
    first = choice.candidates[0].site.uid
    assert place.preview(reading(row()), Decisions(answers={8: first})).changed[0].before.site.uid == first
    assert place.preview(reading(row()), Decisions(answers={8: Special.NEW})).counts()["added"] == 1
    assert sum(place.preview(reading(row()), Decisions(answers={8: Special.SKIP})).counts().values()) == 0


@pytest.mark.parametrize(
    "known",
    [{"at": (1.45, 43.6)}, {"name": "Autre nom", "at": (1.442, 43.6)}, {"rb_id": 7}],
    ids=["far", "other name and place", "another one on the platform"],
)
def test_what_is_certainly_another_site_is_not_asked(workspace, known):
    assert workspace(drawn(**known)).preview(reading(row())).counts()["added"] == 1


def test_two_rows_do_not_take_the_same_site(workspace):
    file = reading(row(), row(Latitude="43.6001"))
    preview = workspace(drawn()).preview(file)
    assert preview.waiting == {8, 9}
    again = workspace(drawn()).preview(file, Decisions(answers={8: "u1", 9: "u1"}))
    assert again.waiting == {8, 9}


def test_a_row_outside_the_territory_is_rejected(workspace):
    preview = workspace().preview(reading(row(Latitude="48.85", Longitude="2.35", **{"Code INSEE": "75056"})))
    assert reasons(preview) == ["The position lies 551 km outside the workspace's territory (31)."]


def test_a_row_without_position_is_no_new_site(workspace):
    preview = workspace().preview(reading({"Code INSEE": "31555", "Appellation du site": "Le Stade"}))
    assert reasons(preview) == ["There is no position."]


def test_sites_that_the_file_does_not_mention_stay(workspace):
    place = workspace(drawn(name="Ailleurs", at=(1.46, 43.62)))
    preview = place.take(reading(row()))
    assert preview.absent == 1
    assert len(place.rows("site")) == 2


def test_the_number_of_another_memory_does_not_stop_the_import(workspace):
    place = workspace()
    place.take(reading(row()))
    place.edit(place.site(), rb_id=999)
    preview = place.take(reading(row(Latitude="43.62", **{"Appellation du site": "Nouveau"})))
    assert preview.counts()["added"] == 1
    assert [each["rb_id"] for each in place.rows("platform_record")] == [101, None]
