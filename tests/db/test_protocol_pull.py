"""What others did, told in pages: the state of each row at one revision; digests tell what was missed."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

import psycopg2
import pytest
from shapely import wkb
from shapely.geometry import MultiPolygon, box

from resorption_plugin.core.model.fields import Geometry
from resorption_plugin.core.sync.news import Page, PulledRow
from resorption_plugin.core.sync.operations import Conflict
from resorption_plugin.core.sync.travelling import travel, travels
from resorption_plugin.core.sync.wire import canonical, row_hash
from tests.db.protocol import ELSEWHERE, HERE, People, delete, insert, new, update

GROUND = wkb.dumps(MultiPolygon([box(1, 43, 2, 44)]), hex=True, byte_order=1).lower()


def is_exact(row: dict[str, Any], image: dict[str, Any]) -> bool:
    """Say whether the hash told with a row is that of an image."""
    return bool(row["hash"] == row_hash(travel(row["layer"]), canonical(travel(row["layer"]), image)))


def test_a_new_row_comes_whole(known: People) -> None:
    values = {
        "name": "Le Campé « é »",
        "tents": 3,
        "is_reinstallation": False,
        "built_at": "2020-02-29",
        "created_at": "2024-03-31T01:30:00.123Z",
        "social_origins": ["french", "other"],
        "position_accuracy_m": 0.1 + 0.2,
        "geom": ELSEWHERE,
    }
    site = new(known.anne, **values)
    (row,) = known.chloe.pull()["rows"]
    assert (row["uid"], row["kind"], row["ver"], row["by"]) == (site, "S", 1, known.anne.login)
    assert set(row["set"]) == set(travel("site").columns)
    assert values.items() <= row["set"].items()
    assert is_exact(row, row["set"])
    assert datetime.fromisoformat(row["at"]).tzinfo is not None


@pytest.mark.parametrize("layer", [each.key for each in travels()])
def test_every_layer_comes_as_it_went(known: People, layer: str) -> None:
    made = sample(known, layer)
    known.chloe.catch_up()
    (result,) = known.ada.push(made)
    assert result["outcome"] == "applied", result
    told = known.ada.row(layer, made["uid"])
    assert told is not None
    assert canonical(travel(layer), told["set"]) == {name: edit[0] for name, edit in made["set"].items()}
    assert is_exact(told, told["set"])
    (page_row,) = [row for row in known.alix.pull()["rows"] if row["uid"] == made["uid"]]
    assert page_row["set"] == told["set"]
    known.ada.push(delete(layer, made["uid"], 1))
    assert known.ada.row(layer, made["uid"]) is None


def sample(known: People, layer: str) -> dict[str, Any]:
    """Return the operation that makes a row of a layer, its parents made."""
    declared = travel(layer).layer
    values: dict[str, Any] = {}
    for relation in declared.relations:
        parent = sample(known, relation.parent)
        known.ada.push(parent)
        values[relation.column] = parent["uid"]
    for field in declared.fields:
        is_sent = field.name in (*travel(layer).columns, *travel(layer).carried)
        if is_sent and field.name not in values and (field.required or field.name in travel(layer).deciding):
            values[field.name] = example(field)
    if declared.geometry_required and declared.geometry is Geometry.POLYGON:
        values["geom"] = GROUND
    return insert(layer, **{**values, **({"department": "31"} if "department" in travel(layer).columns else {})})


def example(field: Any) -> Any:
    kind = field.kind.value
    if field.domain:
        return int(field.domain.codes()[0]) if kind == "integer" else field.domain.codes()[0]
    told = {
        "integer": int(field.minimum or 1),
        "real": 1.5,
        "boolean": True,
        "date": "2024-02-29",
        "uid": str(uuid.uuid4()),
    }
    return told.get(kind, "2024-02-29T10:00:00.000Z" if kind == "datetime" else f"é {uuid.uuid4()}")


def test_of_an_edited_row_come_the_columns_that_changed(known: People) -> None:
    site = new(known.anne, name="before", tents=1)
    known.chloe.pull()
    known.anne.push(update("site", site, 1, name=["before", None], comments=[None, "Vu"]))
    known.anne.push(update("site", site, 2, comments=["Vu", "Revu"], geom=[HERE, ELSEWHERE]))
    (row,) = known.chloe.pull()["rows"]
    assert (row["kind"], row["ver"]) == ("P", 3)
    assert row["set"] == {"name": None, "comments": "Revu", "geom": ELSEWHERE}
    whole = known.chloe.row("site", site)
    assert whole is not None
    assert is_exact(row, whole["set"])


def test_a_deleted_row_comes_without_values_and_one_never_seen_not_at_all(known: People) -> None:
    site = new(known.anne)
    known.chloe.pull()
    brief = new(known.anne)
    known.anne.push(delete("site", site), delete("site", brief))
    page = known.chloe.pull()
    assert {row["uid"]: row["kind"] for row in page["rows"]} == {site: "D", brief: "D"}
    assert not any({"set", "ver", "hash"} & set(row) for row in page["rows"])


def test_a_row_deleted_and_made_again_comes_whole(known: People) -> None:
    site = new(known.anne, name="before")
    known.chloe.pull()
    known.anne.push(delete("site", site))
    with psycopg2.connect(known.place) as admin, admin.cursor() as cursor:
        cursor.execute(
            "INSERT INTO resorption.site (uid, status, living_conditions_version, department, geom)"
            " VALUES (%s, 'open', 2, '31', 'SRID=4326;POINT(1 43)')",
            [site],
        )
    (row,) = known.chloe.pull()["rows"]
    assert (row["kind"], row["ver"], row["set"]["name"]) == ("S", 3, None)
    assert is_exact(row, row["set"])


def test_what_an_administrator_writes_by_sql_comes_too(known: People) -> None:
    site = new(known.anne)
    known.chloe.pull()
    with psycopg2.connect(known.place) as admin, admin.cursor() as cursor:
        cursor.execute("UPDATE resorption.site SET name = 'by SQL' WHERE uid = %s", [site])
    (row,) = known.chloe.pull()["rows"]
    assert (row["kind"], row["set"], row["by"]) == ("P", {"name": "by SQL"}, "postgres")


# Pages


def test_pages_hold_whole_transactions_and_follow_one_another_to_the_end(known: People) -> None:
    for size in (3, 1, 4, 2):
        known.anne.push(*(insert("site") for _ in range(size)))
    sizes, more = [], True
    while more:
        page = known.chloe.pull(4)
        sizes.append(len(page["rows"]))
        more = page["more"]
    assert sizes == [4, 4, 2]
    assert known.chloe.pull(4)["rows"] == []


def test_a_transaction_larger_than_a_page_comes_whole(known: People) -> None:
    known.anne.push(*(insert("site") for _ in range(5)))
    known.anne.push(insert("site"))
    page = known.chloe.pull(2)
    assert (len(page["rows"]), page["more"]) == (5, True)
    page = known.chloe.pull(2)
    assert (len(page["rows"]), page["more"]) == (1, False)


def test_a_page_tells_rows_as_they_were_at_its_end(known: People) -> None:
    site, gone = new(known.anne, name="before"), new(known.anne, name="gone")
    known.chloe.pull()
    known.anne.push(update("site", site, 1, name=["before", "second"]), update("site", gone, 1, tents=[None, 1]))
    known.anne.push(update("site", site, 2, name=["second", "third"], tents=[None, 3]), delete("site", gone, 2))
    known.anne.push(insert("site"))
    first = {row["uid"]: row for row in known.chloe.pull(2)["rows"]}
    assert (first[site]["set"], first[site]["ver"]) == ({"name": "second"}, 2)
    assert (first[gone]["kind"], first[gone]["set"]) == ("P", {"tents": 1})
    whole = known.chloe.row("site", site)
    assert whole is not None
    assert is_exact(first[site], whole["set"] | {"name": "second", "tents": None})
    assert is_exact(first[gone], whole["set"] | {"name": "gone", "tents": 1})
    second = {row["uid"]: row for row in known.chloe.pull(2)["rows"]}
    assert (second[site]["set"], second[site]["ver"]) == ({"name": "third", "tents": 3}, 3)
    assert second[gone]["kind"] == "D"


def test_a_row_that_comes_into_the_area_is_told_as_it_was_then(known: People) -> None:
    site = new(known.bruno, department="32", name="before")
    known.chloe.pull()
    known.ada.push(update("site", site, 1, department=["32", "31"]))
    known.anne.push(update("site", site, 2, name=["before", "after"]))
    known.anne.push(insert("site"))
    (row,) = known.chloe.pull(1)["rows"]
    assert (row["kind"], row["ver"], row["set"]["name"], row["set"]["department"]) == ("S", 2, "before", "31")
    assert is_exact(row, row["set"])


@pytest.mark.parametrize("cursor", [-1, 10**9, None])
def test_a_cursor_outside_of_the_log_is_refused(known: People, cursor: int | None) -> None:
    with pytest.raises(psycopg2.Error) as told:
        known.anne.ask("SELECT app.pull(%s, 10)", cursor)
    assert told.value.pgcode == "RS009"


def test_a_page_is_read_by_the_plugin(known: People) -> None:
    site = new(known.anne)
    known.chloe.push(update("site", site, 1, name=[None, "theirs"]))
    known.anne.push(update("site", site, 1, name=[None, "mine"]))
    page = Page.from_json(known.chloe.pull())
    assert isinstance(page.rows[0], PulledRow)
    assert isinstance(page.conflicts[0], Conflict)
    assert page.conflicts[0].raised_at.endswith("Z")


# Digests


def test_digests_are_those_of_the_rows_one_reads(known: People) -> None:
    sites = [new(known.anne) for _ in range(5)]
    new(known.bruno, department="32")
    rows = known.anne.ask("SELECT jsonb_agg(jsonb_build_array(tbl, bucket, n, x)) FROM app.digest()")
    buckets = {(tbl, bucket): (n, x) for tbl, bucket, n, x in rows}
    hashes: dict[int, list[int]] = {}
    for bucket in {int(site[:2], 16) for site in sites}:
        found = known.anne.ask("SELECT jsonb_object_agg(uid, hash) FROM app.uids('site', %s)", bucket)
        for uid, told in found.items():
            row = known.anne.row("site", uid)
            assert row is not None
            assert row["hash"] == told
            hashes.setdefault(bucket, []).append(told)
        joined = 0
        for told in hashes[bucket]:
            joined ^= told
        assert buckets["site", bucket] == (len(hashes[bucket]), joined)


def test_digests_hold_no_row_of_another_department(known: People) -> None:
    new(known.bruno, department="32")
    ask = "SELECT coalesce(sum(n), 0) FROM app.digest() WHERE tbl = 'site'"
    counted = "SELECT count(*) FROM resorption.site"
    assert int(known.anne.ask(ask)) == known.anne.ask(counted)
    assert int(known.ada.ask(ask)) == known.ada.ask(counted) > known.anne.ask(counted)
