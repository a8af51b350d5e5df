"""Stage the plugin in build/plugins/ and zip it as the plugin site wants it.

A QGIS started with ``QGIS_PLUGINPATH=build/plugins`` loads the staged plugin: byte for byte what the zip holds.
The zip is deterministic: the same sources give the same bytes.
"""

from __future__ import annotations

import configparser
import importlib.metadata
import re
import shutil
import sys
import zipfile
from pathlib import Path

import translations

ROOT = Path(__file__).resolve().parent.parent
NAME = "resorption_plugin"
STAGED = ROOT / "build" / "plugins" / NAME
ZIP = ROOT / "build" / f"{NAME}.zip"
LARGEST_ZIP_BYTES = 25_000_000  # the plugin site refuses more (it says 25 MB)
UNWANTED = shutil.ignore_patterns("__pycache__", "*.pyc", ".*")
PACKED_LIBRARIES = ("openpyxl", "et_xmlfile")
"""What reads and writes .xlsx: pure Python that not every QGIS brings; the system's own comes first where it does."""


class PackagingError(Exception):
    """The plugin cannot be packaged: the sentence says why."""


def top_of_changelog(text: str) -> tuple[str, str]:
    """Return the version and the notes of the newest section of a changelog that keeps to keepachangelog.com."""
    sections = re.split(r"^## \[(.+?)\].*$", text, flags=re.MULTILINE)
    released = [pair for pair in zip(sections[1::2], sections[2::2], strict=True) if pair[0] != "Unreleased"]
    if not released:
        raise PackagingError("CHANGELOG.md has no section such as “## [0.1.0] - 2026-11-22”.")
    version, notes = released[0]
    lines = [line.removeprefix("### ").strip() for line in notes.strip().splitlines()]
    return version, "\n".join(line for line in lines if line)


def with_changelog(metadata: str, changelog: str) -> str:
    """Return the metadata with the newest notes in its ``changelog``, or stop where the versions differ."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.read_string(metadata)
    version, notes = top_of_changelog(changelog)
    if parser["general"]["version"] != version:
        raise PackagingError(f"metadata.txt says {parser['general']['version']}, CHANGELOG.md says {version}.")
    return metadata.rstrip() + f"\nchangelog=Version {version}\n    " + notes.replace("\n", "\n    ") + "\n"


def stage(target: Path = STAGED) -> None:
    """Lay out the plugin as QGIS installs it, in ``target``."""
    unfinished = target.with_name(f".{target.name}")
    shutil.rmtree(unfinished, ignore_errors=True)
    shutil.copytree(ROOT / NAME, unfinished, ignore=UNWANTED)
    for folder in ("forms", "sql", "styles"):
        shutil.copytree(ROOT / folder, unfinished / folder, ignore=UNWANTED)
    (unfinished / "reference").mkdir()
    shutil.copy(ROOT / "build" / "reference" / "territories.npz", unfinished / "reference")
    shutil.copy(ROOT / "LICENSE", unfinished)
    pack_libraries(unfinished / "vendored")
    compiled = ROOT / "build" / "i18n" / "resorption_fr.qm"
    translations.compile_translation(ROOT / "i18n" / "resorption_fr.ts", compiled)
    (unfinished / "i18n").mkdir()
    shutil.copy(compiled, unfinished / "i18n")
    metadata = with_changelog((ROOT / "metadata.txt").read_text("utf-8"), (ROOT / "CHANGELOG.md").read_text("utf-8"))
    (unfinished / "metadata.txt").write_text(metadata, encoding="utf-8")
    shutil.rmtree(target, ignore_errors=True)
    unfinished.rename(target)


def pack_libraries(target: Path) -> None:
    """Copy the code and the licences of the packed libraries, in the versions that the tests run with."""
    for name in PACKED_LIBRARIES:
        library = importlib.metadata.distribution(name)
        pinned = f"{name}=={library.version}"
        if pinned not in (ROOT / "requirements-dev.txt").read_text("utf-8").splitlines():
            raise PackagingError(f"{pinned} is installed, requirements-dev.txt pins another one: run make setup.")
        for file in library.files or ():
            inside = Path(file)
            is_code = inside.suffix == ".py" and "tests" not in inside.parts
            if is_code or inside.name.startswith(("LICENCE", "LICENSE", "AUTHORS")):
                copy = target / inside
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(str(library.locate_file(file)), copy)


def archive(staged: Path, target: Path) -> None:
    """Zip a staged plugin: sorted names, one date, one mode, so that nothing but the content changes the bytes."""
    unfinished = target.with_suffix(".tmp")
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for path in sorted(path for path in staged.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(f"{NAME}/{path.relative_to(staged).as_posix()}")
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o100644 << 16
            packed.writestr(entry, path.read_bytes())
    if unfinished.stat().st_size > LARGEST_ZIP_BYTES:
        raise PackagingError(f"The zip has {unfinished.stat().st_size} bytes; the site takes {LARGEST_ZIP_BYTES}.")
    unfinished.replace(target)


def main() -> int:
    """Stage, zip, and say what came out."""
    try:
        stage()
        archive(STAGED, ZIP)
    except PackagingError as error:
        print(f"package: {error}", file=sys.stderr)
        return 1
    print(f"{ZIP.relative_to(ROOT)}: {ZIP.stat().st_size / 1e6:.1f} MB, staged in {STAGED.parent.relative_to(ROOT)}/")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
