"""The QGIS form of every rule of the model says the same as its Python form."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resorption_plugin.core.model import catalogue
from resorption_plugin.core.model.expressions import Condition
from resorption_plugin.core.model.fields import Field, Kind
from tests.qgis.rule_features import in_qgis

DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2035, 1, 1))


def values_of(field: Field) -> st.SearchStrategy[object]:
    if field.domain and field.kind is not Kind.INTEGER:
        known = st.sampled_from(field.domain.codes())
    else:
        known = {
            Kind.INTEGER: st.integers(0, 5),
            Kind.REAL: st.floats(0, 5),
            Kind.BOOLEAN: st.booleans(),
            Kind.DATE: DAYS,
        }.get(field.kind, st.sampled_from(["11-15", "02-30x", "été", "l'eau"]))
    return st.none() | known


def conditions() -> list[tuple[str, Condition]]:
    found: dict[str, tuple[str, Condition]] = {}
    for layer in catalogue.layers():
        stated = [rule.condition for rule in layer.rules]
        stated += [field.visible_when for field in layer.fields if field.visible_when]
        stated += [group.visible_when for group in layer.groups if group.visible_when]
        found.update({f"{layer.key}: {condition.qgis()}": (layer.key, condition) for condition in stated})
    return list(found.values())


@pytest.mark.parametrize(("layer_key", "condition"), conditions(), ids=lambda value: str(value)[:60])
def test_qgis_and_python_agree(layer_key: str, condition: Condition) -> None:
    layer = catalogue.layer(layer_key)
    fields = [layer.field(name) for name in sorted(condition.columns())]

    @settings(max_examples=40, deadline=None)
    @given(st.fixed_dictionaries({field.name: values_of(field) for field in fields}))
    def agree(values: dict[str, object]) -> None:
        assert condition.evaluate(values) == in_qgis(condition, fields, values)

    agree()
