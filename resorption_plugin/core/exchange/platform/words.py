"""The words of the platform's export for the codes of the model: the first one is written, all of them are read."""

from __future__ import annotations

Words = dict[str, tuple[str, ...]]

FIELD_TYPES: dict[int, tuple[str, ...]] = {3: ("Terrain",), 2: ("Immeuble bâti",), 1: ("Autre", "Inconnu")}

CLOSING_CAUSES: Words = {
    "resorbed": ("Résorption progressive du site",),
    "closed_by_justice": ("Décision de justice suite à une plainte du propriétaire", "Décision de justice"),
    "closed_by_pref_admin": ("Décision administrative de la Préfecture",),
    "closed_by_city_admin": ("Décision administrative de la Commune",),
    "other": ("Autre", "Autre (préciser le contexte)"),
    "unknown": ("Raison inconnue",),
}

CLEARED: Words = {"yes": ("Oui",), "no": ("Non",), "unknown": ("Non", "Inconnu")}
"""The platform writes “Non” both for no and for unknown."""

SOCIAL_ORIGINS: Words = {
    "french": ("Ressortissants français", "Français"),
    "european": ("Ressortissants européens", "Union européenne"),
    "other": ("Ressortissants extracommunautaires", "Hors Union européenne"),
}

ELECTRICITY_TYPES: Words = {
    "electrogene": ("Groupe électrogène",),
    "reseau_urbain": ("Raccordement au réseau urbain", "Réseau urbain"),
    "installation_du_bati": ("Utilisation de l'installation du bâtit si squat", "Installation du bâti"),
}

WATER_ACCESS_TYPES: Words = {
    "fontaine_publique": ("Fontaine publique",),
    "borne_incendie": ("Borne incendie",),
    "achat_bouteille": ("Achat bouteille uniquement",),
    "reservoir": ("Réservoir / cuve / citerne",),
    "robinet_connecte_au_reseau": ("Robinet connecté au réseau d'eau",),
    "autre": ("Autre",),
    "inconnu": ("Inconnu",),
}

TOILET_TYPES: Words = {
    "latrines": ("Latrines construites par les habitants", "Latrines"),
    "toilettes_chimiques": ("Toilettes chimiques",),
    "toilettes_seches": ("Toilettes sèches installées par un prestataire/association", "Toilettes sèches"),
    "toilettes_a_chasse": ("Toilettes à chasse d'eau",),
}

CENSUS_STATUSES: Words = {"none": ("Non prévu",), "scheduled": ("Prévu",), "done": ("Réalisé",)}

POLICE_STATUSES: Words = {
    "none": ("Non demandé",),
    "requested": ("Demandé",),
    "granted": ("Obtenu",),
    "refused": ("Refusé",),
}

OWNER_TYPES: dict[int, tuple[str, ...]] = {1: ("Inconnu",), 2: ("Public",), 3: ("Privé",)}


def _status(good: str, to_improve: str, bad: str) -> Words:
    """Return the words of a status; those given are other ones the platform has used, for one theme."""
    return {
        "good": ("oui", good),
        "to_improve": ("à améliorer", to_improve),
        "bad": ("non", bad),
        "unknown": ("inconnu",),
    }


WATER_STATUS = _status("Accès à l'eau existant", "Accès à l'eau existant mais à améliorer", "Accès à l'eau inexistant")
ELECTRICITY_STATUS = _status(
    "Accès à l'électricité existant",
    "Accès à l'électricité existant mais à améliorer",
    "Accès à l'électricité inexistant",
)
SANITARY_STATUS = _status(
    "Accès à des toilettes existant",
    "Accès à des toilettes existant mais à améliorer",
    "Pas d'accès à des toilettes",
)
TRASH_STATUS = _status(
    "Le ramassage des déchets est en place",
    "Le ramassage des déchets est en place mais à améliorer",
    "Le ramassage des déchets n'est pas en place",
)
PEST_STATUS = _status("Absence de nuisibles", "Présence de quelques nuisibles", "Présence de nuisibles")
FIRE_STATUS = _status("Diagnostic réalisé par le SDIS", "Diagnostic à compléter", "Diagnostic non réalisé")
FIRE_STATUS["good"] += ("réalisé",)
FIRE_STATUS["bad"] += ("non réalisé",)

ACTOR_THEMES: Words = {
    "sante": ("Santé",),
    "education": ("Éducation et scolarisation", "Éducation"),
    "emploi": ("Formation et emploi", "Emploi"),
    "logement": ("Logement",),
    "mediation_sociale": ("Médiation sociale",),
    "securite": ("Stabilisation et sécurisation du site", "Sécurité"),
    "humanitaire": ("Aides humanitaires", "Humanitaire"),
    "diagnostic": ("Diagnostic",),
    "pilotage": ("Pilotage et coordination", "Pilotage"),
    "autre": ("Autre",),
}

PHASES: Words = {
    "sociological_diagnosis": ("Diagnostic sociologique", "Diagnostique sociologique"),
    "social_assessment": ("Évaluation sociale",),
    "political_validation": ("Validation politique",),
    "technical_diagnosis": ("Diagnostic technique",),
    "contract_preparation": ("Préparation conventionnement",),
    "land_equipment_development": ("Aménagement équipement terrain",),
    "family_information": ("Information des familles",),
    "contractualization_of_families": ("Contractualisation des familles",),
    "official_opening": ("Ouverture officielle",),
}

PHASE_DATES = {
    "sociological_diagnosis": "réalisé",
    "social_assessment": "réalisée",
    "political_validation": "obtenue",
    "technical_diagnosis": "réalisé",
    "contract_preparation": "finalisée",
    "land_equipment_development": "terminé",
    "family_information": "réalisée",
    "contractualization_of_families": "terminée",
    "official_opening": "le",
}
"""What the platform writes between the name of a phase and the day it was completed."""

CLOSING_SOLUTIONS: Words = {
    "shelter": ("Mise à l'abri temporaire",),
    "long_term": (
        "Hébergement ou logement adapté longue durée avec accompagnement, dont espace terrain d'insertion",
        "Hébergement ou logement adapté longue durée avec accompagnement, dont espace temporaire d'insertion",
        "Hébergement ou logement adapté longue durée avec accompagnement, dont espace temporaire d'accompagnement",
    ),
    "housing": ("Logement",),
    "none": ("Aucune",),
    "other": ("Autre",),
}
"""The titles of the orientation columns: the platform cuts the label of a solution at its first bracket."""

SECTIONS: dict[str, tuple[str, ...]] = {
    "Site": ("Caractéristiques",),
    "Procédure judiciaire ou administrative": ("Procédure judiciaire", "Procédures"),
    **{labels[0]: labels[1:] for labels in CLOSING_SOLUTIONS.values()},
}
"""Other titles that sections have had, or that people give them."""
