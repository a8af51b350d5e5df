"""The French is complete and says the same as the English."""

from __future__ import annotations

import json
import re
import string
from pathlib import Path

import pytest

import translations


@pytest.fixture(scope="module")
def report() -> translations.Report:
    return translations.report()


@pytest.fixture(scope="module")
def pairs() -> dict[str, str]:
    return translations.french(translations.ROOT)


def placeholders(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def test_every_text_has_its_french(report: translations.Report):
    listed = json.dumps(dict.fromkeys(report.missing, ""), ensure_ascii=False, indent=2)
    assert not report.missing, f"add to i18n/fr/<area>.json, then run make i18n:\n{listed}"


def test_no_french_is_left_of_texts_that_are_gone(report: translations.Report):
    assert not report.unused, "remove them from i18n/fr/*.json"


def test_the_translation_file_is_up_to_date(report: translations.Report):
    stored = (translations.ROOT / "i18n" / "resorption_fr.ts").read_text("utf-8")
    assert stored == report.content, "run make i18n"


def test_both_languages_have_the_same_placeholders(pairs: dict[str, str]):
    assert not {text: french for text, french in pairs.items() if placeholders(text) != placeholders(french)}


def test_french_punctuation_does_not_break_the_line(pairs: dict[str, str]):
    """Before : ; ! ? and inside « » the space is a non-breaking one (U+00A0 or U+202F)."""
    breaking = re.compile(r" [:;!?»]|« |\w[;!?](?![^<]*>)(?=\s|$)")
    assert not {text: french for text, french in pairs.items() if breaking.search(french)}


def test_a_text_put_together_at_run_time_is_refused(tmp_path: Path):
    package = tmp_path / "resorption_plugin"
    package.mkdir()
    (package / "broken.py").write_text('tr(f"Site {name}")\n', encoding="utf-8")
    with pytest.raises(translations.TranslationError, match=r"broken\.py:1: tr\(\) takes one literal"):
        translations.report(tmp_path)


def test_texts_of_code_and_forms_are_collected_and_implicit_concatenation_is_one_text(tmp_path: Path):
    (tmp_path / "resorption_plugin").mkdir()
    (tmp_path / "forms").mkdir()
    (tmp_path / "resorption_plugin" / "a.py").write_text('x = mark("One "\n    "text")\nself.tr("Two")\n', "utf-8")
    form = '<ui><class>Form</class><string>Three</string><string notr="true">—</string></ui>'
    (tmp_path / "forms" / "a.ui").write_text(form, "utf-8")
    assert translations.from_code(tmp_path) == {
        translations.Message("Resorption", "One text"),
        translations.Message("Resorption", "Two"),
    }
    assert translations.from_forms(tmp_path) == {translations.Message("Form", "Three")}


def test_two_areas_cannot_contradict_each_other(tmp_path: Path):
    (tmp_path / "i18n" / "fr").mkdir(parents=True)
    (tmp_path / "i18n" / "fr" / "a.json").write_text('{"Tap": "Robinet"}', "utf-8")
    (tmp_path / "i18n" / "fr" / "b.json").write_text('{"Tap": "Borne"}', "utf-8")
    with pytest.raises(translations.TranslationError, match=r"b\.json says “Borne” for “Tap”"):
        translations.french(tmp_path)
