"""Without the driver of PostgreSQL everything but sharing works, and sharing says what is missing."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

SCRIPT = """
    import sys
    sys.path[:0] = [{fake!r}, {root!r}]
    from qgis.testing import start_app
    start_app()
    from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingFeedback
    from resorption_plugin.processing.provider import ResorptionProvider
    provider = ResorptionProvider()
    assert QgsApplication.processingRegistry().addProvider(provider)
    ids = {{algorithm.name() for algorithm in provider.algorithms()}}
    assert {{"sync", "installserver", "grantaccess", "runchecks"}} <= ids, ids
    told = []
    class Log(QgsProcessingFeedback):
        def reportError(self, error, fatalError=False):
            told.append(error)
    for name, given in (
        ("sync", {{"WORKSPACE": {workspace!r}}}),
        ("installserver", {{"CONNECTION": "service=x"}}),
        ("detachworkspace", {{"WORKSPACE": {workspace!r}}}),
    ):
        algorithm = QgsApplication.processingRegistry().createAlgorithmById("resorption:" + name)
        _, succeeded = algorithm.run(given, QgsProcessingContext(), Log())
        assert not succeeded
        assert "Python package psycopg2" in told[-1], told
    assert "resorption_plugin.postgis.connection" not in sys.modules
    print("FINE")
"""


def test_the_other_algorithms_load_and_sharing_says_what_to_install(
    tmp_path: Path, project_root: Path, workspace: Path
):
    (tmp_path / "psycopg2").mkdir()
    (tmp_path / "psycopg2" / "__init__.py").write_text("raise ModuleNotFoundError(\"No module named 'psycopg2'\")")
    script = textwrap.dedent(SCRIPT).format(fake=str(tmp_path), root=str(project_root), workspace=str(workspace))
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=120)
    assert "FINE" in ended.stdout, ended.stdout + ended.stderr
