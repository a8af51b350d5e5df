"""*Nothing changed*: for the selected sites, and for the site of a form."""

from __future__ import annotations

from collections.abc import Iterable

from qgis.core import QgsFeature, QgsProject, QgsVectorLayer

from ..core.errors import ParameterError, WorkspaceError
from ..core.i18n import mark
from ..core.ports import Notifier
from ..qgis_adapters.confirming import Confirmed, confirm
from ..qgis_adapters.layers import find_layer
from ..qgis_adapters.translation import tr

_CLOSED = mark("Closed sites left as they were: {count}.")
_EDITED = mark("Sites with unsaved changes left as they were: {count}. Saving them dates them.")


class ConfirmCommand:
    """Dates sites in the edit buffer of their layer."""

    def __init__(self, notifier: Notifier) -> None:
        """Tell through ``notifier``."""
        self._notifier = notifier

    def selected(self) -> None:
        """Confirm the selected sites; raises ``ParameterError`` when there is none."""
        layer = find_layer(QgsProject.instance(), "site")
        if layer is None:
            raise WorkspaceError(
                mark("The layer {layer} is no longer in the project. Open the workspace again."), layer="site"
            )
        sites = list(layer.selectedFeatures())
        if not sites:
            raise ParameterError(
                mark("No site is selected. Select the sites where nothing has changed, then try again.")
            )
        self._notifier.inform(told(self.confirm(layer, sites)))

    def confirm(self, layer: QgsVectorLayer, sites: Iterable[QgsFeature]) -> Confirmed:
        """Confirm sites; raises ``WorkspaceError``."""
        return confirm(layer, sites)


def told(outcome: Confirmed) -> str:
    """Return what became of the sites, in sentences."""
    told_of = []
    if outcome.dated:
        done = tr("Sites confirmed as unchanged: {count}. Save the edits of the layer to keep it.", count=outcome.dated)
        told_of.append(done)
    if outcome.closed:
        told_of.append(tr(_CLOSED, count=outcome.closed))
    if outcome.edited:
        told_of.append(tr(_EDITED, count=outcome.edited))
    return " ".join(told_of)
