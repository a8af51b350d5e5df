"""The officer's answers written in a line of text, for imports that nobody watches."""

from __future__ import annotations

import re

from ...errors import ParameterError
from ...i18n import mark
from .matching import Answer, Special

_ANSWER = re.compile(r"(\d+)\s*=\s*([0-9A-Za-z-]+)")


def parse_answers(text: str) -> dict[int, Answer]:
    """Return the answers of ``12=uid;13=new;14=skip`` by line of the file; ``ParameterError`` when it is not such."""
    answers: dict[int, Answer] = {}
    for part in filter(None, (part.strip() for part in text.split(";"))):
        found = _ANSWER.fullmatch(part)
        if found is None:
            raise ParameterError(
                mark(
                    "“{part}” is no decision. Write the line and the identifier of a site, or new, or skip: "
                    "12=new;13=skip."
                ),
                part=part,
            )
        word = found[2].lower()
        known = next((special for special in Special if special.value == word), None)
        answers[int(found[1])] = known or found[2]
    return answers
