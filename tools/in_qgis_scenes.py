"""More steps of the tour (see ``in_qgis_tour.py``)."""

from __future__ import annotations

from collections.abc import Iterator

from in_qgis_hands import Wait, action, expect, idle, later, layer, modal, picture, press_ok, window


def look_back() -> Iterator[Wait]:
    """Change a site, read its history, and lay the past states of the sites out on the map."""
    sites = layer("site")
    site = next(sites.getFeatures())
    sites.startEditing()
    for name, value in (("name", "Chemin des Écluses"), ("population_total", site["population_total"] + 6)):
        sites.changeAttributeValue(site.id(), sites.fields().indexOf(name), value)
    expect(sites.commitChanges(), "the site is not saved")
    yield 1
    yield idle
    sites.selectByIds([site.id()])
    action("history").trigger()
    yield lambda: window("HistoryDialog") is not None and window("HistoryDialog").model.rowCount() >= 2
    yield 0.5
    picture("history")
    window("HistoryDialog").close()
    later(action("past_sites").trigger)
    yield lambda: modal() is not None
    modal().all_along.setChecked(True)
    yield 0.3
    picture("past-sites")
    press_ok(modal())
    yield lambda: modal() is None
    yield idle
    yield 3
    picture("past-sites-on-the-map")
