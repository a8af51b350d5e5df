"""The plugin's functions about water in QGIS expressions; maps call them from several threads at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import shapely
from qgis.core import (
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionFunction,
    QgsExpressionNodeFunction,
    QgsFeature,
    QgsGeometry,
    QgsProject,
    QgsVariantUtils,
)

from ..core.errors import ParameterError, ResorptionError, WorkspaceError
from ..core.geo import METROPOLE_EPSG
from ..core.i18n import mark
from ..core.water import access_rule
from ..core.water.nearest_usable import UsableWater
from ..geopackage.snapshot import Snapshot
from ..geopackage.store import GeoPackageStore
from .expression_parts import ABSENT, GROUP, day, help_page, in_stored_crs
from .project_workspace import ProjectWorkspace
from .translation import sentence, tr

STATUS = "resorption_water_status"
NEAREST = "resorption_nearest_water"
LANGUAGES = ("fr", "en")

_LOOKED = "resorption/water_points_looked_at"


class _OfTheFeature(QgsExpressionFunction):
    def isStatic(self, node: object, parent: object, context: object) -> bool:  # noqa: N802 - called by QGIS
        """Say that it differs from feature to feature, although it may have no argument."""
        return False


class WaterStatusFunction(_OfTheFeature):
    """``resorption_water_status([feature], [language])``: the platform's rule on what was declared of a site."""

    def __init__(self) -> None:
        parameters = [
            QgsExpressionFunction.Parameter("feature", True, ABSENT),
            QgsExpressionFunction.Parameter("language", True),
        ]
        super().__init__(STATUS, parameters, GROUP, _status_help(), False, True)  # handles NULL

    def func(
        self,
        values: Iterable[Any],
        context: QgsExpressionContext | None,
        parent: QgsExpression,
        node: QgsExpressionNodeFunction | None,
    ) -> str | None:
        """Return the code of the status, or the platform's word for it in the language asked for."""
        feature, language = values
        if isinstance(feature, str) and feature == ABSENT:
            feature = context.feature() if context is not None else None
        try:
            if not isinstance(feature, QgsFeature) or not feature.isValid():
                return None
            status = access_rule.status(_declared(feature))
            return status.value if QgsVariantUtils.isNull(language) else status.label(_known_language(language))
        except ResorptionError as error:
            parent.setEvalErrorString(sentence(error))
            return None


class NearestWaterFunction(_OfTheFeature):
    """``resorption_nearest_water([geometry], [date])``: the nearest usable point of the project's workspace."""

    def __init__(self) -> None:
        parameters = [
            QgsExpressionFunction.Parameter("geometry", True, ABSENT),
            QgsExpressionFunction.Parameter("date", True),
        ]
        super().__init__(NEAREST, parameters, GROUP, _nearest_help(), False, True)  # handles NULL

    def func(
        self,
        values: Iterable[Any],
        context: QgsExpressionContext | None,
        parent: QgsExpression,
        node: QgsExpressionNodeFunction | None,
    ) -> dict[str, Any] | None:
        """Return ``distance_m``, ``uid``, ``name`` and ``state`` of the point, NULL where there is none."""
        geometry, date = values
        if isinstance(geometry, str) and geometry == ABSENT:
            geometry = context.feature().geometry() if context is not None else None
        if not isinstance(geometry, QgsGeometry) or geometry.isEmpty():
            return None
        try:
            place = shapely.from_wkb(bytes(in_stored_crs(geometry, context).asWkb()))
            found = _water(context).nearest(place, day(date))
        except ResorptionError as error:
            parent.setEvalErrorString(sentence(error))
            return None
        if found is None:
            return None
        point = found.water_point
        return {
            "distance_m": found.distance_m,
            "uid": point.uid,
            "name": point["name"],
            "state": point["working_state"],
        }


def functions() -> tuple[QgsExpressionFunction, ...]:
    """Return new functions to register."""
    return WaterStatusFunction(), NearestWaterFunction()


def follow_project() -> None:
    """Know from now on which workspace the open project shows."""
    _FOLLOWED.append(ProjectWorkspace(QgsProject.instance()))


def leave_project() -> None:
    """Follow the project no more."""
    while _FOLLOWED:
        _FOLLOWED.pop().stop()


_FOLLOWED: list[ProjectWorkspace] = []


def _read_water(store: GeoPackageStore) -> UsableWater:
    epsg = int(store.meta("metric_epsg") or METROPOLE_EPSG)
    return UsableWater(store.read(["water_point"]).layer("water_point"), epsg)


class _Latest:
    """The water points of the workspace last asked for; one look at the file serves a whole drawing."""

    def __init__(self) -> None:
        self._snapshot = Snapshot(_read_water)
        self._kept: UsableWater | None = None

    def now(self, context: QgsExpressionContext | None) -> UsableWater:
        """Return the water points; raises ``WorkspaceError`` when there is no workspace, or not any more."""
        path = _FOLLOWED[-1].path if _FOLLOWED else None
        if path is None:
            raise WorkspaceError(mark("The project shows no workspace. Open one with Résorption → Open Workspace…."))
        kept = self._kept
        if context is not None and kept is not None and context.cachedValue(_LOOKED) == str(path):
            return kept
        self._kept = kept = self._snapshot.of(path)
        if context is not None:
            context.setCachedValue(_LOOKED, str(path))
        return kept


_water = _Latest().now


def _declared(feature: QgsFeature) -> dict[str, Any]:
    """Return the columns that the rule reads; raises ``ParameterError`` when the feature is no site."""
    fields, values = feature.fields(), {}
    for name in access_rule.columns():
        index = fields.indexOf(name)
        if index < 0:
            raise ParameterError(
                mark("This feature has no column {column}: {function} takes a feature of the layer of sites."),
                column=name,
                function=STATUS,
            )
        value = feature.attribute(index)
        values[name] = None if QgsVariantUtils.isNull(value) else value
    return values


def _known_language(language: object) -> str:
    if language not in LANGUAGES:
        raise ParameterError(mark("“{language}” is not one of the languages fr and en."), language=language)
    return str(language)


def _status_help() -> str:
    return help_page(
        f"{STATUS}([feature], [language])",
        tr(
            "Access to water of a site by the platform's rule, from what its form declares: good, to_improve, bad or "
            "unknown. It is NULL where there is no feature."
        ),
        [
            ("feature", tr("A feature of the layer of sites; the current feature when it is left out.")),
            ("language", tr("'fr' or 'en' for the platform's word instead of the code.")),
        ],
        [
            (f"{STATUS}()", "'to_improve'"),
            (f"{STATUS}(@feature, 'fr')", "'À améliorer'"),
        ],
    )


def _nearest_help() -> str:
    return help_page(
        f"{NEAREST}([geometry], [date])",
        tr(
            "The nearest water point of the open workspace that gives drinking water on a day, as the crow flies: a "
            "map with distance_m (metres), uid, name and state. It is NULL where there is no geometry or no such "
            "point. Edits count once they are saved."
        ),
        [
            (
                "geometry",
                tr("In the reference system of the layer; the geometry of the current feature when it is left out."),
            ),
            ("date", tr("The day the water is wanted; today when it is left out.")),
        ],
        [
            (f"{NEAREST}()['distance_m']", "243.17"),
            (f"{NEAREST}(@geometry, to_date('2026-01-15'))['name']", "'Fontaine du Parc'"),
            (f"{NEAREST}()['distance_m'] > 200", "true"),
        ],
    )
