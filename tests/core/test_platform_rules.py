"""Every rule of the platform's validators has one statement in the model, which says the right thing in Python."""

from __future__ import annotations

import datetime as dt

import pytest

from resorption_plugin.core.model import catalogue
from resorption_plugin.core.model.fields import Kind
from tests.platform_rules.all import STATED
from tests.platform_rules.columns import ELSEWHERE, HELD, ONCE
from tests.platform_rules.statements import TODAY, Held, Stated


@pytest.mark.parametrize("stated", STATED, ids=str)
def test_a_rule_tells_right_from_wrong_and_lets_the_unknown_be(stated: Stated) -> None:
    condition = stated.statement.condition
    assert [condition.evaluate(values) for values in stated.breaks] == [False] * len(stated.breaks)
    assert [condition.evaluate(values) for values in stated.obeys] == [True] * len(stated.obeys)
    assert False not in [condition.evaluate(values) for values in stated.unknown]


@pytest.mark.parametrize("stated", STATED, ids=str)
def test_a_rule_speaks_of_the_column_it_is_shown_at(stated: Stated) -> None:
    rule = stated.statement
    assert rule.field in rule.condition.columns()
    assert rule.message.fr
    assert rule.message.en


@pytest.mark.parametrize("held", HELD, ids=str)
def test_a_column_says_what_the_platform_asks(held: Held) -> None:
    for name, expected in held.properties.items():
        found = getattr(held.declared, name)
        assert (found.value if isinstance(found, Kind) else found) == expected, name


def test_solutions_and_phases_are_listed_once_a_site() -> None:
    for _, key, columns in ONCE:
        assert columns in catalogue.layer(key).unique_together


def test_every_topic_of_the_platform_is_there() -> None:
    texts = [*(stated.text for stated in STATED), *(held.text for held in HELD), *(text for text, _, _ in ONCE)]
    topics = {text.partition(":")[0] for text in (*texts, *ELSEWHERE)}
    assert topics >= {
        *("Place", "Types", "Reinstallation", "Census", "Population", "Justice", "Police", "Living conditions"),
        *("Phases", "Text", "Closing", "Action", "Database", "built_at", "declared_at"),
    }


def test_every_text_that_people_write_on_a_site_is_plain() -> None:
    for key in ("site", "closure", "procedure", "owner", "journal_entry", "action", "site_actor"):
        layer = catalogue.layer(key)
        stated = {rule.field for rule in layer.rules if rule.name.endswith("_is_plain")}
        texts = {
            field.name
            for field in layer.fields
            if field.kind in (Kind.TEXT, Kind.LONG_TEXT) and field.domain is None and field.origin.value == "officer"
        }
        assert stated == texts


def test_an_instant_is_of_its_day() -> None:
    """A date and an instant of the same day are neither before nor after each other."""
    rule = next(rule for rule in catalogue.layer("site").rules if rule.name == "closed_at_not_in_future")
    assert rule.condition.evaluate({"closed_at": dt.datetime.combine(TODAY, dt.time(23), tzinfo=dt.UTC)}) is True
