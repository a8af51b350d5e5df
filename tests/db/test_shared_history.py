"""The history that windows ask of the shared database: of a row with all that belongs to it, of a period, verified."""

from __future__ import annotations

import datetime as dt
import uuid

import psycopg2
import pytest

from resorption_plugin.core.history.changes import GEOMETRY
from resorption_plugin.core.ports import Silent
from resorption_plugin.core.sync.ports import RefusedError
from resorption_plugin.postgis import auditing
from resorption_plugin.postgis.connection import Server
from tests.db.shared_base import ADMIN, ANNE, AUDITOR, BRUNO, SharedBase

HISTORY = "SELECT tbl, op, old ->> 'name', new ->> 'name', who FROM app.history(%s, %s, %s)"
LONG_AGO = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
LATER = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)


def family(base: SharedBase, table: str, uid: str, login: str = ADMIN) -> list[tuple[str, str]]:
    """Return the table and the operation of each entry, the newest first."""
    return [row[:2] for row in base.rows(HISTORY, [table, uid, 1000], login)]


def test_a_site_is_told_with_all_that_belongs_or_belonged_to_it(base):
    site, other = base.site(name="un"), base.site(name="voisin")
    count = base.insert("population_count", site_uid=site, counted_on="2026-01-01")
    lost = base.insert("population_count", site_uid=site, counted_on="2026-02-01")
    moved = base.insert("population_count", site_uid=site, counted_on="2026-03-01")
    action = base.insert("action", name="Eau", department="31")
    base.insert("action_site", site_uid=site, action_uid=action)
    base.rows("DELETE FROM resorption.population_count WHERE uid = %s", [lost], ADMIN)
    base.rows("UPDATE resorption.population_count SET site_uid = %s WHERE uid = %s", [other, moved], ADMIN)
    base.rows("UPDATE resorption.population_count SET population_total = 12 WHERE uid = %s", [count], ADMIN)
    assert family(base, "site", site) == [
        ("population_count", "U"),
        ("population_count", "U"),
        ("population_count", "D"),
        ("action_site", "I"),
        ("action", "I"),
        *[("population_count", "I")] * 3,
        ("site", "I"),
    ]
    assert family(base, "population_count", count) == [("population_count", "U"), ("population_count", "I")]
    for table, column in (("population_count", "site_uid"), ("action_site", "site_uid"), ("site", "uid")):
        base.rows(f"DELETE FROM resorption.{table} WHERE {column} = %s", [site], ADMIN)
    gone = family(base, "site", site)
    assert (gone[0], gone.count(("population_count", "D"))) == (("site", "D"), 2)
    assert len(base.rows(HISTORY, ["site", site, 2], ADMIN)) == 2


def test_nobody_reads_in_it_what_they_may_not(base):
    site = base.site("31", name="avant")
    base.insert("owner", site_uid=site, fk_owner_type="1", owner_name="Mme X", active=True)
    base.rows("UPDATE resorption.site SET department = '32', name = 'là-bas' WHERE uid = %s", [site], ADMIN)
    told = base.rows(HISTORY, ["site", site, 10], ANNE)
    assert [row[:4] for row in told if row[0] == "site"] == [("site", "U", "avant", None), ("site", "I", None, "avant")]
    assert [row[:4] for row in base.rows(HISTORY, ["site", site, 10], BRUNO) if row[1] == "U" and row[0] == "site"] == [
        ("site", "U", None, "là-bas")
    ]
    places = "SELECT depts_old, depts_new FROM app.history('site', %s, 10) WHERE op = 'U' AND tbl = 'site'"
    assert base.rows(places, [site], ANNE) == [(["31"], None)]
    assert base.rows(places, [site], BRUNO) == [(None, ["32"])]
    assert base.rows(places, [site], AUDITOR) == [(["31"], ["32"])]
    base.rows("SELECT app.grant_access(%s, 'officer', ARRAY['31'])", [ANNE])
    assert "owner" not in {table for table, _ in family(base, "site", site, ANNE)}
    assert "owner" in {table for table, _ in family(base, "site", site, AUDITOR)}
    assert base.rows(HISTORY, ["site", str(uuid.uuid4()), 10], ANNE) == []
    with pytest.raises(psycopg2.Error) as refused:
        base.rows(HISTORY, ["sites", site, 10], ANNE)
    assert refused.value.pgcode == "RS051"


def test_a_period_gives_its_newest_changes(base):
    for number in range(5):
        base.site(name=str(number))
    base.site("32", name="ailleurs")
    with Server(base.target(ANNE), Silent()) as server:
        read = auditing.read_period(server, LONG_AGO, LATER, at_most=3)
        assert [entry.new["name"] for entry in read.entries] == ["4", "3", "2"]
        assert read.is_cut
        assert read.begins is None
        assert auditing.read_period(server, LATER, LATER, at_most=3).entries == ()
        whole = auditing.read_period(server, LONG_AGO, LATER, at_most=5)
    assert (len(whole.entries), whole.is_cut) == (5, False)
    newest = whole.entries[0]
    assert (newest.layer, newest.who, newest.departments) == ("site", ADMIN, ("31",))
    assert newest.at.tzinfo is not None
    assert set(newest.new) >= {"name", GEOMETRY}
    assert None not in newest.new.values()


def test_a_trimmed_log_says_since_when_it_tells(base):
    site = base.site(name="un")
    base.rows("UPDATE resorption.site SET name = 'deux'", login=ADMIN)
    base.value("SELECT app.trim_log('0')", login=ADMIN)
    with Server(base.target(ANNE), Silent()) as server:
        read = auditing.read_record(server, "site", site, at_most=10)
    assert read.begins is not None
    assert read.entries == ()


def test_the_log_is_verified_in_one_question(base):
    base.site(name="un")
    base.rows("UPDATE resorption.site SET name = 'deux'", login=ADMIN)
    with Server(base.target(AUDITOR), Silent()) as server:
        sound = auditing.verify(server)
        assert (sound.revisions, sound.broken, sound.at) == (2, None, None)
        base.rows("ALTER TABLE sync.log DISABLE TRIGGER ALL")
        base.rows("""UPDATE sync.log SET new = new || '{"name": "faux"}' WHERE op = 'U'""")
        broken = auditing.verify(server)
    assert (broken.broken, broken.at is not None) == (2, True)
    with Server(base.target(ANNE), Silent()) as server, pytest.raises(RefusedError):
        auditing.verify(server)
