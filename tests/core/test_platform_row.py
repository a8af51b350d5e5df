"""What the cells of a row of the platform's export may hold, and what is made of them."""

from __future__ import annotations

import datetime as dt

import pytest
import shapely

from resorption_plugin.core.exchange.platform.column import Listing
from resorption_plugin.core.exchange.platform.columns import BY_NAME
from resorption_plugin.core.exchange.platform.row import PlatformRow, read_row
from resorption_plugin.core.exchange.rows import RowError

WATER = "Comment les habitants ont-ils accès à l'eau ?"
CLOSE = "Distance point d'eau / habitation la plus éloignée ?"
NAMED = {"Code INSEE": "44109", "Appellation du site": "Les Saules"}


def one(name: str, text: str) -> PlatformRow:
    return read_row(8, {**NAMED, name: text}, 12)


@pytest.mark.parametrize("blank", ["", " ", "NC", "nc", "\u00a0NC "])
def test_a_blank_cell_says_nothing(blank):
    row = one(CLOSE, blank)
    assert "water_access_is_close" not in row.site
    assert (row.texts[CLOSE], row.notes) == ("", ())


def test_the_distance_column_says_whether_it_is_less_than_200_m():
    assert one(CLOSE, "oui").site["water_access_is_close"] is True
    assert one(CLOSE, "Non").site["water_access_is_close"] is False


@pytest.mark.parametrize(
    ("name", "text", "column", "value"),
    [
        ("Statut de l'accès à l'eau", "À améliorer", "declared_water_status", "to_improve"),
        ("Statut de l'accès à l'eau", "Accès à l'eau inexistant", "declared_water_status", "bad"),
        ("Statut de l'accès aux sanitaires", "inconnu", "declared_sanitary_status", "unknown"),
        ("Statut du diagnostic prévention incendie", "non réalisé", "declared_fire_status", "bad"),
        (WATER, "ROBINET CONNECTE AU RESEAU D’EAU", "water_access_type", "robinet_connecte_au_reseau"),
        ("Type de site", "Inconnu", "fk_field_type", 1),
        ("Habitants – Nombre de personnes", "1 234", "population_total", 1234),
        ("Habitants – Nombre de personnes", "12.0", "population_total", 12),
        ("Origines", "Ressortissants français;Ressortissants européens", "social_origins", ("french", "european")),
        ("Site avec objectif de résorption ?", "2027", "resorption_target", 2027),
        ("Date d'installation", "2020-03-01", "built_at", dt.date(2020, 3, 1)),
        ("Code INSEE", "1053", "fk_city", "01053"),
        ("Code INSEE", "75112", "fk_city", "75056"),
        ("Code INSEE", "2a004", "fk_city", "2A004"),
    ],
)
def test_a_cell_is_read_in_every_way_it_was_ever_written(name, text, column, value):
    assert one(name, text).site[column] == value


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (WATER, "Puits", "“Puits” is not understood"),
        ("Date d'installation", "31/02/2020", "“31/02/2020” is not understood"),
        ("Habitants – Nombre de personnes", "une dizaine", "“une dizaine” is not understood"),
        ("Habitants – Nombre de personnes", "0", "0 is not between 1 and 100000"),
        ("Site avec objectif de résorption ?", "12", "“12” is not understood"),
        ("Latitude", "147", "“147” is not understood"),
        ("Code INSEE", "Nantes", "“Nantes” is not understood"),
        ("Appellation du site", "x" * 36, "longer than 35 characters"),
        ("Phases préparatoires à la résorption", "- Grand soir : en cours", "is not understood"),
        ("Commentaires", "bonjour", "“bonjour” is not understood"),
        ("Alerte Canicule", "peut-être", "“peut-être” is not understood"),
    ],
)
def test_a_cell_that_is_no_value_is_left_out_with_its_reason(name, text, said):
    row = one(name, text)
    assert [note.column for note in row.notes] == [name]
    assert said in row.notes[0].reason.template.format(**row.notes[0].reason.values)
    assert row.texts[name] == text
    assert row.rb_id == 12


