"""The Processing provider ``resorption``: the modules of this package that define ``ALGORITHM``, and the checks."""

from __future__ import annotations

import importlib
import pkgutil

from qgis.core import QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from .. import paths
from ..core.i18n import mark
from ..qgis_adapters import expressions
from ..qgis_adapters.translation import tr
from . import __name__ as package_name
from . import __path__ as package_path
from . import check_layers

NAME = mark("Slum clearance and water")


class ResorptionProvider(QgsProcessingProvider):
    """Offers the plugin's algorithms to the toolbox, models, batch and ``qgis_process``."""

    def id(self) -> str:
        """Return the stable id."""
        return "resorption"

    def name(self) -> str:
        """Return the name in the user's language."""
        return tr(NAME)

    def icon(self) -> QIcon:
        """Return the plugin's icon."""
        return QIcon(str(paths.icon("resorption")))

    def load(self) -> bool:
        """Offer the algorithms, and the functions that forms, styles and models call."""
        expressions.register()
        return super().load()

    def unload(self) -> None:
        """Take the functions back."""
        expressions.unregister()
        super().unload()

    def loadAlgorithms(self) -> None:
        """Find and add the algorithms."""
        for module in pkgutil.iter_modules(package_path):
            loaded = importlib.import_module(f"{package_name}.{module.name}")
            if hasattr(loaded, "ALGORITHM"):
                self.addAlgorithm(loaded.ALGORITHM())
        for algorithm in check_layers.algorithms():
            self.addAlgorithm(algorithm)
