"""The references of the model as QGIS relations: lists of children in forms, and what a deletion does."""

from __future__ import annotations

from collections.abc import Mapping

from qgis.core import Qgis, QgsProject, QgsRelation, QgsRelationContext, QgsVectorLayer

from ..core.model import catalogue
from ..core.model.fields import Layer, Relation, Strength
from .widgets import relation_id


def add_relations(project: QgsProject, layers: Mapping[str, QgsVectorLayer], language: str) -> None:
    """Declare every reference between the layers of a project (by their keys)."""
    manager = project.relationManager()
    for child in catalogue.layers():
        for reference in child.relations:
            if child.key in layers and reference.parent in layers:
                manager.addRelation(_relation(QgsRelationContext(project), child, reference, layers, language))


def _relation(
    context: QgsRelationContext,
    child: Layer,
    reference: Relation,
    layers: Mapping[str, QgsVectorLayer],
    language: str,
) -> QgsRelation:
    relation = QgsRelation(context)
    relation.setId(relation_id(child, reference.column))
    relation.setName(reference.label.text(language))
    relation.setReferencingLayer(layers[child.key].id())
    relation.setReferencedLayer(layers[reference.parent].id())
    relation.addFieldPair(reference.column, "uid")
    composed = reference.strength is Strength.COMPOSITION
    strength = Qgis.RelationshipStrength
    relation.setStrength(strength.Composition if composed else strength.Association)
    return relation
