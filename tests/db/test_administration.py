"""What the window of administrators shows and does: who may, and that it is true."""

from __future__ import annotations

import json
import uuid

import psycopg2
import pytest

from tests.db.shared_base import ADMIN, ANNE, AUDITOR, BRUNO, SharedBase

READING = ("people()", "free_logins()", "log_state()", "trim_forecast('1 year')", "exports()")
NOBODY = "base_nobody"


def device(base: SharedBase, login: str, cursor: int = 0, seen: str = "0") -> str:
    text = """INSERT INTO sync.device (device, login, schema_version, cursor, last_seen)
        VALUES (gen_random_uuid(), %s, 1, %s, now() - %s::interval) RETURNING device::text"""
    return base.value(text, [login, cursor, seen])


def row(**values: object) -> dict[str, object]:
    told = {"tbl": "site", "uid": str(uuid.uuid4()), "cause": "refused", "image": "{}"}
    return {**told, **values}


def hand_over(base: SharedBase, *rows: dict[str, object], login: str = ANNE) -> int:
    return base.value("SELECT app.hand_over(gen_random_uuid(), %s)", [json.dumps(rows)], login)


def handed(base: SharedBase, login: str) -> list[tuple]:
    return base.rows("SELECT who::text, title, comment, state, answer FROM app.handed()", login=login)


def refused(base: SharedBase, query: str, values: list[object], login: str) -> str:
    with pytest.raises(psycopg2.Error) as error:
        base.rows(query, values, login)
    return str(error.value.pgcode)


@pytest.mark.parametrize("call", READING)
def test_administrators_and_auditors_look_and_nobody_else(base, call):
    for login in (ADMIN, AUDITOR):
        base.rows(f"SELECT * FROM app.{call}", login=login)
    assert refused(base, f"SELECT * FROM app.{call}", [], ANNE) == ("RS032" if call == "people()" else "42501")


@pytest.mark.parametrize("call", ["settle_handed(gen_random_uuid(), '')", "trim_handed('1 day')", "trim_log('1 day')"])
@pytest.mark.parametrize("login", [ANNE, AUDITOR])
def test_only_administrators_act(base, call, login):
    assert refused(base, f"SELECT app.{call}", [], login) == "42501"


def test_who_may_what_and_was_seen_when(base):
    base.rows(
        "SELECT app.grant_access(%s, 'officer', ARRAY['31555', '243100518@31'], ARRAY['justice'], 'DDETS')", [ANNE]
    )
    device(base, ANNE, seen="2 days")
    device(base, ANNE, seen="1 day")
    found = {
        told[0]: told[1:]
        for told in base.rows(
            "SELECT login::text, role, organisation, rights, areas, now() - last_seen < '25 hours', is_there"
            " FROM app.people()",
            login=AUDITOR,
        )
    }
    assert found[ANNE] == ("officer", "DDETS", ["justice"], ["243100518@31", "31555"], True, True)
    assert found[ADMIN][:1] + found[ADMIN][4:] == ("admin", None, True)
    assert set(found) == {ADMIN, AUDITOR, ANNE, BRUNO}


def test_logins_without_access_are_offered(base):
    if not base.rows("SELECT 1 FROM pg_roles WHERE rolname = %s", [NOBODY]):
        base.rows(f"CREATE ROLE {NOBODY} LOGIN")
    offered = {login for (login,) in base.rows("SELECT login::text FROM app.free_logins() AS login", login=ADMIN)}
    assert NOBODY in offered
    assert not {ANNE, ADMIN, "postgres", "resorption_owner"} & offered


def test_the_log_tells_how_far_it_reaches_and_what_would_go(base):
    for number in range(5):
        base.site(name=str(number))
    ((part, spans, transactions, entries, size),) = base.rows(
        "SELECT part, until > since, transactions, entries, bytes FROM app.log_state()", login=ADMIN
    )
    assert (part, spans, transactions, entries) == ("log_0", True, 5, 5)
    assert size > 8192
    device(base, ANNE, 3)
    device(base, BRUNO, 1, "1 year")
    query = "SELECT entries, begin_anew, held_back FROM app.trim_forecast(%s)"
    assert base.rows(query, ["1 hour"], AUDITOR) == [(0, 0, 0)]
    assert base.rows(query, ["0"], AUDITOR) == [(3, 1, 1)]
    assert base.value("SELECT app.trim_log('0')", login=ADMIN) == 3
    assert base.rows(query, ["0"], AUDITOR) == [(0, 0, 1)]
    assert base.value("SELECT entries FROM app.log_state()", login=ADMIN) == 2


