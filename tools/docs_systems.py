"""The page of every system of the policy, from its registry."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import lru_cache

from resorption_plugin.core.checks import registry as checks
from resorption_plugin.core.indicators import registry as indicators
from resorption_plugin.core.indicators.spec import Section
from resorption_plugin.core.model import catalogue
from resorption_plugin.core.systems.registry import ACTORS, SYSTEMS
from resorption_plugin.core.systems.system import System
from tools import translations
from tools.docs import ROOT, page

_INTRODUCTION = """# Chaque système à sa place

Cette page est écrite par `make docs` d'après le registre des systèmes : ne la modifiez pas à la main.

Les documents de la politique de résorption décrivent une plateforme, des indicateurs, des programmes, des acteurs.
Voici, pour chacun, **ce que disent les documents** et **sa place ici** : les champs, les listes de valeurs, les
indicateurs, les contrôles, les traitements et les thèmes de carte. Ce qui n'existe pas encore est écrit « à venir » ;
ses champs sont déjà là.
"""


@page("systemes.md")
def systems_page() -> str:
    """Return the page of every system and actor, in French."""
    contents = "\n".join(f"- [{system.name.fr}](#{system.key})" for system in SYSTEMS)
    sections = ["\n".join(_system(system)) for system in SYSTEMS]
    actors = ["\n".join(_system(actor)) for actor in ACTORS]
    return "\n".join([_INTRODUCTION, contents, "", *sections, "# Les acteurs\n", *actors]).rstrip() + "\n"


def _system(system: System) -> Iterator[str]:
    yield f'<a id="{system.key}"></a>\n\n## {system.name.fr}\n'
    yield f"*Dans les documents* : {system.said.fr}\n"
    yield "| Ici | |"
    yield "|---|---|"
    for key, columns in _by_layer(system.columns).items():
        declared = catalogue.layer(key)
        fields = "; ".join(f"{declared.field(name).label.fr} (`{name}`)" for name in columns)
        yield _row(f"Couche [{declared.plural.fr}](dictionnaire.md#layer_{key})", fields)
    lists = {domain.name: domain for domain in catalogue.domains()}
    for key, codes in _by_layer(system.codes).items():
        labels = ", ".join(f"« {lists[key].choice(code).label.fr} »" for code in codes)
        yield _row(f"Liste [{lists[key].label.fr}](dictionnaire.md#{key})", labels)
    yield from _linked("Indicateurs", "indicateurs.md", ((key, _figure(key)) for key in system.figures))
    yield from _linked("Contrôles", "controles.md", ((code.lower(), _check(code)) for code in system.checks))
    if system.algorithms:
        yield _row(
            "Traitements",
            ", ".join(f"{_french()[_algorithms()[key]]} (`resorption:{key}`)" for key in system.algorithms),
        )
    if system.themes:
        yield _row("Thèmes de carte", ", ".join(f"« {_themes()[title]} »" for title in system.themes))
    if system.pages:
        yield _row("Pages", ", ".join(f"[{_title(name)}]({name})" for name in system.pages))
    if system.to_come:
        yield _row("À venir", "; ".join(label.fr for label in system.to_come))
    yield ""


def _by_layer(names: Iterable[str]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for name in names:
        parent, _, own = name.partition(".")
        grouped.setdefault(parent, []).append(own)
    return grouped


def _linked(title: str, target: str, entries: Iterable[tuple[str, str]]) -> Iterator[str]:
    links = ", ".join(f"[{label}]({target}#{anchor})" for anchor, label in entries)
    if links:
        yield _row(title, links)


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("; ", " ; ").replace("|", "\\|") for cell in cells) + " |"


def _figure(key: str) -> str:
    found = indicators.indicator(key)
    return f"{found.name.fr} (habitants)" if found.section is Section.LIVING_PEOPLE else found.name.fr


def _check(code: str) -> str:
    (found,) = checks.chosen([code])
    return f"{code} : {_french()[found.spec.title]}"


@lru_cache(maxsize=1)
def _french() -> dict[str, str]:
    return translations.french(translations.ROOT)


@lru_cache(maxsize=1)
def _algorithms() -> dict[str, str]:
    """Return the English titles of the algorithms by their ids, read in their source: it needs QGIS to run."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "resorption_plugin" / "processing").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                texts = _assigned(node)
                if "ID" in texts and "TITLE" in texts:
                    found[texts["ID"]] = texts["TITLE"]
    return found


@lru_cache(maxsize=1)
def _themes() -> dict[str, str]:
    """Return the French titles of the map themes by the English ones, read in their source."""
    tree = ast.parse((ROOT / "resorption_plugin" / "qgis_adapters" / "themes.py").read_text("utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Label"]
    texts = [[argument.value for argument in call.args if isinstance(argument, ast.Constant)] for call in calls]
    return {str(english): str(french) for english, french in texts}


def _assigned(node: ast.ClassDef) -> dict[str, str]:
    """Return the texts that the body of a class gives to names, marked ones included."""
    found = {}
    for statement in node.body:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            value = statement.value.args[0] if isinstance(statement.value, ast.Call) else statement.value
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                found[statement.targets[0].id] = value.value
    return found


def _title(name: str) -> str:
    """Return the first title of a page."""
    lines = (ROOT / "docs" / name).read_text("utf-8").splitlines()
    return next(line.removeprefix("# ") for line in lines if line.startswith("# "))
