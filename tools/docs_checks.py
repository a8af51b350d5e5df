"""The pages of the checks, one each and their list, from the registry and the French of i18n/fr."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from resorption_plugin.core.checks import registry
from resorption_plugin.core.checks.spec import PROFILE_TITLES, CheckSpec, Parameter, Profile
from resorption_plugin.core.model import catalogue, domains
from tools import translations
from tools.docs import page

_INTRODUCTION = """# Contrôles

Cette page est écrite par `make docs` d'après les contrôles déclarés : ne la modifiez pas à la main.

Un contrôle lit les fiches à une date de référence et ne modifie rien. Chaque constat donne la valeur, le seuil, sa
source, la méthode et la date des données. Il est **non conforme**, ou **à vérifier** quand la précision des positions
ou une réponse inconnue ne permet pas de trancher : l'inconnu n'est jamais compté comme bon, ni comme mauvais.

Un constat est ouvert, résolu quand le contrôle ne le retrouve plus, ou accepté comme exception, avec un motif, un
auteur et une date ; l'exception est à revoir quand la valeur s'aggrave, quand « à vérifier » devient « non
conforme » ou quand sa date est passée.

Aucune norme unique ne s'impose : les seuils sont des paramètres dont la source est donnée, avec ceux d'autres
référentiels.
"""


FOLDER = "controles"


@page("controles.md")
def checks_page() -> str:
    """Return the list of the checks, in French."""
    rows = [
        f"| [{spec.id}]({FOLDER}/{spec.id.lower()}.md) | {_fr(spec.title)} | {_severity(spec)} |"
        for spec in (check.spec for check in registry.checks())
    ]
    return "\n".join([_INTRODUCTION, "| Contrôle | Ce qu'il trouve | Gravité |\n|---|---|---|", *rows]) + "\n"


def _page_of(spec: CheckSpec) -> Callable[[], str]:
    def write() -> str:
        return "\n".join(_check(spec)).rstrip() + "\n"

    return write


for _found in registry.checks():
    page(f"{FOLDER}/{_found.spec.id.lower()}.md")(_page_of(_found.spec))


@lru_cache(maxsize=1)
def _french() -> dict[str, str]:
    return translations.french(translations.ROOT)


def _fr(text: str) -> str:
    """Return the French of a marked text; ``KeyError`` when it has none."""
    return _french()[text]


def _check(spec: CheckSpec) -> Iterator[str]:
    yield f"# {spec.id} : {_fr(spec.title)}\n"
    yield "Page écrite par `make docs` d'après le contrôle déclaré. [Tous les contrôles](../controles.md)\n"
    yield f"**Pourquoi.** {_fr(spec.why)}\n"
    yield f"**Comment il juge.** {_fr(spec.help)}\n"
    yield f"**Pour corriger.** {_fr(spec.mend)}\n"
    judged = ", ".join(catalogue.layer(key).plural.fr.lower() for key in spec.targets)
    yield f"Gravité : {_severity(spec)}. Fiches examinées : {judged}.\n"
    if spec.parameters:
        yield "| Paramètre | Référentiel | Seuil | Source |\n|---|---|---|---|"
        for parameter in spec.parameters:
            yield from _rows(parameter)
        yield ""


def _severity(spec: CheckSpec) -> str:
    return domains.SEVERITY.choice(spec.severity.value).label.fr.lower()


def _rows(parameter: Parameter) -> Iterator[str]:
    for profile in Profile:
        if profile is Profile.STATE or profile in parameter.profiles:
            found = parameter.threshold(profile)
            label = _fr(parameter.label) if profile is Profile.STATE else ""
            number = f"{found.value:g} {_fr(parameter.quantity.unit)}".replace(".", ",")
            name = _fr(PROFILE_TITLES[profile])
            if len(parameter.profiles) == 0:
                name = "tous"
            yield f"| {label} | {name} | {number} | {_fr(found.source)} |"
