"""The page of the indicators, from their registry."""

from __future__ import annotations

from collections.abc import Iterator

from resorption_plugin.core.indicators import registry
from resorption_plugin.core.indicators.spec import UNIT_LABELS, Drawn, Indicator, Pace
from resorption_plugin.core.model import catalogue
from tools.docs import page

_INTRODUCTION = """# Indicateurs

Cette page est écrite par `make docs` d'après les indicateurs déclarés : ne la modifiez pas à la main.

Chaque indicateur se calcule pour un territoire (commune, département, région, métropole ou outre-mer, tout l'espace de
travail) et une date, présente ou passée. La métropole et l'outre-mer ne sont jamais additionnés. Un **pourcentage** est
pris parmi les réponses connues, et la part d'inconnus est toujours donnée à côté ; seuls les « pourcentages selon la
plateforme » comptent l'inconnu comme « sans », et le disent.

## À une date passée

* Les **dates portées par les fiches** sont celles connues aujourd'hui, quel que soit le jour de leur saisie :
  installation, signalement, fermeture, diagnostic social, actions. Un site existe de la plus ancienne des dates
  d'installation, de signalement et de création de sa fiche, jusqu'à la veille de sa fermeture. Une fiche supprimée
  depuis n'est comptée à aucune date.
* Ce que **disait la fiche d'un site** (conditions de vie, origines, alerte canicule, effectifs de la fiche) vient de
  l'historique de l'espace de travail à la fin de ce jour (UTC). Sans historique, la fiche d'aujourd'hui n'est prise que
  si elle n'a pas changé depuis ; sinon la réponse est inconnue.
* Les **effectifs** sont ceux de la fiche s'ils n'ont pas été mis à jour après la date, sinon ceux du dernier comptage
  à cette date.
* Un **point d'eau** existe depuis la plus ancienne de ses dates d'installation et de création ; son état est celui de
  l'historique, sinon celui constaté à cette date ou avant, sinon inconnu.
* Les **résultats par année** (personnes relogées, en emploi, enfants scolarisés) sont, pour chaque département, le
  chiffre de son profil, sinon la somme des indicateurs de ses actions, jamais les deux.

## Export

L'algorithme `resorption:exportindicators` (bouton *Exporter…* du panneau) écrit tous les indicateurs de chaque
territoire d'un niveau en CSV ou XLSX, avec leur définition et la part d'inconnus. Pour le public, un chiffre qui révèle
un groupe de moins de 10 personnes n'est pas donné (« n. s. »), ni celui qui permettrait de le déduire d'un total.
"""


@page("indicateurs.md")
def indicators_page() -> str:
    """Return the page of every indicator, in French."""
    declared = registry.indicators()
    parts = [_INTRODUCTION]
    for section in registry.sections_of(declared):
        parts.append(f"## {section.value.fr}\n")
        parts += ["\n".join(_indicator(each)) for each in declared if each.section is section]
    return "\n".join(parts).rstrip() + "\n"


def _indicator(declared: Indicator) -> Iterator[str]:
    yield f'<a id="{declared.id}"></a>\n\n### {declared.name.fr}\n'
    yield f"{declared.definition.fr}\n"
    yield f"* Inconnus : {declared.unknown.fr}"
    yield f"* Formule : `{declared.formula}`"
    layers = ", ".join(catalogue.layer(key).plural.fr.lower() for key in declared.reads)
    drawn = "la part" if declared.drawn is Drawn.SHARE else "la valeur"
    pace = "année par année" if declared.pace is Pace.YEAR else "mois par mois"
    yield f"* Unité : {UNIT_LABELS[declared.unit].fr}. Courbe : {drawn}, {pace}. Couches lues : {layers}."
    yield f"* Identifiant : `{declared.id}`\n"
