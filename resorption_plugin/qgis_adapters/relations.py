"""The references of the model as QGIS relations: lists of children in forms.

What a deletion does is left to the tables, which delete the parts of a record with it in the same transaction, whatever
program saves it. A relation that QGIS knows as a composition deletes them in its own layers as well: each is then to
be saved apart, fails once its parent was saved first, and stays deleted when the deletion of the parent is undone.
"""

from __future__ import annotations

from collections.abc import Mapping

from qgis.core import Qgis, QgsProject, QgsRelation, QgsRelationContext, QgsVectorLayer

from ..core.model import catalogue
from ..core.model.fields import Layer, Relation
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
    relation.setStrength(Qgis.RelationshipStrength.Association)
    return relation
