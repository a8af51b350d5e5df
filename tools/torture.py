"""Break the synchronisation for some minutes, on real servers and real workspaces, and count what was lost.

Each worker has a PostgreSQL cluster of its own and runs random histories: officers edit, synchronise, are killed, lose
answers; the server crashes, ends sessions, is set back to a backup. After each history the invariants are checked. A
history follows from its number; the numbers follow from the seed. ``tools/torture.py 60 7`` runs 60 minutes of seed 7,
``tools/torture.py 60 7 1500`` goes on from history 1500, ``tools/torture.py only 7000123`` runs one again.
"""

from __future__ import annotations

import importlib
import json
import logging
import multiprocessing
import os
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.sync.ground import Ground
    from tests.sync.histories import Outcome

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "build" / "torture"
HISTORIES_OF_A_SEED = 1_000_000
HISTORIES_OF_A_DATABASE = 47
IN_MEMORY_EACH = 10
"""Histories in memory for each one on a real server."""
TOLD_EVERY_S = 20.0
SHRINKING_S = 90.0
_INVARIANTS = {
    "lost": "I1",
    "phantom": "I2",
    "diverged": "I3",
    "applied twice": "I4",
    "silently overwritten": "I5",
    "cursor went back": "I6",
    "leaked": "I7",
    "log and tables differ": "I8",
    "file damaged": "I9",
}
"""What is said of a failure, by the invariant its message begins with."""


def places(number: int) -> tuple[str, str]:
    """Return two departments that no other history of the same database uses."""
    codes = [f"{code:02}" for code in range(1, 96) if code != 20]
    first = 2 * (number % HISTORIES_OF_A_DATABASE)
    return codes[first], codes[first + 1]


def run_one(ground: Ground, number: int, steps: list[int] | None = None) -> Outcome:
    """Run one history."""
    from tests.sync.histories import STEPS, History  # noqa: PLC0415 - heavy, and only for workers

    return History(ground, number, places(number), steps if steps is not None else range(STEPS)).run()


