"""The columns of the platform's export: one registry, whose texts and values go into each other without loss."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from resorption_plugin.core.exchange.platform import codecs, words
from resorption_plugin.core.exchange.platform.codecs import clean
from resorption_plugin.core.exchange.platform.column import (
    ClosureValue,
    Column,
    Coordinate,
    KeptOnly,
    Listing,
    Option,
    OwnerPart,
    PlaceName,
    ProcedureValue,
    Right,
    Rows,
    SiteValue,
)
from resorption_plugin.core.exchange.platform.columns import BY_NAME, COLUMNS
from resorption_plugin.core.exchange.platform.contents import CHILDREN, Contents
from resorption_plugin.core.exchange.platform.row import PlatformRow, read_row, write_row
from resorption_plugin.core.exchange.rows import RowError
from resorption_plugin.core.model import catalogue, domains, record_lists
from resorption_plugin.core.model.action_lists import ACTOR_THEME
from resorption_plugin.core.model.fields import Kind
from tests.scenes.platform_file import EVERY_OPTION, EVERY_RIGHT, present

WATER = "Comment les habitants ont-ils accès à l'eau ?"
CLOSE = "Distance point d'eau / habitation la plus éloignée ?"
NAMED = {"Code INSEE": "44109", "Appellation du site": "Les Saules"}


def test_every_column_has_a_name_of_its_own():
    assert len(BY_NAME) == len(COLUMNS) == 120


def test_every_column_fills_a_column_of_the_model():
    for column in COLUMNS:
        match column.target:
            case SiteValue(name, codec):
                assert_kind("site", name, codec)
            case ProcedureValue(name, codec):
                assert_kind("procedure", name, codec)
            case ClosureValue(_, name, codec):
                assert_kind("closure", name, codec)
            case Rows(layer, _):
                assert layer in CHILDREN
                assert catalogue.layer(layer)
            case OwnerPart(name):
                assert catalogue.layer("owner").field(name)
            case _:
                assert isinstance(column.target, Coordinate | PlaceName | KeptOnly)


def assert_kind(layer: str, name: str, codec: codecs.Codec) -> None:
    field = catalogue.layer(layer).field(name)
    if isinstance(codec, codecs.OneOf | codecs.SomeOf):
        assert field.domain is not None
        assert {str(code) for code in codec.words} <= set(field.domain.codes()), name
    else:
        kinds = {
            codecs.YesNo: {Kind.BOOLEAN},
            codecs.Day: {Kind.DATE},
            codecs.Whole: {Kind.INTEGER},
            codecs.Year: {Kind.INTEGER},
            codecs.InseeCode: {Kind.TEXT},
            codecs.FreeText: {Kind.TEXT, Kind.LONG_TEXT},
        }
        assert field.kind in kinds[type(codec)], name


@pytest.mark.parametrize(
    ("said", "domain", "besides"),
    [
        (words.FIELD_TYPES, domains.FIELD_TYPE, set()),
        (words.CLOSING_CAUSES, domains.SITE_STATUS, {"open"}),
        (words.CLEARED, record_lists.CLOSED_WITH_SOLUTIONS, set()),
        (words.SOCIAL_ORIGINS, domains.SOCIAL_ORIGIN, set()),
        (words.ELECTRICITY_TYPES, domains.ELECTRICITY_TYPE, set()),
        (words.WATER_ACCESS_TYPES, domains.WATER_ACCESS_TYPE, set()),
        (words.TOILET_TYPES, domains.TOILET_TYPE, set()),
        (words.CENSUS_STATUSES, domains.CENSUS_STATUS, set()),
        (words.POLICE_STATUSES, record_lists.POLICE_STATUS, set()),
        (words.OWNER_TYPES, record_lists.OWNER_TYPE, set()),
        (words.ACTOR_THEMES, ACTOR_THEME, set()),
        (words.PHASES, record_lists.PREPARATORY_PHASE, set()),
        (words.PHASE_DATES, record_lists.PREPARATORY_PHASE, set()),
        (words.CLOSING_SOLUTIONS, record_lists.CLOSING_SOLUTION, set()),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_the_words_of_the_platform_cover_the_lists_of_the_model(said, domain, besides):
    assert {str(code) for code in said} | besides == set(domain.codes())


def test_an_option_or_a_right_brings_its_columns_and_no_others():
    bare = {column.name for column in present((), (), Listing.OPEN)}
    brought = {
        Option.ADDRESS_DETAILS: 1,
        Option.OWNER: 2,
        Option.LIVING_CONDITIONS: 35,
        Option.DEMOGRAPHICS: 3,
        Option.JUSTICE: 21,
        Option.ACTORS: 2,
        Option.COMMENTS: 2,
        Option.RESORPTION_PHASES: 1,
    }
    for option, number in brought.items():
        assert len({column.name for column in present([option], EVERY_RIGHT, Listing.OPEN)} - bare) == number + 1
    without_rights = {column.name for column in present(EVERY_OPTION, (), Listing.OPEN)}
    assert "Existence d'un contentieux" not in without_rights
    assert "Commentaires" not in without_rights


def test_open_and_closed_exports_differ_by_the_closure():
    opened = {column.name for column in present(EVERY_OPTION, EVERY_RIGHT, Listing.OPEN)}
    closed = {column.name for column in present(EVERY_OPTION, EVERY_RIGHT, Listing.CLOSED)}
    assert opened - closed == {"Informations d'accès", "Statut du diagnostic social"}
    assert len(closed - opened) == 4 + 3 * 5


def test_every_combination_of_options_rights_and_status_keeps_the_order():
    order = {column.name: number for number, column in enumerate(COLUMNS)}
    seen = set()
    for number in range(len(Option) + 1):
        for options in itertools.combinations(Option, number):
            for listing in Listing:
                for rights in ((), tuple(Right)):
                    names = tuple(column.name for column in present(options, rights, listing))
                    assert [order[name] for name in names] == sorted(order[name] for name in names)
                    seen.add(names)
    asked_and_allowed = 2**8 + 2**7  # a closed export has no access details to ask for
    not_allowed = 2**4 + 2**3  # four options need no right
    assert len(seen) == asked_and_allowed + not_allowed


# texts, values, texts

_LETTERS = st.characters(codec="utf-8", categories=("L", "N", "P", "Zs"), exclude_characters="<>{};")
_TEXTS = st.text(_LETTERS, min_size=1, max_size=30).map(clean).filter(bool)
_DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31))


def some_of(chosen: codecs.SomeOf) -> st.SearchStrategy:
    codes = list(chosen.words)
    sets = st.sets(st.sampled_from(codes), min_size=1)
    return sets.map(lambda some: tuple(code for code in codes if code in some))


_VALUES = {
    codecs.YesNo: st.booleans(),
    codecs.Year: st.integers(2018, 2100),
    codecs.Whole: st.integers(1, 100_000),
    codecs.Day: _DAYS,
    codecs.Degrees: st.floats(-89, 89),
    codecs.InseeCode: st.sampled_from(["44109", "01001", "2A004", "97411"]),
    codecs.FreeText: _TEXTS,
}


def values_of(codec: object) -> st.SearchStrategy:
    """Return values that a codec writes."""
    if isinstance(codec, codecs.OneOf):
        return st.sampled_from(list(codec.words))
    return some_of(codec) if isinstance(codec, codecs.SomeOf) else _VALUES[type(codec)]


CODED = [column for column in COLUMNS if hasattr(column.target, "codec") and not isinstance(column.target, Rows)]


@pytest.mark.parametrize("column", CODED, ids=lambda column: column.name)
@settings(max_examples=6, deadline=None)
@given(data=st.data())
def test_a_value_survives_its_text_and_the_text_its_value(column, data):
    codec = column.target.codec
    value = data.draw(values_of(codec))
    text = codec.write(value)
    assert clean(text) == text
    again = codec.read(text)
    assert again == value or (value, again) == ("unknown", "no")  # the platform says “Non” for both
    assert codec.write(again) == text


_ACTORS = st.lists(
    st.fixed_dictionaries(
        {
            "organisation": st.text(_LETTERS, min_size=1, max_size=20).map(lambda text: clean(text).strip("-( )")),
            "themes": values_of(codecs.SomeOf(words.ACTOR_THEMES, ",")) | st.none(),
        }
    ).filter(lambda row: row["organisation"]),
    max_size=3,
    unique_by=lambda row: row["organisation"],
)
_PHASES = st.lists(
    st.fixed_dictionaries(
        {"preparatory_phase": st.sampled_from(list(words.PHASES)), "completed_at": _DAYS | st.none()}
    ),
    max_size=4,
    unique_by=lambda row: row["preparatory_phase"],
)
_YEARS = dt.datetime(2012, 1, 1), dt.datetime(2090, 1, 1)  # noqa: DTZ001 - hypothesis adds the zone
_MESSAGES = st.lists(
    st.fixed_dictionaries(
        {
            "entered_at": st.datetimes(*_YEARS, timezones=st.just(dt.UTC)).map(
                lambda at: at.replace(second=0, microsecond=0)
            ),
            "entered_by": st.sampled_from([None, "Camille EXEMPLE"]),
            "description": st.lists(_TEXTS | st.just("----"), min_size=1, max_size=3).map("\n".join).filter(clean),
        }
    ),
    max_size=5,
    unique_by=lambda row: row["entered_at"],
)
_OWNERS = st.lists(
    st.fixed_dictionaries(
        {
            "owner_name": st.sampled_from([None, "Commune", "SCI A, B (exemple)", "Anonymisé le 01/02/2024"]),
            "fk_owner_type": st.sampled_from([1, 2, 3]),
        }
    ),
    max_size=3,
)
_CLOSURES = st.lists(
    st.fixed_dictionaries(
        {"closing_solution": st.sampled_from(list(words.CLOSING_SOLUTIONS))},
        optional={"number_of_people_affected": st.integers(0, 90), "message": _TEXTS},
    ).filter(lambda row: len(row) > 1),
    max_size=5,
    unique_by=lambda row: row["closing_solution"],
)


def several(targets: type[SiteValue | ProcedureValue]) -> st.SearchStrategy:
    """Return values for any of the columns that fill a layer."""
    found = {column.target.column: column.target.codec for column in COLUMNS if isinstance(column.target, targets)}
    found.pop("name", None)
    found.pop("status", None)
    return st.fixed_dictionaries({}, optional={name: values_of(codec) for name, codec in found.items()})


@settings(max_examples=25, deadline=None)
@given(
    site=several(SiteValue),
    procedure=several(ProcedureValue),
    rows=st.fixed_dictionaries(
        {
            "site_actor": _ACTORS,
            "resorption_phase": _PHASES,
            "journal_entry": _MESSAGES,
            "owner": _OWNERS,
            "closure": _CLOSURES,
        }
    ),
    status=st.sampled_from(["open", *words.CLOSING_CAUSES]),
)
def test_everything_a_site_holds_survives_a_row(site, procedure, rows, status):
    contents = Contents(
        {**site, "name": "Un site", "status": status},
        shapely.Point(-1.55, 47.2),
        {**rows, "procedure": [procedure] if procedure else []},
    )
    texts = write_row(contents)
    listing = Listing.OPEN if status == "open" else Listing.CLOSED
    row = read_row(8, texts, 12, listing)
    assert row.notes == ()
    assert dict(row.texts) == texts
    assert write_row(row.contents) == texts
    expected = {**contents.site, "rb_id": 12}
    if site.get("closed_with_solutions") == "unknown":
        expected["closed_with_solutions"] = "no"
    assert dict(row.site) == expected
    assert row.position == contents.position
    assert row.children.get("procedure", ()) == tuple(contents.children["procedure"])
    assert {one["closing_solution"] for one in row.children.get("closure", ())} == {
        one["closing_solution"] for one in rows["closure"]
    }
    assert row.children.get("owner", ()) == tuple(rows["owner"])
    said = ({**one, "description": clean(one["description"])} for one in rows["journal_entry"])
    newest_first = sorted(said, key=lambda one: one["entered_at"], reverse=True)
    assert row.children.get("journal_entry", ()) == tuple(newest_first)


# what a row may hold


def read(line: int = 8, listing: Listing | None = None, **texts: str) -> PlatformRow:
    return read_row(line, NAMED | texts, 12, listing)


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
    assert read(listing=Listing.CLOSED).site["status"] == "unknown"
    assert read(listing=Listing.OPEN).site["status"] == "open"
    assert "status" not in read().site


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
    assert isinstance(BY_NAME["Logement – Nombre de ménages"], Column)
