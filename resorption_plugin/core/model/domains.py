"""Value lists. Codes and French labels are the platform's own where it has the list."""

from __future__ import annotations

from .fields import Choice, Domain, Label


def value_list(name: str, label: Label, *choices: tuple[str, str, str]) -> Domain:
    """Return a value list from (code, English, French) entries."""
    return Domain(name, label, tuple(Choice(code, Label(en, fr)) for code, en, fr in choices))


SITE_STATUS = value_list(
    "site_status",
    Label("Status", "Statut"),
    ("open", "Open", "Existant"),
    ("unknown", "Closed, reason unknown", "Raison inconnue"),
    (
        "closed_by_justice",
        "Court decision after the owner's complaint",
        "Décision de justice suite à une plainte du propriétaire",
    ),
    ("closed_by_city_admin", "Administrative decision of the commune", "Décision administrative de la Commune"),
    (
        "closed_by_pref_admin",
        "Administrative decision of the prefecture",
        "Décision administrative de la Préfecture",
    ),
    ("resorbed", "Gradually cleared", "Résorption progressive du site"),
    ("other", "Other (give the context)", "Autre (préciser le contexte)"),
)

FIELD_TYPE = value_list(
    "field_type",
    Label("Type of site", "Type de site"),
    ("3", "Land", "Terrain"),
    ("2", "Building", "Immeuble bâti"),
    ("1", "Other", "Autre"),
)

CENSUS_STATUS = value_list(
    "census_status",
    Label("Status of the social diagnostic", "Statut du diagnostic social"),
    ("none", "Not planned", "Non prévu"),
    ("scheduled", "Planned", "Prévu"),
    ("done", "Done", "Réalisé"),
)

SOCIAL_ORIGIN = value_list(
    "social_origin",
    Label("Origins", "Origines"),
    ("french", "French nationals", "Ressortissants français"),
    ("european", "European nationals", "Ressortissants européens"),
    ("other", "Nationals of other countries", "Ressortissants extracommunautaires"),
)

WATER_ACCESS_TYPE = value_list(
    "water_access_type",
    Label("Access to water", "Accès à l'eau"),
    ("fontaine_publique", "Public fountain", "Fontaine publique"),
    ("borne_incendie", "Fire hydrant", "Borne incendie"),
    ("achat_bouteille", "Bottled water only", "Achat bouteille uniquement"),
    ("reservoir", "Tank or cistern", "Réservoir / cuve / citerne"),
    ("robinet_connecte_au_reseau", "Tap connected to the network", "Robinet connecté au réseau d'eau"),
    ("autre", "Other", "Autre"),
    ("inconnu", "Unknown", "Inconnu"),
)

# Not a column: the platform's words for the status of core/water/access_rule.py.
WATER_STATUS = value_list(
    "water_status",
    Label("Access to water (platform's rule)", "Accès à l'eau (règle de la plateforme)"),
    ("good", "Yes", "Oui"),
    ("to_improve", "To improve", "À améliorer"),
    ("bad", "No", "Non"),
    ("unknown", "Unknown", "Inconnu"),
)

WATER_DISTANCE_V1 = value_list(
    "water_distance_v1",
    Label("Distance to water (old form)", "Distance de l'eau (ancien formulaire)"),
    ("0-20", "0 to 20 m", "0-20 m"),
    ("20-50", "20 to 50 m", "20-50 m"),
    ("50-100", "50 to 100 m", "50-100 m"),
    ("100+", "Over 100 m", "Plus de 100 m"),
)

TOILET_TYPE = value_list(
    "toilet_type",
    Label("Types of toilets", "Types de toilettes"),
    ("latrines", "Latrines", "Latrines"),
    ("toilettes_chimiques", "Chemical toilets", "Toilettes chimiques"),
    ("toilettes_seches", "Dry toilets", "Toilettes sèches"),
    ("toilettes_a_chasse", "Flush toilets", "Toilettes à chasse d'eau"),
)

ELECTRICITY_TYPE = value_list(
    "electricity_type",
    Label("Source of electricity", "Source de l'électricité"),
    ("electrogene", "Generator", "Groupe électrogène"),
    ("reseau_urbain", "Urban network", "Réseau urbain"),
    ("installation_du_bati", "Installation of the building", "Installation du bâti"),
)

WORKING_STATE = value_list(
    "working_state",
    Label("Working state", "État de fonctionnement"),
    ("working", "Working", "En service"),
    ("closed", "Closed", "Fermé"),
    ("out_of_order", "Out of order", "En panne"),
    ("unknown", "Unknown", "Inconnu"),
)

LIFECYCLE = value_list(
    "lifecycle",
    Label("Situation", "Situation"),
    ("existing", "Existing", "Existant"),
    ("planned", "Planned", "Projeté"),
    ("removed", "Removed", "Supprimé"),
)

# National schema fontaine-eau 0.1.0, column type_fontaine.
FOUNTAIN_TYPE = value_list(
    "fountain_type",
    Label("Type of fountain", "Type de fontaine"),
    ("borne fontaine", "Standpipe", "Borne fontaine"),
    ("robinet", "Tap", "Robinet"),
    ("fontaine type Wallace", "Wallace fountain", "Fontaine type Wallace"),
    ("autre", "Other", "Autre"),
)

# National schema fontaine-eau 0.1.0, column conditions_acces.
ACCESS_CONDITIONS = value_list(
    "access_conditions",
    Label("Conditions of access", "Conditions d'accès"),
    ("établissement soumis à horaires", "Place with opening hours", "Établissement soumis à horaires"),
    (
        "établissement nécessitant l'achat d'un billet",
        "Place that needs a ticket",
        "Établissement nécessitant l'achat d'un billet",
    ),
    ("autre", "Other", "Autre"),
    ("aucune", "None", "Aucune"),
)

