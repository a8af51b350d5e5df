"""Two workspaces and a server: what one writes, the other sees."""

from __future__ import annotations

from tests.geopackage.sync.shared import THERE, Person, assert_sound, images
from tests.stories.server import MemoryServer


def test_what_one_writes_the_other_sees(anna: Person, bob: Person, server: MemoryServer) -> None:
    uid = anna.insert(name="L'îlot", social_origins=("french",), fk_city="31555", population_total=12)
    dwelling = anna.insert("dwelling", site_uid=uid)
    assert anna.sync().sent == 2
    assert bob.sync().is_new_beginning
    assert bob.value(uid, "name") == "L'îlot"
    assert bob.has(dwelling, "dwelling")
    bob.update(uid, geom=THERE, name="Le pré")
    bob.sync()
    assert anna.sync().received == 1
    assert anna.value(uid, "name") == "Le pré"
    anna.delete(uid)
    anna.sync()
    bob.sync()
    assert not bob.has(uid)
    assert images(server) == images(server, "dwelling") == {}
    for one in (anna, bob):
        assert one.local.waiting().to_send == 0
        assert_sound(one.path)
