"""The systems by which sites, water and results are known."""

from __future__ import annotations

from ..model.fields import Label
from .system import DOSSIER, SUMMARY, System

KNOWING = (
    System(
        "platform",
        Label("Résorption-bidonvilles platform", "Plateforme Résorption-bidonvilles"),
        Label(
            "Records of sites, mapping, real-time monitoring, cooperation, summaries.",
            "Fiches des sites, cartographie, suivi en temps réel, coopération, synthèses.",
        ),
        columns=(
            "site.rb_id",
            "site.platform_updated_at",
            "site.declared_water_status",
            "site.declared_has_action",
            "site.declared_has_financed_action",
            "platform_record.exported_on",
            "platform_record.row",
            "journal_entry.tags",
            "journal_entry.visibility",
            "site_actor.organisation",
        ),
        codes=("journal_tag.site_visit", "visibility.targeted"),
        figures=("sites_open", "water_platform_sites", "water_platform_people", "sites_out_of_date", "completeness"),
        checks=("EAU-012", "DON-007", "DON-008", "DON-009"),
        algorithms=("importsites", "exportreturnsheet"),
        pages=("import.md", "historique.md", "indicateurs.md", "panneau.md"),
    ),
    System(
        "water",
        Label("Access to water", "Accès à l'eau"),
        Label(
            "72 of 224 sites in December 2018, 312 of 435 and 76 % of the people in April 2020, almost 90 % in "
            "June 2020; "
            "a road to cross, over 200 m, too few taps.",
            "72 sites sur 224 en décembre 2018, 312 sur 435 et 76 % des personnes en avril 2020, près de 90 % en "
            "juin "
            "2020 ; une route à franchir, plus de 200 m, trop peu de robinets.",
        ),
        columns=(
            "water_point.type",
            "water_point.working_state",
            "water_point.is_potable",
            "water_point.taps",
            "water_point.flow_l_min",
            "distance.farthest_dwelling_m",
            "distance.barriers_crossed",
            "distance.measured_m",
            "site.water_access_type",
            "site.water_roads_to_cross",
            "dwelling.people",
        ),
        codes=("water_access_type.robinet_connecte_au_reseau", "road_class.tertiary"),
        figures=(
            "within_limit",
            "people_within_limit",
            "people_per_tap",
            "litres",
            "water_good_sites",
            "water_good_people",
            "points_available",
        ),
        checks=("EAU-001", "EAU-002", "EAU-003", "EAU-004", "EAU-006", "EAU-009"),
        algorithms=("importwaterpoints", "computedistances", "exportwaterpoints"),
        themes=("Access to water",),
        pages=("import.md", "echanges.md", "controles.md", "indicateurs.md"),
    ),
    System(
        "crisis",
        Label("Crisis monitoring (COVID-19, heat)", "Suivi de crise (COVID-19, canicule)"),
        Label(
            "Infection cases, food aid, summaries to the crisis cell twice a week.",
            "Cas d'infection, aide alimentaire, synthèses à la cellule de crise deux fois par semaine.",
        ),
        columns=(
            "journal_entry.entered_at",
            "journal_entry.infection_cases",
            "journal_entry.food_aid",
            "site.heatwave_status",
        ),
        codes=("journal_tag.covid19", "journal_tag.heatwave", "journal_tag.fire"),
        figures=("sites_heat_alert",),
        checks=("EAU-013",),
        themes=("Heat × water",),
        pages=("historique.md", "indicateurs.md"),
        to_come=(SUMMARY, Label("The sums of cases and of food aid", "Les totaux des cas et des besoins d'aide")),
    ),
    System(
        "impact",
        Label("Indicators of impact", "Indicateurs d'impact"),
        Label(
            "People housed, in work, children schooled, sites cleared, from 2015 to 2020, by year and department.",
            "Personnes relogées, en emploi, enfants scolarisés, sites résorbés, de 2015 à 2020, par année et "
            "département.",
        ),
        columns=(
            "territory_profile.year",
            "territory_profile.people_housed",
            "territory_profile.people_employed",
            "territory_profile.children_schooled",
            "territory_profile.sites_resorbed",
            "action_metric.logement_nombre_personnes",
            "action_metric.travail_nombre_personnes",
            "action_metric.sante_nombre_personnes",
            "action_metric.scolaire_mineur_scolarise_dans_annee",
        ),
        figures=("people_housed", "people_employed", "children_schooled", "sites_resorbed_published"),
        algorithms=("exportindicators",),
        pages=("indicateurs.md",),
    ),
    System(
        "cleared",
        Label("Cleared site", "Site résorbé"),
        Label(
            "More than 10 people, a long-term solution for 66 % of the inhabitants.",
            "Plus de 10 personnes, une solution pérenne pour 66 % des habitants.",
        ),
        columns=(
            "site.status",
            "site.closed_at",
            "site.closing_context",
            "site.closed_with_solutions",
            "closure.closing_solution",
            "closure.number_of_people_affected",
            "closure.number_of_households_affected",
        ),
        codes=("closing_solution.long_term", "closing_solution.housing", "site_status.resorbed"),
        figures=("resorbed_declared", "resorbed_computed", "resorbed_differ", "rehoused_at_closure"),
        checks=("DON-011",),
        pages=("indicateurs.md", "controles.md"),
    ),
    System(
        "department_sheets",
        Label("Department sheets", "Fiches départementales"),
        Label(
            "Sites of over 10 people, EU migrants, all people, liaison officers, Housing First, SIBEL, roadmap, "
            "users of "
            "the platform, cleared sites.",
            "Sites de plus de 10 personnes, ressortissants de l'UE, toutes les personnes, médiateurs, Logement "
            "d'abord, "
            "SIBEL, feuille de route, utilisateurs de la plateforme, sites résorbés.",
        ),
        columns=(
            "territory_profile.department",
            "territory_profile.school_liaison_fte",
            "territory_profile.housing_first",
            "territory_profile.sibel",
            "territory_profile.roadmap_signed_on",
            "territory_profile.platform_users",
            "territory_profile.sites_resorbed",
            "site.social_origins",
        ),
        codes=("social_origin.european",),
        figures=("sites_big", "sites_eu_big", "people_big", "people_eu_big", "liaison_officers", "platform_users"),
        algorithms=("exportindicators",),
        pages=("indicateurs.md",),
        to_come=(DOSSIER,),
    ),
    System(
        "roadmap",
        Label("Roadmap, local strategy", "Feuille de route, stratégie locale"),
        Label("Signed by local authorities and the State.", "Signée par les collectivités et l'État."),
        columns=("territory_profile.roadmap_signed_on", "territory_profile.comments"),
        figures=("roadmap_departments",),
        pages=("indicateurs.md",),
        to_come=(DOSSIER,),
    ),
)