# National schema PEI 1.0.0, column type_pei.
HYDRANT_TYPE = value_list(
    "hydrant_type",
    Label("Type of hydrant", "Type de PEI"),
    ("PI", "Pillar hydrant", "Poteau d'incendie"),
    ("BI", "Underground hydrant", "Bouche d'incendie"),
    ("PA", "Fitted suction point", "Point d'aspiration aménagé"),
    ("CI", "Cistern", "Citerne aérienne ou enterrée"),
)

# National schema PEI 1.0.0, column source_pei.
HYDRANT_SOURCE = value_list(
    "hydrant_source",
    Label("Where the water comes from", "Source de l'eau"),
    ("reseau_aep", "Drinking water network", "Réseau d'eau potable"),
    ("reseau_irrigation", "Irrigation network", "Réseau d'irrigation"),
    ("citerne", "Cistern", "Citerne"),
    ("plan_eau", "Water body", "Plan d'eau"),
    ("piscine", "Swimming pool", "Piscine"),
    ("puits", "Well", "Puits"),
    ("cours_eau", "Watercourse", "Cours d'eau"),
)

# National schema PEI 1.0.0, column statut.
HYDRANT_STATUS = value_list(
    "hydrant_status",
    Label("Public or private", "Statut du PEI"),
    ("public", "Public", "Public"),
    ("prive", "Private", "Privé"),
)

DWELLING_KIND = value_list(
    "dwelling_kind",
    Label("Kind of dwelling", "Type d'habitat"),
    ("caravan", "Caravan", "Caravane"),
    ("hut", "Self-built hut", "Cabane (habitat autoconstruit)"),
    ("tent", "Tent", "Tente"),
    ("car", "Car used as a bedroom", "Voiture dortoir"),
    ("building", "Building", "Immeuble bâti"),
    ("other", "Other", "Autre"),
)

FOOTPRINT_SOURCE = value_list(
    "footprint_source",
    Label("How it was drawn", "Mode de relevé"),
    ("orthophoto", "From an orthophoto", "Orthophotographie"),
    ("gps", "GPS in the field", "GPS sur le terrain"),
    ("cadastre", "From the land register", "Cadastre"),
    ("other", "Other", "Autre"),
)

COUNT_SOURCE = value_list(
    "count_source",
    Label("Source of the count", "Source du comptage"),
    ("visit", "Visit of the site", "Passage sur site"),
    ("diagnostic", "Social diagnostic", "Diagnostic social"),
    ("operator", "Operator's estimate", "Estimation de l'opérateur"),
    ("platform", "Résorption-bidonvilles platform", "Plateforme Résorption-bidonvilles"),
    ("other", "Other", "Autre"),
)

DISTANCE_BASIS = value_list(
    "distance_basis",
    Label("Measured from", "Mesurée depuis"),
    ("dwellings", "The farthest dwelling", "L'habitation la plus éloignée"),
    ("footprint", "The edge of the footprint", "Le bord de l'emprise"),
    ("point", "The site's point: not measurable to the dwelling", "Le point du site : non mesurable à l'habitation"),
)

ROAD_CLASS = value_list(
    "road_class",
    Label("Class of road", "Classe de voie"),
    ("motorway", "Motorway", "Autoroute"),
    ("trunk", "Trunk road", "Voie rapide"),
    ("primary", "Primary road", "Route principale"),
    ("secondary", "Secondary road", "Route secondaire"),
    ("tertiary", "Tertiary road", "Route tertiaire"),
    ("residential", "Residential street", "Rue résidentielle"),
    ("service", "Service road or track", "Voie de desserte ou chemin carrossable"),
    ("path", "Footway or path", "Chemin piéton"),
    ("steps", "Steps", "Escalier"),
    ("crossing", "Marked crossing", "Passage piéton"),
    ("railway", "Railway", "Voie ferrée"),
    ("water", "Watercourse", "Cours d'eau"),
    ("other", "Other", "Autre"),
)

SEVERITY = value_list(
    "severity",
    Label("Severity", "Gravité"),
    ("error", "Error", "Erreur"),
    ("warning", "Warning", "Avertissement"),
    ("information", "Information", "Information"),
)

VERDICT = value_list(
    "verdict",
    Label("Verdict", "Verdict"),
    ("fails", "Fails", "Non conforme"),
    ("to_verify", "To verify", "À vérifier"),
)

FINDING_STATE = value_list(
    "finding_state",
    Label("State", "État"),
    ("open", "Open", "Ouvert"),
    ("accepted", "Accepted exception", "Exception acceptée"),
    ("stale", "Accepted, to be reviewed", "Exception à revoir"),
    ("resolved", "Resolved", "Résolu"),
)

# Not a column: how a finding would differ under a supposition (core/what_if.py).
SUPPOSED_CHANGE = value_list(
    "supposed_change",
    Label("Change", "Évolution"),
    ("appears", "Appears", "Apparaît"),
    ("worsens", "Worsens", "S'aggrave"),
    ("stays", "Stays", "Demeure"),
    ("goes", "Goes", "Disparaît"),
)

AUDIENCE = value_list(
    "audience",
    Label("Audience", "Destinataires"),
    ("services", "Services: exact positions", "Services : positions exactes"),
    ("committee", "Steering committee: by commune", "Comité de pilotage : par commune"),
    ("public", "Public: totals of departments", "Public : totaux par département"),
)
