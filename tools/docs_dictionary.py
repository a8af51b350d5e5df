"""The data dictionary, from the model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from resorption_plugin.core.model import catalogue
from resorption_plugin.core.model.fields import Domain, Field, Geometry, Kind, Layer, Origin, Role, Strength
from tools.docs import page

_KINDS = {
    Kind.TEXT: "texte",
    Kind.LONG_TEXT: "texte long",
    Kind.INTEGER: "nombre entier",
    Kind.REAL: "nombre",
    Kind.BOOLEAN: "oui / non / inconnu",
    Kind.DATE: "date",
    Kind.DATETIME: "date et heure (UTC)",
    Kind.UID: "identifiant",
    Kind.CHOICES: "plusieurs choix",
    Kind.FILE: "image",
}
_GEOMETRIES = {
    Geometry.NONE: "aucune géométrie",
    Geometry.POINT: "point",
    Geometry.LINE: "ligne",
    Geometry.POLYGON: "polygone",
}
_ROLES = {
    Role.RECORD: "saisie par les agents",
    Role.COMPUTED: "calculée dans chaque espace de travail",
    Role.REFERENCE: "donnée de référence",
}
_ORIGINS = {
    Origin.OFFICER: "",
    Origin.POSITION: "rempli d'après la position",
    Origin.COMPUTED: "calculé",
    Origin.SYSTEM: "rempli par le programme",
}
_STRENGTHS = {
    Strength.COMPOSITION: "supprimé avec lui",
    Strength.ASSOCIATION: "conservé, la référence est vidée",
}
_INTRODUCTION = """# Dictionnaire des données

Cette page est écrite par `make docs` d'après le modèle : ne la modifiez pas à la main.

Les positions sont enregistrées en WGS 84 (EPSG:4326) ; les longueurs et surfaces sont calculées dans le système légal
du territoire. Une case vide veut dire « inconnu » : jamais « non ».
"""


@page("dictionnaire.md")
def dictionary() -> str:
    """Return the page of every layer and value list, in French."""
    parts = [_INTRODUCTION]
    parts += ["\n".join(layer_page(layer)) for layer in catalogue.layers()]
    parts.append("## Listes de valeurs\n")
    parts += ["\n".join(_domain(domain)) for domain in catalogue.domains()]
    return "\n".join(parts).rstrip() + "\n"


def layer_page(layer: Layer) -> Iterator[str]:
    """Yield the lines about a layer."""
    yield f'## <a id="layer_{layer.key}"></a>{layer.plural.fr} (`{layer.key}`)\n'
    yield f"{layer.help.fr} Couche {_ROLES[layer.role]}, {_GEOMETRIES[layer.geometry]}.\n"
    yield "| Champ | Libellé | Type | Règles | Aide |"
    yield "|---|---|---|---|---|"
    for field in layer.fields:
        help_text = field.help.fr if field.help else ""
        yield _row(f"`{field.name}`", field.label.fr, _kind(field), " ; ".join(_rules(field)), help_text)
    yield ""
    if layer.relations:
        yield "Références :\n"
        for relation in layer.relations:
            yield f"* `{relation.column}` → `{relation.parent}` ({_STRENGTHS[relation.strength]})"
        yield ""
    yield from _constraints(layer)


def _constraints(layer: Layer) -> Iterator[str]:
    if not layer.rules and not layer.unique_together:
        return
    yield "Contraintes :\n"
    for columns in layer.unique_together:
        yield f"* une seule fiche pour la même valeur de {', '.join(f'`{name}`' for name in columns)}"
    for rule in layer.rules:
        strength = "" if rule.hard else " (avertissement)"
        yield f"* `{rule.field}` : {rule.message.fr}{strength}"
    yield ""


def _kind(field: Field) -> str:
    text = f"{_KINDS[field.kind]} ({field.unit})" if field.unit else _KINDS[field.kind]
    return f"{text}, liste [{field.domain.label.fr}](#{field.domain.name})" if field.domain else text


def _rules(field: Field) -> Iterator[str]:
    if field.required:
        yield "obligatoire"
    if field.expected:
        yield "attendu"
    if field.unique:
        yield "unique"
    if field.minimum is not None:
        yield f"au moins {field.minimum:g}"
    if field.maximum is not None:
        yield f"au plus {field.maximum:g}"
    if field.max_length is not None:
        yield f"{field.max_length} caractères au plus"
    if _ORIGINS[field.origin]:
        yield _ORIGINS[field.origin]


def _domain(domain: Domain) -> Iterator[str]:
    yield f'### <a id="{domain.name}"></a>{domain.label.fr}\n'
    yield "| Code | Libellé |"
    yield "|---|---|"
    for choice in domain.choices:
        yield _row(f"`{choice.code}`", choice.label.fr)
    yield ""


def _row(*cells: str) -> str:
    return "| " + " | ".join(_cells(cells)) + " |"


def _cells(cells: Iterable[str]) -> Iterator[str]:
    return (cell.replace("|", "\\|").replace("\n", " ") for cell in cells)
