"""What the log tells: past states under the rights of their time, and every trace of a hand that rewrote it."""

from __future__ import annotations

import random

import psycopg2
import pytest

from tests.db.shared_base import ADMIN, ANNE, AUDITOR, BRUNO, SharedBase
from tests.db.states import Images, as_of, now, present

STEPS = 24


def edit(base: SharedBase, chance: random.Random, sites: list[str]) -> None:
    """Do one of the things that happen to sites, in a transaction of its own."""
    uid = chance.choice(sites)
    match chance.randrange(6):
        case 0 | 1:
            base.rows("UPDATE resorption.site SET name = %s WHERE uid = %s", [str(chance.random()), uid], ADMIN)
        case 2:
            new = [chance.choice([None, "là", "ici"]), chance.randrange(90), uid]
            base.rows("UPDATE resorption.site SET address = %s, population_total = %s WHERE uid = %s", new, ADMIN)
        case 3:
            base.rows(
                "UPDATE resorption.site SET department = %s WHERE uid = %s", [chance.choice(["31", "32"]), uid], ADMIN
            )
        case 4:
            base.rows("DELETE FROM resorption.site WHERE uid = %s", [uid], ADMIN)
        case _:
            if not base.rows("SELECT 1 FROM resorption.site WHERE uid = %s", [uid]):
                base.site(chance.choice(["31", "32"]), uid=uid, name="de retour")


def test_each_login_finds_what_it_could_read_at_any_past_time(base):
    chance = random.Random(31)
    sites = [base.site(chance.choice(["31", "32"]), name=f"site {number}") for number in range(4)]
    moments = []
    for _ in range(STEPS):
        edit(base, chance, sites)
        moments.append((now(base), {login: present(base, login) for login in (ADMIN, AUDITOR, ANNE, BRUNO)}))
    assert len({len(seen[ANNE]) for _, seen in moments}) > 1
    for at, seen in moments[::3]:
        for login, images in seen.items():
            assert as_of(base, at, login) == images


def test_the_log_from_its_beginning_makes_the_tables(base):
    chance = random.Random(32)
    sites = [base.site() for _ in range(3)]
    for _ in range(STEPS):
        edit(base, chance, sites)
    folded: Images = {}
    entries = base.rows("SELECT uid::text, op, old, new FROM app.changes('-infinity')", login=ADMIN)
    for uid, op, old, new in entries:
        if op == "D":
            assert folded.pop(uid) == old
        else:
            row = folded.setdefault(uid, {})
            assert {name: row[name] for name in old or ()} == (old or {})
            row |= new
    assert folded == {uid: {k: v for k, v in image.items() if k != "uid"} for uid, image in present(base).items()}
    assert len(entries) > STEPS / 2


def test_changes_tell_nobody_what_they_may_not_read(base):
    site = base.site("31", name="avant")
    base.rows("UPDATE resorption.site SET department = '32', name = 'là-bas' WHERE uid = %s", [site], ADMIN)
    base.rows("UPDATE resorption.site SET name = 'encore' WHERE uid = %s", [site], ADMIN)
    query = "SELECT op, old ->> 'name', new ->> 'name', who FROM app.changes('-infinity')"
    assert base.rows(query, login=ANNE) == [("I", None, "avant", ADMIN), ("U", "avant", None, ADMIN)]
    assert base.rows(query, login=BRUNO) == [("U", None, "là-bas", ADMIN), ("U", "là-bas", "encore", ADMIN)]
    assert [row[1:3] for row in base.rows(query, login=AUDITOR)] == [
        (None, "avant"),
        ("avant", "là-bas"),
        ("là-bas", "encore"),
    ]
    since = "SELECT count(*) FROM app.changes(clock_timestamp())"
    assert base.value(since, login=ADMIN) == 0


def test_what_is_unknown_is_refused(base):
    for table in ("sites", "site; DROP TABLE resorption.site", "pg_authid"):
        with pytest.raises(psycopg2.Error) as refused:
            base.rows("SELECT app.as_of(%s, now())", [table], ADMIN)
        assert refused.value.pgcode == "RS051"


