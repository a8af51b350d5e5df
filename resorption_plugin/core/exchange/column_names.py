"""How people call what the model calls otherwise: titles of columns seen in open data, in French and English."""

from __future__ import annotations

from .positions import Place

SYNONYMS: dict[str, tuple[str, ...]] = {
    "name": ("nom", "name", "libelle", "designation", "intitule", "nom fontaine", "nom du point d eau"),
    "source_id": (
        "id", "identifiant", "gid", "code", "numero", "ref", "reference", "id fontaine", "osm id", "full id",
        "objectid", "fid", "num",
    ),
    "type": ("type", "type point d eau", "nature", "categorie"),
    "fountain_type": ("type fontaine", "type de fontaine"),
    "type_details": ("type objet", "precision type", "sous type"),
    "model": ("modele", "model"),
    "operator": ("gestionnaire", "operator", "exploitant", "proprietaire"),
    "operator_siren": ("siren gestionnaire", "siren"),
    "installed_on": ("date installation", "date d installation", "mise en service", "date de pose", "start date"),
    "comments": ("commentaires", "commentaire", "remarques", "remarque", "observations", "observation", "note"),
    "working_state": ("etat", "etat de fonctionnement", "fonctionnement", "statut", "state", "status"),
    "state_on": ("date etat", "date maj", "date de mise a jour", "mise a jour", "etat constate le"),
    "closed_from": ("indisponible", "debut ind", "ferme a partir du", "date fermeture", "debut fermeture"),
    "closed_until": ("fin ind", "ferme jusqu au", "fin fermeture", "date reouverture"),
    "closure_reason": ("motif ind", "motif", "motif fermeture", "motif de la fermeture"),
    "is_potable": ("potable", "eau potable", "potabilite", "drinking water"),
    "taps": ("robinets", "nombre de robinets", "nb robinets", "taps"),
    "flow_l_min": ("debit", "debit l min", "flow"),
    "opening_hours": ("horaires", "horaires d ouverture", "horaire", "opening hours"),
    "access_conditions": ("conditions acces", "conditions d acces"),
    "wheelchair_accessible": ("accessible pmr", "pmr", "wheelchair", "accessibilite pmr", "acces pmr"),
    "container_filling": ("remplissage contenant possible", "remplissage", "bottle"),
    "is_on_public_road": ("voie publique", "sur la voie publique"),
    "address": ("adresse", "address", "voie", "rue", "localisation", "emplacement", "adresse complete"),
    "location_details": ("precision geo", "precision", "complement adresse", "precision de localisation"),
    "fk_city": ("code commune insee", "code insee", "insee", "code commune", "com insee", "insee com", "codeinsee"),
    "visited_on": ("derniere visite", "date visite", "visite le"),
}  # fmt: skip
"""By model field, the folded titles in the order of trust; the field's own name and labels are tried first."""

PLACE_SYNONYMS: dict[Place, tuple[str, ...]] = {
    Place.LATITUDE: ("latitude", "lat", "y wgs84", "lat wgs84", "coord lat", "ylat", "latitude wgs84", "gps lat"),
    Place.LONGITUDE: (
        "longitude", "lon", "long", "lng", "x wgs84", "lon wgs84", "coord lon", "xlong", "longitude wgs84", "gps lon",
    ),
    Place.LAT_LON: (
        "geo point 2d", "geo point", "geopoint", "lat lon", "latlon", "lat long", "latlong", "coordonnees",
        "coordonnees gps", "gps", "coordonnees geo", "position", "point geo",
    ),
    Place.LON_LAT: ("lon lat", "lonlat", "long lat", "coordinates", "xy"),
    Place.EASTING: ("x", "x l93", "x lambert93", "x lambert 93", "coord x", "coordx", "easting", "x coord", "x 2154"),
    Place.NORTHING: ("y", "y l93", "y lambert93", "y lambert 93", "coord y", "coordy", "northing", "y coord", "y 2154"),
    Place.WKT: ("wkt", "geom", "geometry", "the geom", "geometrie", "wkt geom"),
    Place.GEOJSON: ("geo shape", "geojson", "geoshape", "geometry", "geom", "st asgeojson"),
}  # fmt: skip
