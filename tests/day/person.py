"""An officer at a computer: a real QGIS, a workspace, a line to the server; and what must be true of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from driven_qgis import DrivenQgis
from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Record
from resorption_plugin.core.sync.operations import Choice
from resorption_plugin.geopackage.store import GeoPackageStore
from tests.sync.officers import Officer
from tests.sync.people import Hands, Marks
from tests.sync.proxy import Proxy

from .book import Book

SHARING = "in_qgis_sharing"
OWN = "day_scenes"
PATIENCE_S = 240


@dataclass
class Person:
    """Does everything by the windows of QGIS; looks at the file only while QGIS rests."""

    officer: Officer
    qgis: DrivenQgis
    line: Proxy
    book: Book

    @property
    def path(self) -> Path:
        """Return the workspace."""
        return self.officer.path

    def makes_workspace(self, records: Sequence[Record] = ()) -> None:
        """Make a workspace, which another program fills before it is opened."""
        self.qgis.start()
        project = str(self.path.with_suffix(".qgz"))
        self.qgis.play(f"{SHARING}:make_workspace", workspace=str(self.path), project=project)
        if records:
            with GeoPackageStore.open(self.path) as store:
                store.apply(ChangeSet(insert=records))
        self.qgis.play(f"{SHARING}:open_project", project=project)
        self.book.note()

    def comes_back(self) -> None:
        """Start QGIS again on the same project."""
        self.qgis.start()
        self.qgis.play(f"{SHARING}:open_project", project=str(self.path.with_suffix(".qgz")))

    def attaches(self) -> dict[str, str]:
        told = self.qgis.play(f"{SHARING}:attach", reference=f"service={self.officer.login}")
        self.book.turn_page()
        return told

    def writes(self, uid: str, field: str, text: str, scene: str = "write") -> None:
        self.qgis.play(f"{OWN}:{scene}", uid=uid, field=field, text=text)
        assert self.book.note(), f"{self.officer.name} wrote {text!r}, and the file holds the same"
        assert str(self.site(uid)[field]) == text

    def deletes(self, uid: str) -> None:
        self.qgis.play(f"{OWN}:delete", uid=uid)
        assert self.book.note(), f"{self.officer.name} deleted {uid}, and the file holds it"
        assert not self.site(uid)

    def draws(self, name: str, lonlat: tuple[float, float]) -> str:
        self.qgis.play(f"{OWN}:draw_site", name=name, lonlat=lonlat)
        assert self.book.note()
        with self.looking() as officer:
            return next(r.uid for r in officer.local().read({"site"}).layer("site") if r["name"] == name)

    def adds_photo(self, file: Path, name: str) -> None:
        self.qgis.play(f"{OWN}:add_photo", file=str(file), name=name)
        self.book.note()

    def synchronises(self, shown: str = "synchronised") -> dict[str, Any]:
        told = self.qgis.play(f"{SHARING}:synchronise", shown=shown)
        self.book.turn_page()
        return told

    def decides(self, uid: str, choice: Choice, value: str = "", comment: str = "") -> str:
        """Settle the contradiction about a row in its window; return what the page said of it."""
        with self.looking() as officer:
            dispute = next(one for one in officer.disputes() if one.conflict.row == uid)
            before = officer.working(dispute.conflict.layer, uid)
        given = {"row": uid, "choice": choice.value, "value": value, "comment": comment}
        what = self.qgis.play(f"{SHARING}:decide", **given)
        with self.looking() as officer:
            field = next(iter(dispute.conflict.mine), "")
            officer.note_decision(dispute, choice, {field: value} if value else {}, before)
            assert not [one for one in officer.disputes() if one.conflict.row == uid]
        self.book.turn_page()
        return str(what)

    def waits(self) -> dict[str, Any]:
        return self.qgis.play(f"{SHARING}:waiting")

    def site(self, uid: str) -> dict[str, Any]:
        """Return what the workspace holds of a site, empty where it is not there."""
        with self.looking() as officer:
            found = officer.local().read_uids("site", [uid])
            return dict(found[0].values) if found else {}

    @contextmanager
    def looking(self) -> Iterator[Officer]:
        """Look into the file, and let go of it again."""
        try:
            yield self.officer
        finally:
            self.officer.close()


def hands(login: str, path: Path, officer_marks: str, ledger: Any) -> Hands:
    """Return who signs in the ledger."""
    return Hands(login, path, "31", ledger, Marks(officer_marks))


def wait_for(is_so: Callable[[], bool], otherwise: str) -> None:
    """Wait until something is so; fail where that does not come."""
    until = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < until, otherwise
        time.sleep(0.005)
