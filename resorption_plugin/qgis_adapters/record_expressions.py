"""A value of another record of the workspace, in QGIS expressions: rules that compare a record with its site."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from qgis.core import (
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionFunction,
    QgsExpressionNodeFunction,
    QgsProject,
    QgsVariantUtils,
)

from ..core.i18n import mark
from .expression_parts import GROUP, help_page
from .layers import feature_of, find_layer
from .translation import tr

VALUE = "resorption_value"
_CALL = f"{VALUE}(layer, uid, column)"
_WHAT = mark("Value of a column of a record of the workspace, NULL where there is no such record.")


class ValueFunction(QgsExpressionFunction):
    """``resorption_value(layer, uid, column)``: unsaved edits are read too."""

    def __init__(self) -> None:
        parameters = [QgsExpressionFunction.Parameter(name) for name in ("layer", "uid", "column")]
        super().__init__(VALUE, parameters, GROUP, _help(), False, False)

    def func(
        self,
        values: Iterable[Any],
        context: QgsExpressionContext | None,
        parent: QgsExpression,
        node: QgsExpressionNodeFunction | None,
    ) -> Any:
        """Return the value, NULL without a workspace, record or column."""
        key, uid, column = values
        layer = find_layer(QgsProject.instance(), str(key))
        if layer is None or layer.fields().indexOf(str(column)) < 0 or QgsVariantUtils.isNull(uid):
            return None
        feature = feature_of(layer, str(uid))
        return feature[str(column)] if feature is not None else None


def _help() -> str:
    arguments = (
        ("layer", tr("Key of the layer: site, water_point, action…")),
        ("uid", tr("Identifier of the record")),
        ("column", tr("Name of the column")),
    )
    return help_page(_CALL, tr(_WHAT), arguments, [(f"{VALUE}('site', \"site_uid\", 'built_at')", "2025-03-01")])