def test_a_cause_of_closure_that_nobody_knows_rejects_the_row():
    with pytest.raises(RowError, match="“Incendie” is not understood"):
        one("Cause de la fermeture", "Incendie")


def test_a_closed_site_without_cause_is_closed_for_an_unknown_one():
    assert read_row(8, NAMED, 12, Listing.CLOSED).site["status"] == "unknown"
    assert read_row(8, NAMED, 12, Listing.OPEN).site["status"] == "open"
    assert "status" not in read_row(8, NAMED, 12).site


def test_a_row_that_names_no_site_is_rejected():
    with pytest.raises(RowError, match="Nothing says which site it is"):
        read_row(8, {"Commune": "Nantes", "Latitude": "47.2"})
    assert read_row(8, {"Latitude": "47.2", "Longitude": "-1.5"}).position == shapely.Point(-1.5, 47.2)
    assert read_row(8, NAMED).rb_id is None


def test_statuses_without_answers_are_the_form_before_2022():
    assert one("Statut de l'accès à l'eau", "oui").is_first_form
    assert not one("Statut de l'accès à l'eau", "inconnu").is_first_form
    both = read_row(8, {**NAMED, "Statut de l'accès à l'eau": "oui", WATER: "Autre"}, 12)
    assert not both.is_first_form


def test_what_fills_nothing_is_kept():
    row = read_row(8, {**NAMED, "Intervenant de ma structure": "Oui", "EPCI": "Nantes Métropole"}, 12)
    assert row.kept == {"Intervenant de ma structure": "Oui", "EPCI": "Nantes Métropole"}


def test_the_organisations_of_the_actors_are_taken_and_not_the_people():
    row = one(
        "Intervenants (à la date de l'export)",
        "- Camille EXEMPLE, Asso (44) (Santé, Éducation et scolarisation)\n- Alex EXEMPLE, Asso (44) (mots libres)",
    )
    assert row.children["site_actor"] == ({"organisation": "Asso (44)", "themes": ("sante", "education", "autre")},)
    assert "EXEMPLE" not in str(row)


def test_a_line_of_dashes_inside_a_message_does_not_cut_it():
    text = "05/03/2024 à 14:30 - A\nun\n----\ndeux\n----\n04/03/2024 à 08:05 - B\ntrois"
    messages = one("Commentaires", text).children["journal_entry"]
    assert [message["description"] for message in messages] == ["un\n----\ndeux", "trois"]
    assert messages[1]["entered_at"] == dt.datetime(2024, 3, 4, 8, 5, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("types", "names", "expected"),
    [
        ("Privé", "A; B", [("A", 3), ("B", 3)]),
        ("Public; Privé", "A; ", [("A", 2), (None, 3)]),
        ("Public", "", [(None, 2)]),
        ("", "A (Privé)\nB (Public)", [("A", 3), ("B", 2)]),
        ("", "A", [("A", 1)]),
    ],
)
def test_owners_are_read_from_their_two_cells(types, names, expected):
    row = read_row(8, {**NAMED, "Type de propriétaire": types, "Identité du propriétaire": names}, 12)
    assert [(owner["owner_name"], owner["fk_owner_type"]) for owner in row.children["owner"]] == expected


def test_owners_that_do_not_add_up_are_left_out():
    row = read_row(8, {**NAMED, "Type de propriétaire": "Public; Privé", "Identité du propriétaire": "A; B; C"}, 12)
    assert "owner" not in row.children
    assert [note.column for note in row.notes] == ["Type de propriétaire"]


def test_a_column_is_named_by_its_section_where_its_title_is_not_enough():
    row = one("Logement – Nombre de ménages", "3")
    assert row.children == {"closure": ({"closing_solution": "housing", "number_of_households_affected": 3},)}
    assert "Nombre de ménages" not in BY_NAME
