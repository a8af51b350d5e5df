"""Faults put on purpose in the engine, each in the database or in the code of this process, for a while."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from resorption_plugin.core.sync.news import Page
from resorption_plugin.core.sync.operations import Batch
from resorption_plugin.core.sync.ports import Received
from resorption_plugin.core.sync.travelling import travels
from resorption_plugin.geopackage.sync import notes, outbox, receiving, rows, workspace

from .ground import Ground

_DEFINITION = "SELECT p.oid::regprocedure::text, pg_get_functiondef(p.oid) FROM pg_proc p WHERE p.oid = ANY (%s::oid[])"
_OIDS = """SELECT array_agg(p.oid::bigint) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname = 'app' AND p.proname = %s"""


class StaleMutationError(Exception):
    """The engine has changed: what the mutation replaces is not there any more."""


def in_function(ground: Ground, name: str, *changes: tuple[str, str]) -> None:
    """Replace some text of a function of the server."""
    witness = ground.owner
    witness.place = ground.cluster.place(ground.database)
    ((oids,),) = witness.ask(_OIDS, (name,))
    found = False
    for _, text in witness.ask(_DEFINITION, (oids or [],)):
        mutated = text
        for old, new in changes:
            mutated = mutated.replace(old, new)
        if mutated != text:
            found = True
            witness.ask(mutated)
    if not found:
        raise StaleMutationError(f"app.{name}: {changes[0][0]!r} is not in it")


def revision_of_the_first_write(ground: Ground) -> None:
    """Give revisions by a sequence when a transaction begins to write: the classic cursor that loses rows."""
    ground.owner.place = ground.cluster.place(ground.database)
    ground.owner.ask("CREATE SEQUENCE sync.naive; GRANT ALL ON sync.naive TO resorption_owner, resorption_writer")
    ground.owner.ask("SELECT setval('sync.naive', (SELECT rev FROM sync.head) + 1, false)")
    in_function(
        ground,
        "current_tx",
        ("INSERT INTO sync.tx DEFAULT VALUES", "INSERT INTO sync.tx (rev) VALUES (nextval('sync.naive'))"),
    )
    in_function(ground, "number_tx", ("SET rev = mine.rev, hash", "SET rev = greatest(rev, mine.rev), hash"))


def only_new_departments(ground: Ground) -> None:
    """Tell of a row those who may read it now, and not those who could before."""
    in_function(ground, "changed_between", ("WHERE w.is_seen OR w.seen_meanwhile", "WHERE w.is_seen"))


def everybody_reads_the_log(ground: Ground) -> None:
    """Tell everybody of every row."""
    in_function(ground, "changed_between", ("app.reads(s.tbl, s.depts, s.readers) AS seen", "true AS seen"))


def geometry_as_json(ground: Ground) -> None:
    """Send geometries as ``to_jsonb`` writes them."""
    ground.owner.place = ground.cluster.place(ground.database)
    ((text,),) = ground.owner.ask("SELECT pg_get_functiondef('app.image(resorption.site)'::regprocedure)")
    at = text.lower().index("encode(")
    depth, end = 0, at
    while True:
        depth += {"(": 1, ")": -1}.get(text[end], 0)
        end += 1
        if text[end - 1] == ")" and depth == 0:
            break
    ground.owner.ask(text[:at] + "(public.st_asgeojson((r).geom, 6))::text" + text[end:])


def nothing_equals_nothing(ground: Ground) -> None:
    """Compare values with ``=`` as SQL does, where nothing is not the same as nothing."""
    in_function(
        ground,
        "compared",
        ("task.before -> f.name = image -> f.name", "task.before ->> f.name = image ->> f.name"),
        ("(task.before -> f.name) = (image -> f.name)", "(task.before ->> f.name) = (image ->> f.name)"),
    )


def last_one_wins(ground: Ground) -> None:
    """Write whatever is sent over whatever is there."""
    in_function(
        ground,
        "compared",
        ("coalesce(task.before -> f.name = image -> f.name, false)", "true"),
        ("COALESCE(((task.before -> f.name) = (image -> f.name)), false)", "true"),
    )


def deletes_unseen(ground: Ground) -> None:
    """Delete a row whatever it holds by now."""
    in_function(ground, "decided_delete", ("task.ver IS DISTINCT FROM state.ver", "false"))


def decides_unseen(ground: Ground) -> None:
    """Write what a person decided whatever the row holds by now."""
    in_function(
        ground,
        "compared",
        ("coalesce(task.before -> f.name", "task.kind = 'R' OR coalesce(task.before -> f.name"),
        ("COALESCE(((task.before -> f.name)", "(task.kind = 'R') OR COALESCE(((task.before -> f.name)"),
    )


def children_stay(ground: Ground) -> None:
    """Let what belongs to a site stay in the department that the site leaves."""
    in_function(ground, "site_written", ("IF moved IS NOT NULL THEN", "IF false THEN"))


def snapshots_of_everybody(ground: Ground) -> None:
    """Give in a new beginning the rows of everybody."""
    ground.owner.place = ground.cluster.place(ground.database)
    ground.owner.ask("ALTER VIEW app.wire_site SET (security_invoker = false)")


def deletions_untold(ground: Ground) -> None:
    """Do not tell what was deleted."""
    in_function(
        ground,
        "changed_between",
        ("WHERE w.is_seen OR w.seen_meanwhile", "WHERE w.op <> 'D' AND (w.is_seen OR w.seen_meanwhile)"),
    )


@contextmanager
def no_hold() -> Iterator[None]:
    """Forget on which value an edit was made when the server's comes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rows.Rows, "write_held", lambda *_: None)
        yield


