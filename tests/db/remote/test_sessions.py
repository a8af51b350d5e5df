"""What the shared database answers to a session: greetings, batches, pages, and what comes between."""

from __future__ import annotations

import threading
import uuid
from dataclasses import replace

import pytest

from resorption_plugin.core.errors import Cancelled
from resorption_plugin.core.ports import Silent
from resorption_plugin.core.sync.news import Action, Theirs
from resorption_plugin.core.sync.operations import Edit, Kind, Operation, Outcome
from resorption_plugin.core.sync.ports import RefusedError, SyncError
from resorption_plugin.core.sync.travelling import travel, travels
from resorption_plugin.core.sync.welcoming import REFUSALS
from resorption_plugin.core.sync.wire import canonical, row_hash
from resorption_plugin.postgis import remote as remote_module
from resorption_plugin.postgis.remote import PostgresRemote
from tests.db.remote.asking import AWKWARD, batch, greeted, lines_of, new_site, new_state, sent
from tests.db.shared_base import ANNE, SharedBase

# Hello


def test_the_server_says_who_asks_and_what_they_may_do(base: SharedBase, anne: PostgresRemote):
    welcome = anne.hello(new_state())
    assert (welcome.action, welcome.login, welcome.role) == (Action.REBASE, ANNE, "officer")
    assert (welcome.departments, welcome.areas, set(welcome.rights)) == (("31",), ("31",), {"justice", "owners"})
    assert (welcome.schema_version, welcome.revision) == (1, 0)
    assert uuid.UUID(welcome.epoch)


def test_a_login_without_access_is_refused(base: SharedBase, anne: PostgresRemote):
    anne.hello(new_state())
    base.rows("SELECT app.revoke_access(%s)", [ANNE])
    with pytest.raises(RefusedError, match=f"“{ANNE}” has no access"):
        anne.hello(new_state())


def test_a_plugin_that_knows_more_than_the_server_waits_for_it(anne: PostgresRemote):
    assert anne.hello(replace(new_state(), schema_version=2)).action is Action.UPGRADE_SERVER


# Push and pull


def test_what_one_sends_another_of_the_department_receives_and_nobody_else(
    base: SharedBase, anne: PostgresRemote, bruno: PostgresRemote
):
    operation = new_site(comments=AWKWARD)
    revision = sent(anne, operation)
    page = anne.pull(0)
    assert (page.upto, page.more, len(page.rows)) == (revision, False, 1)
    (row,) = page.rows
    assert (row.layer, row.uid, row.kind, row.by) == ("site", operation.uid, Theirs.ROW, ANNE)
    values = canonical(travel("site"), row.values)
    assert values["comments"] == AWKWARD
    assert row.hash == row_hash(travel("site"), values)
    assert bruno.pull(0).rows == ()
    assert anne.pull(page.upto).rows == ()


def test_a_batch_sent_again_is_applied_once(base: SharedBase, anne: PostgresRemote):
    state, once = greeted(anne), batch(new_site())
    first = anne.push(once, state)
    assert anne.push(once, state) == first
    assert base.value("SELECT count(*) FROM resorption.site") == 1


def test_each_operation_has_its_answer(base: SharedBase, anne: PostgresRemote):
    theirs = base.site(department="32")
    hidden = Operation("site", theirs, Kind.UPDATE, {"name": Edit(None, "Mine")})
    _, results = anne.push(batch(new_site(), hidden, new_site(department="32")), greeted(anne))
    assert [result.outcome for result in results] == [Outcome.APPLIED, Outcome.FORBIDDEN, Outcome.FORBIDDEN]
    assert results[1].code == "outside_area"


def test_a_batch_for_another_server_is_refused_whole(base: SharedBase, anne: PostgresRemote):
    with pytest.raises(RefusedError) as raised:
        anne.push(batch(new_site()), replace(greeted(anne), epoch=str(uuid.uuid4())))
    assert raised.value.action is Action.REBASE
    assert base.value("SELECT count(*) FROM resorption.site") == 0


