"""Lines as streets: classes, access, bridges, and how the network hangs together."""

from __future__ import annotations

import pytest
import shapely

from resorption_plugin.core.errors import ImportFileError
from resorption_plugin.core.exchange.osm_file import check_whole
from resorption_plugin.core.exchange.osm_tags import all_tags, parse_tags
from resorption_plugin.core.exchange.rows import SourceRow, SourceTable
from resorption_plugin.core.exchange.street_network import islands, read_streets, replacement, touching
from resorption_plugin.core.exchange.streets import BDTOPO_IMPORTANCES, BDTOPO_NATURES, OSM_HIGHWAYS, street_values
from resorption_plugin.core.model import domains
from resorption_plugin.core.ports import Silent


def lines(*wkt: str, columns: tuple[str, ...] = ("highway",), cells: tuple[str, ...] = ("residential",)) -> SourceTable:
    rows = tuple(SourceRow(line, cells, shapely.from_wkt(text)) for line, text in enumerate(wkt, start=1))
    return SourceTable("streets", columns, rows, has_geometry=True)


def streets(*wkt: str):
    return read_streets(lines(*wkt), "f", Silent())


def test_tags_with_quotes_and_backslashes_are_read():
    assert parse_tags(r'"name"=>"rue \"A\"","note"=>"a\\b","x"=>""') == {"name": 'rue "A"', "note": "a\\b", "x": ""}


def test_a_column_wins_over_the_same_other_tag():
    assert all_tags({"highway": "steps", "name": "", "other_tags": '"highway"=>"path","foot"=>"yes"'}) == {
        "highway": "steps",
        "foot": "yes",
    }


@pytest.mark.parametrize(
    ("tags", "road_class", "on_foot"),
    [
        ({"highway": "motorway_link"}, "motorway", False),
        ({"highway": "trunk"}, "trunk", None),
        ({"highway": "trunk", "foot": "yes"}, "trunk", True),
        ({"highway": "primary"}, "primary", True),
        ({"highway": "primary", "other_tags": '"motorroad"=>"yes"'}, "primary", False),
        ({"highway": "living_street"}, "residential", True),
        ({"highway": "track", "access": "private"}, "service", False),
        ({"highway": "track", "access": "private", "foot": "designated"}, "service", True),
        ({"highway": "pedestrian"}, "path", True),
        ({"highway": "footway", "other_tags": '"footway"=>"crossing"'}, "crossing", True),
        ({"highway": "steps"}, "steps", True),
        ({"railway": "rail"}, "railway", False),
        ({"waterway": "canal"}, "water", False),
    ],
)
def test_openstreetmap_lines_get_their_class(tags, road_class, on_foot):
    values = street_values({"osm_id": "1", **tags})
    assert (values["road_class"], values["foot_access"]) == (road_class, on_foot)


@pytest.mark.parametrize(
    ("feature", "road_class"),
    [("track_grade2", "service"), ("footway", "path"), ("tram", "railway"), ("stream", "water")],
)
def test_the_shapefiles_of_geofabrik_are_read(feature, road_class):
    values = street_values({"osm_id": "1", "fclass": feature, "bridge": "F", "tunnel": "T", "layer": "-1"})
    assert values["road_class"] == road_class
    assert (values["is_bridge"], values["is_tunnel"], values["level"]) == (False, True, -1)


@pytest.mark.parametrize("tags", [{}, {"highway": "proposed"}, {"railway": "abandoned"}, {"waterway": "dam"}])
def test_other_openstreetmap_lines_are_left_out(tags):
    assert street_values({"osm_id": "1", **tags}) is None


def test_bridges_tunnels_and_levels_are_read():
    bridge = street_values({"osm_id": "1", "highway": "primary", "other_tags": '"bridge"=>"viaduct","layer"=>"2"'})
    passage = street_values({"osm_id": "1", "highway": "path", "other_tags": '"tunnel"=>"building_passage"'})
    assert (bridge["is_bridge"], bridge["is_tunnel"], bridge["level"]) == (True, False, 2)
    assert (passage["is_bridge"], passage["is_tunnel"], passage["level"]) == (False, False, 0)


