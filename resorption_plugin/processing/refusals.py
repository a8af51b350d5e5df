"""What is wrong with a value given to an algorithm, in one sentence."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFile,
    QgsProcessingParameterNumber,
    QgsVariantUtils,
)

from ..qgis_adapters.translation import tr


def refusal(
    definitions: Iterable[QgsProcessingParameterDefinition],
    parameters: Mapping[str, Any],
    context: QgsProcessingContext,
) -> str:
    """Return the sentence for the first value that its parameter refuses; empty when there is none."""
    for definition in definitions:
        value = parameters.get(definition.name())
        if not definition.checkValueIsAcceptable(value, context):
            return _sentence(definition, "" if QgsVariantUtils.isNull(value) else str(value))
    return ""


def _sentence(definition: QgsProcessingParameterDefinition, value: str) -> str:
    name = f"{definition.name()} ({definition.description()})"
    if not value.strip():
        return tr("Give a value for {name}.", name=name)
    if isinstance(definition, QgsProcessingParameterEnum):
        return tr("“{value}” is none of the choices of {name}: {choices}.", **_choices(definition, name, value))
    if isinstance(definition, QgsProcessingParameterNumber):
        return _number(definition, name, value)
    if isinstance(definition, QgsProcessingParameterFile) and definition.extension():
        return tr(
            "{name} must be a file that ends in .{extension}: {value} does not.",
            name=name,
            extension=definition.extension(),
            value=value,
        )
    return tr("“{value}” cannot be used for {name}. Give another value.", value=value, name=name)


def _choices(definition: QgsProcessingParameterEnum, name: str, value: str) -> dict[str, str]:
    return {"name": name, "value": value, "choices": ", ".join(definition.options())}


def _number(definition: QgsProcessingParameterNumber, name: str, value: str) -> str:
    least, most = definition.minimum(), definition.maximum()
    if most < sys.maxsize:
        return tr(
            "“{value}” cannot be used for {name}: give a number from {least} to {most}.",
            value=value,
            name=name,
            least=f"{least:g}",
            most=f"{most:g}",
        )
    return tr(
        "“{value}” cannot be used for {name}: give a number of {least} or more.",
        value=value,
        name=name,
        least=f"{least:g}",
    )
