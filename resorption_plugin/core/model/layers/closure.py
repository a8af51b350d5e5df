"""Where people went when a site was closed: from it the share of cleared sites is computed."""

from __future__ import annotations

from .. import record_lists
from ..common import AUDIT, GENERAL, UID, audit, count, long_answer, site_reference, site_uid
from ..expressions import at_most
from ..fields import Field, Geometry, Label, Layer, Rule, Topic
from ..text_rules import plain_texts

_FIELDS = (
    UID,
    site_uid(),
    Field(
        "closing_solution",
        Label("Solution", "Solution"),
        domain=record_lists.CLOSING_SOLUTION,
        required=True,
    ),
    count("number_of_people_affected", Label("People concerned", "Nombre de personnes"), "general"),
    count("number_of_households_affected", Label("Households concerned", "Nombre de ménages"), "general"),
    long_answer("message", "Message", "Message", "general"),
    *audit(),
)

LAYER = Layer(
    key="closure",
    label=Label("Solution at the closure", "Orientation à la fermeture"),
    plural=Label("Solutions at the closure", "Orientations à la fermeture"),
    geometry=Geometry.NONE,
    fields=_FIELDS,
    groups=(GENERAL, AUDIT),
    display="represent_value(\"closing_solution\") || ' : ' || coalesce(\"number_of_people_affected\", '?')",
    rules=(
        Rule(
            "households_within_people",
            at_most("number_of_households_affected", "number_of_people_affected"),
            Label(
                "There cannot be more households than people.",
                "Il ne peut pas y avoir plus de ménages que de personnes.",
            ),
            "number_of_households_affected",
            topic=Topic.COUNTS,
        ),
        *plain_texts(_FIELDS),
    ),
    relations=(site_reference("closing", Label("Solutions", "Orientations")),),
    unique_together=(("site_uid", "closing_solution"),),
    order=42,
    tree_group=Label("Record of the sites", "Fiche des sites"),
    help=Label(
        "At the closure of a site, the people and households that each solution concerns. The cause and the date of "
        "the closure are on the site.",
        "À la fermeture d'un site, les personnes et les ménages concernés par chaque solution. La cause et la date de "
        "la fermeture sont sur le site.",
    ),
)
