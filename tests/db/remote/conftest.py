"""A shared database and two officers who reach it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from resorption_plugin.postgis.remote import PostgresRemote
from tests.db.shared_base import ANNE, BRUNO, SharedBase


@pytest.fixture
def anne(base: SharedBase) -> Iterator[PostgresRemote]:
    with PostgresRemote(base.target(ANNE)) as remote:
        yield remote


@pytest.fixture
def bruno(base: SharedBase) -> Iterator[PostgresRemote]:
    with PostgresRemote(base.target(BRUNO)) as remote:
        yield remote
