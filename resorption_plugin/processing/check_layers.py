"""One algorithm a check, for any layer: findings as points (ERRORS) and the features they are about (OUTPUT).

The contract is that of QGIS's own geometry checks: a unique field in, errors and features out, nothing changed.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsFeatureRequest,
    QgsFeatureSink,
    QgsProcessingAlgorithm,
    QgsProcessingFeedback,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFile,
    QgsProcessingParameterNumber,
    QgsWkbTypes,
)

from ..core.checks.context import Context
from ..core.checks.finding import Finding
from ..core.checks.registry import Check, checks
from ..core.checks.runner import run
from ..core.checks.spec import Parameter, Profile, Threshold
from ..core.errors import ParameterError
from ..core.geo import METROPOLE_EPSG
from ..core.i18n import mark
from ..core.model import catalogue
from ..core.model.fields import Geometry
from ..core.records import Dataset
from ..geopackage.store import GeoPackageStore
from ..qgis_adapters.checking import territory
from ..qgis_adapters.feedback import QgisFeedback
from ..qgis_adapters.finding_features import finding_feature, finding_fields
from ..qgis_adapters.own_layers import OwnLayer, OwnRecords, read_own_layer
from ..qgis_adapters.translation import language, tr
from .base import WORKSPACE, Algorithm, Inputs
from .reference_date import add_reference_date, reference_date

UNIQUE_ID, PROFILE, ERRORS, OUTPUT, COUNT = "UNIQUE_ID", "PROFILE", "ERRORS", "OUTPUT", "COUNT"
_CHOSEN = mark("Chosen for this run.")
_TYPES = {
    Geometry.NONE: Qgis.ProcessingSourceType.Vector,
    Geometry.POINT: Qgis.ProcessingSourceType.VectorAnyGeometry,
    Geometry.LINE: Qgis.ProcessingSourceType.VectorLine,
    Geometry.POLYGON: Qgis.ProcessingSourceType.VectorPolygon,
}


def columns_parameter(layer: str) -> str:
    """Return the name of the parameter that says which columns of a layer fill which fields."""
    return f"COLUMNS_{layer.upper()}"


class CheckLayers(Algorithm):
    """Runs checks on layers that need not be in a workspace."""

    HOW = mark(
        "Columns are recognised by their names; say the others as field=column;field=column. Layers left out are "
        "read from the workspace, when one is given. Nothing is written but the outputs."
    )

    def __init__(self, chosen: Sequence[Check], layers: Sequence[str], parameters: Sequence[Parameter] = ()) -> None:
        """Offer some checks on ``layers``; ``parameters`` are the thresholds that may be chosen."""
        super().__init__()
        self._checks = tuple(chosen)
        self._layers = tuple(layers)
        self._parameters = tuple(parameters)

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare a layer for each one the check reads, its thresholds, and the outputs."""
        for key in self._layers:
            declared = catalogue.layer(key)
            label = declared.plural.text(language())
            self.addParameter(
                QgsProcessingParameterFeatureSource(key.upper(), label, [_TYPES[declared.geometry]], optional=True)
            )
            self.add_advanced(columns_parameter(key), _columns_label(label))
        self.addParameter(
            QgsProcessingParameterField(
                UNIQUE_ID, tr("Unique field of the first layer"), "", self._layers[0].upper(), optional=True
            )
        )
        self.addParameter(
            QgsProcessingParameterFile(
                WORKSPACE, tr("Workspace for the layers left out"), extension="gpkg", optional=True
            )
        )
        self.add_choice(PROFILE, tr("Standards"), Profile, Profile.STATE)
        for parameter in self._parameters:
            self.addParameter(_number(parameter))
        add_reference_date(self)
        self.addParameter(
            QgsProcessingParameterFeatureSink(ERRORS, tr("Findings"), Qgis.ProcessingSourceType.VectorPoint)
        )
        self.addParameter(
            QgsProcessingParameterFeatureSink(
                OUTPUT, tr("Features with a finding"), optional=True, createByDefault=True
            )
        )
        self.add_count(COUNT, tr("Findings"))

    def work(self, inputs: Inputs, feedback: QgsProcessingFeedback) -> dict[str, Any]:
        """Read, judge, write the findings and the features."""
        progress = QgisFeedback(feedback)
        own = self._own_layers(inputs)
        workspace = inputs.file(WORKSPACE)
        targets = [key for key in self._layers if any(key in check.spec.targets for check in self._checks)]
        if workspace is None and not any(key in own for key in targets):
            raise ParameterError(
                mark("Give a layer of {layers}, or a workspace that has them."),
                layers=", ".join(catalogue.layer(key).plural.text(language()) for key in targets),
            )
        profile = Profile(inputs.choice(PROFILE))
        day = reference_date(inputs) or dt.date.today()  # noqa: DTZ011 - the officer's calendar day
        read = {key: read_own_layer(layer, inputs.context.transformContext(), progress) for key, layer in own.items()}
        for key, found in read.items():
            _tell_unreadable(key, found, feedback)
        records = [record for found in read.values() for record in found.records]
        epsg = METROPOLE_EPSG
        if workspace is not None:
            with GeoPackageStore.open(workspace, read_only=True) as store:
                rest = [key for key in self._layers if key not in own]
                records += store.read(rest, progress)
                epsg = int(store.meta("metric_epsg") or epsg)
        context = Context(Dataset(records), day, epsg, profile=profile, communes=territory())
        judging = [self._with_thresholds(check, inputs, profile) for check in self._checks]
        result = run(context, judging, feedback=progress)
        return self._write(inputs, result.findings, own, read)

    def _own_layers(self, inputs: Inputs) -> dict[str, OwnLayer]:
        found = {}
        for key in self._layers:
            source = self.parameterAsSource(inputs.parameters, key.upper(), inputs.context)
            if source is not None:
                unique = inputs.text(UNIQUE_ID) if key == self._layers[0] else ""
                names = source.fields().names()
                unique = unique or ("uid" if "uid" in names else "")
                found[key] = OwnLayer(source, key, unique, inputs.text(columns_parameter(key)))
        return found

    def _with_thresholds(self, check: Check, inputs: Inputs, profile: Profile) -> Check:
        """Return a check with the thresholds chosen for this run."""
        parameters = []
        for parameter in check.spec.parameters:
            threshold = parameter.threshold(profile)
            if parameter in self._parameters and inputs.parameters.get(parameter.name.upper()) is not None:
                threshold = Threshold(inputs.number(parameter.name.upper()), _CHOSEN)
            parameters.append(dataclasses.replace(parameter, default=threshold, profiles={}))
        return Check(dataclasses.replace(check.spec, parameters=tuple(parameters)), check.judge)

    def _write(
        self,
        inputs: Inputs,
        findings: tuple[Finding, ...],
        own: Mapping[str, OwnLayer],
        read: Mapping[str, OwnRecords],
    ) -> dict[str, Any]:
        stored = QgsCoordinateReferenceSystem("EPSG:4326")
        errors, errors_id = self.parameterAsSink(
            inputs.parameters, ERRORS, inputs.context, finding_fields(), QgsWkbTypes.Type.Point, stored
        )
        if errors is None:
            raise ParameterError(mark("The findings cannot be written. Choose another output."))
        for finding in findings:
            errors.addFeature(finding_feature(finding), QgsFeatureSink.Flag.FastInsert)
        outputs = {ERRORS: errors_id, COUNT: len(findings)}
        first = next((key for key in self._layers if key in own), None)
        if first is not None:
            outputs |= self._write_features(inputs, findings, own[first], read[first])
        return outputs

    def _write_features(
        self, inputs: Inputs, findings: tuple[Finding, ...], own: OwnLayer, read: OwnRecords
    ) -> dict[str, Any]:
        source = own.source
        sink, sink_id = self.parameterAsSink(
            inputs.parameters, OUTPUT, inputs.context, source.fields(), source.wkbType(), source.sourceCrs()
        )
        if sink is None:
            return {}
        about = {
            uid
            for finding in findings
            if finding.identity.layer == own.key
            for uid in (finding.identity.uid, *finding.identity.related)
        }
        ids = [read.features[uid] for uid in about if uid in read.features]
        for feature in source.getFeatures(QgsFeatureRequest(ids)) if ids else ():
            sink.addFeature(feature, QgsFeatureSink.Flag.FastInsert)
        return {OUTPUT: sink_id}


