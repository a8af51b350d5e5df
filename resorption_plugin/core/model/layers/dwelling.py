"""Where people sleep: from the farthest one the distance to water is judged."""

from __future__ import annotations

from .. import domains
from ..common import ACCURACY, AUDIT, COMMENTS, GENERAL, PLACE, UID, audit, count, site_reference, site_uid
from ..fields import Field, Geometry, Kind, Label, Layer

LAYER = Layer(
    key="dwelling",
    label=Label("Dwelling", "Habitation"),
    plural=Label("Dwellings", "Habitations"),
    geometry=Geometry.POINT,
    fields=(
        UID,
        site_uid(),
        Field("kind", Label("Kind of dwelling", "Type d'habitat"), domain=domains.DWELLING_KIND),
        count("people", Label("People", "Personnes"), "general"),
        Field("surveyed_on", Label("Surveyed on", "Relevée le"), Kind.DATE),
        COMMENTS,
        ACCURACY,
        *audit(),
    ),
    groups=(GENERAL, PLACE, AUDIT),
    display='represent_value("site_uid")',
    relations=(site_reference("place", Label("Dwellings", "Habitations")),),
    order=30,
    tree_group=Label("Sites", "Sites"),
    help=Label("A place where people sleep on a site.", "Un endroit où l'on dort sur un site."),
)
