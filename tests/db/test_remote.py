"""What the shared database answers to a session, through the functions of ``app`` and as any login."""

from __future__ import annotations

import functools
import operator
import threading
import uuid
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from resorption_plugin.core.errors import Cancelled
from resorption_plugin.core.ports import Silent
from resorption_plugin.core.sync.operations import UNKNOWN, Action, Batch, Edit, Kind, Operation, Outcome, Theirs
from resorption_plugin.core.sync.ports import LocalState, RefusedError, SyncError, UnreachableError
from resorption_plugin.core.sync.travelling import travel, travels
from resorption_plugin.core.sync.welcoming import REFUSALS
from resorption_plugin.core.sync.wire import canonical, row_hash
from resorption_plugin.postgis import remote as remote_module
from resorption_plugin.postgis.remote import PostgresRemote
from tests.db.shared_base import ANNE, BRUNO, SharedBase, shared_base

AWKWARD = "tab\there, back\\slash \\N, line\nbreak, é — “quotes” '"


@pytest.fixture
def base(cluster: str, server_template: str) -> Iterator[SharedBase]:
    with shared_base(cluster, server_template) as made:
        yield made


@pytest.fixture
def anne(base: SharedBase) -> Iterator[PostgresRemote]:
    with PostgresRemote(base.target(ANNE)) as remote:
        yield remote


@pytest.fixture
def bruno(base: SharedBase) -> Iterator[PostgresRemote]:
    with PostgresRemote(base.target(BRUNO)) as remote:
        yield remote


def new_state() -> LocalState:
    return LocalState(str(uuid.uuid4()), 0, "", 0, "", "", 1)


def greeted(remote: PostgresRemote) -> LocalState:
    """Say hello, and return what a workspace would remember of it."""
    state = new_state()
    welcome = remote.hello(state)
    return replace(state, epoch=welcome.epoch, scope=welcome.scope, counter=1)


def new_site(department: str = "31", **values: Any) -> Operation:
    told = dict.fromkeys(travel("site").columns)
    told |= {"status": "open", "living_conditions_version": 2, "department": department, **values}
    told["geom"] = "01010000000ad7a3703d0af73fcdcccccccccc4540"
    return Operation(
        "site", str(uuid.uuid4()), Kind.INSERT, {name: Edit(UNKNOWN, value) for name, value in told.items()}
    )


def batch(*operations: Operation) -> Batch:
    return Batch.of(str(uuid.uuid4()), operations)


def sent(remote: PostgresRemote, *operations: Operation) -> int:
    revision, results = remote.push(batch(*operations), greeted(remote))
    assert [result.outcome for result in results] == [Outcome.APPLIED] * len(operations)
    return revision


# Hello


def test_the_server_says_who_asks_and_what_they_may_do(base: SharedBase, anne: PostgresRemote):
    welcome = anne.hello(new_state())
    assert (welcome.action, welcome.login, welcome.role) == (Action.REBASE, ANNE, "officer")
    assert (welcome.departments, welcome.areas, set(welcome.rights)) == (("31",), ("31",), {"justice", "owners"})
    assert (welcome.schema_version, welcome.revision, welcome.is_empty) == (1, 0, True)
    assert uuid.UUID(welcome.epoch)
    base.site()
    assert not anne.hello(new_state()).is_empty


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


# The whole, and its digests


def lines_of(remote: PostgresRemote) -> tuple[int, str, dict[str, list[list[str]]]]:
    with remote.snapshot() as snapshot:
        read = {table.layer: [line.decode().split("\t") for line in table.lines] for table in snapshot.tables}
    return snapshot.revision, snapshot.chain, read


def test_a_snapshot_of_nothing(anne: PostgresRemote):
    assert lines_of(anne) == (0, "", {})