@pytest.mark.parametrize(
    ("columns", "road_class", "on_foot"),
    [
        ({"NATURE": "Type autoroutier", "IMPORTANCE": "1", "POS_SOL": "0"}, "motorway", False),
        ({"NATURE": "Route à 1 chaussée", "IMPORTANCE": "4", "POS_SOL": "0"}, "tertiary", True),
        ({"NATURE": "Route à 2 chaussées", "IMPORTANCE": "1", "POS_SOL": "0"}, "trunk", None),
        ({"nature": "Sentier", "importance": "6"}, "path", True),
        ({"nature": "Escalier", "importance": "5"}, "steps", True),
        ({"nature": "Route empierrée", "importance": "6", "acces_pieton": "Interdit"}, "service", False),
        ({"nature": "Voie ferrée principale"}, "railway", False),
        ({"nature": "Écoulement naturel", "persistance": "Permanent"}, "water", False),
    ],
)
def test_lines_of_the_bd_topo_get_their_class(columns, road_class, on_foot):
    values = street_values(columns)
    assert (values["road_class"], values["foot_access"]) == (road_class, on_foot)


def test_the_ground_position_of_the_bd_topo_tells_bridges_and_tunnels():
    assert street_values({"NATURE": "Sentier", "POS_SOL": "1"})["is_bridge"]
    assert street_values({"NATURE": "Sentier", "POS_SOL": "-1"})["is_tunnel"]


def test_any_other_layer_of_lines_is_streets_of_an_unknown_class():
    assert street_values({"label": "x"}) == {"road_class": "other"}


def test_every_class_given_is_in_the_list_of_the_model():
    given = {*OSM_HIGHWAYS.values(), *BDTOPO_NATURES.values(), *BDTOPO_IMPORTANCES.values()}
    assert given <= set(domains.ROAD_CLASS.codes())


def test_lines_that_share_a_vertex_are_connected_even_in_their_middle():
    assert islands(streets("LINESTRING (0 0, 1 0, 2 0)", "LINESTRING (1 0, 1 1)").records) == 1


def test_lines_that_only_cross_are_not_connected():
    assert islands(streets("LINESTRING (0 0, 2 0)", "LINESTRING (1 -1, 1 1)").records) == 2


def test_a_chain_of_lines_read_in_any_order_is_one_island():
    chain = [f"LINESTRING ({x} 0, {x + 1} 0)" for x in (0, 4, 2, 1, 3)]
    assert islands(streets(*chain, "LINESTRING (9 9, 10 9)").records) == 2


def test_no_lines_make_no_island():
    assert islands([]) == 0


def test_a_multiline_becomes_its_lines_and_what_has_no_length_is_left_out():
    read = streets("MULTILINESTRING ((0 0, 1 0), (2 0, 3 0))", "LINESTRING (5 5, 5 5)", "LINESTRING EMPTY")
    assert (len(read.records), read.unusable) == (2, 2)


def test_importing_again_changes_nothing_and_a_new_file_replaces_the_old():
    first = streets("LINESTRING (0 0, 1 0)", "LINESTRING (1 0, 2 0)")
    assert not replacement(first.records, streets("LINESTRING (0 0, 1 0)", "LINESTRING (1 0, 2 0)"), "f")
    change = replacement(first.records, streets("LINESTRING (0 0, 1 1)"), "f")
    assert (len(change.insert), len(change.update), len(change.delete)) == (0, 1, 1)
    assert not replacement(first.records, streets(), "another file").delete


def test_lines_far_from_the_territory_are_noticed():
    toulouse = shapely.box(1.3, 43.5, 1.5, 43.7)
    assert touching(streets("LINESTRING (1.4 43.6, 1.41 43.6)"), toulouse, 2154, 10_000)
    assert not touching(streets("LINESTRING (2.35 48.85, 2.36 48.85)"), toulouse, 2154, 10_000)


def test_a_whole_extract_passes_and_a_cut_one_is_refused(shared_data, tmp_path):
    whole = shared_data / "paris" / "paris_bss.osm.pbf"
    check_whole(whole)
    content = whole.read_bytes()
    for length in (len(content) - 1, len(content) // 2, 40, 3):
        cut = tmp_path / "cut.osm.pbf"
        cut.write_bytes(content[:length])
        with pytest.raises(ImportFileError):
            check_whole(cut)


@pytest.mark.parametrize("content", [b"", b"not an extract at all", b"\x00\x00\x00\x02ab"])
def test_something_else_is_no_extract(tmp_path, content):
    path = tmp_path / "x.osm.pbf"
    path.write_bytes(content)
    with pytest.raises(ImportFileError, match="not an OpenStreetMap extract"):
        check_whole(path)