@pytest.mark.parametrize(
    ("version", "action", "told"), [(2, Action.UPGRADE_SERVER, "2 > 1"), (0, Action.UPGRADE_PLUGIN, "0 < 1")]
)
def test_a_batch_of_another_version_is_refused_whole_in_the_words_of_the_greeting(
    base: SharedBase, anne: PostgresRemote, version: int, action: Action, told: str
):
    state = greeted(anne)
    with pytest.raises(RefusedError, match=f"\\({told}\\)") as raised:
        anne.push(replace(batch(new_site()), schema_version=version), state)
    assert (raised.value.action, raised.value.template) == (action, REFUSALS[action])
    assert base.value("SELECT count(*) FROM resorption.site") == 0


def test_the_device_of_someone_else_is_refused(base: SharedBase, anne: PostgresRemote, bruno: PostgresRemote):
    state = greeted(bruno)
    with pytest.raises(RefusedError):
        anne.push(batch(new_site()), state)
    assert base.value("SELECT count(*) FROM resorption.site") == 0


def test_pages_follow_one_another_to_the_end(anne: PostgresRemote, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(remote_module, "ROWS_AT_ONCE", 2)
    made = set()
    for _ in range(5):
        operation = new_site()
        sent(anne, operation)
        made.add(operation.uid)
    cursor, found, pages = 0, [], 0
    while True:
        page = anne.pull(cursor)
        found += [row.uid for row in page.rows]
        cursor, pages = page.upto, pages + 1
        if not page.more:
            break
    assert set(found) == made
    assert pages > 1


# What happens on the way


def test_a_sync_costs_few_round_trips(anne: PostgresRemote, monkeypatch: pytest.MonkeyPatch):
    asked = []
    run = anne.server.run
    monkeypatch.setattr(anne.server, "run", lambda *work, **how: (asked.append(work), run(*work, **how))[1])
    state = greeted(anne)
    anne.push(batch(new_site()), state)
    anne.pull(0)
    anne.digest()
    assert len(asked) == 5


def test_the_server_restarting_between_two_questions_is_not_noticed(base: SharedBase, anne: PostgresRemote):
    state = greeted(anne)
    for ask in (
        lambda: anne.push(batch(new_site()), state),
        lambda: anne.pull(0),
        anne.digest,
        lambda: lines_of(anne),
        lambda: anne.rows([]),
    ):
        base.rows("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = %s", [ANNE])
        assert ask() is not None


def test_a_push_cut_in_the_middle_is_unreachable_and_done_once_when_sent_again(base: SharedBase, anne: PostgresRemote):
    state, once = greeted(anne), batch(new_site())
    base.rows("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = %s", [ANNE])
    with PostgresRemote(base.target(ANNE)) as other:
        other.push(once, state)
    assert anne.push(once, state)[1][0].outcome is Outcome.APPLIED
    assert base.value("SELECT count(*) FROM resorption.site") == 1


def test_cancelling_a_push_leaves_it_done_or_not_and_sending_it_again_settles(base: SharedBase):
    class Later(Silent):
        is_wished = False

        def is_cancelled(self) -> bool:
            return self.is_wished

    wish = Later()
    with PostgresRemote(base.target(ANNE), wish) as remote:
        state, once = greeted(remote), batch(*[new_site() for _ in range(300)])
        threading.Timer(0.05, lambda: setattr(wish, "is_wished", True)).start()
        with pytest.raises(Cancelled):
            remote.push(once, state)
    with PostgresRemote(base.target(ANNE)) as again:
        again.push(once, state)
    assert base.value("SELECT count(*) FROM resorption.site") == 300


def test_every_layer_has_its_view_with_the_columns_asked_for(anne: PostgresRemote):
    with anne.server.look("SELECT 1"):
        assert not [each.key for each in travels() if list(anne._table(each.key).lines)]


def test_a_view_that_is_not_there_is_told_as_another_version(base: SharedBase, anne: PostgresRemote):
    base.rows("DROP VIEW app.wire_owner")
    with pytest.raises(SyncError, match="has to install it, or upgrade it"), anne.snapshot():
        pass
