"""Warns when a site is being created beside another one: the same site entered twice counts its inhabitants twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from html import escape

from qgis.core import Qgis, QgsFeature, QgsProject, QgsVectorLayer
from qgis.gui import QgsMessageBar
from qgis.PyQt.QtCore import QObject, QTimer
from qgis.PyQt.QtWidgets import QPushButton

from ..core.checks.spec import Profile
from ..core.nearby import NEARBY_METRES, Neighbour, Surroundings, apart_metres, water_metres
from ..qgis_adapters.features import record_of
from ..qgis_adapters.layers import find_layer
from ..qgis_adapters.looking_around import look_around
from ..qgis_adapters.translation import tr
from .notifier import TITLE
from .record_form import RecordViewer

LISTED = 5
"""More sites than this are counted, not named."""


class DrawingWatch(QObject):
    """Looks around each new site, once: when its form opens, else when it is added without one."""

    def __init__(
        self, bar: QgsMessageBar, viewer: RecordViewer, profile: Callable[[], Profile], parent: QObject
    ) -> None:
        """Warn in ``bar``; ``viewer`` opens the form of a site that is there already."""
        super().__init__(parent)
        self._bar = bar
        self._viewer = viewer
        self.profile = profile
        self._layer: QgsVectorLayer | None = None
        self._warned: set[str] = set()
        self._added: list[int] = []
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._look_at_added)

    def follow(self, _path: object) -> None:
        """Watch the sites of the open project."""
        self.stop()
        self._layer = find_layer(QgsProject.instance(), "site")
        if self._layer is not None:
            self._layer.featureAdded.connect(self._note)
            self._layer.willBeDeleted.connect(self._forget)

    def stop(self) -> None:
        """Watch nothing any more."""
        if self._layer is not None:
            self._layer.featureAdded.disconnect(self._note)
            self._layer.willBeDeleted.disconnect(self._forget)
        self._forget()

    def look(self, feature: QgsFeature) -> Surroundings | None:
        """Return what lies around a new site, and warn in the message bar if another one is too close."""
        site = record_of("site", feature, ("department",))
        profile = self.profile()
        found = look_around(QgsProject.instance(), site, profile, dt.date.today())  # noqa: DTZ011 - the officer's day
        if found is not None and found.too_close and site.uid not in self._warned:
            self._warned.add(site.uid)
            self._warn(found.too_close, profile)
        return found

    def _warn(self, too_close: tuple[Neighbour, ...], profile: Profile) -> None:
        text = tr(
            "There are existing sites within {limit} m: {sites}. Is it the same one?",
            limit=f"{apart_metres(profile):g}",
            sites=listed(too_close),
        )
        item = QgsMessageBar.createMessage(TITLE, text)
        nearest = too_close[0].record.uid
        button = QPushButton(tr("Open the Existing Site"), item)
        button.clicked.connect(partial(self.open_site, nearest))
        item.layout().addWidget(button)
        self._bar.pushWidget(item, Qgis.MessageLevel.Warning, 0)

    def open_site(self, uid: str, *_signal: object) -> None:
        """Open the form of a site that is there already."""
        self._viewer.open_record("site", uid)

    def _note(self, fid: int) -> None:
        if fid < 0:  # saving gives the row its number, and tells of it again
            self._added.append(fid)
            self._later.start()

    def _look_at_added(self) -> None:
        """Look around a site that was drawn; what is pasted by the dozen is left to the checks."""
        added, self._added = self._added, []
        if self._layer is not None and len(added) == 1:
            feature = self._layer.getFeature(added[0])
            if feature.isValid() and feature["uid"] not in self._warned:
                self.look(feature)

    def _forget(self) -> None:
        self._layer = None
        self._warned.clear()
        self._added.clear()
        self._later.stop()


def listed(neighbours: tuple[Neighbour, ...], link: Callable[[str, str], str] = lambda _uid, name: name) -> str:
    """Return the names and distances of sites; ``link`` makes a link of a uid and a name."""
    named = [f"{link(one.record.uid, name_of(one))} ({one.metres:.0f} m)" for one in neighbours[:LISTED]]
    if len(neighbours) > LISTED:
        named.append(tr("{count} more", count=len(neighbours) - LISTED))
    return ", ".join(named)


def name_of(neighbour: Neighbour) -> str:
    """Return what a record is called."""
    record = neighbour.record
    return str(record["name"] or record["address"] or record["commune"] or tr("without a name"))


def told(found: Surroundings, profile: Profile) -> str:
    """Return what lies around a new site, as rich text with a link to each existing site."""

    def link(uid: str, name: str) -> str:
        return f'<a href="{escape(uid)}">{escape(name)}</a>'

    lines = []
    if found.too_close:
        warning = tr(
            "There are existing sites within {limit} m: {sites}. Is it the same one? Open it instead.",
            limit=f"{apart_metres(profile):g}",
            sites=listed(found.too_close, link),
        )
        lines.append(f"⚠ <b>{warning}</b>")
    if found.nearby:
        near = tr("Other sites within {limit} m: {sites}", limit=f"{NEARBY_METRES:g}", sites=listed(found.nearby, link))
        lines.append(near)
    if found.water is None:
        limit = f"{water_metres(profile):g}"
        lines.append("⚠ " + tr("No working drinking-water point is recorded within {limit} m.", limit=limit))
    else:
        water = tr("Nearest drinking water: {name} ({distance} m)")
        lines.append(water.format(name=escape(name_of(found.water)), distance=f"{found.water.metres:.0f}"))
    return "<br>".join(lines)
