"""What attaching would do, in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from resorption_plugin.postgis.visiting import Visit
from resorption_plugin.qgis_adapters import translation
from resorption_plugin.qgis_adapters.server_visit import Outlook
from resorption_plugin.ui import sharing_words, visit_text

OPEN = Visit("127.0.0.1:5432/shared", "16.1", "3.4", True, True, False, True, "marie", "officer", ("31",))
MANY = Outlook(OPEN, goes={"site": 39, "water_point": 312, "finding": 1668})


def speak(monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    for module in (visit_text, sharing_words, translation):
        monkeypatch.setattr(module, "language", lambda: language, raising=False)


def test_what_goes_is_counted_alike_by_layer_and_in_all(monkeypatch):
    speak(monkeypatch, "en")
    assert "Slum sites: 39, Water points: 312, other records: 1,668." in visit_text.outlook_text(MANY, 0)
    assert visit_text.sent_at_once(MANY, 0).startswith("2,019 records will be sent there at once;")


@pytest.mark.parametrize(("language", "expected"), [("fr", "2\N{NARROW NO-BREAK SPACE}019"), ("en", "2,019")])
def test_thousands_stand_apart_as_the_language_writes_them(monkeypatch, language, expected):
    speak(monkeypatch, language)
    assert visit_text.sent_at_once(MANY, 0).startswith(expected)


SENT = {
    "nothing": (Outlook(OPEN, comes={"site": 3}), 4, ""),
    "one": (Outlook(OPEN, goes={"site": 1}), 0, "1 record will be sent there at once"),
    "all but what is refused": (Outlook(OPEN, goes={"site": 4}, refused=1), 0, "3 records will be sent there at once"),
    "nothing but what is refused": (Outlook(OPEN, goes={"site": 2}, refused=2), 0, "2 records will be refused"),
    "what an attached workspace has left to send": (replace(MANY, is_again=True), 2, "2 records will be sent"),
    "nothing of an attached workspace": (replace(MANY, is_again=True), 0, ""),
}


@pytest.mark.parametrize(("outlook", "waiting", "expected"), SENT.values(), ids=SENT)
def test_what_is_sent_at_once_is_told(outlook, waiting, expected):
    told = visit_text.sent_at_once(outlook, waiting)
    assert told.startswith(expected)
    assert bool(told) is bool(expected)
    assert ("will be refused" in told) is bool(outlook.refused)
