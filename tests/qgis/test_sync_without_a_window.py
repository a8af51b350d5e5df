"""The shared database by ``qgis_process``: a real server, a QGIS without a window."""

from __future__ import annotations

from pathlib import Path

from resorption_plugin.core.model import catalogue
from tests.package.test_headless import Headless
from tests.qgis.shared_base import COUNTS, Base, add_site


def test_a_whole_life_by_qgis_process(empty: Base, workspace: Path, tmp_path: Path):
    headless = Headless(tmp_path)
    code, results, said = headless("installserver", CONNECTION=empty.place())
    assert (code, results["VERSION"]) == (0, catalogue.SCHEMA_VERSION), said
    password = empty.cluster.passwords[empty.cluster.login("anne")]
    code, _, said = headless("grantaccess", CONNECTION=empty.place(), LOGIN="anne", ROLE="officer", AREAS="31")
    assert code == 0, said
    told = {**empty.cluster.address(empty.name, "anne"), "password": ""}
    file, pgpass = tmp_path / "pg_service.conf", tmp_path / "pgpass"
    file.write_text("[shared]\n" + "".join(f"{name}={value}\n" for name, value in told.items() if value), "utf-8")
    pgpass.write_text(f"*:*:*:*:{password}\n", encoding="utf-8")
    pgpass.chmod(0o600)
    headless.environment |= {"PGSERVICEFILE": str(file), "PGPASSFILE": str(pgpass)}
    add_site(workspace)
    code, results, said = headless("attachworkspace", WORKSPACE=workspace, CONNECTION="service=shared")
    assert code == 0, said
    assert [results[name] for name in COUNTS] == [1, 0, 0, 0]
    empty.rows("UPDATE resorption.site SET name = 'Changed'")
    code, results, said = headless("sync", WORKSPACE=workspace)
    assert (code, results["RECEIVED"]) == (0, 1), said
    code, results, said = headless("detachworkspace", WORKSPACE=workspace)
    assert (code, results["TO_SEND"]) == (0, 0), said
    assert password not in said


def test_a_refusal_by_qgis_process_is_one_french_sentence(base: Base, tmp_path: Path):
    headless = Headless(tmp_path)
    code, _, said = headless("installserver", CONNECTION="host=127.0.0.1 port=1 dbname=x")
    assert code != 0
    assert "ne répond pas" in said
    code, _, said = headless("installserver", CONNECTION="authcfg=abc1234 host=x")
    assert code != 0
    assert "mot de passe principal" in said
