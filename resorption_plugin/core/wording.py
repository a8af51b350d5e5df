"""Values as people read them, in English or French: value lists, yes and no, days, places."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

import shapely

from .geo import geodesic_metres
from .history.changes import GEOMETRY
from .model import catalogue
from .model.fields import Field, Kind, Label

EMPTY = Label("(empty)", "(vide)")
PLACE = Label("Place", "Emplacement")
YES, NO = Label("Yes", "Oui"), Label("No", "Non")
_POINTS = Label("outline of {count} points", "tracé de {count} points")
_POSITION = Label("{latitude:.5f}, {longitude:.5f}", "{latitude:.5f} ; {longitude:.5f}")
_MOVED = Label("moved {distance}", "déplacé de {distance}")
_REDRAWN = Label("redrawn, its middle {distance} away", "redessiné, centre déplacé de {distance}")
_OF = Label("of {person}", "de {person}")
_OF_VOWEL = Label("of {person}", "d’{person}")
_QUOTED = Label("“{titles}”", "«\N{NO-BREAK SPACE}{titles}\N{NO-BREAK SPACE}»")
_DAY = Label("%Y-%m-%d", "%d/%m/%Y")
_UNITS = {"y": Label("y", "ans"), "d": Label("d", "j")}
_KILOMETRE = 1000
_COLUMNS = re.compile(r'"(\w+)"')

Names = Mapping[str, str]
"""What people call a record, by its uid."""


def layer_title(layer_key: str, language: str) -> str:
    """Return what a record of a layer is; the key of a layer that only newer versions of the plugin know."""
    try:
        return catalogue.layer(layer_key).label.text(language)
    except KeyError:
        return layer_key


def field_title(layer_key: str, name: str, language: str) -> str:
    """Return the title of a column, or of the geometry; the name of a column that only newer versions know."""
    if name == GEOMETRY:
        return PLACE.text(language)
    try:
        return catalogue.layer(layer_key).field(name).label.text(language)
    except KeyError:
        return name


def quoted_titles(layer_key: str, names: Iterable[str], language: str) -> str:
    """Return the titles of some columns, in quotation marks."""
    return _QUOTED.text(language).format(titles=", ".join(field_title(layer_key, name, language) for name in names))


def value_text(layer_key: str, name: str, value: Any, language: str, names: Names | None = None) -> str:
    """Return a value of a column (or a geometry in EPSG:4326) in words, numbers and days as the language writes them.

    Instants are given in the time of the computer. A reference is the name of the record it points to, where
    ``names`` knows it.
    """
    if value is None:
        return EMPTY.text(language)
    if isinstance(value, shapely.Geometry):
        return _place(value, language)
    field = catalogue.layer(layer_key).field(name)
    if field.kind is Kind.UID:
        return (names or {}).get(str(value), str(value))
    if isinstance(value, tuple):
        return ", ".join(_choice(field, code, language) for code in value)
    return _choice(field, value, language) if field.domain else _plain(field, value, language)


def _choice(field: Field, code: Any, language: str) -> str:
    try:
        return field.domain.choice(str(code)).label.text(language) if field.domain else str(code)
    except KeyError:
        return str(code)


def _plain(field: Field, value: Any, language: str) -> str:
    if isinstance(value, bool):
        return (YES if value else NO).text(language)
    if isinstance(value, dt.datetime):
        return instant_text(value, language)
    if isinstance(value, dt.date):
        return day_text(value, language)
    if isinstance(value, int | float):
        unit = _UNITS.get(field.unit, Label(field.unit, field.unit)).text(language)
        return f"{_number(value, language)} {unit}".strip()
    return str(value)


def day_text(day: dt.date, language: str) -> str:
    """Return a day in figures."""
    return day.strftime(_DAY.text(language))


def instant_text(instant: dt.datetime, language: str) -> str:
    """Return an instant in the time of the computer, to the minute."""
    local = instant.astimezone()
    return f"{day_text(local, language)} {local:%H:%M}"


def of_person(person: str, language: str) -> str:
    """Return “of” with a name; French elides it before a vowel."""
    first = unicodedata.normalize("NFD", person[:1]).lower()[:1]
    return (_OF_VOWEL if first and first in "aeiou" else _OF).text(language).format(person=person)


def apart(one: shapely.Geometry, other: shapely.Geometry, language: str) -> str:
    """Return how far the middles of two geometries in EPSG:4326 are, along the ellipsoid; empty for no place."""
    here, there = one.centroid, other.centroid
    if here.is_empty or there.is_empty:
        return ""
    metres = geodesic_metres(here.x, here.y, there.x, there.y)
    value, unit = (metres / _KILOMETRE, "km") if metres >= _KILOMETRE else (metres, "m")
    return f"{_number(round(value, 1), language)} {unit}"


def displacement(before: shapely.Geometry, after: shapely.Geometry, language: str) -> str:
    """Return how far a geometry moved, from middle to middle, along the ellipsoid."""
    far = apart(before, after, language)
    form = _MOVED if before.geom_type == after.geom_type == "Point" else _REDRAWN
    return form.text(language).format(distance=far) if far else ""


def record_name(layer_key: str, values: Mapping[str, Any], language: str, names: Names | None = None) -> str:
    """Return what people call a record: the first column of its title that holds something, else an empty text."""
    layer = catalogue.layer(layer_key)
    for name in _COLUMNS.findall(layer.display):
        if values.get(name) not in (None, ""):
            text = value_text(layer_key, name, values[name], language, names)
            return text if text != str(values[name]) or layer.field(name).kind is not Kind.UID else ""
    return ""


def _number(value: float, language: str) -> str:
    text = str(value) if isinstance(value, int) else f"{value:.2f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if _french(language) else text


def _place(shape: shapely.Geometry, language: str) -> str:
    if shape.geom_type == "Point" and not shape.is_empty:
        text = _POSITION.text(language).format(latitude=shape.y, longitude=shape.x)
        return text.replace(".", ",") if _french(language) else text
    return _POINTS.text(language).format(count=int(shapely.get_num_coordinates(shape)))


def _french(language: str) -> bool:
    return language.lower().startswith("fr")
