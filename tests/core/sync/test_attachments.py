"""The exchange of photos, on a shelf and a vault in memory: cut anywhere, it goes on and ends with the same bytes."""

from __future__ import annotations

from contextlib import suppress

import pytest

from resorption_plugin.core.errors import Cancelled
from resorption_plugin.core.ports import Silent
from resorption_plugin.core.sync import attachments
from resorption_plugin.core.sync.attachments import (
    MOST_BYTES,
    PhotoState,
    exchange,
    pieces,
)
from resorption_plugin.core.sync.ports import UnreachableError
from tests.core.sync.photos_in_memory import SIZE, Shelf, Vault, content, photo


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch):
    monkeypatch.setattr(attachments, "PIECE_BYTES", SIZE)


class Killed(BaseException):
    """The program stops here."""


def steps_of(shelf: Shelf, vault: Vault) -> list[str]:
    steps: list[str] = []
    exchange(shelf, vault, Silent(), steps.append)
    return steps


def stop_at(number: int, error: BaseException):
    seen = 0

    def probe(step: str) -> None:
        nonlocal seen
        seen += 1
        if seen == number:
            raise error

    return probe


def test_a_photo_goes_from_one_to_the_other_and_both_know_that_it_is_safe():
    mine, theirs, vault = Shelf(), Shelf(), Vault()
    taken = mine.take(content(2.5))
    theirs.rows.append(taken)
    vault.told.add(taken.sha256)
    there = exchange(theirs, vault, Silent())
    assert (there.fetched, theirs.noted) == (0, {taken.sha256: PhotoState.COMING})
    done = exchange(mine, vault, Silent())
    assert (done.sent, done.fetched, list(done.problems)) == (1, 0, [])
    assert vault.puts == [(taken.sha256, number) for number in range(3)]
    there = exchange(theirs, vault, Silent())
    assert (there.fetched, there.states) == (1, {taken.sha256: PhotoState.SAFE})
    assert theirs.files == mine.files
    assert mine.noted == theirs.noted == {taken.sha256: PhotoState.SAFE}


def test_exchanged_again_nothing_travels():
    mine, vault = Shelf(), Vault()
    vault.told.add(mine.take(content(1.5)).sha256)
    exchange(mine, vault, Silent())
    vault.puts.clear()
    done = exchange(mine, vault, Silent())
    assert (vault.puts, vault.gets, done.sent, done.fetched) == ([], [], 0, 0)


def test_a_content_without_an_accepted_row_stays_here():
    mine, vault = Shelf(), Vault()
    taken = mine.take(content(0.5))
    done = exchange(mine, vault, Silent())
    assert (vault.puts, done.states) == ([], {taken.sha256: PhotoState.LOCAL})


@pytest.mark.parametrize("error", [Killed(), UnreachableError("gone"), Cancelled()], ids=["kill", "network", "cancel"])
def test_cut_at_any_step_it_goes_on_where_it_stopped(error):
    for number in range(1, 9):
        mine, theirs, vault = Shelf(), Shelf(), Vault()
        taken = mine.take(content(2.2))
        theirs.rows.append(taken)
        vault.told.add(taken.sha256)
        for shelf in (mine, theirs):
            with suppress(type(error)):
                exchange(shelf, vault, Silent(), stop_at(number, error))
            exchange(shelf, vault, Silent())
        assert theirs.files == mine.files, number
        assert vault.puts == [(taken.sha256, piece) for piece in range(3)], number
        assert list(dict.fromkeys(vault.gets)) == vault.puts, number
        assert len(vault.gets) <= 4, "of the last piece nobody knows whether all of it came"


def test_the_steps_that_tests_stop_at():
    mine, theirs, vault = Shelf(), Shelf(), Vault()
    theirs.rows.append(mine.take(content(1.2)))
    vault.told |= set(mine.files)
    assert steps_of(mine, vault) == ["blob:chunk", "blob:chunk", "blob:before_finish", "blob:after_finish"]
    assert steps_of(theirs, vault) == ["blob:chunk", "blob:chunk", "blob:before_keep"]


def test_a_cancelled_exchange_stops_between_two_pieces():
    class Stopping(Silent):
        seen: list[float]

        def progress(self, fraction: float) -> None:
            self.seen.append(fraction)

        def is_cancelled(self) -> bool:
            return len(self.seen) == 2

    mine, vault, feedback = Shelf(), Vault(), Stopping()
    feedback.seen = []
    vault.told.add(mine.take(content(4)).sha256)
    with pytest.raises(Cancelled):
        exchange(mine, vault, feedback)
    assert feedback.seen == [0.25, 0.5]
    assert len(vault.puts) == 2


