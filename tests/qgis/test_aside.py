"""What cannot be sent, or received, is told with its reason and written to a file for the administrator."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QLocale

from resorption_plugin.core.model import catalogue
from resorption_plugin.core.sync.operations import Choice, Outcome, Result
from resorption_plugin.geopackage.sync.quarantine import Cause
from resorption_plugin.qgis_adapters.aside import Aside, Deed, reason_text, write_aside
from resorption_plugin.qgis_adapters.sharing import Sharing, read_sharing
from resorption_plugin.qgis_adapters.translation import install_translator, remove_translator, sentence, tr
from tests.geopackage.sync.shared import Person
from tests.stories.held import EVERYWHERE
from tests.stories.server import MemoryServer


@pytest.fixture
def person(empty_workspace: Path, tmp_path: Path, qgis_app: object) -> Iterator[Callable[[str], Person]]:
    """Give what makes a person with a workspace of their own, attached to one server in memory."""
    server = MemoryServer()
    with ExitStack() as opened:

        def make(name: str) -> Person:
            server.grant(name, EVERYWHERE)
            path = tmp_path / f"{name}.gpkg"
            path.write_bytes(empty_workspace.read_bytes())
            return opened.enter_context(Person.at(path, server, name))

        yield make


@pytest.fixture
def french() -> Iterator[None]:
    spoken, translator = QgsApplication.locale(), install_translator("fr")
    QgsApplication.setLocale(QLocale("fr_FR"))
    yield
    QgsApplication.setLocale(QLocale(spoken))
    remove_translator(translator)


def sharing(person: Person) -> Sharing:
    return read_sharing(person.path, "fr")


def refused(person: Person, code: str, reason: str = "") -> Aside:
    """Let the server refuse all that is to be sent; return the one record that is set aside then."""
    batch = person.local.freeze()
    assert batch is not None
    results = [
        Result(number, Outcome.INVALID, code=code, reason=reason)
        for number, _made in enumerate(batch.operations(), start=1)
    ]
    person.local.settle(batch, results, person.local.state().cursor)
    (one,) = sharing(person).aside
    return one


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


def test_a_refusal_is_told_alike_in_the_page_and_in_the_file(
    person: Callable[[str], Person], french: None, tmp_path: Path
) -> None:
    anna = person("anna")
    anna.insert(name="=1+1", commune="Toulouse", comments="+33 5")
    one = refused(anna, "23514", "population_total_minimum")
    assert one.deeds == frozenset(Deed)
    assert (one.subject.name, one.subject.commune) == ("=1+1", "Toulouse")
    told = sentence(one.reason)
    assert "population_total" not in told
    assert told.startswith("La base partagée n'accepte pas la valeur de")
    target = tmp_path / "aside.csv"
    write_aside(target, [one], "fr")
    rows = table(target)
    assert list(rows[0]) == ["Couche", "Fiche", "Commune", "Identifiant", "Motif", "Depuis", "Champ", "Valeur"]
    assert {row["Motif"] for row in rows} == {told}
    assert {row["Couche"] for row in rows} == {"Bidonville"}
    values = {row["Champ"]: row["Valeur"] for row in rows}
    assert one.cause is Cause.PASSING
    assert (values[catalogue.layer("site").field("name").label.fr], values["Emplacement"][:8]) == (
        "'=1+1",
        one.values["geom"][:8],
    )
    assert "'+33 5" in values.values()


def test_what_was_deleted_here_has_no_form_to_open(person: Callable[[str], Person]) -> None:
    anna = person("anna")
    uid = anna.insert(name="Avant")
    anna.sync()
    anna.delete(uid)
    one = refused(anna, "23503", "photo_site_uid_fkey")
    assert one.deeds == {Deed.GIVE_UP}
    assert "still belong to it" in str(one.reason)


def test_what_cannot_be_received_is_shown_too(person: Callable[[str], Person], french: None, tmp_path: Path) -> None:
    """A site cannot be declared before it was built: each edit is right alone, both together are not."""
    anna, bob = person("anna"), person("bob")
    built, declared, earlier, later = (dt.date(2024, month, 1) for month in (1, 6, 3, 5))
    uid = anna.insert(name="Les Prés", built_at=built, declared_at=declared)
    anna.sync()
    bob.sync()
    bob.update(uid, declared_at=earlier)
    bob.sync()
    anna.update(uid, built_at=later)
    anna.pull()
    shown = sharing(anna)
    (one,) = shown.aside
    assert (one.uid, one.subject.name, one.deeds) == (uid, "Les Prés", {Deed.OPEN})
    assert "01/03/2024" in sentence(one.reason)
    assert shown.count == shown.waiting.to_send + 1
    write_aside(tmp_path / "aside.csv", [one], "fr")
    (row,) = table(tmp_path / "aside.csv")
    assert (row["Valeur"], row["Motif"]) == ("2024-03-01", sentence(one.reason))


def test_what_was_decided_in_vain_is_told_with_its_value(
    person: Callable[[str], Person], french: None, tmp_path: Path
) -> None:
    anna, bob = person("anna"), person("bob")
    uid = anna.insert(name="Les Prés", commune="Toulouse", comments="Un mot")
    anna.sync()
    bob.sync()
    backup = bob.remote.server.backup()
    bob.update(uid, comments="De Bob")
    bob.sync()
    anna.update(uid, comments="D'Anna")
    anna.sync()
    bob.sync()
    (dispute,) = bob.local.conflicts()
    bob.local.decide(dispute.conflict.uid, Choice.EDIT, {"comments": "Écrit par les deux"})
    bob.remote.server.restore(backup)
    bob.sync()
    (one,) = sharing(bob).aside
    assert (one.subject.name, one.subject.commune, one.deeds) == ("Les Prés", "Toulouse", frozenset(Deed))
    assert tr(one.title) == "Décision devenue sans objet"
    told = reason_text(one, "fr")
    assert told.startswith("Ce qui a été décidé ici sur une contradiction n’a pas été retenu")
    assert told.endswith("\nCommentaires – Écrit par les deux")
    write_aside(tmp_path / "aside.csv", [one], "fr")
    (row,) = table(tmp_path / "aside.csv")
    assert (row["Champ"], row["Valeur"]) == ("Commentaires", "Écrit par les deux")


def test_a_decision_that_was_refused_says_why(person: Callable[[str], Person]) -> None:
    anna, bob = person("anna"), person("bob")
    uid = anna.insert(name="Avant")
    anna.sync()
    bob.sync()
    bob.update(uid, name="De Bob")
    bob.sync()
    anna.update(uid, name="D'Anna")
    anna.sync()
    (dispute,) = anna.local.conflicts()
    anna.local.decide(dispute.conflict.uid, Choice.MINE)
    batch = anna.local.freeze()
    assert batch is not None
    refusal = Result(1, Outcome.FORBIDDEN, code="outside_area")
    anna.local.settle(batch, [refusal], anna.local.state().cursor)
    (after,) = sharing(anna).cases
    assert after.dispute.decision is None
    assert "where you do not write" in str(after.dispute.refusal)
