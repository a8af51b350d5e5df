"""What the platform said of a site at the last import: the base of comparisons and of the return sheet."""

from __future__ import annotations

import dataclasses

from ..common import GENERAL, UID, site_reference, site_uid
from ..fields import Field, Geometry, Kind, Label, Layer, Origin

LAYER = Layer(
    key="platform_record",
    label=Label("Record of the platform", "Fiche de la plateforme"),
    plural=Label("Records of the platform", "Fiches de la plateforme (dernier import)"),
    geometry=Geometry.NONE,
    fields=(
        UID,
        dataclasses.replace(site_uid(), unique=True, origin=Origin.SYSTEM),
        Field(
            "rb_id",
            Label("Number on the platform", "Numéro sur la plateforme"),
            Kind.INTEGER,
            unique=True,
            minimum=1,
            origin=Origin.SYSTEM,
        ),
        Field("exported_on", Label("Date of the export", "Date de l'export"), Kind.DATE, origin=Origin.SYSTEM),
        Field("imported_at", Label("Imported on", "Importé le"), Kind.DATETIME, required=True, origin=Origin.SYSTEM),
        Field("file_name", Label("File", "Fichier"), max_length=255, origin=Origin.SYSTEM),
        Field(
            "row",
            Label("Row of the export", "Ligne de l'export"),
            Kind.LONG_TEXT,
            required=True,
            origin=Origin.SYSTEM,
            help=Label(
                "The cells of the row by their titles, in JSON.",
                "Les cellules de la ligne par leur titre, en JSON.",
            ),
        ),
    ),
    groups=(GENERAL,),
    display='represent_value("site_uid")',
    relations=(site_reference(None, Label("Record of the platform", "Fiche de la plateforme")),),
    order=76,
    tree_group=Label("Exports", "Exports"),
    help=Label(
        "The last row imported from the platform for each site: what changed since is the return sheet.",
        "La dernière ligne importée de la plateforme pour chaque site : ce qui a changé depuis fait la fiche retour.",
    ),
)
