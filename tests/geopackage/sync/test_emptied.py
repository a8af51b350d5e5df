"""A program that empties a layer behind the history deletes nothing for the others before a person has agreed."""

from __future__ import annotations

import pytest

from resorption_plugin.core.sync.session import synchronise
from resorption_plugin.core.sync.welcoming import EmptiedError, Emptying
from resorption_plugin.geopackage.sync.sending import FEWEST
from tests.geopackage.sync.shared import Person, images, other_program
from tests.stories.server import MemoryServer
from tests.stories.world import AT_ONCE


@pytest.fixture
def sites(anna: Person) -> list[str]:
    """Return the sites of a workspace that is up to date, as few as are guarded."""
    uids = [anna.insert(name=f"S{number}") for number in range(FEWEST)]
    anna.sync()
    return uids


def take_away(anna: Person, uids: list[str], *, triggers: bool) -> None:
    """Delete sites as another program, with or without the triggers of the history."""
    with other_program(anna.path) as plain:
        if not triggers:
            plain.execute("DROP TRIGGER sync_history_site_delete")
        plain.executemany("DELETE FROM site WHERE uid = ?", [(uid,) for uid in uids])


def test_nothing_is_sent_until_a_person_agrees(anna: Person, server: MemoryServer, sites: list[str]) -> None:
    take_away(anna, sites[: FEWEST // 2 + 1], triggers=False)
    anna.update(sites[-1], name="Gardé")
    with pytest.raises(EmptiedError, match=rf"took {FEWEST // 2 + 1} of the {FEWEST} records out of “Slum sites”"):
        anna.sync()
    assert len(images(server)) == FEWEST
    assert images(server)[sites[-1]]["name"] == f"S{FEWEST - 1}"
    assert [one.layer for one in anna.local.emptied()] == ["site"]
    # asking does not count as having been seen
    with pytest.raises(EmptiedError):
        anna.sync()
    report = synchronise(anna.local, anna.remote, patience=AT_ONCE, emptying=Emptying.AGREED)
    assert report.sent == FEWEST // 2 + 2
    assert len(images(server)) == FEWEST // 2 - 1
    assert anna.local.emptied() == []
    assert anna.sync().sent == 0


def test_the_rows_put_back_nothing_is_asked(anna: Person, server: MemoryServer, sites: list[str]) -> None:
    with other_program(anna.path) as plain:
        plain.execute("CREATE TEMP TABLE kept AS SELECT * FROM site")
        plain.execute("DROP TRIGGER sync_history_site_delete")
        plain.execute("DELETE FROM site")
        with pytest.raises(EmptiedError):
            anna.sync()
        plain.execute("INSERT INTO site SELECT * FROM kept")
    assert anna.sync().sent == 0
    assert len(images(server)) == FEWEST


@pytest.mark.parametrize(
    ("count", "is_seen"), [(FEWEST // 2, False), (FEWEST, True)], ids=["half of them", "all, before the triggers"]
)
def test_a_part_of_a_layer_or_what_was_seen_goes_as_ever(
    anna: Person, server: MemoryServer, sites: list[str], count: int, is_seen: bool
) -> None:
    take_away(anna, sites[:count], triggers=is_seen)
    assert anna.sync().sent == count
    assert len(images(server)) == FEWEST - count


def test_a_small_layer_is_not_guarded(anna: Person, server: MemoryServer) -> None:
    uids = [anna.insert(name=f"S{number}") for number in range(FEWEST - 1)]
    anna.sync()
    take_away(anna, uids, triggers=False)
    assert anna.sync().sent == FEWEST - 1
    assert images(server) == {}
