"""Habits that a linter does not know: each test names one, and lists where it is broken."""

from __future__ import annotations

import ast
import re
import warnings

import pytest

from tests.architecture.python_sources import Source, called_name, sources, texts_in_git

LINES_WISHED = 300
LINES_ALLOWED = 400

# The files where whatever went wrong is caught, so that it can be told: a slot, a task, an algorithm, a rule.
BOUNDARIES = {
    "resorption_plugin/core/checks/runner.py": "a rule that is wrong must not silence the others",
    "resorption_plugin/processing/base.py": "an algorithm ends in one sentence",
    "resorption_plugin/qgis_adapters/tasks.py": "a task's error goes to the main thread",
    "resorption_plugin/ui/notifier.py": "a slot has no caller",
}


def test_files_stay_short():
    """Above 300 lines a file is named in a warning; above 400 it must be parted."""
    long = {source.name: source.lines for source in sources() if source.lines > LINES_WISHED}
    for name, lines in long.items():
        warnings.warn(f"{name} has {lines} lines, more than the {LINES_WISHED} wished for", stacklevel=1)
    assert not {name: lines for name, lines in long.items() if lines > LINES_ALLOWED}


def test_no_dumping_ground():
    assert not [
        source.name
        for source in sources()
        if re.search(r"(^|/)(utils?|helpers?|misc|common_utils)(\.py|/)", source.name)
    ]


def test_qt_is_reached_through_qgis_only():
    """QGIS 4 runs on Qt 6: naming PyQt5 or PyQt6 breaks one or the other."""
    offenders = [
        (source.name, name)
        for source in sources()
        for name in source.imported()
        if name.split(".")[0] in {"PyQt5", "PyQt6", "PySide2", "PySide6", "sip"}
    ]
    assert not offenders


@pytest.mark.parametrize(
    ("name", "instead"),
    [
        ("processEvents", "a task: it lets a second click in"),
        ("mapLayersByName", "the custom property resorption/layer_key: names are translated and edited"),
        ("exec_", "exec(): Qt 6 has no exec_"),
        ("eval", "code"),
        ("exec", "code (a dialog's exec() is a method, and allowed)"),
    ],
)
def test_calls_that_we_do_not_make(name: str, instead: str):
    offenders = [
        f"{source.name}:{call.lineno}"
        for source in sources()
        for call in source.calls()
        if called_name(call) == name and not (name in {"exec", "eval"} and isinstance(call.func, ast.Attribute))
    ]
    assert not offenders, f"use {instead}"


def unscoped(source: Source) -> list[str]:
    """Return the enumerators written as ``Qt.UserRole`` instead of through their enumeration."""
    scoped = {
        node.value
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute)
    }
    return [
        f"{source.name}:{node.lineno} {node.value.id}.{node.attr}"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "Qt"
        and node.attr[0].isupper()
        and node not in scoped
        and not _is_annotation(source, node)
    ]


def _is_annotation(source: Source, wanted: ast.Attribute) -> bool:
    """Say whether a node names a type (``Qt.ItemFlag`` as an annotation or the class called)."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and node.func is wanted:
            return True
        for name in ("annotation", "returns"):
            annotation = getattr(node, name, None)
            if annotation is not None and wanted in set(ast.walk(annotation)):
                return True
    return False


def test_enumerators_are_scoped():
    """``Qt.ItemDataRole.UserRole`` works on Qt 5 and Qt 6, ``Qt.UserRole`` on Qt 5 only."""
    assert not [found for source in sources() for found in unscoped(source)]


def _catches_everything(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    names = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(isinstance(name, ast.Name) and name.id in {"Exception", "BaseException"} for name in names)


def _raises_again(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def test_everything_is_caught_only_at_a_boundary():
    """Catching all to clean up and raise again is no swallowing, and allowed anywhere."""
    offenders = [
        f"{source.name}:{node.lineno}"
        for source in sources()
        if source.name not in BOUNDARIES
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ExceptHandler) and _catches_everything(node) and not _raises_again(node)
    ]
    assert not offenders, f"the boundaries are {BOUNDARIES}"


def test_a_silencing_comment_gives_its_reason():
    """``# noqa: X - because``; mypy's ignores name their code, and bandit's give a reason."""
    bare = re.compile(r"#\s*(noqa(?!: [A-Z]+\d+)|nosec(?! B\d+)|type: ignore(?!\[))")
    offenders = [
        f"{source.name}:{number}"
        for source in sources()
        for number, line in enumerate(source.text.splitlines(), 1)
        if bare.search(line)
    ]
    assert not offenders


def test_no_file_speaks_of_one_machine():
    """Paths of somebody's disk and hosts of package registries have no place in what others read."""
    machine = re.compile(r"(?<![\w.])/(?:wor[k]|roo[t])/|deb\.debia[n]\.org|pypi\.or[g]/simple")
    offenders = [
        f"{name}:{number}: {line.strip()[:80]}"
        for name, text in texts_in_git()
        for number, line in enumerate(text.splitlines(), 1)
        if machine.search(line)
    ]
    assert not offenders
