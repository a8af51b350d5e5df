"""Rows that name other ones: distances, whose measures travel alone, and water points of a site."""

from __future__ import annotations

from resorption_plugin.core.sync.operations import Kind
from tests.geopackage.sync.shared import Person, sent
from tests.stories.server import MemoryServer


def test_what_was_measured_travels_and_what_was_computed_does_not(anna: Person, bob: Person, uid: str) -> None:
    point = anna.insert_water_point()
    distance = anna.insert("distance", site_uid=uid, water_point_uid=point, geom=None, crowfly_m=100.0)
    assert anna.sync().sent == 1
    bob.sync()
    assert not bob.has(distance, "distance")
    anna.update(distance, "distance", measured_m=120.0)
    anna.sync()
    bob.sync()
    assert bob.value(distance, "measured_m", "distance") == 120.0
    assert bob.value(distance, "site_uid", "distance") == uid
    bob.delete(distance, "distance")
    assert bob.local.freeze() is None
    anna.update(distance, "distance", measured_m=None)
    anna.sync()
    bob.sync()
    assert bob.local.waiting().to_send == 0


def test_a_distance_computed_on_both_sides_takes_what_was_measured(anna: Person, bob: Person, uid: str) -> None:
    point = anna.insert_water_point()
    anna.sync()
    bob.sync()
    shared = "00000000-0000-5000-8000-000000000001"
    for one, crowfly in ((anna, 100.0), (bob, 101.0)):
        one.insert("distance", uid=shared, site_uid=uid, water_point_uid=point, geom=None, crowfly_m=crowfly)
    anna.update(shared, "distance", measured_m=120.0)
    anna.sync()
    bob.sync()
    assert (bob.value(shared, "measured_m", "distance"), bob.value(shared, "crowfly_m", "distance")) == (120.0, 101.0)
    assert bob.local.freeze() is None


def test_a_link_to_what_was_deleted_here_is_held(anna: Person, bob: Person, uid: str, server: MemoryServer) -> None:
    """The water point stays, and that it no more names a site is nobody's edit."""
    point = bob.insert_water_point(site_uid=uid)
    anna.delete(uid)
    bob.sync()
    anna.pull()
    assert anna.has(point, "water_point")
    assert anna.value(point, "site_uid", "water_point") is None
    assert [key for key in sent(anna) if key[0] == Kind.UPDATE.value] == []
