"""Seeded choices in the types the records need: the same seed gives the same records, identifiers included."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import TypeVar

import numpy as np
import numpy.typing as npt

T = TypeVar("T")


class Chance:
    """A seeded source of plain Python values; each ``part`` of a seed is a source of its own."""

    def __init__(self, seed: int, part: str = "") -> None:
        self._generator = np.random.default_rng([seed, *part.encode()])

    def uid(self) -> str:
        """Return a version 4 UUID."""
        return str(uuid.UUID(bytes=self._generator.bytes(16), version=4))

    def yes(self, probability: float) -> bool:
        """Return true with this probability."""
        return bool(self._generator.random() < probability)

    def integer(self, low: int, high: int) -> int:
        """Return a whole number from ``low`` to ``high``, both possible."""
        return int(self._generator.integers(low, high + 1))

    def real(self, low: float, high: float) -> float:
        """Return a number between ``low`` and ``high``."""
        return float(self._generator.uniform(low, high))

    def reals(self, low: float, high: float, count: int) -> npt.NDArray[np.float64]:
        """Return ``count`` numbers between ``low`` and ``high``, shape (count,)."""
        return self._generator.uniform(low, high, count)

    def pick(self, choices: Sequence[T]) -> T:
        """Return one of the choices."""
        return choices[int(self._generator.integers(len(choices)))]

    def several(self, choices: Sequence[T], number: int) -> list[T]:
        """Return ``number`` different choices (all when there are fewer), in their own order."""
        drawn = self._generator.choice(len(choices), min(number, len(choices)), replace=False)
        return [choices[index] for index in sorted(int(index) for index in drawn)]

    def weighted(self, choices: Sequence[tuple[T, float]]) -> T:
        """Return one of the (choice, weight) pairs' choices."""
        weights = np.array([weight for _, weight in choices])
        return choices[int(self._generator.choice(len(choices), p=weights / weights.sum()))][0]

    def parts(self, whole: int, shares: Sequence[float]) -> list[int]:
        """Share a whole number out at random by ``shares``, which add up to 1 at most."""
        rest = max(0.0, 1.0 - sum(shares))
        return [int(part) for part in self._generator.multinomial(whole, [*shares, rest])[: len(shares)]]

    def part(self, whole: int, share: float) -> int:
        """Return how many of ``whole`` have a property of probability ``share``."""
        return int(self._generator.binomial(whole, share))

    def day(self, first: dt.date, last: dt.date) -> dt.date:
        """Return a day from ``first`` to ``last``, both possible."""
        return first + dt.timedelta(days=self.integer(0, max(0, (last - first).days)))
