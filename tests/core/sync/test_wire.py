"""What has no wire form is refused in words, in the language of whoever corrects it."""

from __future__ import annotations

import math
from typing import Any

import pytest
import shapely

from resorption_plugin.core.model.fields import Field, Kind, Label
from resorption_plugin.core.sync import wire


@pytest.mark.parametrize(
    ("kind", "value", "told"),
    [
        (Kind.TEXT, 5, "5 n'est pas un texte"),
        (Kind.TEXT, "a\0b", "un de ses caractères n'en est pas un"),
        (Kind.FILE, "../a.jpg", "'../a.jpg' sort du dossier de l'espace de travail"),
        (Kind.UID, "a", "'a' n'est pas un identifiant"),
        (Kind.INTEGER, 1.5, "1.5 n'est pas un nombre entier"),
        (Kind.INTEGER, "{x}", "'{x}' n'est pas une valeur de ce champ"),
        (Kind.REAL, math.inf, "inf n'est pas un nombre"),
        (Kind.BOOLEAN, 3, "3 n'est ni oui ni non"),
        (Kind.DATE, "hier", "'hier' n'est pas une date"),
        (Kind.DATETIME, "hier", "'hier' n'est pas une date avec une heure"),
        (Kind.CHOICES, "a", "'a' n'est pas une liste"),
    ],
)
def test_what_cannot_be_sent_is_told_in_both_languages(kind: Kind, value: Any, told: str):
    field = Field("x", Label("Name", "Nom"), kind)
    with pytest.raises(wire.UnsendableError) as refused:
        wire.write(field, value)
    reason = refused.value.values["reason"]
    assert (str(refused.value.values["field"]), reason.fr) == ("Name", told)
    assert reason.en != reason.fr


def test_a_place_that_cannot_be_sent_is_called_so():
    with pytest.raises(wire.UnsendableError) as refused:
        wire.write_geometry(shapely.Point(math.inf, 1))
    assert str(refused.value) == "“Place” cannot be sent (a coordinate is no number). Correct the value."
    assert refused.value.values["reason"].fr == "une coordonnée n'est pas un nombre"


@pytest.mark.parametrize(
    "shape",
    [shapely.Point(574_000.123456, 6_279_000), shapely.LineString([(574_000.123456, 6_279_000), (1.4, 43.6)])],
    ids=["point", "one of several"],
)
def test_metres_are_no_place_that_can_be_sent(shape: shapely.Geometry):
    with pytest.raises(wire.UnsendableError, match=r"\(574000\.12346, 6279000\.0\) are no longitude and latitude"):
        wire.write_geometry(shape)


@pytest.mark.parametrize("corner", [(180, 90), (-180, -90)])
def test_the_ends_of_the_world_can_be_sent(corner: tuple[int, int]):
    assert wire.read_geometry(wire.write_geometry(shapely.Point(corner))) == shapely.Point(corner)
