"""What looks like personal data in a text: a telephone number, an e-mail address, a social security number.

Patterns are narrow: a false alarm teaches people to look away. Nothing that is found is repeated in a finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum

from ..model.fields import Label


class PersonalData(Enum):
    """What a text seems to hold; the value is what people read."""

    SOCIAL_SECURITY = Label("social security number", "numéro de sécurité sociale")
    TELEPHONE = Label("telephone number", "numéro de téléphone")
    EMAIL = Label("e-mail address", "adresse électronique")


_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}(?![\w-])")
_TELEPHONE = re.compile(
    r"(?<![\d.,/-])(?:(?:\+|00)33[\s.\u00a0-]?(?:\(0\)\s?)?|0)[1-9](?:[\s.\u00a0-]?\d{2}){4}(?![\d/])"
)
_SOCIAL_SECURITY = re.compile(
    r"(?<!\d)([1-478])[\s\u00a0]?(\d{2})[\s\u00a0]?(\d{2})[\s\u00a0]?(\d{2}|2[ABab])[\s\u00a0]?(\d{3})[\s\u00a0]?"
    r"(\d{3})[\s\u00a0]?(\d{2})(?!\d)"
)
_CORSICA = {"2A": "19", "2B": "18"}


def found_in(text: str) -> Iterator[PersonalData]:
    """Yield what a text seems to hold, each kind once."""
    if any(map(_has_its_key, _SOCIAL_SECURITY.finditer(text))):
        yield PersonalData.SOCIAL_SECURITY
    if _TELEPHONE.search(text):
        yield PersonalData.TELEPHONE
    if _EMAIL.search(text):
        yield PersonalData.EMAIL


def _has_its_key(number: re.Match[str]) -> bool:
    """Say whether the last two digits are the key of the number: 97 less the remainder by 97 (INSEE).

    The departments of Corsica count as 19 and 18.
    """
    *parts, key = number.groups()
    parts[3] = _CORSICA.get(parts[3].upper(), parts[3])
    return 97 - int("".join(parts)) % 97 == int(key)