def test_exports_are_listed_with_the_login_that_sent_them(base):
    values = {"exported_by": "Ada L.", "output": "Carte", "file_name": "carte.pdf", "audience": "committee"}
    base.insert("export_log", exported_at="2026-03-01T10:00:00Z", **values)
    base.insert("export_log", exported_at="2026-04-01T10:00:00Z", **{**values, "audience": "services"})
    query = "SELECT exported_by, login, output, file_name, audience FROM app.exports(%s)"
    assert base.rows(query, [10], AUDITOR) == [
        ("Ada L.", ADMIN, "Carte", "carte.pdf", "services"),
        ("Ada L.", ADMIN, "Carte", "carte.pdf", "committee"),
    ]
    assert len(base.rows(query, [1], ADMIN)) == 1


def test_what_is_handed_over_is_read_by_its_author_and_administrators_alone(base):
    assert hand_over(base, row(title="Chez Anne", image='{"name": "secret"}'), row(title="Autre")) == 2
    assert hand_over(base, row(title="Chez Bruno"), login=BRUNO) == 1
    assert {told[1] for told in handed(base, ANNE)} == {"Chez Anne", "Autre"}
    assert {told[1] for told in handed(base, BRUNO)} == {"Chez Bruno"}
    assert {told[1] for told in handed(base, ADMIN)} == {"Chez Anne", "Autre", "Chez Bruno"}
    assert handed(base, AUDITOR) == []
    assert base.value("SELECT count(*) FROM sync.handed", login=ADMIN) == 3
    assert base.value("SELECT count(*) FROM sync.handed", login=AUDITOR) == 0
    assert refused(base, "SELECT * FROM sync.handed", [], ANNE) == "42501"
    for login in (ADMIN, ANNE, AUDITOR):
        for statement in ("UPDATE sync.handed SET comment = ''", "DELETE FROM sync.handed"):
            assert refused(base, statement, [], login) == "42501"
    assert base.value("SELECT count(*) FROM sync.handed") == 3


def test_who_lost_their_access_reads_nothing_of_it(base):
    hand_over(base, row())
    base.rows("SELECT app.revoke_access(%s)", [ANNE])
    assert handed(base, ANNE) == []
    assert refused(base, "SELECT app.hand_over(gen_random_uuid(), '[]')", [], ANNE) == "RS001"


def test_handed_over_twice_a_row_waits_once(base):
    one = row(comment="une fois")
    assert (hand_over(base, one), hand_over(base, {**one, "comment": "deux fois"}, one)) == (1, 1)
    hand_over(base, {**one, "comment": "trois fois"})
    assert handed(base, ANNE) == [(ANNE, "", "trois fois", "open", None)]
    assert hand_over(base, one, login=BRUNO) == 1
    assert len(handed(base, ADMIN)) == 2


def test_an_administrator_settles_once_with_an_answer(base):
    hand_over(base, row())
    (identifier,) = base.rows("SELECT id::text FROM app.handed()", login=ADMIN)[0]
    settle = "SELECT app.settle_handed(%s, %s)"
    assert base.value(settle, [identifier, "Corrigé"], ADMIN)
    assert not base.value(settle, [identifier, "Encore"], ADMIN)
    assert handed(base, ANNE) == [(ANNE, "", "", "settled", "Corrigé")]
    assert base.value("SELECT settled_by::text FROM app.handed()", login=ANNE) == ADMIN
    assert refused(base, settle, [str(uuid.uuid4()), ""], ADMIN) == "RS061"
    assert base.value("SELECT app.trim_handed('1 day')", login=ADMIN) == 0
    assert base.value("SELECT app.trim_handed('0')", login=ADMIN) == 1
    assert handed(base, ADMIN) == []


@pytest.mark.parametrize(
    "rows",
    [
        [row(image="x" * 262_145)],
        [row(reason="x" * 4_001)],
        [row(tbl="pg_authid")],
        [row(uid=None)],
        [row(image=None)],
        [row()] * 201,
    ],
)
def test_too_much_or_what_cannot_be_is_refused_whole(base, rows):
    query = "SELECT app.hand_over(gen_random_uuid(), %s)"
    assert refused(base, query, [json.dumps([row(), *rows])], ANNE) == "RS060"
    assert handed(base, ADMIN) == []


def test_an_auditor_hands_nothing_over(base):
    assert refused(base, "SELECT app.hand_over(gen_random_uuid(), '[]')", [], AUDITOR) == "42501"
