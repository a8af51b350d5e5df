"""The only source is bottles, a hydrant, a tank or a point on the public road."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ...i18n import mark
from ...model.expressions import all_of, any_of, compare, equals, one_of, unknown
from ...records import Record
from ...water.access_rule import POOR_SOURCE, PUBLIC_TAP
from ...water.distances import is_open
from ..common import DISTANCE_LIMIT, name_of, oldest
from ..context import Context
from ..finding import Remark
from ..registry import check
from ..spec import CheckSpec, Scenarios, Severity, Threshold, Verdict

_FIRST_FORM = equals("living_conditions_version", 1)
_SECOND_FORM = any_of(compare("living_conditions_version", "<>", 1), unknown("living_conditions_version"))
_DECLARED_POOR = any_of(
    all_of(_FIRST_FORM, equals("water_public_point", True)),
    all_of(_SECOND_FORM, any_of(POOR_SOURCE, PUBLIC_TAP)),
)
_NOT_DECLARED = any_of(
    all_of(_FIRST_FORM, unknown("access_to_water")),
    all_of(_SECOND_FORM, any_of(unknown("water_access_type"), equals("water_access_type", "inconnu"))),
)
_POOR_POINT = any_of(
    one_of("type", "fontaine_publique", "borne_incendie", "reservoir"), equals("is_on_public_road", True)
)
_GOOD_POINT = all_of(one_of("type", "robinet_connecte_au_reseau", "autre"), equals("is_on_public_road", False))

_METHOD = mark(
    "The source declared on the site, by the platform's rule (form of 2022), beside the water points usable on the "
    "reference date within the distance limit of one of its dwellings."
)
_DECLARED = mark(
    "The only declared source is bottles, a hydrant, a tank or water on the public road, which the platform counts as "
    "no access."
)
_CONTRADICTED = mark(
    "The declared source counts as no access on the platform, but {point}, a private tap, is usable within {limit} m: "
    "verify the form or the water point."
)
_NOT_SAID = mark(
    "The source is not declared, and every usable water point within {limit} m is a fountain, a hydrant, a tank or on "
    "the public road: ask how the inhabitants get water."
)


@check(
    CheckSpec(
        id="EAU-006",
        title=mark("Only source is bottles, a hydrant, a tank or the public road"),
        why=mark(
            "The platform counts these sources as no access to water, whatever their distance: they are dear, unsafe, "
            "irregular or across the public road."
        ),
        help=mark(
            "An open site whose declared source is poor fails. If a private tap in service is known within the "
            "distance limit, or if nothing is declared and only poor sources are within it, the finding is to verify."
        ),
        mend=mark("Connect a private tap on the site; where there is one, correct the form or place it on the map."),
        targets=("site",),
        reads=("site_footprint", "dwelling", "water_point"),
        severity=Severity.ERROR,
        parameters=(DISTANCE_LIMIT,),
        scenarios=Scenarios(
            passing=("private tap declared", "nothing declared, private tap at 50 m"),
            failing=("bottles declared", "tap on the public road declared", "public point on the old form"),
            boundary=("fountain declared, private tap at 200.0 m", "fountain declared, private tap at 200.1 m"),
            unknown=("nothing declared, fountain at 50 m",),
        ),
    )
)
def poor_source(site: Record, context: Context, thresholds: Mapping[str, Threshold]) -> Iterator[Remark]:
    """Judge one open site by what is declared, then by what is measured."""
    if not is_open(site):
        return
    limit = thresholds["limit"]
    points = context.tap_service(limit.value).points(site.uid)
    private = [point for point in points if _GOOD_POINT.evaluate(point.values) is True]
    if _DECLARED_POOR.evaluate(site.values) is True:
        if private:
            yield _remark(_CONTRADICTED, Verdict.TO_VERIFY, limit, private[:1])
        else:
            yield _remark(_DECLARED, Verdict.FAILS, limit, points)
    elif _NOT_DECLARED.evaluate(site.values) is True and _all_poor(points):
        yield _remark(_NOT_SAID, Verdict.TO_VERIFY, limit, points)


def _all_poor(points: Sequence[Record]) -> bool:
    return bool(points) and all(_POOR_POINT.evaluate(point.values) is True for point in points)


def _remark(message: str, verdict: Verdict, limit: Threshold, points: Sequence[Record]) -> Remark:
    details = {"limit": limit.value, "point": name_of(points[0]) if points else ""}
    dates = [point["state_on"] for point in points]
    return Remark(verdict, message, details, method=_METHOD, field="water_access_type", data_date=oldest(dates))
