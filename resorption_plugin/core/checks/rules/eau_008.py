"""Stagnant water around the outlet, or unequal access."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...i18n import mark
from ...model.expressions import Condition, all_of, any_of, compare, equals, one_of, unknown
from ...records import Record
from ...water.distances import is_open
from .. import words
from ..common import written_on
from ..context import Context
from ..finding import Remark
from ..registry import check
from ..spec import CheckSpec, Quantity, Scenarios, Severity, Threshold, Verdict, Worse

_SECOND_FORM = any_of(compare("living_conditions_version", "<>", 1), unknown("living_conditions_version"))
_FIRST_FORM = equals("living_conditions_version", 1)
_ON_SITE = all_of(
    _SECOND_FORM,
    one_of("water_access_type", "robinet_connecte_au_reseau", "autre"),
    equals("water_access_is_public", False),
    equals("water_access_is_local", True),
)
# the question is asked of a tap on the site only: elsewhere an answer left behind counts for nothing
_FAULTS: Mapping[str, Condition] = {
    "water_access_has_stagnant_water": all_of(_ON_SITE, equals("water_access_has_stagnant_water", True)),
    "water_access_is_unequal": all_of(_ON_SITE, equals("water_access_is_unequal", True)),
    "water_stagnant_water": all_of(_FIRST_FORM, equals("water_stagnant_water", True)),
    "water_everyone_has_access": all_of(_FIRST_FORM, equals("water_everyone_has_access", False)),
}
_UNANSWERED: Mapping[str, Condition] = {
    "water_access_has_stagnant_water": all_of(_ON_SITE, unknown("water_access_has_stagnant_water")),
    "water_access_is_unequal": all_of(_ON_SITE, unknown("water_access_is_unequal")),
    "water_stagnant_water": all_of(_FIRST_FORM, equals("access_to_water", True), unknown("water_stagnant_water")),
    "water_everyone_has_access": all_of(
        _FIRST_FORM, equals("access_to_water", True), unknown("water_everyone_has_access")
    ),
}
_METHOD = mark("Answers of the platform's form, of 2022 or before according to the version of the record.")
_DECLARED = mark("The form says that the access to water falls short: “{faults}”.")
_UNSAID = mark("The tap is there, but nobody answered: “{faults}”.")


@check(
    CheckSpec(
        id="EAU-008",
        title=mark("Stagnant water, or unequal access"),
        why=mark("Stagnant water breeds disease, and unequal access leaves some inhabitants without water."),
        help=mark(
            "An open site with water whose form says stagnant water or unequal access fails; where the question is "
            "asked and has no answer, the finding is to verify. The platform counts both as to improve."
        ),
        mend=mark("Have the outlet drained; settle with the operator who may use it, or add taps."),
        targets=("site",),
        reads=(),
        severity=Severity.WARNING,
        worse=Worse.HIGHER,
        scenarios=Scenarios(
            passing=("tap on the site, dry and equal", "closed site with stagnant water"),
            failing=("stagnant water", "unequal access", "old form: not everyone"),
            boundary=("both faults", "fountain with an answer left behind"),
            unknown=("tap on the site, questions not answered",),
        ),
    )
)
def stagnant_or_unequal(site: Record, _context: Context, _thresholds: Mapping[str, Threshold]) -> Iterator[Remark]:
    """Judge one open site."""
    if not is_open(site):
        return
    for verdict, message, conditions in (
        (Verdict.FAILS, _DECLARED, _FAULTS),
        (Verdict.TO_VERIFY, _UNSAID, _UNANSWERED),
    ):
        found = [name for name, condition in conditions.items() if condition.evaluate(site.values) is True]
        if found:
            details = {"faults": words.columns("site", found)}
            number, date = float(len(found)), written_on(site)
            yield Remark(
                verdict, message, details, number, None, Quantity.ANSWERS, _METHOD, field=found[0], data_date=date
            )
            return