def test_the_small_ones_go_first_and_one_that_cannot_go_stops_no_other():
    mine, vault = Shelf(), Vault()
    large = mine.take(content(3))
    changed = mine.take(content(2, b"b"))
    small = mine.take(content(0.1, b"c"))
    vault.told |= set(mine.files)
    mine.files[changed.sha256] = content(2, b"d")
    done = exchange(mine, vault, Silent())
    assert [sha256 for sha256, number in vault.puts if number == 0] == [small.sha256, large.sha256]
    assert [str(problem) for problem in done.problems] == [str(attachments.changed(changed))]
    assert done.states[changed.sha256] is PhotoState.LOCAL


def test_a_content_over_the_limit_is_not_sent_and_said_so():
    mine, vault = Shelf(), Vault()
    taken = mine.take(b"x" * (MOST_BYTES + 1))
    vault.told.add(taken.sha256)
    done = exchange(mine, vault, Silent())
    assert vault.puts == []
    assert "20 MB" in str(done.problems[0])
    assert mine.noted[taken.sha256] is PhotoState.LOCAL


def test_a_content_that_arrived_damaged_is_sent_again_whole():
    mine, vault = Shelf(), Vault()
    taken = mine.take(content(2))
    vault.told.add(taken.sha256)
    vault.put(taken.sha256, 0, len(content(2)), content(1, b"z"))
    done = exchange(mine, vault, Silent())
    assert (len(done.problems), done.states) == (1, {taken.sha256: PhotoState.LOCAL})
    assert not vault.held
    assert exchange(mine, vault, Silent()).sent == 1
    assert vault.whole(taken.sha256) == mine.files[taken.sha256]


def test_what_comes_damaged_is_not_kept_and_comes_again():
    theirs, vault = Shelf(), Vault()
    data = content(1.5)
    wanted = photo(data)
    theirs.rows.append(wanted)
    vault.told.add(wanted.sha256)
    vault.put(wanted.sha256, 0, len(data), data[:SIZE])
    vault.put(wanted.sha256, 1, len(data), data[SIZE:])
    assert vault.finish(wanted.sha256)
    theirs.receive(wanted, 0, content(1, b"z"))
    done = exchange(theirs, vault, Silent())
    assert (len(done.problems), theirs.files, theirs.coming) == (1, {}, {})
    assert theirs.noted == {wanted.sha256: PhotoState.COMING}
    assert exchange(theirs, vault, Silent()).fetched == 1
    assert theirs.files == {wanted.sha256: data}


def test_a_file_changed_after_it_was_sent_is_neither_safe_nor_replaced():
    mine, vault = Shelf(), Vault()
    taken = mine.take(content(1))
    vault.told.add(taken.sha256)
    exchange(mine, vault, Silent())
    mine.files[taken.sha256] = b"turned round"
    done = exchange(mine, vault, Silent())
    assert (len(done.problems), done.states) == (1, {taken.sha256: PhotoState.LOCAL})
    assert mine.files[taken.sha256] == b"turned round"


def test_what_a_restored_server_has_lost_is_sent_again():
    mine, vault = Shelf(), Vault()
    taken = mine.take(content(1.5))
    vault.told.add(taken.sha256)
    exchange(mine, vault, Silent())
    vault.complete.clear()
    vault.held.clear()
    exchange(mine, vault, Silent())
    assert vault.whole(taken.sha256) == mine.files[taken.sha256]


def test_how_many_pieces_a_content_has():
    assert [pieces(size) for size in (0, 1, SIZE, SIZE + 1)] == [0, 1, 1, 2]


@pytest.mark.parametrize(
    ("noted", "is_here", "today"),
    [
        (None, True, PhotoState.LOCAL),
        (PhotoState.COMING, True, PhotoState.LOCAL),
        (PhotoState.SENDING, True, PhotoState.SENDING),
        (PhotoState.SAFE, True, PhotoState.SAFE),
        (None, False, PhotoState.MISSING),
        (PhotoState.SAFE, False, PhotoState.MISSING),
        (PhotoState.COMING, False, PhotoState.COMING),
    ],
)
def test_where_a_content_is_today(noted, is_here, today):
    assert attachments.seen(noted, is_here=is_here) is today


def test_a_content_sent_in_part_is_noted_so_and_news_asks_to_show_it_anew():
    mine, vault = Shelf(), Vault()
    taken = mine.take(content(3))
    vault.told.add(taken.sha256)
    real = vault.put

    def cut(sha256, number, size, data):
        if number == 2:
            raise UnreachableError("cut")
        real(sha256, number, size, data)

    vault.put = cut
    with pytest.raises(UnreachableError):
        exchange(mine, vault, Silent())
    assert mine.noted == {taken.sha256: PhotoState.SENDING}
    vault.put = real
    assert exchange(mine, vault, Silent()).layers == {"photo"}
    assert exchange(mine, vault, Silent()).layers == set()
