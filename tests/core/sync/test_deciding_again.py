"""A contradiction of one group that became one of the whole row: who keeps theirs brings the whole row back."""

from __future__ import annotations

from resorption_plugin.core.sync import merging
from resorption_plugin.core.sync.ancestry import LocalRow
from resorption_plugin.core.sync.operations import Choice, Conflict, ConflictKind
from resorption_plugin.core.sync.travelling import travel
from resorption_plugin.core.sync.wire import Image

SITE = travel("site")
WAS: Image = {**dict.fromkeys(SITE.columns), "name": "Le Pré", "address": "1 rue de l'Eau", "geom": "00"}
DELETED = Conflict(
    "u", "site", "s", ConflictKind.EDIT_VS_DELETE, "", base=WAS, mine={"address": "2 bis"}, theirs={}, version=None
)


def test_a_row_that_is_no_more_here_comes_back_whole():
    chosen = merging.mine(SITE, LocalRow(None), DELETED)
    assert chosen == {**WAS, "address": "2 bis"}
    assert merging.decided(SITE, LocalRow(None), DELETED, Choice.MINE, chosen).working == chosen


def test_of_a_row_that_is_here_what_it_holds_now_is_kept():
    held = {**WAS, "address": "3 ter"}
    assert merging.mine(SITE, LocalRow(held), DELETED) == held
