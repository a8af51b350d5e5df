"""Corrections are offered only where the right answer is certain, and say all that they change."""

from __future__ import annotations

import pytest
import shapely

from resorption_plugin.core.checks.registry import checks
from resorption_plugin.core.fixes.registry import fix_of, fixes
from resorption_plugin.core.fixes.rules import clean_texts, commune_of_position, exchanged_coordinates
from resorption_plugin.core.model import catalogue
from resorption_plugin.core.records import Record
from resorption_plugin.core.territory import Territory

TOULOUSE = shapely.Point(1.444, 43.604)
MADRID = shapely.Point(-3.7, 40.4)


@pytest.fixture(scope="module")
def communes(territories_file):
    return Territory.load(territories_file)


def site(where=TOULOUSE, **values):
    return Record("site", "s", {"name": "Ramier", **values}, where)


def test_every_fix_is_offered_for_checks_that_exist():
    codes = {check.spec.id for check in checks()}
    assert {code for fix in fixes() for code in fix.checks} <= codes | {"DON-012"}
    assert fix_of("DON-002").propose is commune_of_position.propose
    assert fix_of("EAU-001") is None


def test_the_commune_is_that_of_the_position(communes):
    correction = commune_of_position.propose(site(fk_city="31069", commune="Blagnac", department="31"), communes)
    assert correction.changed()["fk_city"] == ("31069", "31555")
    assert correction.changed()["commune"] == ("Blagnac", "Toulouse")
    assert "department" not in correction.changed()


@pytest.mark.parametrize("where", [MADRID, None, shapely.Point()])
def test_no_commune_is_offered_where_there_is_none(communes, where):
    assert commune_of_position.propose(site(where, fk_city="31069"), communes) is None


def test_exchanged_coordinates_are_put_right(communes):
    correction = exchanged_coordinates.propose(site(shapely.Point(43.604, 1.444), fk_city="31555"), communes)
    assert correction.geometry == TOULOUSE
    assert not correction.values


@pytest.mark.parametrize(
    ("where", "code"),
    [(TOULOUSE, "31555"), (MADRID, None), (shapely.Point(43.604, 1.444), "75056"), (None, None)],
    ids=["in its place", "abroad either way", "another commune", "nowhere"],
)
def test_coordinates_are_left_where_it_is_not_certain(communes, where, code):
    assert exchanged_coordinates.propose(site(where, fk_city=code), communes) is None


@pytest.mark.parametrize(
    ("written", "cleaned"),
    [
        (" Ramier ", "Ramier"),
        ("Île  du\tRamier", "Île du Ramier"),
        ("Ra\u200bmier\x07", "Ramier"),
        ("   ", None),
        ("L’Îlot\u00a0: n° 3", "L’Îlot : n° 3"),
    ],
)
def test_texts_are_cleaned(communes, written, cleaned):
    assert dict(clean_texts.propose(site(name=written), communes).values) == {"name": cleaned}


def test_lines_of_a_long_text_are_kept(communes):
    correction = clean_texts.propose(site(address_details="  un\n\n deux  "), communes)
    assert correction.values["address_details"] == "un\n\n deux"


def test_what_is_clean_is_left(communes):
    assert not clean_texts.propose(site(address="12 rue d'Été"), communes)


def test_a_required_text_is_never_emptied(communes):
    action = Record("action", "a", {"name": "  "})
    assert catalogue.layer("action").field("name").required
    assert not clean_texts.propose(action, communes)
