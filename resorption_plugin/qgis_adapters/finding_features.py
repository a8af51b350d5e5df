"""Findings as features of a layer of their own, for outputs outside a workspace."""

from __future__ import annotations

from qgis.core import QgsFeature, QgsField, QgsFields, QgsGeometry
from qgis.PyQt.QtCore import QDate, QMetaType

from ..core.checks.finding import Finding
from .checking import finding_sentence
from .translation import tr

_COLUMNS = (
    ("unique_id", QMetaType.Type.QString),
    ("layer", QMetaType.Type.QString),
    ("check_id", QMetaType.Type.QString),
    ("severity", QMetaType.Type.QString),
    ("verdict", QMetaType.Type.QString),
    ("sentence", QMetaType.Type.QString),
    ("value", QMetaType.Type.Double),
    ("threshold", QMetaType.Type.Double),
    ("unit", QMetaType.Type.QString),
    ("source", QMetaType.Type.QString),
    ("method", QMetaType.Type.QString),
    ("data_date", QMetaType.Type.QDate),
    ("related", QMetaType.Type.QString),
    ("commune", QMetaType.Type.QString),
)


def finding_fields() -> QgsFields:
    """Return the columns of the layer of findings."""
    fields = QgsFields()
    for name, kind in _COLUMNS:
        fields.append(QgsField(name, kind))
    return fields


def finding_feature(finding: Finding) -> QgsFeature:
    """Return a finding as a feature: its point in EPSG:4326, its sentence in the user's language."""
    remark, identity = finding.remark, finding.identity
    feature = QgsFeature(finding_fields())
    date = remark.data_date
    feature.setAttributes(
        [
            identity.uid,
            identity.layer,
            identity.check_id,
            finding.severity.value,
            remark.verdict.value,
            finding_sentence(remark.message, remark.details),
            remark.value,
            remark.threshold.value if remark.threshold else None,
            tr(remark.quantity.unit) if remark.quantity else None,
            tr(remark.threshold.source) if remark.threshold else None,
            tr(remark.method) if remark.method else None,
            QDate(date.year, date.month, date.day) if date else None,
            ", ".join(identity.related),
            finding.commune,
        ]
    )
    if finding.geometry is not None:
        feature.setGeometry(QgsGeometry.fromWkt(finding.geometry.wkt))
    return feature
