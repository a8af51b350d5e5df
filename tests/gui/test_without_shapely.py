from __future__ import annotations

import subprocess
import sys
import textwrap

import pytest

ABSENT = "raise ModuleNotFoundError(\"No module named 'shapely'\")"
TOO_OLD = "__version__ = '1.8.5'"

SCRIPT = """
    import sys
    sys.path[:0] = [{fake!r}, {root!r}, {gui!r}]
    from qgis.core import QgsApplication
    from qgis.testing import start_app
    start_app()
    import shapely_free_qgis as small
    from resorption_plugin.plugin import ResorptionPlugin
    qgis = small.SmallQgis()
    plugin = ResorptionPlugin(qgis)
    plugin.initGui()
    assert QgsApplication.processingRegistry().providerById("resorption") is None
    from qgis.PyQt.QtGui import QAction
    names = [a.objectName() for a in qgis.window.findChildren(QAction) if a.objectName().startswith("resorption_")]
    assert names == ["resorption_help"], names
    assert len(qgis.bar.items()) == 1
    print("SAID", qgis.bar.items()[0].text())
    from resorption_plugin.ui.help_dialog import guide
    assert "shapely" in guide()
    plugin.unload()
    headless = ResorptionPlugin(None)
    headless.initProcessing()
    headless.unload()
    assert not [m for m in sys.modules if m.startswith("resorption_plugin.core.checks")]
    print("FINE")
"""


@pytest.mark.parametrize("module", [ABSENT, TOO_OLD], ids=["absent", "too old"])
def test_the_plugin_loads_and_says_in_one_sentence_what_to_install(module, tmp_path, project_root):
    (tmp_path / "shapely").mkdir()
    (tmp_path / "shapely" / "__init__.py").write_text(module, encoding="utf-8")
    gui = project_root / "tests" / "gui"
    script = textwrap.dedent(SCRIPT).format(fake=str(tmp_path), root=str(project_root), gui=str(gui))
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=120)
    assert "FINE" in ended.stdout, ended.stdout + ended.stderr
    said = next(line for line in ended.stdout.splitlines() if line.startswith("SAID"))
    assert "shapely 2" in said
    assert "shapely 2" in ended.stderr  # what qgis_process shows
    assert "Traceback" not in ended.stderr
