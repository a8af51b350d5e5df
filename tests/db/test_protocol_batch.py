"""A batch is applied once and whole, or refused whole with a reason, whatever is sent at the same time."""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Callable
from typing import Any

import psycopg2
import pytest

from tests.db.protocol import Op, People, Workspace, delete, insert, new, update


@pytest.fixture
def anne(known: People) -> Workspace:
    return known.anne


def payload(*operations: Op) -> str:
    return json.dumps([{"no": number, **made} for number, made in enumerate(operations, start=1)])


def state_of(everything: Workspace) -> Any:
    """Return all that a refused batch must leave as it was."""
    return everything.ask(
        "SELECT jsonb_build_array((SELECT rev FROM sync.head), (SELECT count(*) FROM sync.log), (SELECT count(*) FROM"
        " sync.batch), (SELECT count(*) FROM sync.conflict), (SELECT count(*) FROM resorption.site))"
    )


def refused(anne: Workspace, known: People, code: str, send: Callable[[], object]) -> None:
    before = state_of(known.ada)
    with pytest.raises(psycopg2.Error) as told:
        send()
    assert told.value.pgcode == code
    assert state_of(known.ada) == before


# Once


def test_a_batch_sent_again_is_answered_the_same_and_does_nothing(known: People) -> None:
    anne, batch = known.anne, str(uuid.uuid4())
    site = new(anne)
    known.chloe.push(update("site", site, 1, name=[None, "Le Canal"]))
    sent = payload(insert("site"), update("site", site, 1, name=[None, "Les Berges"]), insert("site", tents=-1))
    first = anne.send(sent, batch)
    before = state_of(known.ada)
    again = anne.send(sent, batch)
    assert (first.pop("replayed"), again.pop("replayed")) == (False, True)
    assert first == again
    assert [result["outcome"] for result in first["results"]] == ["applied", "conflict", "invalid"]
    assert state_of(known.ada) == before


def test_a_batch_whose_answer_was_lost_is_applied_once(known: People) -> None:
    anne, batch, sent = known.anne, str(uuid.uuid4()), payload(insert("site"))
    anne.send(sent, batch)
    anne.connection.close()
    del anne.connection
    assert anne.send(sent, batch)["replayed"]
    assert len(anne.pull()["rows"]) == 1


def test_a_batch_undone_before_its_end_is_applied_when_sent_again(known: People) -> None:
    anne, batch, sent = known.anne, str(uuid.uuid4()), payload(insert("site"))
    anne.connection.autocommit = False
    anne.send(sent, batch)
    anne.connection.rollback()
    anne.connection.autocommit = True
    assert not anne.send(sent, batch)["replayed"]
    assert len(anne.pull()["rows"]) == 1


def test_the_same_batch_sent_twice_at_once_is_applied_once(known: People) -> None:
    anne, batch, sent = known.anne, str(uuid.uuid4()), payload(insert("site"))
    twin = Workspace(anne.place, anne.login, anne.device, anne.counter, anne.epoch)
    answers = at_once(lambda: anne.send(sent, batch), lambda: twin.send(sent, batch))
    assert sorted(answer["replayed"] for answer in answers) == [False, True]
    assert answers[0]["results"] == answers[1]["results"]
    twin.connection.close()


def test_a_batch_tells_the_revision_that_a_pull_then_reaches(known: People) -> None:
    answer = known.anne.send(payload(insert("site")))
    assert known.chloe.pull()["upto"] == answer["rev"]
    nothing = known.anne.send(payload(delete("site", str(uuid.uuid4()))))
    assert nothing["rev"] == answer["rev"]


def test_a_batch_of_conflicts_only_has_a_revision_too(known: People) -> None:
    site = new(known.anne)
    known.anne.push(update("site", site, 1, name=[None, "Le Canal"]))
    known.bruno.pull()
    known.anne.pull()
    answer = known.chloe.send(payload(update("site", site, 1, name=[None, "Les Berges"])))
    page = known.anne.pull()
    assert (page["upto"], page["rows"], len(page["conflicts"])) == (answer["rev"], [], 1)


# Refused whole


def test_a_batch_known_with_another_content_is_refused(known: People) -> None:
    batch = str(uuid.uuid4())
    known.anne.send(payload(insert("site")), batch)
    refused(known.anne, known, "RS004", lambda: known.anne.send(payload(insert("site")), batch))


def test_the_batch_and_the_device_of_someone_else_are_refused(known: People) -> None:
    batch, sent = str(uuid.uuid4()), payload(insert("site"))
    known.anne.send(sent, batch)
    refused(known.chloe, known, "RS005", lambda: known.chloe.send(sent, batch))
    refused(known.chloe, known, "RS005", lambda: known.chloe.send(sent, device=known.anne.device))
    refused(known.chloe, known, "RS005", lambda: known.chloe.send(sent, device=str(uuid.uuid4())))


@pytest.mark.parametrize(
    ("code", "other"),
    [
        ("RS002", {"epoch": str(uuid.uuid4())}),
        ("RS002", {"epoch": None}),
        ("RS003", {"schema_version": 2}),
        ("RS003", {"schema_version": 0}),
        ("RS003", {"schema_version": None}),
        ("RS006", {"sha256": "0" * 64}),
        ("RS006", {"sha256": None}),
    ],
)
def test_a_batch_for_another_server_or_damaged_is_refused(known: People, code: str, other: dict[str, Any]) -> None:
    refused(known.anne, known, code, lambda: known.anne.send(payload(insert("site")), **other))