def in_memory(seed: int) -> tuple[dict[str, int], str]:
    """Play some histories against a server in memory: the merging alone, without SQLite, PostgreSQL nor processes."""
    import hypothesis  # noqa: PLC0415 - only for workers
    from hypothesis.stateful import run_state_machine_as_test  # noqa: PLC0415 - only for workers

    machine: Any = importlib.import_module("tests.core.sync.test_machine").Machine
    played = 0

    class Counted(machine):  # type: ignore[misc]
        def teardown(self) -> None:
            nonlocal played
            played += 1
            super().teardown()

    settings = hypothesis.settings(
        max_examples=IN_MEMORY_EACH,
        stateful_step_count=30,
        deadline=None,
        database=None,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    try:
        run_state_machine_as_test(hypothesis.seed(seed)(Counted), settings=settings)
    except Exception as error:  # noqa: BLE001 - whatever fails is a failure of the history
        return {"histories in memory": played}, f"in memory, seed {seed}: {type(error).__name__}: {error}"
    return {"histories in memory": played}, ""


def shrink(ground: Ground, outcome: Outcome) -> tuple[list[int], Outcome]:
    """Return the steps without which a history does not fail any more, and what it then does."""
    from tests.sync.histories import STEPS  # noqa: PLC0415 - heavy, and only for workers

    kept, last = list(range(STEPS)), outcome
    deadline = time.monotonic() + SHRINKING_S
    for step in reversed(range(STEPS)):
        if time.monotonic() > deadline:
            break
        fewer = [number for number in kept if number != step]
        ground.renew()
        again = run_one(ground, outcome.seed, fewer)
        if again.failure:
            kept, last = fewer, again
    return kept, last


def told(outcome: Outcome) -> str:
    """Return the account of a failed history."""
    lines = [
        f"history {outcome.seed}: {outcome.failure}",
        *outcome.told,
        outcome.trace,
        "log of the server:",
        outcome.log,
    ]
    return "\n".join(lines)


@dataclass(frozen=True)
class Job:
    """What one worker does."""

    worker: int
    workers: int
    seed: int
    first: int
    """The history to begin with."""
    until: float


def work(job: Job, results: Any) -> None:
    """Run histories until the time is over; what runs in a process."""
    logging.disable()  # the product tells of each line that breaks
    from tests.sync.ground import ground, quick_folder  # noqa: PLC0415 - heavy, and only for workers

    with quick_folder() as folder, ground(folder) as made:
        number, program = job.first + job.worker, multiprocessing.parent_process()
        while time.time() < job.until and (program is None or program.is_alive()):
            if number // job.workers % HISTORIES_OF_A_DATABASE == 0:
                made.renew()
            outcome = run_one(made, job.seed * HISTORIES_OF_A_SEED + number)
            results.put(("history", number, dict(outcome.counts), outcome.failure))
            results.put(("memory", number, *in_memory(outcome.seed)))
            if outcome.failure:
                FOLDER.mkdir(parents=True, exist_ok=True)
                account = told(outcome)
                made.renew()
                kept, last = shrink(made, outcome)
                account += f"\n\nfails with the steps {kept} alone:\n{told(last)}"
                (FOLDER / f"{outcome.seed}.txt").write_text(account, "utf-8")
                made.renew()
            number += job.workers
    results.put(("end", job.worker, {}, ""))


def account(counts: Counter[str], failures: list[tuple[int, str]], seconds: float, seed: int) -> str:
    """Return what is printed."""
    kinds = {
        word: sum(failure.partition(": ")[2].startswith(mark) for _, failure in failures)
        for word, mark in _INVARIANTS.items()
    }
    other = len(failures) - sum(kinds.values())
    lines = [
        f"seed {seed}, {seconds / 60:.1f} min; all on real PostgreSQL and real workspaces but the histories in memory:"
    ]
    lines += [f"  {name:<28} {counts[name]:>8}" for name in sorted(counts)]
    lines += [f"  {name:<28} {count:>8}" for name, count in kinds.items()]
    lines.append(f"  {'other failures':<28} {other:>8}")
    lines += [f"  history {number}: {failure[:300]}" for number, failure in failures[:20]]
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Run the workers, print the sum; 1 when an invariant did not hold."""
    if arguments[:1] == ["only"]:
        return run_again(int(arguments[1]), list(map(int, arguments[2:])) or None)
    minutes = float(arguments[0]) if arguments else 10.0
    seed = int(arguments[1]) if len(arguments) > 1 else int(time.time()) % 100_000
    first = int(arguments[2]) if len(arguments) > 2 else 0
    workers = int(os.environ.get("WORKERS") or os.cpu_count() or 2)
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    began = time.time()
    until = began + minutes * 60
    crew = [context.Process(target=work, args=(Job(n, workers, seed, first, until), results)) for n in range(workers)]
    for process in crew:
        process.start()
    counts: Counter[str] = Counter()
    failures: list[tuple[int, str]] = []
    ended, reached, last_told = 0, first, began
    while ended < workers:
        try:
            kind, number, counted, failure = results.get(timeout=5)
        except Exception:  # noqa: BLE001 - nothing for a moment
            if not any(process.is_alive() for process in crew):
                failures.append((reached, "a worker ended before its time"))
                break
            continue
        if kind == "end":
            ended += 1
            continue
        counts.update(counted)
        reached = max(reached, number)
        if failure:
            failures.append((seed * HISTORIES_OF_A_SEED + number, failure))
            print(f"FAILED: history {seed * HISTORIES_OF_A_SEED + number}: {failure[:300]}", flush=True)
        if time.time() - last_told > TOLD_EVERY_S:
            last_told = time.time()
            print(
                f"{(last_told - began) / 60:5.1f} min: {counts['histories']} histories, {counts['kills']} kills, "
                f"{counts['lost acknowledgements']} lost acknowledgements, {counts['histories in memory']} histories "
                f"in memory, {len(failures)} failures",
                flush=True,
            )
    for process in crew:
        process.join()
    text = account(counts, failures, time.time() - began, seed)
    print(text)
    print(f"go on with: make torture MINUTES={minutes:g} SEED={seed} FROM={reached + 1}")
    FOLDER.mkdir(parents=True, exist_ok=True)
    summary = {"seed": seed, "from": first, "to": reached, "seconds": time.time() - began, "counts": counts}
    (FOLDER / f"summary-{seed}-{first}.json").write_text(
        json.dumps({**summary, "failures": failures}, indent=1), "utf-8"
    )
    return 1 if failures else 0


def run_again(number: int, steps: list[int] | None) -> int:
    """Run one history and tell all of it."""
    from tests.sync.ground import ground, quick_folder  # noqa: PLC0415 - heavy

    with quick_folder() as folder, ground(folder) as made:
        outcome = run_one(made, number, steps)
    print(told(outcome))
    print(dict(outcome.counts))
    return 1 if outcome.failure else 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main(sys.argv[1:]))
