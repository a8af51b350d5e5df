"""Tags of OpenStreetMap as GDAL hands them over: some in columns, the rest as ``"key"=>"value"`` in ``other_tags``."""

from __future__ import annotations

import re
from collections.abc import Mapping

OTHER_TAGS = "other_tags"

_TAG = re.compile(r'"((?:[^"\\]|\\.)*)"=>"((?:[^"\\]|\\.)*)"')
_ESCAPED = re.compile(r"\\(.)")


def parse_tags(text: str) -> dict[str, str]:
    """Return the tags of a text in PostgreSQL's *hstore* notation."""
    return {_plain(key): _plain(value) for key, value in _TAG.findall(text)}


def all_tags(columns: Mapping[str, str]) -> dict[str, str]:
    """Return the filled tags of a feature, from its columns and ``other_tags``."""
    tags = {name: value for name, value in columns.items() if value and name != OTHER_TAGS}
    return parse_tags(columns.get(OTHER_TAGS, "")) | tags


def _plain(text: str) -> str:
    return _ESCAPED.sub(r"\1", text)