def test_a_snapshot_holds_what_the_login_may_read_parents_first(base: SharedBase, anne: PostgresRemote):
    operation = new_site(comments=AWKWARD)
    revision = sent(anne, operation)
    base.photo(operation.uid, "ab" * 32)
    base.site(department="32")
    with anne.snapshot() as snapshot:
        tables = [(table.layer, table.columns, list(table.lines)) for table in snapshot.tables]
    page = anne.pull(revision)
    assert (snapshot.revision, snapshot.chain) == (page.upto, page.chain)
    assert [layer for layer, _, _ in tables] == ["site", "photo"]
    (_, columns, (line,)), _ = tables
    assert columns == (*travel("site").columns, *travel("site").carried)
    values = dict(zip(("uid", "ver", "hash", *columns), line.decode().split("\t"), strict=True))
    assert (values["uid"], values["ver"]) == (operation.uid, "1")
    escaped = AWKWARD.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")
    assert values["comments"] == escaped
    assert values["geom"].lower() == operation.edits["geom"].after
    assert values["closing_context"] == "\\N"


def test_a_snapshot_does_not_see_what_is_written_meanwhile(base: SharedBase, anne: PostgresRemote):
    first = new_site()
    revision = sent(anne, first)
    with anne.snapshot() as snapshot:
        base.site()
        assert snapshot.revision == revision
        (table,) = snapshot.tables
        assert [line.split(b"\t")[0].decode() for line in table.lines] == [first.uid]
    assert len(anne.pull(revision).rows) == 1


def test_a_large_table_goes_by_a_passing_file(anne: PostgresRemote, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(remote_module, "KEPT_IN_MEMORY", 100)
    made = [new_site() for _ in range(20)]
    sent(anne, *made)
    _, _, read = lines_of(anne)
    assert {line[0] for line in read["site"]} == {operation.uid for operation in made}


def test_a_snapshot_is_never_put_together_from_two_looks(base: SharedBase, anne: PostgresRemote):
    site = new_site()
    sent(anne, site)
    base.photo(site.uid, "ab" * 32)
    with anne.snapshot() as snapshot:
        tables = iter(snapshot.tables)
        assert len(list(next(tables).lines)) == 1
        base.rows("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = %s", [ANNE])
        with pytest.raises(UnreachableError):
            list(tables)
    assert len(anne.pull(0).rows) == 2


def test_a_reader_that_stops_in_the_middle_leaves_the_connection_usable(anne: PostgresRemote):
    sent(anne, new_site(), new_site())
    with anne.snapshot() as snapshot:
        next(iter(next(iter(snapshot.tables)).lines))
    assert len(anne.pull(0).rows) == 2
    with pytest.raises(ZeroDivisionError), anne.snapshot():
        raise ZeroDivisionError
    sent(anne, new_site())


def test_digests_are_those_of_the_rows(base: SharedBase, anne: PostgresRemote):
    assert anne.digest() == (0, {})
    revision = sent(anne, *[new_site() for _ in range(30)])
    base.site(department="32")
    found, digest = anne.digest()
    assert found == revision + 1
    assert sum(count for count, _ in digest.values()) == 30
    for bucket, (count, joined) in digest.items():
        hashes = anne.uids(bucket)
        assert {uid[:2] for uid in hashes} == {f"{bucket[1]:02x}"}
        assert len(hashes) == count
        assert functools.reduce(operator.xor, hashes.values()) == joined


def test_rows_asked_by_name_come_whole_and_only_those_one_may_read(base: SharedBase, anne: PostgresRemote):
    mine = new_site(name="Mine")
    sent(anne, mine)
    hidden = base.site(department="32")
    rows = anne.rows([("site", mine.uid), ("site", hidden), ("site", str(uuid.uuid4()))])
    assert [(row.uid, row.kind, row.version) for row in rows] == [(mine.uid, Theirs.ROW, 1)]
    assert row_hash(travel("site"), canonical(travel("site"), rows[0].values)) == rows[0].hash
    assert anne.rows([]) == []


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
