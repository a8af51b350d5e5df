"""Dates the records of sites without changing anything in them, as one edit that can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from qgis.core import QgsFeature, QgsVectorLayer

from ..core.confirmation import DATED, POPULATION, confirmation
from ..core.errors import ParameterError, WorkspaceError
from ..core.i18n import mark
from .features import record_of
from .translation import tr


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What became of the sites an officer wanted to confirm."""

    dated: int
    closed: int
    """Closed sites, which were left as they are."""
    edited: int
    """Sites with unsaved changes: saving them dates them."""


def confirm(layer: QgsVectorLayer, sites: Iterable[QgsFeature]) -> Confirmed:
    """Date the records of the open sites in the edit buffer of their layer, which is made editable.

    Raises ``WorkspaceError`` when the layer cannot be edited; nothing is changed then.
    """
    wanted = list(sites)
    unedited = [site for site in wanted if not is_edited(layer, site.id())]
    changes = {site.id(): change for site in unedited if (change := _change(layer, site)) is not None}
    if changes:
        _write(layer, changes)
    return Confirmed(len(changes), len(unedited) - len(changes), len(wanted) - len(unedited))


def is_edited(layer: QgsVectorLayer, fid: int) -> bool:
    """Say whether a site has unsaved changes other than an earlier confirmation."""
    buffer = layer.editBuffer()
    if buffer is None:
        return False
    own = {layer.fields().indexOf(name) for name in DATED}
    changed = set(buffer.changedAttributeValues().get(fid, {})) - own
    return bool(changed) or fid in buffer.changedGeometries() or fid in buffer.addedFeatures()


def _write(layer: QgsVectorLayer, changes: Mapping[int, Mapping[int, Any]]) -> None:
    if not layer.isEditable() and not layer.startEditing():
        raise _not_editable(layer)
    layer.beginEditCommand(tr("Nothing changed"))
    # without the defaults that follow an edit: one of them says that something has changed
    if all(layer.changeAttributeValues(fid, dict(values), {}, True) for fid, values in changes.items()):
        layer.endEditCommand()
    else:
        layer.destroyEditCommand()
        raise _not_editable(layer)


def _not_editable(layer: QgsVectorLayer) -> WorkspaceError:
    return WorkspaceError(mark("The layer {layer} cannot be edited: nothing was confirmed."), layer=layer.name())


def _change(layer: QgsVectorLayer, site: QgsFeature) -> dict[int, Any] | None:
    fields = layer.fields()
    now, by = (layer.defaultValue(fields.indexOf(name), site) for name in ("updated_at", "updated_by"))
    try:
        written = confirmation(record_of("site", site, ("status", *POPULATION)), now, by)
    except ParameterError:
        return None
    return {fields.indexOf(name): value for name, value in written.items()}
