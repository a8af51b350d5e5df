"""The connection services of this computer (``pg_service.conf``), read as libpq does."""

from __future__ import annotations

import configparser
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

_SYSTEM_FOLDERS = ("/etc/postgresql-common", "/etc/sysconfig/pgsql", "/etc/postgresql", "/usr/local/etc/postgresql")


def service(name: str, environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return the parameters of a service; empty when no file has it, or none can be read: libpq then says so."""
    for path in _files(environment):
        found = _read(path, name)
        if found is not None:
            return found
    return {}


def _files(environment: Mapping[str, str]) -> Iterator[Path]:
    """Yield the files where libpq looks, first the one of the user."""
    if environment.get("PGSERVICEFILE"):
        yield Path(environment["PGSERVICEFILE"])
    elif os.name == "nt":
        yield Path(environment.get("APPDATA", "")) / "postgresql" / ".pg_service.conf"
    else:
        yield Path(environment.get("HOME", "")) / ".pg_service.conf"
    folders = [environment["PGSYSCONFDIR"]] if environment.get("PGSYSCONFDIR") else _SYSTEM_FOLDERS
    for folder in folders:
        yield Path(folder) / "pg_service.conf"


def _read(path: Path, name: str) -> dict[str, str] | None:
    parser = configparser.RawConfigParser(
        delimiters=("=",), comment_prefixes=("#",), strict=False, default_section="\x00", empty_lines_in_values=False
    )
    try:
        parser.read_string(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, configparser.Error):
        return None
    return dict(parser.items(name)) if parser.has_section(name) else None
