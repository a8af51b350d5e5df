"""The actors of the policy, and where they are found."""

from __future__ import annotations

from ..model.fields import Label
from .system import DOSSIER, SHEET, System

ACTORS = (
    System(
        "dihal",
        Label("DIHAL", "DIHAL"),
        Label("Runs the policy and the platform.", "Anime la politique et la plateforme."),
        columns=("platform_record.row", "action_finance.finance_type", "territory_profile.funds"),
        codes=("finance_type.dedie",),
        algorithms=("importsites", "exportreturnsheet"),
        pages=("import.md",),
    ),
    System(
        "prefecture",
        Label("Prefecture, DDETS", "Préfecture, DDETS"),
        Label(
            "Steers in the department, signs the roadmap, chairs the steering committee.",
            "Pilote dans le département, signe la feuille de route, préside le comité de pilotage.",
        ),
        columns=("territory_profile.roadmap_signed_on", "action_operator.role", "procedure.police_status"),
        codes=("action_role.manager", "actor_theme.pilotage", "site_status.closed_by_pref_admin", "audience.committee"),
        algorithms=("exportmap",),
        pages=("carte.md",),
        to_come=(DOSSIER,),
    ),
    System(
        "communes",
        Label(
            "Communes, intercommunal bodies, department councils",
            "Communes, intercommunalités, conseils départementaux",
        ),
        Label(
            "Water, land, schools; the territorial diagnosis of access to water.",
            "L'eau, le foncier, l'école ; le diagnostic territorial de l'accès à l'eau.",
        ),
        columns=("site.fk_city", "site.epci", "owner.fk_owner_type", "water_point.operator", "action.project_owner"),
        codes=("finance_type.collectivite", "site_status.closed_by_city_admin", "owner_type.2"),
        pages=("echanges.md",),
    ),
    System(
        "operators",
        Label("Operators (associations)", "Opérateurs (associations)"),
        Label("Work on the sites, fill the records.", "Interviennent sur les sites, remplissent les fiches."),
        columns=(
            "action_operator.organisation",
            "site_actor.organisation",
            "site_actor.themes",
            "journal_entry.description",
            "population_count.counted_by",
            "site.census_conducted_by",
        ),
        codes=("action_role.operator", "count_source.operator"),
        pages=("espace-de-travail.md",),
        to_come=(SHEET,),
    ),
    System(
        "partners",
        Label("ARS, education authorities (CASNAV), SIAO, social landlords", "ARS, CASNAV, SIAO, bailleurs sociaux"),
        Label("Health, school, housing.", "La santé, l'école, le logement."),
        columns=(
            "site_actor.themes",
            "action.topics",
            "action_metric.sante_nombre_personnes",
            "action_metric.logement_nombre_personnes",
            "action_metric.scolaire_mineurs_trois_ans_et_plus",
        ),
        codes=("action_topic.health", "action_topic.school", "action_topic.housing", "actor_theme.sante"),
        pages=("espace-de-travail.md",),
    ),
)
