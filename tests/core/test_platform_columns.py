"""The columns of the platform's export in one registry: each fills a column of the model."""

from __future__ import annotations

import itertools

import pytest

from resorption_plugin.core.exchange.platform import codecs, words
from resorption_plugin.core.exchange.platform.column import (
    ClosureValue,
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
from resorption_plugin.core.exchange.platform.contents import CHILDREN
from resorption_plugin.core.model import catalogue, domains, record_lists
from resorption_plugin.core.model.action_lists import ACTOR_THEME
from resorption_plugin.core.model.fields import Kind
from tests.scenes.platform_file import EVERY_OPTION, EVERY_RIGHT, present


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
