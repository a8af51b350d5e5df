"""A workspace that greets is told whether to go on or to begin anew, and as which device."""

from __future__ import annotations

import json
import uuid
from typing import Any

import psycopg2
import pytest

from resorption_plugin.core.sync.news import Welcome
from resorption_plugin.core.sync.operations import BYTES_AT_ONCE, OPERATIONS_AT_ONCE
from tests.db.protocol import People, Workspace, new, people


def test_a_workspace_is_told_to_go_on_or_to_begin_anew(known: People) -> None:
    anne = known.anne
    anne.catch_up()
    assert (anne.hello()["action"], anne.hello()["reason"]) == ("ok", "")
    wrong: list[tuple[str, dict[str, Any]]] = [
        ("first", {"epoch": None}),
        ("epoch", {"epoch": str(uuid.uuid4())}),
        ("ahead", {"cursor": anne.cursor + 1}),
        ("chain", {"chain": "0" * 64}),
        ("scope", {"scope": "else"}),
    ]
    for reason, other in wrong:
        told = anne.hello(**other)
        assert (told["action"], told["reason"]) == ("rebase", reason)
    assert anne.hello(schema_version=2)["action"] == "upgrade_server"
    assert anne.hello(schema_version=0)["action"] == "upgrade_plugin"
    # an older workspace, of a plugin that can upgrade it
    told = anne.hello(schema_version=0, plugin_schema_version=1)
    assert (told["action"], told["reason"]) == ("upgrade_workspace", "0 < 1")


def test_a_welcome_is_read_by_the_plugin(known: People) -> None:
    told = known.anne.hello()
    welcome = Welcome.from_json(told)
    assert (welcome.login, welcome.role, welcome.departments) == (known.anne.login, "officer", ("31",))
    assert told["limits"] == {"operations": OPERATIONS_AT_ONCE, "bytes": BYTES_AT_ONCE}
    assert welcome.revision == known.anne.ask("SELECT app.revision()")


def test_the_scope_changes_with_what_may_be_read(known: People) -> None:
    anne = known.anne
    anne.catch_up()
    before = anne.hello()["scope"]
    with psycopg2.connect(known.place) as admin, admin.cursor() as cursor:
        cursor.execute("SELECT app.grant_access(%s, 'officer', ARRAY['31', '32'])", [anne.login])
    told = anne.hello(scope=before)
    assert (told["action"], told["reason"]) == ("rebase", "scope")
    with psycopg2.connect(known.place) as admin, admin.cursor() as cursor:
        cursor.execute("SELECT app.grant_access(%s, 'officer', ARRAY['31'])", [anne.login])
    told = anne.hello(scope=before)
    assert (told["action"], told["reason"]) == ("rebase", "scope")


def test_a_copied_workspace_goes_on_as_another_device(known: People) -> None:
    anne = Workspace(known.place, known.anne.login)
    anne.hello()
    copy = Workspace(known.place, known.anne.login, anne.device, anne.counter)
    anne.hello()
    with psycopg2.connect(known.place) as admin, admin.cursor() as cursor:
        cursor.execute("UPDATE sync.device SET last_seen = now() - interval '1 hour' WHERE device = %s", [anne.device])
    original = anne.device
    copy.hello()
    other = copy.device
    assert other != original
    for _ in range(2):
        anne.hello()
        copy.hello()
    assert (anne.device, copy.device) == (original, other)
    for workspace in (anne, copy):
        workspace.connection.close()


def test_a_greeting_whose_answer_was_lost_is_no_copy(known: People) -> None:
    anne = Workspace(known.place, known.anne.login)
    anne.hello()
    device = anne.device
    anne.ask("SELECT app.hello(%s)", json.dumps({"device": device, "counter": anne.counter, "schema_version": 1}))
    anne.hello()
    assert anne.device == device
    anne.connection.close()


def test_the_workspace_of_someone_else_goes_on_as_another_device(known: People) -> None:
    chloe = Workspace(known.place, known.chloe.login, known.anne.device, known.anne.counter)
    chloe.hello()
    assert chloe.device != known.anne.device
    chloe.connection.close()


def test_a_server_where_nothing_was_written_is_empty(database: str) -> None:
    for fresh in people(database):
        assert fresh.anne.hello()["is_empty"]
        assert fresh.anne.pull() == {"upto": 0, "chain": "", "more": False, "rows": [], "conflicts": []}
        new(fresh.anne)
        assert not fresh.chloe.hello()["is_empty"]


def test_so_much_that_was_written_at_once_is_read_anew(database: str) -> None:
    for fresh in people(database):
        fresh.anne.catch_up()
        fresh.ada.ask(
            "INSERT INTO resorption.action (uid, name, department)"
            " SELECT gen_random_uuid(), 'MOUS', '31' FROM generate_series(1, 20001)"
        )
        told = fresh.anne.hello()
        assert (told["action"], told["reason"]) == ("rebase", "much")
        with pytest.raises(psycopg2.Error) as error:
            fresh.anne.pull()
        assert error.value.pgcode == "RS009"
