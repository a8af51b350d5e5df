"""What the page *Sharing* says of a workspace: nothing that is not so, whatever waits in it."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QLocale

from resorption_plugin.core.sync.operations import Choice
from resorption_plugin.core.sync.ports import Waiting
from resorption_plugin.core.sync.refusals import refusal
from resorption_plugin.core.sync.session import Report
from resorption_plugin.geopackage.sync.quarantine import Cause
from resorption_plugin.qgis_adapters.aside import Aside
from resorption_plugin.qgis_adapters.sharing import Sharing, read_sharing
from resorption_plugin.qgis_adapters.sharing_writes import decide, undecide
from resorption_plugin.qgis_adapters.subjects import Subject
from resorption_plugin.qgis_adapters.translation import install_translator, remove_translator, sentence
from resorption_plugin.ui.sharing_page import SharingPage
from resorption_plugin.ui.sharing_words import done_text, here_text, last_text

ABOUT = Subject("La Fonderie", "Foix", "La Fonderie")
NOT_COPIED = "The shared database has not been copied here yet: synchronise."
NOT_THERE = "What is to decide or set aside is not in the shared database."
WHO = {"login": "marie", "role": "officer", "areas": ["31"]}


def aside(cause: Cause | None = Cause.REFUSED, code: str = "outside_area") -> Aside:
    reason = refusal("site", code, "")
    return Aside("site", "1", ABOUT, reason, {}, frozenset(), cause=cause, code=code)


def sharing(to_send: int = 0, conflicts: int = 0, **more: object) -> Sharing:
    return Sharing(True, "service=marie", WHO, Waiting(to_send, conflicts, 0), **more)


@pytest.fixture
def alone(qgis_app, qtbot) -> SharingPage:
    """The page outside of any desk."""
    made = SharingPage()
    qtbot.addWidget(made)
    made.resize(520, 700)
    made.show()
    return made


@pytest.fixture
def french(qgis_app) -> Iterator[None]:
    spoken, translator = QgsApplication.locale(), install_translator("fr")
    QgsApplication.setLocale(QLocale("fr_FR"))
    yield
    QgsApplication.setLocale(QLocale(spoken))
    remove_translator(translator)


@pytest.mark.parametrize(
    ("shown", "told"),
    [
        (sharing(), "Everything was sent."),
        (sharing(2), "2 records to send."),
        (sharing(2, 1), f"2 records to send, 1 contradiction to decide. {NOT_THERE}"),
        (sharing(0, 2), f"2 contradictions to decide. {NOT_THERE}"),
        (
            sharing(0, 2, aside=(aside(),)),
            f"2 contradictions to decide, 1 record set aside. {NOT_THERE}",
        ),
        (sharing(aside=(aside(None),)), "1 record set aside."),
        (sharing(photos_to_send=3), "Photos to send: 3."),
        (sharing(1, photos_to_send=3), "1 record to send. Photos to send: 3."),
        (sharing(is_copied=False), NOT_COPIED),
        (sharing(1, is_copied=False), f"{NOT_COPIED} 1 record to send."),
    ],
)
def test_everything_was_sent_only_where_nothing_waits(shown, told, qgis_app):
    assert here_text(shown) == told


def test_the_last_exchange_does_not_tell_what_waits(qgis_app):
    """What waits changes with every decision; what travelled then does not."""
    done = SimpleNamespace(report=Report(sent=3, waiting=Waiting(0, 2, 1)))
    assert done_text(done) == "3 records sent, 2 contradictions to decide, 1 record set aside."
    assert last_text(done).endswith(": 3 records sent.")
    nothing = SimpleNamespace(report=Report(waiting=Waiting(0, 2, 1)))
    assert last_text(nothing).endswith(": no record was exchanged.")


def test_the_title_counts_what_is_decided_and_not_sent(alone, office, renamed):
    def title() -> str:
        alone.show_sharing(read_sharing(office.path, "en"))
        return alone.cases_box.title()

    assert title() == "To decide (1)"
    decide(office.path, [renamed[1]], Choice.THEIRS, {}, "")
    assert title() == "To decide (0), decided (1)"
    assert "contradiction" not in alone.state.text()
    undecide(office.path, renamed[1])
    assert title() == "To decide (1)"


def test_the_column_says_why_in_short_and_the_sentence_below_in_full(alone, french):
    one = aside()
    alone.show_sharing(sharing(aside=(one,)))
    row = alone.aside.topLevelItem(0)
    assert row.text(2) == "Hors de vos territoires"
    alone.aside.setCurrentItem(row)
    assert alone.reason.text() == row.toolTip(2) == sentence(one.reason)
    assert "territoire où vous n'écrivez pas. Corrigez" in alone.reason.text()
    assert aside(code="23505").title == "Refused by the shared database"
    assert aside(Cause.PASSING).title == "Waits for another record"


def test_areas_are_named_and_thousands_stand_apart(alone, french):
    places = {"31": "Haute-Garonne", "09": "Ariège"}
    alone.show_sharing(sharing(2019, places=places))
    first, second = alone.state.text().splitlines()
    assert first.endswith(" en tant que marie (agent), territoire\N{NO-BREAK SPACE}: Haute-Garonne (31).")
    assert second in {f"2{space}019 fiches à envoyer." for space in "\N{NARROW NO-BREAK SPACE}\N{NO-BREAK SPACE}"}
    two = Sharing(True, "", {**WHO, "areas": ["31", "09", "975"]}, places=places)
    alone.show_sharing(two)
    told = "territoires\N{NO-BREAK SPACE}: Haute-Garonne (31), Ariège (09), 975"
    assert told in alone.state.text()
    alone.show_sharing(Sharing(True, "", {"login": "ada", "role": "admin", "areas": []}))
    assert "en tant que ada (administrateur)\N{NO-BREAK SPACE}; sa connexion" in alone.state.text()
