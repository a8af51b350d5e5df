"""How the tests of the connection ask a server something, and hear that it refuses."""

from __future__ import annotations

import pytest

from resorption_plugin.core.sync.ports import RefusedError, SyncError
from resorption_plugin.postgis.connection import Server
from resorption_plugin.postgis.target import Target
from tools.throw_away_cluster import OWNER, Cluster

AWKWARD = "hunter2 'é\\%/"


class Wish:
    """A feedback that is cancelled when told."""

    def __init__(self) -> None:
        self.is_wished = False

    def progress(self, fraction: float) -> None:
        pass

    def is_cancelled(self) -> bool:
        return self.is_wished


def ask(target: Target, query: str = "SELECT 1") -> list[tuple]:
    with Server(target) as server:
        return server.ask(query)


def refused(target: Target, kind: type[SyncError] = RefusedError) -> str:
    """Return the sentence with which a target is refused, after a look for traces of libpq."""
    with pytest.raises(kind) as raised:
        ask(target)
    assert type(raised.value) is kind
    assert raised.value.__cause__ is None
    assert raised.value.__context__ is None
    return str(raised.value)


def claire(cluster: Cluster, **others: str) -> Target:
    return Target({**cluster.address(OWNER, "claire"), **others})
