"""The zip is what the plugin site accepts, and it works where it is unpacked."""

from __future__ import annotations

import ast
import configparser
import datetime as dt
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import package
from tests.scenes.platform_file import write
from tests.scenes.platform_sites import invented_sites

ASKED_BY_THE_SITE = {
    "name",
    "description",
    "version",
    "qgisMinimumVersion",
    "author",
    "email",
    "about",
    "tracker",
    "repository",
}
ASKED_BY_US = {"changelog", "qgisMaximumVersion", "tags", "category", "icon", "hasProcessingProvider", "homepage"}


@pytest.fixture(scope="module")
def plugin_zip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("package")
    package.stage(folder / package.NAME)
    package.archive(folder / package.NAME, folder / "plugin.zip")
    return folder / "plugin.zip"


@pytest.fixture(scope="module")
def names(plugin_zip: Path) -> list[str]:
    with zipfile.ZipFile(plugin_zip) as packed:
        return packed.namelist()


@pytest.fixture(scope="module")
def unpacked(plugin_zip: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plugins")
    with zipfile.ZipFile(plugin_zip) as packed:
        assert packed.testzip() is None
        packed.extractall(folder)
    return folder / package.NAME


@pytest.fixture(scope="module")
def metadata(unpacked: Path) -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(unpacked / "metadata.txt", encoding="utf-8")
    return parser["general"]


def test_the_zip_is_small_enough_for_the_site(plugin_zip: Path):
    assert plugin_zip.stat().st_size <= package.LARGEST_ZIP_BYTES


def test_the_zip_has_one_top_folder_that_python_can_import(names: list[str]):
    tops = {name.split("/")[0] for name in names}
    assert tops == {package.NAME}
    assert package.NAME.isidentifier()
    assert {f"{package.NAME}/{name}" for name in ("__init__.py", "metadata.txt", "LICENSE")} <= set(names)


def test_the_zip_holds_nothing_that_the_site_refuses(names: list[str]):
    refused = re.compile(
        r"\.pyc$|__pycache__|__MACOSX|(^|/)\.|\.\.|\\|\.(exe|dll|so|dylib|bat|sh|ps1|cmd)$|(^|/)(tests|build)/",
        re.IGNORECASE,
    )
    assert not [name for name in names if refused.search(name)]


def test_the_zip_holds_what_the_plugin_reads(names: list[str]):
    held = {name.removeprefix(f"{package.NAME}/") for name in names}
    assert {"i18n/resorption_fr.qm", "reference/territories.npz", "metadata.txt"} <= held
    for folder, pattern in (("forms", "*.ui"), ("styles", "*.qml"), ("styles", "*.qpt"), ("styles/icons", "*.svg")):
        expected = {f"{folder}/{path.name}" for path in (package.ROOT / folder).glob(pattern)}
        assert expected
        assert expected <= held


def test_the_zip_holds_the_libraries_that_qgis_may_lack_with_their_licences(names: list[str]):
    packed = {name.removeprefix(f"{package.NAME}/vendored/") for name in names if "/vendored/" in name}
    assert {"openpyxl/__init__.py", "openpyxl/reader/excel.py", "et_xmlfile/__init__.py"} <= packed
    licences = {name.split("-")[0] for name in packed if "LICENCE" in name}
    assert licences == {"openpyxl", "et_xmlfile"}
    assert all(name.endswith(".py") or ".dist-info/" in name for name in packed)


def test_an_unpacked_plugin_reads_a_spreadsheet_where_the_system_has_no_library(unpacked: Path, tmp_path: Path):
    """The libraries are looked for in the folder of the plugin alone."""
    write(tmp_path / "export.xlsx", invented_sites(1, 5, dt.date(2026, 11, 1)))
    program = (
        "import sys; from importlib.machinery import PathFinder; from pathlib import Path\n"
        f"sys.path[:0] = [{str(unpacked.parent)!r}]\n"
        "class OnlyPacked:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name in ('openpyxl', 'et_xmlfile'):\n"
        "            found = PathFinder.find_spec(name, [at for at in sys.path if at.endswith('vendored')])\n"
        "            if found is None: raise ModuleNotFoundError(name)\n"
        "            return found\n"
        "sys.meta_path.insert(0, OnlyPacked())\n"
        "from resorption_plugin.core.exchange.platform.reader import read_export\n"
        "print(len(read_export(Path('export.xlsx')).rows), sys.modules['openpyxl'].__file__)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    rows, where = done.stdout.split(maxsplit=1)
    assert int(rows) > 0
    assert Path(where.strip()) == unpacked / "vendored" / "openpyxl" / "__init__.py"


def test_every_module_of_the_checkout_is_in_the_zip(names: list[str]):
    modules = {f"{path.relative_to(package.ROOT).as_posix()}" for path in (package.ROOT / package.NAME).rglob("*.py")}
    assert modules <= set(names)


def test_the_code_is_python_3_11(unpacked: Path):
    for path in unpacked.rglob("*.py"):
        ast.parse(path.read_text("utf-8"), feature_version=(3, 11))


def test_the_metadata_says_all_that_the_site_asks(metadata: configparser.SectionProxy):
    assert not [field for field in ASKED_BY_THE_SITE | ASKED_BY_US if not metadata.get(field)]
    assert re.fullmatch(r"\d+\.\d+\.\d+", metadata["version"]), "the site sorts versions as texts of N.N.N"
    assert (metadata["qgisMinimumVersion"], metadata["qgisMaximumVersion"]) == ("3.40", "4.99")
    assert metadata["hasProcessingProvider"] == "yes"
    assert metadata["email"].count("@") == 1
    assert metadata["description"].isascii(), "the short description is in English"


def test_the_metadata_names_what_the_plugin_needs(metadata: configparser.SectionProxy):
    assert "shapely 2" in metadata["about"]


def test_the_newest_changelog_section_is_in_the_metadata(metadata: configparser.SectionProxy):
    assert metadata["changelog"].startswith(f"Version {metadata['version']}\n")


def test_the_icon_of_the_metadata_exists(metadata: configparser.SectionProxy, unpacked: Path):
    assert (unpacked / metadata["icon"]).is_file()


def test_an_unpacked_plugin_finds_its_own_files(unpacked: Path, tmp_path: Path):
    """From another folder, with the checkout out of sight."""
    program = (
        f"import sys; sys.path[:0] = [{str(unpacked.parent)!r}]\n"
        "from resorption_plugin import paths\n"
        "from resorption_plugin.core.territory import Territory\n"
        "assert paths.translation('fr').is_file(), paths.translation('fr')\n"
        "assert paths.metadata().is_file() and paths.icon('resorption').is_file()\n"
        "print(Territory.load(paths.territories()).commune_at(1.4437, 43.6045).commune.name)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("Toulouse", "")


def test_the_same_sources_give_the_same_bytes(plugin_zip: Path, tmp_path: Path):
    package.stage(tmp_path / package.NAME)
    package.archive(tmp_path / package.NAME, tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == plugin_zip.read_bytes()


def test_packaging_stops_where_metadata_and_changelog_disagree():
    with pytest.raises(package.PackagingError, match=r"metadata\.txt says 1\.2\.3, CHANGELOG\.md says 1\.2\.4"):
        package.with_changelog("[general]\nversion=1.2.3\n", "## [Unreleased]\n\n## [1.2.4] - 2026-01-01\n\n- A\n")


def test_the_changelog_gives_the_newest_released_section():
    newest = ["## [2.0.0] - 2026-02-02", "### Added", "- yes"]
    sections = ["# Changelog", "## [Unreleased]", "- no", *newest, "## [1.0.0] - 2025-01-01"]
    assert package.top_of_changelog("\n\n".join(sections)) == ("2.0.0", "Added\n- yes")
