"""Copies of a workspace, clocks that go wrong, strange texts and other programs: the data stay what they are."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import sys
import unicodedata
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from .conftest import Engage
from .followed import new_uid, writing
from .officers import Officer, attached
from .rest import a_site, all_holds, check_everything, come_to_rest, theirs

CHANCE = random.Random(12)


def test_a_workspace_and_its_copy_never_take_one_for_the_other(engage: Engage) -> None:
    """What both send arrives once."""
    anne, bruno = engage("31"), engage("31")
    uid = a_site(anne, bruno)
    anne.hands.set("site", uid, comments="waits in both files")
    with attached(anne.path) as local:
        local.freeze()
    anne.close()
    copy = anne.path.with_name("copy_of_anne.gpkg")
    shutil.copy(anne.path, copy)
    twin = replace_path(anne, copy)
    anne.sync()
    twin.hands.set("site", uid, name="by the twin")
    twin.sync()
    try:
        all_holds(anne, twin, bruno)
        anne.witness.look()
        arrivals = [entry for entry in anne.witness.log if (entry.after or {}).get("comments") and entry.op == "U"]
        assert len(arrivals) == 1
    finally:
        twin.close()


def replace_path(officer: Officer, path: Path) -> Officer:
    hands = replace(officer.hands, who=f"{officer.name} twin", path=path)
    officer.ledger.inherit(officer.name, hands.who)
    return replace(officer, path=path, hands=hands, _local=None)


def test_the_same_history_under_mad_clocks_gives_the_same_rows(engage: Engage) -> None:
    """The dates that people's computers write are data like others: they decide nothing."""
    images = []
    anne, bruno = engage("31"), engage("31")
    for years in (-10, 0, 10):
        uid = anne.hands.add_site(new_uid(CHANCE), name="same")
        anne.sync()
        bruno.sync()
        anne.hands.set("site", uid, address="of anne", updated_at=f"{2026 + years}-01-01T00:00:00.000Z")
        bruno.hands.set("site", uid, address="of bruno", updated_at=f"{2026 - years}-01-01T00:00:00.000Z")
        bruno.sync()
        anne.sync()
        come_to_rest((anne, bruno), theirs)
        found = anne.witness.images(("site",))["site", uid]
        images.append({name: found[name] for name in ("name", "address", "comments", "status")})
    assert images[0] == images[1] == images[2]
    assert images[0]["address"] == "of bruno"


@pytest.mark.parametrize(
    "value", ["a\x00b", "x" * 3_900, "e\u0301", "\u2028 \U0001f9ff", "'; DROP TABLE resorption.site; --", "\\N", "-0"]
)
def test_a_strange_text_arrives_as_it_is_or_is_set_aside(engage: Engage, value: str) -> None:
    anne, bruno = engage("31"), engage("31")
    uid = a_site(anne, bruno)
    with writing(anne.path) as connection:
        connection.execute("UPDATE site SET comments = ? WHERE uid = ?", (value, uid))
    anne.hands.add_site(new_uid(CHANCE))
    report = anne.sync()
    come_to_rest((anne, bruno), lambda *_: None)
    if "\x00" in value:
        assert report.waiting.quarantined == 1
        return
    assert bruno.hands.value("site", uid, "comments") == unicodedata.normalize("NFC", value)


def test_gdal_opens_what_was_synchronised(engage: Engage) -> None:
    anne, bruno = engage("31"), engage("31")
    for _ in range(12):
        anne.hands.act(CHANCE)
    all_holds(anne, bruno)
    code = (
        "import sys; from osgeo import gdal; gdal.UseExceptions();"
        "file = gdal.OpenEx(sys.argv[1], gdal.OF_VECTOR);"
        "print(*(f'{n}={file.GetLayerByName(n).GetFeatureCount()}' for n in ('site', 'dwelling')));"
        "assert not any(file.GetLayer(i).GetName().startswith('gpkg_') for i in range(file.GetLayerCount()))"
    )
    told = subprocess.run([sys.executable, "-c", code, bruno.path], check=True, capture_output=True, text=True).stdout
    with closing(sqlite3.connect(bruno.path)) as connection:
        counts = [connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("site", "dwelling")]
    assert told.split() == [f"site={counts[0]}", f"dwelling={counts[1]}"]
    check_everything((anne, bruno), CHANCE)
