"""From which former sites the people of a site came."""

from __future__ import annotations

from ..common import AUDIT, GENERAL, UID, audit, site_reference, site_uid
from ..expressions import compare
from ..fields import Field, Geometry, Kind, Label, Layer, Relation, Rule, Strength
from ..terms import Column

LAYER = Layer(
    key="incoming_town",
    label=Label("Former site", "Site d'origine"),
    plural=Label("Former sites", "Sites d'origine"),
    geometry=Geometry.NONE,
    fields=(
        UID,
        site_uid(),
        Field(
            "incoming_site_uid",
            Label("Former site", "Site d'origine des habitants"),
            Kind.UID,
            required=True,
        ),
        *audit(),
    ),
    groups=(GENERAL, AUDIT),
    display='represent_value("incoming_site_uid")',
    rules=(
        Rule(
            "another_site",
            compare("incoming_site_uid", "<>", Column("site_uid")),
            Label("Choose another site than this one.", "Choisissez un autre site que celui-ci."),
            "incoming_site_uid",
        ),
    ),
    relations=(
        site_reference("features", Label("Sites the people came from", "Sites d'origine des habitants")),
        Relation(
            "incoming_site_uid",
            "site",
            Label("Sites the people went to", "Sites rejoints par les habitants"),
            Strength.COMPOSITION,
        ),
    ),
    unique_together=(("site_uid", "incoming_site_uid"),),
    order=49,
    tree_group=Label("Record of the sites", "Fiche des sites"),
    help=Label(
        "A resettlement: a former site from which people of this one came.",
        "Une réinstallation : un ancien site d'où viennent des habitants de celui-ci.",
    ),
)
