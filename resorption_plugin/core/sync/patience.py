"""How long a session insists: it waits a little longer each time, never as long as another one, and not for ever."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from secrets import SystemRandom
from typing import TypeVar

from .ports import BusyError, UnreachableError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Patience:
    """The waits between the tries, in seconds."""

    when_busy: tuple[float, ...] = (0.2, 0.5, 1.0, 2.0, 4.0)
    """A server that asks to try again: a lock, a deadlock, a restart."""
    when_lost: tuple[float, ...] = (0.5, 2.0)
    """A connection that breaks: nobody knows what was done, what is asked is asked again as it was."""
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = SystemRandom().random
    """From 0 to 1: so that two that met do not meet again."""

    def with_busy(self, ask: Callable[[], T]) -> T:
        """Return the answer; raises the last ``BusyError``, and at once any other error."""
        return self._insist(ask, lost=())

    def with_losses(self, ask: Callable[[], T]) -> T:
        """Return the answer to what can be asked twice; raises the last ``UnreachableError``."""
        return self._insist(ask, lost=self.when_lost)

    def _insist(self, ask: Callable[[], T], lost: tuple[float, ...]) -> T:
        waits = {BusyError: list(self.when_busy), UnreachableError: list(lost)}
        while True:
            try:
                return ask()
            except UnreachableError as error:
                left = waits[BusyError if isinstance(error, BusyError) else UnreachableError]
                if not left:
                    raise
                self.sleep(left.pop(0) * (0.5 + self.chance()))
