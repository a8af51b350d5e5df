"""QGIS closed while it sends, and opened again without its master password: what was written arrives once."""

from __future__ import annotations

from .conftest import KEY
from .person import SHARING, Person, wait_for
from .records import LONELY, records

OWN = "profile_scenes"
MASTER = "un principal"
SITE = LONELY[0]
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


def arrives(person: Person) -> None:
    """She keeps her password in QGIS, attaches her workspace, and writes."""
    login, passwords = person.officer.login, person.officer.ground.cluster.passwords
    person.makes_workspace([one for one in records() if one.uid == SITE])
    person.qgis.play(f"{OWN}:keep_password", identifier=KEY, login=login, password=passwords[login], master=MASTER)
    told = person.qgis.play(f"{SHARING}:attach", reference=f"service={login} authcfg={KEY}")
    assert login in told["state"], told
    person.book.turn_page()
    person.writes(SITE, "comments", WRITTEN)


def leaves_while_sending(person: Person) -> None:
    """She closes the window while a slow line carries what she sends."""
    person.line.slows = True
    person.qgis.play(f"{SHARING}:agree")
    wait_for(lambda: person.line.is_sending, "nothing was sent")
    told = person.qgis.play(f"{OWN}:close_while_working")
    assert "Synchronisation" in told["asked"], told
    assert "1 fiche à envoyer" in told["state"], told
    leaves(person)
    person.line.slows, person.line.bytes_per_s = False, 0


def leaves(person: Person) -> None:
    """She closes the window when nothing runs: QGIS ends by itself, and leaves no word of a fault."""
    person.qgis.play(f"{SHARING}:settle")  # what was stopped or written may be checked some moments later
    person.qgis.begin(f"{OWN}:close_for_good")
    assert person.qgis.ended(ENDS_S) == 0
    log = person.qgis.log.read_text("utf-8", errors="replace")
    assert not [fault for fault in FAULTS if fault in log], log[-3000:]
