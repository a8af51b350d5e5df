"""What looks like personal data is found, and what only resembles it is left alone."""

from __future__ import annotations

import pytest

from resorption_plugin.core.checks.personal_data import PersonalData, found_in


@pytest.mark.parametrize(
    "text",
    [
        "appeler le 05 36 49 00 01",
        "tél. 0536490001.",
        "+33 5 36 49 00 01",
        "+33 (0)5.36.49.00.01",
        "0033536490001",
        "05-36-49-00-01, le soir",
        "(05\u00a036\u00a049\u00a000\u00a001)",
    ],
)
def test_a_french_telephone_number_is_found_however_it_is_written(text):
    assert list(found_in(text)) == [PersonalData.TELEPHONE]


@pytest.mark.parametrize("text", ["contact@exemple.fr", "écrire à prenom.nom+eau@sous.exemple.org."])
def test_an_address_is_found(text):
    assert list(found_in(text)) == [PersonalData.EMAIL]


@pytest.mark.parametrize(
    "text", ["2 55 08 14 168 025 38", "255081416802538", "1 84 12 2A 004 012 82", "184122B00401212"]
)
def test_a_social_security_number_is_found_by_its_key(text):
    *parts, key = text.replace(" ", "")[:13], text.replace(" ", "")[13:]
    number = int(parts[0].replace("2A", "19").replace("2B", "18"))
    right = text if 97 - number % 97 == int(key) else text[:-2] + f"{97 - number % 97:02}"
    assert list(found_in(f"n° {right}")) == [PersonalData.SOCIAL_SECURITY]
    wrong = right[:-2] + f"{(int(right[-2:]) + 1) % 97:02}"
    assert list(found_in(f"n° {wrong}")) == []


@pytest.mark.parametrize(
    "text",
    [
        "SIRET 123 456 789 00012",
        "parcelle 31555 000 AB 0123",
        "le 05/06/2025 à 14 h 30, puis le 06.07.2025",
        "43.604652, 1.444209",
        "2025-06-05 09:30",
        "12 caravanes, 30 cabanes, 05 tentes, 10 voitures",
        "IBAN FR76 3000 6000 0112 3456 7890 189",
        "@mairie",
        "n° 1234567890",
    ],
)
def test_what_only_resembles_a_number_of_somebody_is_left_alone(text):
    assert list(found_in(text)) == []
