"""One row per site and water point that serves it: what is computed, and what was measured on the ground."""

from __future__ import annotations

from typing import Any

from .. import domains
from ..common import AUDIT, UID, audit, site_reference, site_uid
from ..expressions import not_in_future
from ..fields import Field, Geometry, Group, Kind, Label, Layer, Origin, Relation, Role, Rule, Topic

_GROUPS = (
    Group("computed", Label("Computed", "Calculé")),
    Group("field", Label("Measured in the field", "Mesuré sur le terrain")),
    AUDIT,
)


def _computed(name: str, en: str, fr: str, kind: Kind = Kind.REAL, **more: Any) -> Field:
    return Field(name, Label(en, fr), kind, "computed", origin=Origin.COMPUTED, **more)


LAYER = Layer(
    key="distance",
    label=Label("Distance to water", "Distance à l'eau"),
    plural=Label("Distances to water", "Distances à l'eau"),
    geometry=Geometry.LINE,
    fields=(
        UID,
        site_uid(group="computed"),
        Field("water_point_uid", Label("Water point", "Point d'eau"), Kind.UID, "computed", required=True),
        _computed("rank", "Rank", "Rang", Kind.INTEGER, minimum=1),
        _computed("farthest_dwelling_m", "To the farthest dwelling", "À l'habitation la plus éloignée", unit="m"),
        _computed("crowfly_m", "To the nearest dwelling", "À l'habitation la plus proche", unit="m"),
        _computed("walking_m", "On foot", "À pied", unit="m"),
        _computed("barriers_crossed", "Barriers to cross", "Obstacles à franchir", Kind.INTEGER, minimum=0),
        _computed(
            "barrier_class", "Class of the barrier", "Classe de l'obstacle", Kind.TEXT, domain=domains.ROAD_CLASS
        ),
        _computed("basis", "Measured from", "Mesurée depuis", Kind.TEXT, domain=domains.DISTANCE_BASIS),
        _computed("accuracy_m", "Accuracy", "Précision", unit="m", minimum=0),
        _computed("reference_date", "State of the water points on", "État des points d'eau au", Kind.DATE),
        _computed("computed_at", "Computed on", "Calculé le", Kind.DATETIME),
        Field("measured_m", Label("Measured distance", "Distance mesurée"), Kind.REAL, "field", minimum=0, unit="m"),
        Field("measured_by", Label("Measured by", "Mesurée par"), group="field", max_length=255),
        Field("measured_on", Label("Measured on", "Mesurée le"), Kind.DATE, "field"),
        Field("measured_comments", Label("Comments", "Commentaires"), Kind.LONG_TEXT, "field", max_length=4000),
        *audit(),
    ),
    groups=_GROUPS,
    display=(
        "coalesce(round(\"farthest_dwelling_m\"), '?') || ' m : ' || "
        'represent_value("site_uid") || \' – \' || represent_value("water_point_uid")'
    ),
    rules=(
        Rule(
            "measured_not_in_future",
            not_in_future("measured_on"),
            Label("This date is in the future.", "Cette date est dans le futur."),
            "measured_on",
            topic=Topic.DATES,
        ),
    ),
    relations=(
        site_reference("distances", Label("Distances to water", "Distances à l'eau")),
        Relation("water_point_uid", "water_point", Label("Sites served", "Sites desservis"), group="service"),
    ),
    together=(("measured_m", "measured_by", "measured_on", "measured_comments"),),
    unique_together=(("site_uid", "water_point_uid"),),
    role=Role.COMPUTED,
    geometry_required=False,
    order=60,
    tree_group=Label("Water", "Eau"),
    help=Label(
        "From each site to the water that serves it. Computed columns are read-only.",
        "De chaque site à l'eau qui le dessert. Les colonnes calculées ne se modifient pas.",
    ),
)
