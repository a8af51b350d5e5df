"""Which columns of which layers the history follows: the one place that says so, derived from the model."""

from __future__ import annotations

from collections.abc import Iterable

from ..model import catalogue
from ..model.fields import Field, Geometry, Layer, Origin, Role
from .changes import GEOMETRY


def recorded_layers(layers: Iterable[Layer] | None = None) -> tuple[Layer, ...]:
    """Return the layers with a history: all but those given from outside."""
    return tuple(layer for layer in layers or catalogue.layers() if layer.role is not Role.REFERENCE)


def recorded_fields(layer: Layer) -> tuple[Field, ...]:
    """Return the columns that are followed: the whole record, or what people write beside what is computed."""
    whole = layer.role is Role.RECORD
    return tuple(
        field
        for field in layer.fields
        if field.name != "uid" and (whole or field.origin not in (Origin.COMPUTED, Origin.SYSTEM))
    )


def recorded_columns(layer: Layer) -> tuple[str, ...]:
    """Return the names of the columns that are followed, the geometry's last."""
    names = tuple(field.name for field in recorded_fields(layer))
    return (*names, GEOMETRY) if layer.role is Role.RECORD and layer.geometry is not Geometry.NONE else names


def decided_columns(layer: Layer) -> tuple[str, ...]:
    """Return the columns of a computed layer that hold something only once a person wrote it."""
    return tuple(field.name for field in recorded_fields(layer) if not field.required)
