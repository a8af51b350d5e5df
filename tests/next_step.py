"""Lets the running plugin be one of the next version, whose step adds a column that the model does not know."""

from __future__ import annotations

import sqlite3

import pytest

from resorption_plugin.core.model import catalogue
from resorption_plugin.geopackage import upgrades
from resorption_plugin.geopackage.moves import Column, Step, add_column

NEXT = catalogue.SCHEMA_VERSION + 1


def with_trees(connection: sqlite3.Connection) -> None:
    """Add the column ``trees`` to the sites."""
    add_column(connection, "site", Column("trees", "INTEGER", "typeof({0}) IN ('integer', 'null')", "Arbres"))


def of_next_version(monkeypatch: pytest.MonkeyPatch, *steps: Step) -> None:
    """Let this process be a plugin of the version to which the steps lead."""
    monkeypatch.setattr(catalogue, "SCHEMA_VERSION", steps[-1].to)
    monkeypatch.setattr(upgrades, "steps", lambda: steps)