REWRITINGS = (
    """UPDATE sync.log SET new = new || '{"name": "faux"}' WHERE new ? 'name' AND op = 'U'""",
    "UPDATE sync.log SET depts_new = '{31}' WHERE depts_new = '{32}'",
    "DELETE FROM sync.log WHERE op = 'D'",
    """INSERT INTO sync.log (tx_id, tbl, uid, op, ver, new)
        SELECT max(tx_id), 'site', gen_random_uuid(), 'I', 1, '{}' FROM sync.tx""",
    "UPDATE sync.tx SET who = 'quelqu_un' WHERE rev = 3",
    "UPDATE sync.tx SET at = at - interval '1 day' WHERE rev = 3",
    "UPDATE sync.tx SET device = gen_random_uuid() WHERE rev = 3",
    "DELETE FROM sync.tx WHERE rev = (SELECT max(rev) FROM sync.tx)",
    """DELETE FROM sync.log AS l USING sync.tx AS t WHERE t.tx_id = l.tx_id AND t.rev = 3;
        DELETE FROM sync.tx WHERE rev = 3""",
    "UPDATE sync.head SET hash = repeat('0', 64)",
    "UPDATE sync.head SET rev = rev + 1",
)


def test_a_rewritten_log_is_found(base):
    site = base.site("31", name="un")
    base.photo(site, "ab" * 32)
    base.insert("dwelling", site_uid=site, geom="SRID=4326;POINT(1.44 43.6)")
    base.rows("UPDATE resorption.site SET department = '32'; UPDATE resorption.site SET name = 'deux'", login=ADMIN)
    base.rows("DELETE FROM resorption.dwelling; DELETE FROM resorption.photo", login=ADMIN)
    assert base.value("SELECT app.verify_chain()", login=AUDITOR) is None
    last = base.value("SELECT rev FROM sync.head")
    for rewriting in REWRITINGS:
        base.rows("BEGIN; ALTER TABLE sync.log DISABLE TRIGGER ALL; ALTER TABLE sync.tx DISABLE TRIGGER ALL")
        base.rows(rewriting)
        broken = base.value("SELECT app.verify_chain()")
        assert 1 < broken <= last + 1, rewriting
        if broken <= last:
            assert base.value("SELECT app.verify_chain(%s)", [broken - 1]) == broken, rewriting
        base.rows("ROLLBACK")
    assert base.value("SELECT app.verify_chain()", login=ADMIN) is None


def test_what_is_checked_before_the_end_is_in_the_chain_too(base):
    site = base.site("31", name="un")
    base.rows("BEGIN; SET CONSTRAINTS ALL IMMEDIATE", login=ADMIN)
    for name in ("deux", "trois"):
        base.rows("UPDATE resorption.site SET name = %s WHERE uid = %s", [name, site], ADMIN)
    base.rows("COMMIT", login=ADMIN)
    assert base.value("SELECT app.verify_chain()", login=ADMIN) is None


def test_only_keepers_keep(base):
    calls = ("verify_chain()", "new_epoch()", "trim_log('1 day')", "extend_log()", "trim_blobs()")
    for call in calls:
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            base.rows(f"SELECT app.{call}", login=ANNE)
        base.rows(f"SELECT app.{call}", login=ADMIN)
        base.rows(f"SELECT app.{call}")
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        base.rows("SELECT * FROM app.devices", login=ANNE)


def test_the_epoch_is_another_each_time(base):
    epochs = {base.value("SELECT app.new_epoch()::text", login=ADMIN) for _ in range(3)}
    assert len(epochs) == 3
    assert base.value("SELECT epoch::text FROM sync.head") in epochs


def test_other_programs_read_what_their_login_may(base):
    here, there = base.site("31", name="ici"), base.site("32", name="là")
    query = "SELECT uid::text, name, ST_AsText(geom), _ver FROM app.v_site ORDER BY name"
    assert base.rows(query, login=ANNE) == [(here, "ici", "POINT(1.44 43.6)", 1)]
    assert [row[0] for row in base.rows(query, login=AUDITOR)] == [here, there]
    views = base.rows("SELECT viewname FROM pg_views WHERE schemaname = 'app' AND viewname LIKE 'v\\_%%'")
    tables = base.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'resorption'")
    assert {view for (view,) in views} == {f"v_{table}" for (table,) in tables}
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        base.rows("UPDATE app.v_site SET name = 'autre'", login=ANNE)
