"""What an administrator does on a real server, and what officers hand over to them."""

from __future__ import annotations

import csv
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest

from resorption_plugin.core.errors import Cancelled, ParameterError, ResorptionError
from resorption_plugin.core.ports import Silent
from resorption_plugin.core.sync.access import Role, Wish
from resorption_plugin.core.sync.administration import Forecast
from resorption_plugin.core.sync.ports import RefusedError
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.geopackage.sync.quarantine import Cause
from resorption_plugin.qgis_adapters import administration
from resorption_plugin.qgis_adapters.aside import Aside
from resorption_plugin.qgis_adapters.subjects import Subject
from resorption_plugin.qgis_adapters.synchronising import attach_workspace, synchronise_workspace
from resorption_plugin.ui import administration_pages
from tests.qgis.shared_base import Base


@pytest.fixture
def service(base: Base, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Give somebody access and a service of their name."""
    services = tmp_path / "services.conf"
    services.touch()
    monkeypatch.setenv("PGSERVICEFILE", str(services))

    def make(login: str, role: str = "officer") -> str:
        base.cluster.login(login)
        base.rows(f"SELECT app.grant_access('{login}', '{role}', ARRAY['31'])")
        address = base.cluster.address(base.name, login)
        with services.open("a") as file:
            file.write("\n".join([f"[{login}]", *(f"{key}={value}" for key, value in address.items()), ""]))
        return f"service={login}"

    return make


def aside(**values: object) -> Aside:
    subject, why = Subject("=1+1", "Toulouse", "=1+1"), ResorptionError("Why.")
    return Aside(
        "site", str(uuid.uuid4()), subject, reason=why, values=values, deeds=frozenset(), cause=Cause.TOO_LARGE
    )


class Stops:
    """Cancels once some progress was told."""

    def __init__(self) -> None:
        self.seen = 0.0

    def progress(self, fraction: float) -> None:
        self.seen = fraction

    def is_cancelled(self) -> bool:
        return self.seen > 0


def test_who_does_not_administrate_reads_nothing(service):
    with pytest.raises(RefusedError, match="does not administrate"):
        administration.read_administration(service("bea"), None, "en", Silent())


def test_access_is_given_with_the_checks_of_the_toolbox(base: Base, service):
    ada = service("adm", "admin")
    base.cluster.login("new_one")
    with pytest.raises(ParameterError, match="at least one area"):
        administration.give_access(ada, Wish("new_one", Role.OFFICER, "", "", ""), Silent())
    administration.give_access(ada, Wish("new_one", Role.OFFICER, "243100518", "owners", "DDETS"), Silent())
    found = administration.read_administration(ada, None, "en", Silent())
    person = next(one for one in found.people if one.login == "new_one")
    assert (person.areas, person.rights, person.organisation) == (("243100518@31",), ("owners",), "DDETS")
    assert found.places["243100518@31"] == "Toulouse Métropole"
    with pytest.raises(RefusedError):
        administration.give_access("service=new_one", Wish("new_one", Role.ADMIN, "", "", ""), Silent())
    administration.take_access(ada, "new_one", Silent())
    with pytest.raises(RefusedError):
        administration.read_administration("service=new_one", None, "en", Silent())


def test_trimming_goes_on_to_the_end_and_stops_when_asked(base: Base, service, monkeypatch):
    ada = service("adm", "admin")
    for _ in range(5):
        base.rows(
            "INSERT INTO resorption.site (uid, status, living_conditions_version, department, geom)"
            " VALUES (gen_random_uuid(), 'open', 2, '31', 'SRID=4326;POINT(1.4 43.6)')"
        )
    base.rows("ALTER TABLE sync.tx DISABLE TRIGGER keep")
    base.rows("UPDATE sync.tx SET at = at - interval '1 year'")
    base.rows("ALTER TABLE sync.tx ENABLE ALWAYS TRIGGER keep")
    assert administration.forecast(ada, 6, Silent()) == Forecast(5, 0, 0)
    one_by_one = "SELECT app.trim_log(make_interval(months => %s), at_once => 1)"
    monkeypatch.setattr("resorption_plugin.postgis.administration._TRIM", one_by_one)
    with pytest.raises(Cancelled):
        administration.trim(ada, 6, 5, Stops())
    assert base.rows("SELECT count(*) FROM sync.log") == [(4,)]
    assert administration.trim(ada, 6, 4, Silent()) == 4
    assert base.rows("SELECT count(*) FROM sync.log") == [(0,)]
    assert administration.forecast(ada, 6, Silent()) == Forecast(0, 0, 0)


def test_many_rows_are_handed_over_in_several_goes_once_each(service, workspace: Path):
    attach_workspace(workspace, service("bea"), Silent())
    rows = [aside(name=f"site {number}") for number in range(230)]
    assert administration.hand_over(workspace, rows, "Tout", Silent()) == 230
    assert administration.hand_over(workspace, rows[:3], "Encore", Silent()) == 3
    found = administration.read_handed(workspace)
    assert len(found) == 230
    assert sum(one.comment == "Encore" for one in found) == 3
    assert {one.title for one in found} == {"=1+1 – Toulouse"}


def test_what_was_handed_over_is_exported_and_the_export_is_logged(service, workspace: Path, tmp_path: Path):
    attach_workspace(workspace, service("bea"), Silent())
    administration.hand_over(workspace, [aside(name="=cmd", population_total=3, status="open")], "")
    target = tmp_path / "handed.csv"
    administration.export_handed(target, administration.read_handed(workspace), "fr", workspace)
    with target.open(encoding="utf-8-sig", newline="") as stream:
        lines = list(csv.reader(stream, delimiter=";"))[1:]
    assert lines[0][-2:] == ["Appellation du site", "'=cmd"]
    assert {line[4] for line in lines} == {"'=1+1 – Toulouse"}
    with GeoPackageStore.open(workspace, read_only=True) as store:
        (export,) = store.read({"export_log"}).layer("export_log")
    assert (export["file_name"], export["audience"]) == ("handed.csv", "services")
    assert export["output"] == "Handed over – rows: 1"
    synchronise_workspace(workspace, "", Silent())
    (seen,) = administration.read_administration(service("adm", "admin"), None, "en", Silent()).exports
    assert (seen.output, seen.login) == ("Handed over – rows: 1", "bea")


def test_a_workspace_without_a_connection_says_so(workspace: Path, base: Base, service):
    service("bea")
    attach_workspace(workspace, base.place("bea"), Silent())
    with pytest.raises(ResorptionError, match="remembers no connection"):
        administration.hand_over(workspace, [aside()], "")


def test_what_only_a_newer_version_knows_is_shown_by_its_name(base: Base, service, workspace: Path, tmp_path: Path):
    attach_workspace(workspace, service("bea"), Silent())
    administration.hand_over(workspace, [aside(name="Fiche", shade_trees=3)], "")
    base.rows("UPDATE sync.handed SET tbl = 'shelter'")
    for table, values in (("site", '{"name": "Un", "shade_trees": 1}'), ("shelter", '{"beds": 4}')):
        base.rows(
            "INSERT INTO sync.conflict (batch, op_no, tbl, uid, kind, grp, mine, theirs, depts, raised_by, tx_id)"
            f" VALUES (gen_random_uuid(), 1, '{table}', gen_random_uuid(), 'same_field', 'x', '{values}', '{{}}',"
            " '{31}', 'bea', 1)"
        )
    found = administration.read_administration(service("adm", "admin"), None, "en", Silent())
    assert sorted(one.subject.name for one in found.contested) == ["Un", "shelter"]
    rows = administration_pages.rows(found)
    assert sorted(row[0] for _one, row in rows["contested"]) == ["Un (Slum site)", "shelter"]
    assert any("shade_trees" in row[2] for _one, row in rows["contested"])
    ((handed, row),) = rows["handed"]
    assert row[2].endswith("(shelter)")
    assert "shade_trees" in administration_pages.handed_html(handed)
    target = tmp_path / "handed.csv"
    administration.export_handed(target, [handed], "fr", None)
    assert "shelter" in target.read_text("utf-8-sig")
