"""What the workspace knows of the server, in few numbers: compared, they show what was missed or damaged."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence
from functools import reduce
from operator import xor

import numpy as np

from ...core.sync.ports import Bucket, Digest
from ...core.sync.travelling import Travel, travel, travels
from ..sql import fill
from . import tables

_ALL = """SELECT 16 * (instr('0123456789abcdef', substr(uid, 1, 1)) - 1)
    + instr('0123456789abcdef', substr(uid, 2, 1)) - 1, hash FROM {base}"""
_ONE = "SELECT uid, hash FROM {base} WHERE uid >= ? AND uid < ?"
_BUCKETS = 256
_MANY = 64
"""From so many buckets on, reading the whole layer is faster."""


def digest(connection: sqlite3.Connection, buckets: Collection[Bucket] | None) -> Digest:
    """Return the number of rows and the exclusive or of their hashes, by bucket; of all buckets when ``None``."""
    if buckets is None:
        return {bucket: found for there in travels() for bucket, found in _of(connection, there, None).items()}
    wanted: dict[str, list[int]] = {}
    for layer, number in buckets:
        wanted.setdefault(layer, []).append(number)
    found: dict[Bucket, tuple[int, int]] = {}
    for layer, numbers in wanted.items():
        found |= _of(connection, travel(layer), numbers)
    return found


def uids(connection: sqlite3.Connection, bucket: Bucket) -> dict[str, int]:
    """Return the hash of each row known of a bucket, by uid."""
    text = fill(_ONE, base=tables.base(travel(bucket[0])))
    return dict(connection.execute(text, _bounds(bucket[1])))


def _of(connection: sqlite3.Connection, there: Travel, numbers: Sequence[int] | None) -> dict[Bucket, tuple[int, int]]:
    if numbers is not None and len(numbers) < _MANY:
        each = {number: uids(connection, (there.key, number)).values() for number in numbers}
        return {(there.key, number): (len(seals), reduce(xor, seals)) for number, seals in each.items() if seals}
    rows = np.array(connection.execute(fill(_ALL, base=tables.base(there))).fetchall(), dtype=np.int64).reshape(-1, 2)
    counts, joined = np.zeros(_BUCKETS, dtype=np.int64), np.zeros(_BUCKETS, dtype=np.int64)
    np.add.at(counts, rows[:, 0], 1)
    np.bitwise_xor.at(joined, rows[:, 0], rows[:, 1])
    wanted = range(_BUCKETS) if numbers is None else numbers
    return {(there.key, number): (int(counts[number]), int(joined[number])) for number in wanted if counts[number]}


def _bounds(number: int) -> tuple[str, str]:
    # after the last bucket no letter of a hexadecimal number follows
    return f"{number:02x}", f"{number + 1:02x}" if number < 255 else "g"
