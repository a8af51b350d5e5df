"""What the sites of a shared database hold for a login, now or at a past time."""

from __future__ import annotations

from typing import Any

from tests.db.shared_base import ADMIN, SharedBase

Images = dict[str, dict[str, Any]]


def now(base: SharedBase) -> Any:
    return base.value("SELECT clock_timestamp()")


def present(base: SharedBase, login: str = ADMIN) -> Images:
    query = "SELECT uid::text, jsonb_build_object('uid', uid) || app.image(site) FROM resorption.site AS site"
    return dict(base.rows(query, login=login))


def as_of(base: SharedBase, at: Any, login: str = ADMIN) -> Images:
    rows = base.rows("SELECT app.as_of('site', %s)", [at], login)
    assert len({row["uid"] for (row,) in rows}) == len(rows)
    return {row["uid"]: row for (row,) in rows}