@contextmanager
def base_advanced_at_freeze() -> Iterator[None]:
    """Take what is being sent for what the server holds."""
    with pytest.MonkeyPatch.context() as patch:
        freeze = workspace.SyncedWorkspace.freeze

        def frozen(self: Any) -> Batch | None:
            batch = freeze(self)
            if batch is not None:
                with self._transaction():
                    for made in batch.operations():
                        if made.kind.value == "U":
                            values = {name: edit.after for name, edit in made.edits.items()}
                            there = rows.Rows(
                                self._connection, self.path, next(t for t in travels() if t.key == made.layer)
                            )
                            row = there.read([made.uid])[made.uid]
                            there.write_base(made.uid, {**(row.base or {}), **values}, row.version)
            return batch

        patch.setattr(workspace.SyncedWorkspace, "freeze", frozen)
        yield


@contextmanager
def cursor_before_data() -> Iterator[None]:
    """Note the cursor in a transaction of its own, before the rows."""
    with pytest.MonkeyPatch.context() as patch:
        receive = workspace.SyncedWorkspace.receive

        def received(self: Any, page: Page) -> Received:
            with self._transaction():
                notes.Notes(self._connection).move(page.upto, page.chain)
            return receive(self, page)

        patch.setattr(workspace.SyncedWorkspace, "receive", received)
        yield


@contextmanager
def another_name_each_time() -> Iterator[None]:
    """Send a batch that has no answer under a new name."""
    with pytest.MonkeyPatch.context() as patch:
        first = outbox.Outbox.first

        def renamed(self: Any) -> Batch | None:
            batch = first(self)
            if batch is None:
                return None
            name = str(uuid.uuid4())
            self._connection.execute("UPDATE gpkg_sync_outbox SET batch = ? WHERE batch = ?", (name, batch.uid))
            return Batch(name, batch.payload)

        patch.setattr(outbox.Outbox, "first", renamed)
        yield


@contextmanager
def no_flag_while_receiving() -> Iterator[None]:
    """Leave the switch of the history's triggers alone while received rows are written."""
    with pytest.MonkeyPatch.context() as patch:
        write = notes.Notes.write
        patch.setattr(
            notes.Notes,
            "write",
            lambda self, **values: write(self, **{k: v for k, v in values.items() if k != notes.APPLYING}),
        )
        yield


@contextmanager
def mine_over_theirs() -> Iterator[None]:
    """Write in the workspace what the server sends over what was edited here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            receiving.merging,
            "received",
            lambda _travel, _row, theirs, version: receiving.merging.Merged(dict(theirs), theirs, version),
        )
        yield
