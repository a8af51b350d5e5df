"""QGIS may lose a task that is added while it deals with the end of another: none of the plugin's is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
JOBS = 3_000
RUN = f"""
import os, time
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication
from resorption_plugin.qgis_adapters.tasks import Jobs

application = QgsApplication([], False)
application.initQgis()
class Nobody:
    def report(self, error):
        raise error

jobs, ended, cancelled, begun = Jobs(Nobody()), [], [], time.monotonic()

def start():
    jobs.run("work", lambda feedback: [bytearray(24) for _ in range(50)] and True, done)

def done(_result):
    ended.append(time.monotonic())
    if len(ended) % 50 == 0:  # one that is given up before it begins
        jobs.run("given up", lambda feedback: True, cancelled.append, cancelled.append).cancel()
    if len(ended) < {JOBS}:
        start()

for _ in range(3):
    start()
while len(ended) < {JOBS} + 2 and time.monotonic() - (ended[-1] if ended else begun) < 20:
    QCoreApplication.processEvents()
print(len(ended), len(cancelled), flush=True)
os._exit(0)
"""


def test_jobs_that_follow_each_other_all_run() -> None:
    """Without its caches by thread, the C library gives at once the address that another thread has just let go of."""
    surroundings = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "QT_QPA_PLATFORM": "offscreen",
        "GLIBC_TUNABLES": "glibc.malloc.tcache_count=0",
    }
    ran = subprocess.run(
        [sys.executable, "-c", RUN], capture_output=True, text=True, env=surroundings, timeout=300, check=False
    )
    # of three lines of jobs, two are at work when the last but two has ended
    assert ran.stdout.split()[-2:] == [str(JOBS + 2), str(JOBS // 50)], ran.stderr[-2_000:]
