"""The user's preferences, each declared once under QGIS's settings tree (``plugins/resorption``).

A preference is written only when the user changes it on the options page.
"""

from __future__ import annotations

from dataclasses import dataclass

from qgis.core import (
    QgsSettingsEntryBool,
    QgsSettingsEntryDouble,
    QgsSettingsEntryInteger,
    QgsSettingsEntryString,
    QgsSettingsTree,
)

from .core.checks.spec import Profile
from .core.indicators.audience import Audience
from .core.water.distances import LIMIT_METRES, NEIGHBOURS

NODE = "resorption"


@dataclass(frozen=True, slots=True)
class Settings:
    """The declared entries; each reads and writes its own value."""

    author: QgsSettingsEntryString
    service: QgsSettingsEntryString
    map_audience: QgsSettingsEntryString
    distance_limit: QgsSettingsEntryDouble
    neighbours: QgsSettingsEntryInteger
    checks_profile: QgsSettingsEntryString
    recheck_after_edit: QgsSettingsEntryBool
    sync_check_minutes: QgsSettingsEntryInteger

    def signature(self) -> str:
        """Return who signs decisions: name and service, an empty text when neither is given."""
        return ", ".join(part for part in (self.author.value().strip(), self.service.value().strip()) if part)


def register_settings() -> Settings:
    """Declare the entries in QGIS's settings tree."""
    node = QgsSettingsTree.createPluginTreeNode(NODE)
    return Settings(
        author=QgsSettingsEntryString("author", node, "", "Name that signs accepted exceptions"),
        service=QgsSettingsEntryString("service", node, "", "Service of that person"),
        map_audience=QgsSettingsEntryString("map-audience", node, Audience.COMMITTEE.value, "Audience of a new map"),
        distance_limit=QgsSettingsEntryDouble(
            "distance-limit", node, LIMIT_METRES, "Farthest water point looked for, m"
        ),
        neighbours=QgsSettingsEntryInteger("neighbours", node, NEIGHBOURS, "Water points kept for each site"),
        checks_profile=QgsSettingsEntryString(
            "checks-profile", node, Profile.STATE.value, "Set of thresholds of the checks"
        ),
        recheck_after_edit=QgsSettingsEntryBool("recheck-after-edit", node, True, "Check again after each saved edit"),
        sync_check_minutes=QgsSettingsEntryInteger(
            "sync-check-minutes", node, 15, "Minutes between two looks at the shared database, 0 for none"
        ),
    )


def unregister_settings() -> None:
    """Take the entries out of the settings tree; what the user chose stays in the profile."""
    QgsSettingsTree.unregisterPluginTreeNode(NODE)
