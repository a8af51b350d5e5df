"""The whole of what a login may read, seen at one moment; the digests and the rows asked for one by one."""

from __future__ import annotations

import functools
import operator
import uuid

import pytest

from resorption_plugin.core.sync.news import Theirs
from resorption_plugin.core.sync.operations import Choice, Edit, Kind, Operation, Outcome
from resorption_plugin.core.sync.ports import UnreachableError
from resorption_plugin.core.sync.travelling import travel
from resorption_plugin.core.sync.wire import canonical, row_hash
from resorption_plugin.postgis import remote as remote_module
from resorption_plugin.postgis.remote import PostgresRemote
from tests.db.remote.asking import AWKWARD, batch, greeted, lines_of, new_site, sent
from tests.db.shared_base import ANNE, BRUNO, SharedBase


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


def test_a_snapshot_tells_the_contradictions_that_are_open(
    base: SharedBase, anne: PostgresRemote, bruno: PostgresRemote
):
    base.grant(BRUNO, "31")
    site = new_site(name="before")
    sent(anne, site)
    for who, name in ((anne, "Anne"), (bruno, "Bruno")):
        state, edits = greeted(who), {"name": Edit("before", name)}
        who.push(batch(Operation("site", site.uid, Kind.UPDATE, edits, 1)), state)
    with anne.snapshot() as snapshot:
        (told,) = snapshot.conflicts
    assert (told.layer, told.row, told.mine, told.theirs) == ("site", site.uid, {"name": "Bruno"}, {"name": "Anne"})
    decided = Operation("site", site.uid, Kind.RESOLVE, {}, 2, told.uid, Choice.THEIRS)
    _, (result,) = anne.push(batch(decided), greeted(anne))
    assert result.outcome is Outcome.APPLIED
    with anne.snapshot() as snapshot:
        assert snapshot.conflicts == ()


def test_a_large_table_comes_in_parts(anne: PostgresRemote, monkeypatch: pytest.MonkeyPatch):
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
            next(next(tables).lines)
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
