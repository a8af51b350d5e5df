"""The systems by which something is done on the sites."""

from __future__ import annotations

from ..model.fields import Label
from .system import SUMMARY, System

ACTING = (
    System(
        "actions",
        Label("Co-financed actions, mandated organisations", "Actions cofinancées, structures mandatées"),
        Label(
            "111 initiatives, over 50 organisations, 25 departments; by department in 2020–2021; from 4 to 8 "
            "million euros.",
            "111 initiatives, plus de 50 structures, 25 départements ; par département en 2020-2021 ; de 4 à 8 "
            "millions "
            "d'euros.",
        ),
        columns=(
            "action.name",
            "action.programme",
            "action.topics",
            "action_site.site_uid",
            "action_operator.organisation",
            "action_operator.role",
            "action_finance.year",
            "action_finance.finance_type",
            "action_finance.amount",
            "action_finance.real_amount",
            "territory_profile.funds",
        ),
        codes=("finance_type.dedie", "action_role.operator", "action_role.manager"),
        figures=("funds", "sites_without_action"),
        checks=("RES-001",),
        themes=("Actions",),
        pages=("indicateurs.md", "espace-de-travail.md"),
        to_come=(Label("The table of organisations by department", "Le tableau des structures par département"),),
    ),
    System(
        "sibel",
        Label("SIBEL", "SIBEL"),
        Label(
            "Cohorts of 15; orientation 2 to 4 months, training 4 to 6, integration 6; 540 people over two years.",
            "Cohortes de 15 ; orientation 2 à 4 mois, formation 4 à 6, intégration 6 ; 540 personnes en deux ans.",
        ),
        columns=(
            "cohort.people",
            "cohort.orientation_started_at",
            "cohort.training_started_at",
            "cohort.integration_started_at",
            "cohort.ended_at",
            "territory_profile.sibel",
        ),
        codes=("programme.sibel",),
        figures=("sibel_departments",),
        checks=("RES-004",),
        pages=("controles.md",),
    ),
    System(
        "school",
        Label("School outreach", "Médiation scolaire"),
        Label(
            "Liaison officers; 3,125 children in 2020 against 1,431 in 2019.",
            "Médiateurs scolaires ; 3 125 enfants en 2020 contre 1 431 en 2019.",
        ),
        columns=(
            "action.staff_fte",
            "action_metric.scolaire_mediation_trois_ans_et_plus",
            "action_metric.scolaire_nombre_elementaire",
            "site.minors_in_school",
            "population_count.minors_in_school",
            "territory_profile.school_liaison_fte",
            "territory_profile.children_schooled",
        ),
        codes=("programme.school_outreach", "action_topic.school", "actor_theme.education"),
        figures=("schooled", "children_schooled", "liaison_officers"),
        pages=("indicateurs.md",),
    ),
    System(
        "social_diagnostic",
        Label("Social diagnostic (Trajectoires)", "Diagnostic social (Trajectoires)"),
        Label("A complete view of the situations before acting.", "Une vue complète des situations avant d'agir."),
        columns=("site.census_status", "site.census_conducted_at", "site.census_conducted_by"),
        codes=(
            "programme.social_diagnostic",
            "census_status.done",
            "count_source.diagnostic",
            "actor_theme.diagnostic",
        ),
        figures=("delay_declared_diagnostic", "delay_diagnostic"),
        checks=("RES-003",),
        pages=("controles.md", "indicateurs.md"),
    ),
    System(
        "toulouse",
        Label("Toulouse model", "Modèle toulousain"),
        Label(
            "Assessment, four months of accompaniment, the move; a steering committee; 11 camps closed.",
            "Évaluation, quatre mois d'accompagnement, relogement ; un comité de pilotage ; 11 campements fermés.",
        ),
        columns=(
            "resorption_phase.preparatory_phase",
            "resorption_phase.expected_on",
            "resorption_phase.completed_at",
            "site.resorption_target",
        ),
        codes=(
            "preparatory_phase.social_assessment",
            "preparatory_phase.contractualization_of_families",
            "preparatory_phase.official_opening",
        ),
        figures=("closed_year",),
        checks=("RES-002",),
        algorithms=("exportmap",),
        themes=("Actions",),
        pages=("carte.md", "controles.md"),
    ),
    System(
        "several_operators",
        Label(
            "RMG Nantes, MOUS Grenoble, interim sites, Red Cross and École et Famille in Val-d'Oise",
            "RMG de Nantes, MOUS de Grenoble, sas d'insertion, Croix-Rouge et École et Famille dans le Val-d'Oise",
        ),
        Label(
            "Coordinated operators, temporary sites.",
            "Des opérateurs coordonnés, des terrains temporaires d'insertion.",
        ),
        columns=(
            "action.location_type",
            "action.places",
            "action.project_owner",
            "action.convention_signed_on",
            "action_operator.organisation",
            "site_actor.organisation",
            "site_actor.is_lead",
        ),
        codes=(
            "programme.rmg",
            "programme.mous",
            "programme.interim_site",
            "programme.humanitarian",
            "programme.school_outreach",
            "action_location.eti",
        ),
        themes=("Actions",),
        pages=("espace-de-travail.md",),
    ),
    System(
        "first_evaluation",
        Label("La Rose des Vents (Seine-et-Marne, 2014)", "La Rose des Vents (Seine-et-Marne, 2014)"),
        Label(
            "Go to the site as soon as it is known, first evaluation of each situation, shelter, follow-up; 500 "
            "people for "
            "one post.",
            "Aller sur le site dès qu'il est connu, première évaluation de chaque situation, mise à l'abri, "
            "suivi ; 500 "
            "personnes pour un poste.",
        ),
        columns=(
            "site.declared_at",
            "action.started_at",
            "action.staff_fte",
            "action.target_people",
            "closure.closing_solution",
            "action_metric.hebergement_nombre_personnes",
        ),
        codes=("programme.first_evaluation", "closing_solution.shelter"),
        figures=("delay_declared", "delay_action"),
        pages=("indicateurs.md",),
        to_come=(Label("People per worker, by action", "Le nombre de personnes par intervenant, par action"),),
    ),
    System(
        "first_deployment",
        Label("First deployment", "Premier déploiement"),
        Label(
            "Haute-Garonne 39 sites, Gironde 135 sites; in a month 23 created, 32 changed, 2 closed.",
            "Haute-Garonne 39 sites, Gironde 135 sites ; en un mois 23 créés, 32 modifiés, 2 fermés.",
        ),
        columns=("site.created_at", "site.updated_at", "site.closed_at", "site.updated_without_any_change"),
        figures=("sites_open", "sites_closed", "closed_year"),
        checks=("DON-007",),
        algorithms=("demoworkspace",),
        pages=("historique.md", "index.md"),
        to_come=(SUMMARY,),
    ),
    System(
        "territorial_diagnosis",
        Label("Territorial diagnosis (law, 2022)", "Diagnostic territorial (loi, 2022)"),
        Label(
            "Binding for the communes: locate the people without sufficient access and the water points with "
            "their state.",
            "Obligatoire pour les communes : localiser les personnes sans accès suffisant et les points d'eau "
            "avec leur "
            "état.",
        ),
        columns=(
            "site.fk_city",
            "site.population_total",
            "water_point.fk_city",
            "water_point.lifecycle",
            "water_point.working_state",
            "water_point.visited_on",
            "distance.farthest_dwelling_m",
            "distance.walking_m",
        ),
        codes=("lifecycle.planned", "working_state.out_of_order"),
        figures=("beyond_limit", "without_tap", "litres_below", "points_unavailable"),
        checks=("EAU-001", "EAU-003", "EAU-004", "EAU-005"),
        algorithms=("exportindicators", "exportwaterpoints"),
        pages=("echanges.md", "indicateurs.md"),
        to_come=(
            Label(
                "The annex by commune, with recommended actions by article of the decree",
                "L'annexe par commune, avec les actions recommandées par article du décret",
            ),
        ),
    ),
)
