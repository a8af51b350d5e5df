"""Work done in a process of its own that is killed, at a step or at any moment."""

from __future__ import annotations

import os
import signal
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from resorption_plugin.core.sync.ports import Probe


@dataclass(frozen=True)
class KillAt:
    """The end of the process, the n-th time that it comes to a step."""

    step: str
    nth: int = 1

    def probe(self) -> Probe:
        """Return what counts the steps, and kills."""
        seen: Counter[str] = Counter()

        def watch(step: str) -> None:
            seen[step] += 1
            if step == self.step and seen[step] == self.nth:
                os.kill(os.getpid(), signal.SIGKILL)

        return watch


@dataclass(frozen=True)
class KillAfter:
    """The end of the process after some seconds, wherever it is."""

    seconds: float


@dataclass(frozen=True)
class Ending:
    """How a child ended."""

    killed: bool
    code: int = 0
    error: str = ""
    """The class of the error that its work raised."""
    told: str = ""


FAILED = 3
"""The code of a child whose work raised."""


@dataclass
class Child:
    """A process that does some work."""

    pid: int
    pipe: int

    def wait(self, limit_s: float = 120.0) -> Ending:
        """Wait for its end."""
        deadline = time.monotonic() + limit_s
        while True:
            done, status = os.waitpid(self.pid, os.WNOHANG)
            if done:
                break
            if time.monotonic() > deadline:
                os.kill(self.pid, signal.SIGKILL)
                os.waitpid(self.pid, 0)
                raise TimeoutError(f"The child did not end in {limit_s:.0f} s.")
            time.sleep(0.001)
        with os.fdopen(self.pipe, encoding="utf-8") as pipe:
            error, _, told = pipe.read().partition("\n")
        if os.WIFSIGNALED(status):
            return Ending(os.WTERMSIG(status) == signal.SIGKILL, -os.WTERMSIG(status), error, told)
        return Ending(killed=False, code=os.WEXITSTATUS(status), error=error, told=told)


def start(work: Callable[[], object]) -> Child:
    """Begin some work in a child. What the work opens, it has to open itself."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        _be_child(work, writing)
    os.close(writing)
    return Child(pid, reading)


def run(work: Callable[[], object], kill: KillAfter | None = None) -> Ending:
    """Do some work in a child, and kill it meanwhile when asked."""
    child = start(work)
    if kill is not None:
        time.sleep(kill.seconds)
        os.kill(child.pid, signal.SIGKILL)  # it is ours until it is waited for
    return child.wait()


def _be_child(work: Callable[[], object], writing: int) -> None:
    """Do the work and leave without a word to anything that the parent had registered."""
    code = FAILED
    try:
        work()
        code = 0
    except BaseException as error:  # noqa: BLE001 - whatever it is, the parent has to hear of it
        os.write(writing, f"{type(error).__name__}\n{traceback.format_exc()}".encode()[:30_000])
    finally:
        os._exit(code)
