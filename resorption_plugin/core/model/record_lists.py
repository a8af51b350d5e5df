"""Value lists of the life of a site: procedures, phases, closure, journal."""

from __future__ import annotations

from .domains import value_list
from .fields import Label

CLOSED_WITH_SOLUTIONS = value_list(
    "closed_with_solutions",
    Label("Declared as cleared", "Site résorbé (déclaré)"),
    ("yes", "Yes", "Oui"),
    ("no", "No", "Non"),
    ("unknown", "Unknown", "Inconnu"),
)

CLOSING_SOLUTION = value_list(
    "closing_solution",
    Label("Solution at the closure", "Solution à la fermeture"),
    (
        "shelter",
        "Temporary shelter (some days or weeks)",
        "Mise à l'abri temporaire (quelques jours ou semaines)",
    ),
    (
        "long_term",
        "Long-term accommodation with support, including an integration site",
        "Hébergement ou logement adapté longue durée avec accompagnement, dont espace terrain d'insertion",
    ),
    ("housing", "Housing", "Logement"),
    ("none", "None", "Aucune"),
    ("other", "Other", "Autre"),
)

PREPARATORY_PHASE = value_list(
    "preparatory_phase",
    Label("Preparatory phase", "Phase préparatoire"),
    ("sociological_diagnosis", "Sociological diagnosis", "Diagnostic sociologique"),
    ("social_assessment", "Social assessment", "Évaluation sociale"),
    ("political_validation", "Political validation", "Validation politique"),
    ("technical_diagnosis", "Technical diagnosis", "Diagnostic technique"),
    ("contract_preparation", "Preparation of the agreement", "Préparation conventionnement"),
    ("land_equipment_development", "Equipment of the ground", "Aménagement équipement terrain"),
    ("family_information", "Information of the families", "Information des familles"),
    ("contractualization_of_families", "Contracts with the families", "Contractualisation des familles"),
    ("official_opening", "Official opening", "Ouverture officielle"),
)

JOURNAL_TAG = value_list(
    "journal_tag",
    Label("Tags", "Étiquettes"),
    ("living_conditions", "Living conditions", "Conditions de vie"),
    ("social_support", "Social support", "Accompagnement social"),
    ("displacement", "Displacement of people", "Déplacement de populations"),
    ("fire", "Fire", "Incendie"),
    ("site_visit", "Visit of the site", "Passage sur site"),
    ("heatwave", "Heatwave", "Canicule"),
    ("covid19", "COVID-19", "COVID-19"),
)

VISIBILITY = value_list(
    "visibility",
    Label("Who may read", "Visibilité"),
    ("all", "Everyone who reads the site", "Toutes les personnes qui consultent le site"),
    ("targeted", "Only those named", "Destinataires désignés seulement"),
)

OWNER_TYPE = value_list(
    "owner_type",
    Label("Type of owner", "Type de propriétaire"),
    ("1", "Unknown", "Inconnu"),
    ("2", "Public", "Public"),
    ("3", "Private", "Privé"),
)

POLICE_STATUS = value_list(
    "police_status",
    Label("Assistance of the police", "Concours de la force publique"),
    ("none", "Not requested", "Non demandé"),
    ("requested", "Requested", "Demandé"),
    ("granted", "Granted", "Obtenu"),
    ("refused", "Refused", "Refusé"),
)
