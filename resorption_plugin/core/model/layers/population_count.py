"""Dated counts of a site: the curve, not only the last value."""

from __future__ import annotations

from .. import domains
from ..common import AUDIT, COMMENTS, GENERAL, UID, audit, population, site_reference, site_uid
from ..expressions import not_in_future
from ..fields import Default, Field, Geometry, Kind, Label, Layer, Rule, Topic
from ..population_rules import RULES

LAYER = Layer(
    key="population_count",
    label=Label("Population count", "Comptage de population"),
    plural=Label("Population counts", "Comptages de population"),
    geometry=Geometry.NONE,
    fields=(
        UID,
        site_uid(),
        Field(
            "counted_on",
            Label("Counted on", "Date du comptage"),
            Kind.DATE,
            required=True,
            default=Default("to_date(now())"),
        ),
        *population("general"),
        Field("counted_by", Label("Counted by", "Compté par"), max_length=255),
        Field("source", Label("Source of the count", "Source du comptage"), domain=domains.COUNT_SOURCE),
        COMMENTS,
        *audit(),
    ),
    groups=(GENERAL, AUDIT),
    display="format_date(\"counted_on\", 'dd/MM/yyyy') || ' : ' || coalesce(\"population_total\", '?')",
    rules=(
        *RULES,
        Rule(
            "counted_not_in_future",
            not_in_future("counted_on"),
            Label("This date is in the future.", "Cette date est dans le futur."),
            "counted_on",
            topic=Topic.DATES,
        ),
    ),
    together=(tuple(field.name for field in population("general")),),
    relations=(site_reference("people", Label("Population counts", "Comptages de population")),),
    order=40,
    tree_group=Label("Sites", "Sites"),
    help=Label("A dated count of the people of a site.", "Un comptage daté des personnes d'un site."),
)
