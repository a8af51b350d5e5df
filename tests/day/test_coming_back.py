"""QGIS closed while it sends or while it copies, and opened again: what was written arrives once, and all comes."""

from __future__ import annotations

from .conftest import ALONE, KEY
from .person import SHARING, Person, wait_for
from .records import LONELY, records

OWN = "profile_scenes"
MASTER = "un principal"
REFERENCE = f"service={ALONE} authcfg={KEY}"
SITE = LONELY[0]
SHARED = 300
SITES = """INSERT INTO resorption.site (uid, status, living_conditions_version, department, name, geom)
SELECT gen_random_uuid(), 'open', 2, '31', 'Site ' || n, ST_SetSRID(ST_MakePoint(1.4 + n / 10000.0, 43.6), 4326)"""
WRITTEN = ("Vu ce matin. " * 200).strip()
ENDS_S = 60.0
FAULTS = ("Traceback", "QThread", "wrapped C/C++", "Segmentation", "Fatal Python")


def test_who_leaves_while_sending_comes_back_without_master_password(alone):
    arrives(alone)
    leaves_while_sending(alone)
    alone.comes_back()
    told = alone.qgis.play(f"{OWN}:work_without_password")
    assert not told["asked"], told
    assert "1 fiche à envoyer" in told["state"], told
    told = alone.qgis.play(f"{OWN}:unlock", passwords=[""], shown="no-password")
    assert "le mot de passe principal manque ou est faux" in told["state"], told
    assert "1 fiche à envoyer" in told["state"], told
    told = alone.qgis.play(f"{OWN}:unlock", passwords=["faux", MASTER], shown="wrong-then-right")
    assert "1 fiche envoyée" in told["state"], told
    witness = alone.officer.witness
    witness.look()
    assert [entry.after["comments"] for entry in witness.log if entry.op == "U"] == [WRITTEN]
    leaves(alone)


def test_who_leaves_during_the_first_copy_begins_it_again(alone):
    ground = alone.officer.ground
    ground.cluster.sql(f"{SITES} FROM generate_series(1, {SHARED}) AS n", ground.database)
    alone.makes_workspace()
    keeps_password(alone)
    alone.line.slows_at = b"app.pull(app.revision()"
    alone.qgis.play(f"{OWN}:begin_attaching", reference=REFERENCE)
    wait_for(lambda: alone.line.is_slow, "nothing was copied")
    closes_while(alone, "Rattachement", "pas encore été copiée ici")
    alone.comes_back()
    told = alone.qgis.play(f"{OWN}:unlock", passwords=[MASTER], shown="copied-at-last")
    assert f"{SHARED} fiches reçues" in told["state"], told
    with alone.looking() as officer:
        assert len(officer.local().read({"site"}).layer("site")) == SHARED
    leaves(alone)


def arrives(person: Person) -> None:
    """She keeps her password in QGIS, attaches her workspace, and writes."""
    person.makes_workspace([one for one in records() if one.uid == SITE])
    keeps_password(person)
    told = person.qgis.play(f"{SHARING}:attach", reference=REFERENCE)
    assert person.officer.login in told["state"], told
    person.book.turn_page()
    person.writes(SITE, "comments", WRITTEN)


def keeps_password(person: Person) -> None:
    login, passwords = person.officer.login, person.officer.ground.cluster.passwords
    person.qgis.play(f"{OWN}:keep_password", identifier=KEY, login=login, password=passwords[login], master=MASTER)


def leaves_while_sending(person: Person) -> None:
    """She closes the window while a slow line carries what she sends."""
    person.line.slows_at = b"app.push"
    person.qgis.play(f"{SHARING}:agree")
    wait_for(lambda: person.line.is_slow, "nothing was sent")
    closes_while(person, "Synchronisation", "1 fiche à envoyer")


def closes_while(person: Person, work: str, then_told: str) -> None:
    """She closes the window while a slow line works, agrees to stop that, reads what is told, and leaves."""
    told = person.qgis.play(f"{OWN}:close_while_working")
    assert work in told["asked"], told
    assert then_told in told["state"], told
    leaves(person)
    person.line.hastens()


def leaves(person: Person) -> None:
    """She closes the window when nothing runs: QGIS ends by itself, and leaves no word of a fault."""
    person.qgis.play(f"{SHARING}:settle")  # what was stopped or written may be checked some moments later
    person.qgis.begin(f"{OWN}:close_for_good")
    assert person.qgis.ended(ENDS_S) == 0
    log = person.qgis.log.read_text("utf-8", errors="replace")
    assert not [fault for fault in FAULTS if fault in log], log[-3000:]