def _columns_label(layer: str) -> str:
    return tr("Columns of {layer}, as in population_total=nb_pers", layer=layer)


def _number(parameter: Parameter) -> QgsProcessingParameterNumber:
    unit = tr(parameter.quantity.unit)
    label = f"{tr(parameter.label)} ({unit})" if unit else tr(parameter.label)
    kind = QgsProcessingParameterNumber.Type.Double
    return QgsProcessingParameterNumber(parameter.name.upper(), label, kind, optional=True, minValue=0.0)


def _tell_unreadable(key: str, found: OwnRecords, feedback: QgsProcessingFeedback) -> None:
    for column, count in found.unreadable.items():
        feedback.pushWarning(
            tr(
                "{count} values of the column {column} ({layer}) cannot be read: they count as unknown.",
                count=count,
                column=column,
                layer=catalogue.layer(key).plural.text(language()),
            )
        )


class OneCheck(CheckLayers):
    """One check, with its thresholds."""

    GROUP = mark("Checks, one by one")

    def __init__(self, check: Check) -> None:
        """Offer ``check``."""
        spec = check.spec
        super().__init__([check], tuple(dict.fromkeys((*spec.targets, *spec.reads))), spec.parameters)
        self._check = check

    def createInstance(self) -> QgsProcessingAlgorithm:
        """Return a new instance for a run."""
        return OneCheck(self._check)

    def name(self) -> str:
        """Return ``check_eau_001`` for EAU-001."""
        return f"check_{self._check.spec.id.lower().replace('-', '_')}"

    def displayName(self) -> str:
        """Return the code and the title."""
        return f"{self._check.spec.id} {tr(self._check.spec.title)}"

    def shortHelpString(self) -> str:
        """Return why, how, and with which numbers."""
        spec = self._check.spec
        numbers = [
            f"{tr(parameter.label)}: {parameter.default.value:g} {tr(parameter.quantity.unit)} – "
            f"{tr(parameter.default.source)}"
            for parameter in spec.parameters
        ]
        return "<br><br>".join((tr(spec.why), tr(spec.help), *numbers, tr(self.HOW)))


class OwnLayers(CheckLayers):
    """Every check that layers of sites and water can answer, at once."""

    ID = "checklayers"
    TITLE = mark("Check my own layers")
    GROUP = mark("Checks")
    HELP = mark(
        "Checks sites (points or polygons), water points, dwellings and counts of your own, where they are: nothing is "
        "imported."
    )
    LAYERS = ("site", "water_point", "dwelling", "site_footprint", "population_count", "street")

    def __init__(self) -> None:
        """Take the checks that judge sites or water points from these layers alone."""
        offered = set(self.LAYERS)
        chosen = [check for check in checks() if {*check.spec.targets, *check.spec.reads} <= offered]
        super().__init__(chosen, self.LAYERS)

    def createInstance(self) -> QgsProcessingAlgorithm:
        """Return a new instance for a run."""
        return OwnLayers()

    def shortHelpString(self) -> str:
        """Return what it does, and the checks it runs."""
        listed = ", ".join(check.spec.id for check in self._checks)
        return "<br><br>".join((tr(self.HELP), tr(self.HOW), listed))


def algorithms() -> list[CheckLayers]:
    """Return the algorithm of all checks, and one for each."""
    return [OwnLayers(), *(OneCheck(check) for check in checks())]
