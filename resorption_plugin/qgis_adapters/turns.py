"""Python shared fairly between the window and the jobs: QGIS waits for it at each of its slots that are Python.

Two settings of the interpreter make the window wait while jobs compute. A thread keeps Python for 5 ms once another
asks for it, and the window asks many times. And a full collection of garbage looks at every object at once, while
nothing else runs Python: 0.1 s for QGIS and its plugins alone, 0.2 to 0.5 s with the records of 100,000 sites,
measured. So turns are shorter and full collections wait as long as a job is at work; and what lives as long as QGIS, or
as the records of the open workspace, is set apart, where no collection looks.
"""

from __future__ import annotations

import gc
import sys

TURN_S = 0.0002
"""How long a thread keeps Python while another asks for it, as long as jobs are at work."""
_NEVER = 2**31 - 1
MANY = 20_000
"""From so many records more on, it counts that collections leave them alone."""


class Turns:
    """Counts the jobs at work; of the main thread, but for ``keep``."""

    def __init__(self) -> None:
        """Change nothing yet."""
        self._at_work = 0
        self._turn_s = sys.getswitchinterval()
        self._thresholds = gc.get_threshold()
        self._kept = 0
        self._set_apart: int | None = None
        """How many records were kept when what was alive was set apart last."""

    def begin(self) -> None:
        """Note that one more job is at work."""
        if not self._at_work:
            self._turn_s, self._thresholds = sys.getswitchinterval(), gc.get_threshold()
            sys.setswitchinterval(TURN_S)
            gc.set_threshold(*self._thresholds[:2], _NEVER)
            if self._set_apart is None:
                self._set_all_apart()
        self._at_work += 1

    def end(self) -> None:
        """Note that a job is at work no more.

        Where many more records are kept than before, they are set apart: they hold no circles, and go when nobody
        keeps them. What else is alive then waits for ``look_at_all``.
        """
        self._at_work -= 1
        if self._at_work:
            return
        if self._kept - (self._set_apart or 0) >= MANY:
            self._set_all_apart()
        gc.set_threshold(*self._thresholds)
        sys.setswitchinterval(self._turn_s)

    def keep(self, records: int) -> None:
        """Note how many records are kept now; of any thread."""
        self._kept = records

    def look_at_all(self) -> None:
        """Let collections look at every object again: the records are kept no more."""
        self._kept, self._set_apart = 0, None
        gc.unfreeze()

    def _set_all_apart(self) -> None:
        gc.freeze()
        self._set_apart = self._kept


turns = Turns()
"""One for all: there is one interpreter."""
