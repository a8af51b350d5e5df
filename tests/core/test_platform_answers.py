"""Decisions written as text, and files told apart before they are read."""

from __future__ import annotations

import datetime as dt

import pytest

from resorption_plugin.core.errors import ParameterError
from resorption_plugin.core.exchange.platform.answers import parse_answers
from resorption_plugin.core.exchange.platform.matching import Special
from resorption_plugin.core.exchange.platform.recognising import is_list_of_sites
from resorption_plugin.core.exchange.platform.three_way import State, compare, next_base
from tests.scenes.platform_file import Asked, write
from tests.scenes.platform_sites import invented_sites


def test_decisions_are_read_from_a_line():
    uid = "0b6c1a52-9f0e-4f0e-8f3e-000000000001"
    assert parse_answers(f" 12={uid}; 13=new;14 = SKIP;") == {12: uid, 13: Special.NEW, 14: Special.SKIP}
    assert parse_answers("") == {}


@pytest.mark.parametrize("text", ["x", "12", "12=", "=new", "a=new", "12=new=13"])
def test_what_is_no_decision_is_refused(text):
    with pytest.raises(ParameterError, match="is no decision"):
        parse_answers(text)


@pytest.mark.parametrize("suffix", [".xlsx", ".ods", ".csv"])
def test_an_export_is_recognised(tmp_path, suffix):
    day = dt.date(2025, 11, 3)
    assert is_list_of_sites(write(tmp_path / f"export{suffix}", invented_sites(1, 3, day), Asked(on=day)))


@pytest.mark.parametrize(
    "text",
    [
        "nom;Adresse;Commune;Code INSEE;Latitude;Longitude\nStade;1 rue;Toulouse;31555;43.6;1.44\n",
        "insee;id_sdis;type_pei;type_rd;debit;disponible;lon;lat\n44109;1;PI;poteau;60;1;-1.5;47.2\n",
        "",
        "\0\1\2",
    ],
    ids=["points", "hydrants", "empty", "binary"],
)
def test_another_file_is_none(tmp_path, text):
    path = tmp_path / "points.csv"
    path.write_text(text, encoding="utf-8")
    assert not is_list_of_sites(path)
    assert not is_list_of_sites(tmp_path / "none.csv")


@pytest.mark.parametrize(
    ("base", "file", "ours", "state", "kept"),
    [
        ("a", "a", "a", State.SAME, "a"),
        ("a", "b", "a", State.TAKEN, "b"),
        ("a", "a", "b", State.KEPT, "a"),
        ("a", "b", "c", State.CONFLICT, "b"),
        ("a", "b", "b", State.SAME, "b"),
        ("a", "", "a", State.SAME, "a"),
        ("a", "", "b", State.SAME, "a"),
        ("a", "a", "", State.KEPT, "a"),
        ("a", "b", "", State.CONFLICT, "b"),
        ("", "b", "", State.TAKEN, "b"),
        ("", "b", "c", State.CONFLICT, "b"),
        ("", "", "c", State.SAME, ""),
        (None, "b", "", State.TAKEN, "b"),
        (None, "b", "c", State.CONFLICT, "b"),
        (None, "b", "b", State.SAME, "b"),
        (None, "", "c", State.SAME, None),
    ],
)
def test_three_texts_say_what_becomes_of_a_field(base, file, ours, state, kept):
    assert compare(base, file, ours) is state
    assert next_base(base, file, state) == kept
