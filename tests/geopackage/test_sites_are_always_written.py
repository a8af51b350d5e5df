"""Whatever an export says, what is left of it after the comparison is taken by the tables."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

import pytest

from resorption_plugin.core.exchange.platform.column import Listing
from resorption_plugin.core.exchange.platform.columns import COLUMNS
from resorption_plugin.core.exchange.platform.held import LAYERS
from resorption_plugin.core.exchange.platform.preview import Decisions, SitesPreviewer
from resorption_plugin.core.exchange.platform.reader import PlatformReading
from resorption_plugin.core.exchange.platform.row import PlatformRow, read_row, write_row
from resorption_plugin.core.exchange.rows import RowError
from resorption_plugin.core.exchange.surroundings import Surroundings
from resorption_plugin.core.ports import Silent
from resorption_plugin.core.territory import Territory
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.geopackage.workspace import create_workspace
from tests.scenes.platform_sites import invented_sites

DAY = dt.date(2025, 11, 3)
NOW = dt.datetime(2026, 1, 15, 9, tzinfo=dt.UTC)
NASTY = (
    "", "NC", "0", "-1", "1", "7", "100000", "1e9", "oui", "non", "peut-être", "01/01/1900", "31/12/2025", "01/01/2099",
    "2031", "<b>", "{x}", "a" * 300, "é" * 5000, "Public; Privé", "Public;Public;Privé", "A;B", "- MSF (Santé)",
    "Inconnu",
    "Terrain", "Autre", "- Évaluation sociale : en cours", "- Inconnu : en cours", "Ressortissants français",
    "05/01/2026 à 10:00 - A\nok <b>", "05/01/2026 à 10:00 - A\nok\n----\n04/01/2026 à 9:00 - B\n" + "x" * 11_000,
)  # fmt: skip


@pytest.fixture(scope="module")
def surroundings(territory: Territory) -> Surroundings:
    return Surroundings(territory, ["44"], 2154)


@pytest.fixture(scope="module")
def empty(territory: Territory, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("loire") / "44.gpkg"
    create_workspace(path, ["44"], territory)
    return path


def nasty_rows(seed: int, listing: Listing) -> list[PlatformRow]:
    """Return rows of an export in which some cells hold what nobody expects."""
    chance = random.Random(seed)
    names = [column.name for column in COLUMNS if column.presence.listing in (None, listing)]
    rows = []
    for line, site in enumerate(invented_sites(1, 25, DAY, 0.5), 8):
        cells = write_row(site.contents, names)
        for name in chance.sample(names, chance.randint(0, len(names) // 2)):
            if name not in ("Latitude", "Longitude"):
                cells[name] = chance.choice(NASTY)
        try:
            rows.append(read_row(line, cells, site.rb_id, listing))
        except RowError:
            continue
    return rows


@pytest.mark.parametrize("seed", range(4))
def test_no_row_makes_the_transaction_fail(empty, tmp_path, territory, surroundings, seed):
    path = tmp_path / "44.gpkg"
    path.write_bytes(empty.read_bytes())
    with GeoPackageStore.open(path) as store:
        for turn, listing in enumerate((Listing.OPEN, Listing.CLOSED, Listing.OPEN)):
            rows = nasty_rows(10 * seed + turn, listing)
            file = PlatformReading("export", "Sites", (), (), (), tuple(rows), (), DAY, listing)
            previewer = SitesPreviewer(store.read(LAYERS), surroundings, territory)
            preview = previewer.preview(file, Decisions(), NOW.date(), Silent())
            assert sum(preview.counts().values()) == len(rows)
            store.apply(preview.change_set(NOW, "import: export"))
            again = SitesPreviewer(store.read(LAYERS), surroundings, territory)
            later = again.preview(file, Decisions(), NOW.date(), Silent())
            assert (later.added, later.changed) == ((), ())
            assert not later.change_set(NOW, "import: export")
