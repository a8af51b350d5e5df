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


BASE: Image = {**WAS, "name": "Le Pré"}
BOTH = Conflict(
    "u",
    "site",
    "s",
    ConflictKind.SAME_FIELD,
    "name",
    base={"name": "Le Pré"},
    mine={"name": "Mien"},
    theirs={"name": "Leur"},
    version=2,
)


def test_a_decision_for_a_value_that_is_no_edit_any_more_outlives_what_others_wrote():
    """Undone by hand, then decided for: what the server tells before the decision is sent does not come over it."""
    row = LocalRow(dict(BASE), dict(BASE), 1)
    decided = merging.decided(SITE, row, BOTH, Choice.MINE, merging.mine(SITE, row, BOTH))
    kept = LocalRow(decided.working, decided.base, decided.version, decided.held)
    theirs = {**BASE, "name": "Leur"}
    assert merging.received(SITE, kept, theirs, 2).working["name"] == "Le Pré"
    taken_back = LocalRow(kept.working, kept.base, kept.version, merging.undecided(kept, BOTH))
    assert merging.received(SITE, taken_back, theirs, 2).working["name"] == "Leur"
