"""Findings as people read them."""

from __future__ import annotations

import datetime as dt

import pytest

from resorption_plugin.core.checks import words
from resorption_plugin.qgis_adapters import checking


@pytest.mark.parametrize(
    ("language", "expected"),
    [("fr", "200,4 m, limit 200 m, 3 taps, Rue 1.5"), ("en", "200.4 m, limit 200 m, 3 taps, Rue 1.5")],
)
def test_numbers_are_written_as_the_language_writes_them_and_texts_are_left_alone(monkeypatch, language, expected):
    monkeypatch.setattr(checking, "language", lambda: language)
    details = {"distance": 200.4, "limit": 200.0, "taps": 3, "name": "Rue 1.5"}
    assert checking.finding_sentence("{distance} m, limit {limit} m, {taps} taps, {name}", details) == expected


@pytest.mark.parametrize(
    ("language", "expected"), [("fr", "Date d'installation, 15/01/2026"), ("en", "Date of settlement, 2026-01-15")]
)
def test_words_of_the_model_and_days_are_said_in_the_language(monkeypatch, language, expected):
    monkeypatch.setattr(checking, "language", lambda: language)
    details = {"columns": words.columns("site", ["built_at"]), "day": words.day(dt.date(2026, 1, 15))}
    assert checking.finding_sentence("{columns}, {day}", details) == expected