@pytest.mark.parametrize(
    "sent", ["", "nothing", "{}", "null", "[" * 100_000, '[{"no": 1}]', '[{"tents": NaN}]'], ids=lambda sent: sent[:20]
)
def test_what_is_no_list_of_operations_is_refused(known: People, sent: str) -> None:
    refused(known.anne, known, "RS008", lambda: known.anne.send(sent))


@pytest.mark.parametrize(
    "wrong",
    [
        {"no": 1e9},
        {"layer": 3},
        {"uid": "1"},
        {"kind": "X"},
        {"kind": "R"},
        {"ver": -1},
        {"ver": "1"},
        {"set": []},
        {"set": {"tents": 3}},
        {"set": {"tents": []}},
        {"set": {"tents": [1, 2, 3]}},
    ],
    ids=str,
)
def test_what_is_no_operation_is_refused(known: People, wrong: dict[str, Any]) -> None:
    sent = json.dumps([{"no": 1, **update("site", str(uuid.uuid4())), **wrong}])
    refused(known.anne, known, "RS008", lambda: known.anne.send(sent))


def test_two_operations_of_one_number_are_refused(known: People) -> None:
    sent = json.dumps([{"no": 1, **insert("site")}, {"no": 1, **insert("site")}])
    refused(known.anne, known, "RS008", lambda: known.anne.send(sent))


def test_too_many_operations_and_too_many_bytes_are_refused(known: People) -> None:
    many = payload(*(delete("site", str(uuid.uuid4())) for _ in range(2_001)))
    refused(known.anne, known, "RS007", lambda: known.anne.send(many))
    large = payload(insert("site", comments="é" * 5_000_000))
    refused(known.anne, known, "RS007", lambda: known.anne.send(large))


def test_an_empty_batch_is_nothing(anne: Workspace) -> None:
    assert anne.send("[]")["results"] == []


# At once


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Do some work in as many threads, begun together; return what each gave, or raised."""
    start, given = threading.Barrier(len(works)), {}

    def run(number: int, work: Callable[[], Any]) -> None:
        start.wait()
        try:
            given[number] = work()
        except Exception as error:  # noqa: BLE001 - it is the test that judges it
            given[number] = error

    threads = [threading.Thread(target=run, args=told) for told in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [given[number] for number in range(len(works))]


def test_two_batches_on_the_same_rows_never_lock_each_other(known: People) -> None:
    sites = [new(known.anne, name="") for _ in range(40)]
    for turn in range(5):
        texts = [(f"anne {turn}", known.anne, sites), (f"chloe {turn}", known.chloe, sites[::-1])]
        before = known.anne.value("site", sites[0], "name")

        def sends(text: str, who: Workspace, order: list[str], before: str = before) -> Callable[[], Any]:
            edits = [update("site", site, name=[before, text]) for site in order]
            children = [insert("dwelling", site_uid=site) for site in order]
            return lambda: who.outcomes(*children, *edits)

        one, other = at_once(*(sends(*told) for told in texts))
        children = ["applied"] * len(sites)
        assert sorted([one, other]) == [children + ["applied"] * len(sites), children + ["conflict"] * len(sites)]


def test_a_child_sent_while_its_parent_goes_is_told_so(known: People) -> None:
    for _ in range(5):
        site = new(known.anne)
        deleted, made = at_once(
            lambda site=site: known.anne.outcomes(delete("site", site)),
            lambda site=site: known.chloe.outcomes(insert("dwelling", site_uid=site)),
        )
        assert (deleted, made) in ((["applied"], ["conflict"]), (["conflict"], ["applied"]))


def test_a_lock_that_lasts_is_told_as_such_and_nothing_is_written(known: People) -> None:
    site = new(known.anne)
    with psycopg2.connect(known.place) as admin, admin.cursor() as cursor:
        cursor.execute("SELECT FROM resorption.site WHERE uid = %s FOR UPDATE", [site])
        refused(known.anne, known, "55P03", lambda: known.anne.push(update("site", site, 1, name=[None, "Le Canal"])))
    assert known.anne.outcomes(update("site", site, 1, name=[None, "Le Canal"])) == ["applied"]


def test_a_push_that_lasts_too_long_is_told_as_such_and_nothing_is_written(known: People) -> None:
    site = new(known.anne)
    known.anne.ask("SET statement_timeout = '200ms'")
    with psycopg2.connect(known.place) as admin, admin.cursor() as cursor:
        cursor.execute("SELECT FROM resorption.site WHERE uid = %s FOR UPDATE", [site])
        edit = update("site", site, 1, name=[None, "Le Canal"])
        refused(known.anne, known, "57014", lambda: known.anne.push(insert("site"), edit))
    known.anne.ask("RESET statement_timeout")


def test_two_batches_of_one_transaction_share_its_revision(known: People) -> None:
    known.anne.connection.autocommit = False
    first, second = known.anne.send(payload(insert("site"))), known.anne.send(payload(insert("site")))
    known.anne.connection.commit()
    known.anne.connection.autocommit = True
    assert first["rev"] == second["rev"]
    page = known.chloe.pull()
    assert (page["upto"], len(page["rows"])) == (second["rev"], 2)
    known.chloe.hello()
    assert known.chloe.hello()["action"] == "ok"


def test_a_row_changed_since_the_snapshot_of_the_transaction_is_to_be_tried_again(known: People) -> None:
    site = new(known.anne)
    known.anne.connection.autocommit = False
    known.anne.ask("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
    known.anne.ask("SELECT app.revision()")
    known.chloe.push(update("site", site, 1, name=[None, "Le Canal"]))
    with pytest.raises(psycopg2.Error) as told:
        known.anne.push(update("site", site, 1, tents=[None, 4]))
    assert told.value.pgcode == "40001"
    known.anne.connection.rollback()
    known.anne.connection.autocommit = True
