"""Finding a record by what an officer types."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resorption_plugin.core.errors import Cancelled
from resorption_plugin.core.model import catalogue
from resorption_plugin.core.records import Record
from resorption_plugin.core.search import SEARCHED, SearchIndex, fold

latin = st.characters(max_codepoint=0x24F, categories=("L", "N"))
words = st.text(latin, min_size=1, max_size=12)
names = st.lists(words, min_size=1, max_size=5)


def site(uid: str, **values: object) -> Record:
    return Record("site", uid, values)


def commune(uid: str, name: str, insee: str) -> Record:
    return Record("commune", uid, {"name": name, "insee": insee})


def found(index: SearchIndex, text: str) -> list[str]:
    return [entry.uid for entry in index.find(text)]


def without_accents(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if unicodedata.category(sign) != "Mn")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Chemin de l'Œuf-Doré", "chemin de l oeuf dore"),
        ("  SAINT–ÉLIX_le ", "saint elix le"),
        ("STRASSE", fold("Straße")),
        ("l’île", "l ile"),
        ("—", ""),
    ],
)
def test_capitals_accents_and_signs_do_not_count(text, folded):
    assert fold(text) == folded


def test_every_column_searched_is_one_of_the_model():
    for searched in SEARCHED:
        assert set(searched.columns()) <= set(catalogue.layer(searched.layer).names())


@given(names, st.sampled_from([" ", "-", "'", ", "]), st.booleans())
def test_a_record_is_found_by_any_word_of_its_name_without_accents(parts, joint, capitals):
    name = joint.join(parts)
    index = SearchIndex([site("wanted", name=name), site("other", name="0")])
    for word in parts:
        typed = without_accents(word)
        typed = typed.upper() if capitals and fold(typed.upper()) == fold(typed) else typed
        assert "wanted" in found(index, typed)


letters = st.text(st.characters(max_codepoint=0x24F, categories=("L",)), min_size=1, max_size=12)
one_word = letters.filter(lambda text: " " not in fold(text))


@given(st.lists(names, min_size=1, max_size=8), one_word)
def test_every_result_holds_every_word_and_comes_once(all_names, typed):
    index = SearchIndex([site(str(number), name=" ".join(parts)) for number, parts in enumerate(all_names)])
    uids = found(index, typed)
    assert len(uids) == len(set(uids))
    folded = {str(number): f" {fold(' '.join(parts))}" for number, parts in enumerate(all_names)}
    begun = {uid for uid, name in folded.items() if f" {fold(typed)}" in name}
    assert set(uids) == (begun or {uid for uid, name in folded.items() if fold(typed) in name})


def test_the_better_match_comes_first():
    index = SearchIndex(
        [
            site("inside", name="Grandpré", rb_id=1),
            site("elsewhere", name="Berges", address="1 rue du Pré"),
            site("word", name="Le Pré"),
            site("beginning", name="Pré Vert"),
            site("itself", name="Pré"),
        ]
    )
    assert found(index, "pre") == ["itself", "beginning", "word", "elsewhere"]
    assert found(index, "dpre") == ["inside"]


def test_a_commune_comes_before_the_sites_that_lie_in_it():
    index = SearchIndex(
        [site("a", name="Berges", commune="Muret", fk_city="31395"), commune("muret", "Muret", "31395")]
    )
    assert found(index, "muret") == ["muret", "a"]


def test_a_site_is_found_by_its_number_its_commune_its_code_and_its_address():
    given_site = site("a", name="Berges", rb_id=1234, commune="Muret", fk_city="31395", address="12 rue de l'Écluse")
    index = SearchIndex([given_site])
    for text in ("1234", "MURET", "31395", "rue ecluse", "ecluse berges", "l'écluse"):
        assert found(index, text) == ["a"]
    for text in ("", "   ", "—", "1235", "234", "berges toulouse"):
        assert found(index, text) == []


def test_a_water_point_is_found_by_its_number_in_the_source():
    index = SearchIndex([Record("water_point", "a", {"source_id": "PEI-31 555_0012", "commune": "Toulouse"})])
    assert found(index, "pei-31 555_0012") == ["a"]
    (entry,) = index.find("0012")
    assert (entry.title, entry.detail) == ("Toulouse", "PEI-31 555_0012")


def test_namesakes_are_told_apart_by_their_commune():
    index = SearchIndex([site("a", name="Le Pré", commune="Muret"), site("b", name="Le Pré", commune="Auch")])
    assert [(entry.title, entry.detail) for entry in index.find("pré")] == [("Le Pré", "Muret"), ("Le Pré", "Auch")]


def test_no_more_than_asked_is_returned_and_the_best_is_kept():
    index = SearchIndex(
        [*(site(f"{n:03}", name=f"Ancien terrain {n}") for n in range(200)), site("best", name="Terrain")]
    )
    assert len(index.find("terrain", limit=10)) == 10
    assert found(index, "terrain")[0] == "best"


def test_a_search_stops_when_it_is_cancelled():
    class Stopped:
        def progress(self, fraction: float) -> None: ...

        def is_cancelled(self) -> bool:
            return True

    with pytest.raises(Cancelled):
        SearchIndex([site("a", name="Terrain")]).find("terrain", feedback=Stopped())
