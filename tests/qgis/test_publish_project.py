"""The project published for those who only look: stored in the database, opened and drawn by another login."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from qgis.core import (
    QgsApplication,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

from resorption_plugin.processing.attach_workspace import AttachWorkspace
from resorption_plugin.processing.grant_access import GrantAccess
from resorption_plugin.processing.publish_project import PublishProject
from resorption_plugin.qgis_adapters.layers import workspace_layers
from tests.qgis.shared_base import Base, add_site, refused, run

LOGINS = ("chief", "anne", "bruno")
NAME = "Eau d'été"


@pytest.fixture
def base_of_three(base: Base, workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Base:
    """A shared database with a site in Toulouse; an administrator, an officer there, one elsewhere: a service each."""
    base.cluster.login("chief")
    run(GrantAccess, CONNECTION=base.place(), LOGIN="chief", ROLE="admin")
    base.officer("anne")
    base.officer("bruno", "32")
    lines = []
    for login in LOGINS:
        address = base.cluster.address(base.name, login)
        lines += [f"[{service(base, login)}]", *(f"{key}={value}" for key, value in address.items()), ""]
    services = tmp_path / "services.conf"
    services.write_text("\n".join(lines))
    monkeypatch.setenv("PGSERVICEFILE", str(services))
    add_site(workspace, name="L'Écluse")
    run(AttachWorkspace, WORKSPACE=workspace, CONNECTION=f"service={service(base, 'anne')}")
    return base


@pytest.fixture
def project() -> Iterator[QgsProject]:
    opened = QgsProject()
    yield opened
    opened.clear()


def service(base: Base, login: str) -> str:
    """Return the name of a service: another for each database, as QGIS keeps connections by their names."""
    return f"{login}_{base.name}"


def address(base: Base, login: str) -> str:
    return f"postgresql://?service={service(base, login)}&schema=maps&project={NAME}"


def content(base: Base) -> str:
    ((stored,),) = base.rows("SELECT content FROM maps.qgis_projects")
    return unzipped(bytes(stored))


def unzipped(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def drawn(project: QgsProject) -> set[str]:
    """Return the colours of the map of the sites."""
    site = by_table(project)["v_site"]
    settings = QgsMapSettings()
    settings.setLayers([site])
    settings.setDestinationCrs(project.crs())
    settings.setTransformContext(project.transformContext())
    settings.setExtent(project.viewSettings().defaultViewExtent())
    settings.setOutputSize(QSize(200, 200))
    settings.setBackgroundColor(QColor("white"))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    return {image.pixelColor(x, y).name() for x in range(200) for y in range(200)} - {"#ffffff"}


def by_table(project: QgsProject) -> dict[str, QgsVectorLayer]:
    layers = [layer for layer in project.mapLayers().values() if isinstance(layer, QgsVectorLayer)]
    return {layer.dataProvider().uri().table(): layer for layer in layers}


def test_a_stored_project_opens_read_only_and_is_drawn(base_of_three: Base, project: QgsProject):
    run(PublishProject, CONNECTION=f"service={service(base_of_three, 'chief')}", NAME=NAME)
    assert base_of_three.rows("SELECT name FROM maps.qgis_projects") == [(NAME,)]
    for login in LOGINS:
        assert project.read(address(base_of_three, login)), project.error()
        assert project.title()
        project.clear()
    storage = QgsApplication.projectStorageRegistry().projectStorageFromType("postgresql")
    assert list(storage.listProjects(f"postgresql://?service={service(base_of_three, 'anne')}&schema=maps")) == [NAME]
    assert project.read(address(base_of_three, "anne"))
    layers = by_table(project)
    assert {"v_site", "v_water_point", "v_population_count", "v_photo"} < set(layers)
    assert not {"v_export_log", "v_platform_record", "v_finding"} & set(layers)
    assert all(layer.isValid() and layer.readOnly() for layer in layers.values())
    site = layers["v_site"]
    assert [feature["name"] for feature in site.getFeatures()] == ["L'Écluse"]
    assert not site.startEditing()
    assert site.labelsEnabled()
    tabs = [tab.name() for tab in site.editFormConfig().tabs()]
    assert "Photos" in tabs
    assert not [name for name in tabs if "ater" in name and "istance" in name], "distances are not on the server"
    assert site.attributeDisplayName(site.fields().indexOf("status")) != "status"
    assert [group.name() for group in project.layerTreeRoot().findGroups()] != []
    assert not list(workspace_layers(project)), "the plugin must not take these layers for a workspace"
    assert drawn(project)


def test_a_stored_project_holds_no_secret(base_of_three: Base):
    run(PublishProject, CONNECTION=f"service={service(base_of_three, 'chief')}", NAME=NAME)
    told = content(base_of_three)
    assert f"service='{service(base_of_three, 'chief')}'" in told
    for secret in (*base_of_three.cluster.passwords.values(), "password=", "user='"):
        assert secret not in told


def test_a_connection_by_its_parameters_is_told_without_login(base_of_three: Base, tmp_path: Path):
    there = base_of_three.cluster.address(base_of_three.name, "chief")
    given = " ".join(f"{key}={value}" for key, value in there.items())
    path = tmp_path / "lecture.qgz"
    assert run(PublishProject, CONNECTION=given, NAME=NAME, PROJECT=path)["PUBLISHED"] == str(path)
    told = unzipped(path.read_bytes())
    assert f"dbname='{base_of_three.name}' host={there['host']} port={there['port']}" in told
    assert there["password"] not in told
    assert "chief" not in told
    assert base_of_three.rows("SELECT name FROM maps.qgis_projects") == []
    assert "already" in refused(PublishProject, CONNECTION=given, NAME=NAME, PROJECT=path)


def test_only_administrators_store_and_nothing_is_replaced_unasked(base_of_three: Base):
    assert "administrator" in refused(PublishProject, CONNECTION=f"service={service(base_of_three, 'anne')}", NAME=NAME)
    assert base_of_three.rows("SELECT name FROM maps.qgis_projects") == []
    run(PublishProject, CONNECTION=f"service={service(base_of_three, 'chief')}", NAME=NAME)
    before = base_of_three.rows("SELECT md5(content) FROM maps.qgis_projects")
    assert "already a project" in refused(
        PublishProject, CONNECTION=f"service={service(base_of_three, 'chief')}", NAME=NAME
    )
    assert base_of_three.rows("SELECT md5(content) FROM maps.qgis_projects") == before
    run(PublishProject, CONNECTION=f"service={service(base_of_three, 'chief')}", NAME=NAME, REPLACE=True)
    assert base_of_three.rows("SELECT count(*) FROM maps.qgis_projects") == [(1,)]


def test_an_officer_publishes_to_a_file(base_of_three: Base, tmp_path: Path, project: QgsProject):
    path = tmp_path / "lecture.qgz"
    run(PublishProject, CONNECTION=f"service={service(base_of_three, 'anne')}", NAME=NAME, PROJECT=path)
    assert project.read(str(path))
    assert [feature["name"] for feature in by_table(project)["v_site"].getFeatures()] == ["L'Écluse"]
