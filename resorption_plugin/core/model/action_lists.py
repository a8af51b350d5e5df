"""Value lists of what is done on the sites: actions, programmes, actors."""

from __future__ import annotations

from .domains import value_list
from .fields import Label

# The programmes that the State's reports describe (DIHAL, report of 2021 on the clearance of slums).
PROGRAMME = value_list(
    "programme",
    Label("Programme", "Programme"),
    ("sibel", "SIBEL (jobs and housing)", "SIBEL (emploi et logement)"),
    ("mous", "MOUS (urban and social project management)", "MOUS (maîtrise d'œuvre urbaine et sociale)"),
    ("rmg", "RMG (reference, management, outreach)", "RMG (référence, gestion, médiation)"),
    ("school_outreach", "School outreach", "Médiation scolaire"),
    ("social_diagnostic", "Social diagnostic", "Diagnostic social"),
    ("first_evaluation", "Outreach and first evaluation", "Aller-vers et première évaluation"),
    ("housing_first", "Housing First", "Logement d'abord"),
    ("interim_site", "Interim site for integration", "Sas d'insertion, espace temporaire d'insertion"),
    ("water_hygiene", "Water, sanitation and hygiene", "Eau, assainissement et hygiène"),
    ("health", "Access to health care", "Accès aux soins"),
    ("humanitarian", "Humanitarian aid (Red Cross …)", "Aide humanitaire (Croix-Rouge…)"),
    ("observation", "Observation and counting", "Veille et comptage"),
    ("other", "Other", "Autre"),
)

ACTION_TOPIC = value_list(
    "action_topic",
    Label("Topics", "Champs d'intervention"),
    ("health", "Health", "Santé"),
    ("school", "Education and schooling", "Éducation et scolarisation"),
    ("work", "Training and work", "Formation et emploi"),
    ("housing", "Housing", "Logement"),
    ("safety", "Stabilisation and safety of the site", "Stabilisation et sécurisation du site"),
)

ACTION_LOCATION = value_list(
    "action_location",
    Label("Where the action takes place", "Lieu de l'action"),
    ("eti", "Temporary integration site", "Espace temporaire d'insertion"),
    ("logement", "In housing", "Dans le logement"),
    ("sur_site", "On the sites", "Sur site"),
    ("autre", "Elsewhere", "Autre"),
)

ACTION_ROLE = value_list(
    "action_role",
    Label("Role in the action", "Rôle dans l'action"),
    ("operator", "Operator", "Opérateur"),
    ("manager", "Steering service", "Service pilote"),
)

FINANCE_TYPE = value_list(
    "finance_type",
    Label("Kind of funding", "Type de financement"),
    ("etatique", "State, general funds", "Financement État (hors crédits dédiés)"),
    ("dedie", "State, funds for clearance", "Crédits dédiés à la résorption"),
    ("collectivite", "Local authority", "Collectivité territoriale"),
    ("europeen", "European funds", "Fonds européens"),
    ("prive", "Private funds", "Financement privé"),
    ("autre", "Other", "Autre"),
)

ACTOR_THEME = value_list(
    "actor_theme",
    Label("Fields of action", "Champs d'intervention"),
    ("sante", "Health", "Santé"),
    ("education", "Education and schooling", "Éducation et scolarisation"),
    ("emploi", "Work", "Emploi"),
    ("logement", "Housing", "Logement"),
    ("mediation_sociale", "Social outreach", "Médiation sociale"),
    ("securite", "Stabilisation and safety of the site", "Stabilisation et sécurisation du site"),
    ("humanitaire", "Humanitarian aid", "Humanitaire"),
    ("diagnostic", "Diagnostic", "Diagnostic"),
    ("pilotage", "Steering", "Pilotage"),
    ("autre", "Other", "Autre"),
)
