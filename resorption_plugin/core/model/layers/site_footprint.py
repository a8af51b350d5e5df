"""The ground a site actually occupies: one polygon per site, from which distances to water are measured."""

from __future__ import annotations

from .. import domains
from ..common import ACCURACY, AUDIT, COMMENTS, GENERAL, PLACE, UID, audit, site_reference, site_uid
from ..fields import Field, Geometry, Kind, Label, Layer

LAYER = Layer(
    key="site_footprint",
    label=Label("Footprint", "Emprise"),
    plural=Label("Footprints", "Emprises"),
    geometry=Geometry.POLYGON,
    fields=(
        UID,
        site_uid(),
        Field("drawn_on", Label("Drawn on", "Relevée le"), Kind.DATE),
        Field("source", Label("How it was drawn", "Mode de relevé"), domain=domains.FOOTPRINT_SOURCE),
        COMMENTS,
        ACCURACY,
        *audit(),
    ),
    groups=(GENERAL, PLACE, AUDIT),
    display='represent_value("site_uid")',
    relations=(site_reference("place", Label("Footprint", "Emprise")),),
    unique_together=(("site_uid",),),
    order=20,
    tree_group=Label("Sites", "Sites"),
    help=Label(
        "The ground occupied by a site, one footprint per site.",
        "Le terrain réellement occupé par un site, une emprise par site.",
    ),
)
