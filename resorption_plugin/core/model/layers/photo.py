"""A photo of a site or of a water point, kept beside the workspace."""

from __future__ import annotations

from ..common import AUDIT, GENERAL, UID, audit, optional_site_uid, site_reference
from ..expressions import any_of, known
from ..fields import Field, Geometry, Kind, Label, Layer, Origin, Relation, Rule
from ..text_rules import plain_texts


def _read(name: str, en: str, fr: str, kind: Kind, **more: object) -> Field:
    """Return what the program reads in the file."""
    return Field(name, Label(en, fr), kind, origin=Origin.SYSTEM, **more)  # type: ignore[arg-type]


_FIELDS = (
    UID,
    optional_site_uid(),
    Field("water_point_uid", Label("Water point", "Point d'eau"), Kind.UID),
    _read("path", "Photo", "Photo", Kind.FILE, required=True, max_length=500),
    Field("caption", Label("Caption", "Légende"), max_length=255),
    _read("taken_at", "Taken on", "Prise le", Kind.DATETIME),
    _read("exif_latitude", "Latitude of the photo", "Latitude de la photo", Kind.REAL, minimum=-90, maximum=90),
    _read("exif_longitude", "Longitude of the photo", "Longitude de la photo", Kind.REAL, minimum=-180, maximum=180),
    _read("original_name", "Original file", "Fichier d'origine", Kind.TEXT, max_length=255),
    _read("size_bytes", "Size", "Taille", Kind.INTEGER, minimum=0, unit="o"),
    _read("sha256", "Content", "Empreinte", Kind.TEXT, max_length=64, hidden=True),
    *audit(),
)

LAYER = Layer(
    key="photo",
    label=Label("Photo", "Photo"),
    plural=Label("Photos", "Photos"),
    geometry=Geometry.NONE,
    fields=_FIELDS,
    groups=(GENERAL, AUDIT),
    display='coalesce("caption", "original_name", "path")',
    rules=(
        Rule(
            "of_something",
            any_of(known("site_uid"), known("water_point_uid")),
            Label("Say of which site or water point.", "Indiquez le site ou le point d'eau."),
            "site_uid",
        ),
        *plain_texts(_FIELDS),
    ),
    relations=(
        site_reference("photos", Label("Photos", "Photos")),
        Relation("water_point_uid", "water_point", Label("Photos", "Photos"), group="photos"),
    ),
    order=50,
    tree_group=Label("Record of the sites", "Fiche des sites"),
    help=Label(
        "The file is copied into the folder of photos beside the workspace; the original is left as it is.",
        "Le fichier est copié dans le dossier de photos à côté de l'espace de travail ; l'original reste tel quel.",
    ),
)
