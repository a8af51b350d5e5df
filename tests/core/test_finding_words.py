"""The words of the model in a finding, in both languages."""

from __future__ import annotations

import datetime as dt

from resorption_plugin.core.checks import words
from resorption_plugin.core.model import catalogue
from resorption_plugin.core.model.fields import Label


def test_a_reference_is_said_in_the_language_of_the_reader():
    details = {
        "columns": words.columns("site", ["built_at", "declared_at"]),
        "record": words.layer("procedure"),
        "status": words.choices("site_status", ["open"]),
        "day": words.day(dt.date(2026, 1, 15)),
        "label": words.label(Label("angle brackets", "chevrons")),
        "number": 4.5,
    }
    assert words.said(details, "en") == {
        "columns": "Date of settlement; Date of report",
        "record": "Procedure",
        "status": "Open",
        "day": "2026-01-15",
        "label": "angle brackets",
        "number": 4.5,
    }
    assert words.said(details, "fr") == {
        "columns": "Date d'installation\u00a0; Date de signalement",
        "record": "Procédure",
        "status": "Existant",
        "day": "15/01/2026",
        "label": "chevrons",
        "number": 4.5,
    }


def test_a_rule_is_said_by_its_message_without_its_stop():
    rules = [rule for rule in catalogue.layer("site").rules if rule.name == "built_before_declared"]
    assert words.in_words(words.rules(rules, "site"), "en") == "The settlement cannot come after the report"


def test_what_the_model_no_longer_has_is_said_by_its_code():
    assert words.in_words(words.columns("site", ["gone", "name"]), "en") == "gone; Name of the site"
