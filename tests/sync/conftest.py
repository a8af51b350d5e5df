"""A real server and real workspaces, shared by the tests of this tier."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tools.throw_away_cluster import NoServerError, binaries

from .followed import Marks
from .ground import LOGINS, Ground, ground, quick_folder
from .ledger import Ledger
from .officers import Officer
from .people import Hands

Engage = Callable[..., Officer]


@pytest.fixture(scope="session")
def server() -> Iterator[Ground]:
    """Give a cluster with an installed template."""
    try:
        binaries()
    except NoServerError as missing:
        pytest.skip(str(missing))
    with quick_folder() as folder, ground(folder) as made:
        yield made


@pytest.fixture
def fresh(server: Ground) -> Ground:
    """Return the server with a database that nobody used."""
    server.renew()
    return server


@pytest.fixture
def engage(fresh: Ground, request: pytest.FixtureRequest) -> Iterator[Engage]:
    """Give what hires officers: ``engage("31")``, ``engage("31", "09")``; each has a workspace that is synchronised."""
    yield from engaging(fresh, request.node.name[:20])


def engaging(made: Ground, name: str) -> Iterator[Engage]:
    ledger, witness, officers = Ledger(), made.witness(), []
    witness.begin()

    def engage(*areas: str, synchronise: bool = True) -> Officer:
        login = LOGINS[len(officers)]
        made.grant(login, areas)
        path = made.workspace(f"{login}_{made.database}_{len(officers)}", areas[0])
        hands = Hands(f"{login}", path, areas[0], ledger, Marks.of(f"test{login[0]}", len(officers)))
        officer = Officer(login, path, made, witness, hands, frozenset(areas), frozenset(areas))
        officers.append(officer)
        if synchronise:
            officer.sync()
        return officer

    yield engage
    made.proxy.arm(None)
    for officer in officers:
        officer.close()
        for path in Path(officer.path.parent).glob(officer.path.stem + "*"):
            path.unlink(missing_ok=True)
    witness.close()
