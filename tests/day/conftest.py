"""Two computers with a real QGIS each, one server, and a line from each to it that can be broken."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

import package
from driven_qgis import DrivenQgis, missing_program, screen
from tests.sync.ground import TEMPLATE, Ground, make_empty, prepare
from tests.sync.ledger import Ledger
from tests.sync.officers import Officer
from tests.sync.proxy import Cut, How, Proxy
from tools.throw_away_cluster import Cluster, NoServerError, binaries, running_cluster

from .book import Book
from .person import Person, hands

HERE = Path(__file__).resolve().parent
PICTURES = HERE.parents[1] / "build" / "day"
DEPARTMENT = "31"
LOGINS = ("anne", "bruno")
ALONE = "chloe"
KEY = "chloe31"
"""The identifier of the authentication that holds her login and password."""


class Cable(Proxy):
    """A line that is pulled out where it breaks: nothing passes any more until ``refuses`` is taken back."""

    def hit(self, statement: bytes) -> Cut | None:
        cut = super().hit(statement)
        self.refuses |= cut is not None and cut.how is How.RESET
        return cut


class Ford(Proxy):
    """A line on which all passes slowly from the statement on that ``slows_at`` names, which it has then seen."""

    slows_at = b""
    is_slow = False

    def hit(self, statement: bytes) -> Cut | None:
        if self.slows_at and self.slows_at in statement:
            self.is_slow, self.bytes_per_s = True, 300
        return super().hit(statement)

    def hastens(self) -> None:
        """Let all pass at once again."""
        self.slows_at, self.is_slow, self.bytes_per_s = b"", False, 0


@dataclass(frozen=True)
class Premises:
    """What every computer stands on; the pictures of their windows stay in build/day/."""

    folder: Path
    cluster: Cluster


@pytest.fixture(scope="session")
def premises() -> Iterator[Premises]:
    """The staged plugin, and a server with an installed database."""
    absent = missing_program()
    if absent:
        pytest.skip(f"There is no {absent} on this machine: run make setup.")
    try:
        binaries()
    except NoServerError as missing:
        pytest.skip(str(missing))
    shutil.rmtree(PICTURES, ignore_errors=True)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="day-", dir="/tmp")))
        package.stage(folder / "plugins" / package.NAME)
        make_empty(folder / "empty.gpkg")
        cluster = stack.enter_context(running_cluster(tcp=True))
        prepare(cluster)
        yield Premises(folder, cluster)


@pytest.fixture(scope="module")
def people(premises) -> Iterator[list[Person]]:
    """Anne and Bruno, of Haute-Garonne, before they open QGIS."""
    cluster = premises.cluster
    with ExitStack() as stack:
        ledger, engaged = Ledger(), []
        database = ""
        for login in LOGINS:
            line = stack.enter_context(Cable(cluster.port))
            ground = Ground(cluster, line, premises.folder)
            stack.callback(ground.hang_up)
            if database:
                ground.database = database
            else:
                database = ground.renew()
            ground.grant(login, [DEPARTMENT])
            engaged.append(_person(stack, ground, login, ledger, engaged))
        yield engaged
        for one in engaged:
            one.officer.close()
            one.officer.witness.close()


@pytest.fixture
def alone(premises) -> Iterator[Person]:
    """Chloé, whose password is known to QGIS's authentications alone, before she opens QGIS."""
    with ExitStack() as stack:
        line = stack.enter_context(Ford(premises.cluster.port))
        ground = Ground(premises.cluster, line, premises.folder)
        stack.callback(ground.hang_up)
        ground.database = f"of_{ALONE}"
        premises.cluster.copy(TEMPLATE, ground.database)
        stack.callback(premises.cluster.drop, ground.database)
        stack.callback(shutil.rmtree, premises.folder / ALONE)
        ground.grant(ALONE, [DEPARTMENT])
        person = _person(stack, ground, ALONE, Ledger(), [])
        services = Path(person.qgis.environment["PGSERVICEFILE"])
        kept = [each for each in services.read_text().splitlines() if not each.startswith(("user=", "password="))]
        services.write_text("\n".join(kept))
        yield person
        person.officer.close()
        person.officer.witness.close()


def _person(stack: ExitStack, ground: Ground, login: str, ledger: Ledger, others: list[Person]) -> Person:
    computer = ground.folder / login
    computer.mkdir()
    services = computer / "services.conf"
    place = ground.cluster.address(ground.database, login, ground.proxy.port)
    services.write_text("\n".join([f"[{login}]", *(f"{key}={value}" for key, value in place.items()), ""]))
    path = computer / f"{login}.gpkg"
    witness = others[0].officer.witness if others else ground.witness()
    officer = Officer(
        login,
        path,
        ground,
        witness,
        hands(login, path, f"day{login[0]}", ledger),
        frozenset({DEPARTMENT}),
        frozenset({DEPARTMENT}),
    )
    qgis = DrivenQgis(
        computer,
        ground.folder / "plugins",
        PICTURES / login,
        stack.enter_context(screen()),
        HERE,
        {"PGSERVICEFILE": str(services)},
    )
    stack.callback(qgis.kill)
    return Person(officer, qgis, ground.proxy, Book(login, path, ledger))
