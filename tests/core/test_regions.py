"""Regions and the two parts of the country agree with the reference of communes."""

from __future__ import annotations

from resorption_plugin import paths
from resorption_plugin.core.regions import REGIONS, Perimeter, perimeter, region
from resorption_plugin.core.territory import Territory


def test_every_department_of_the_reference_is_in_its_region() -> None:
    departments = Territory.load(paths.territories()).departments()
    assert {each.code: each.region for each in departments} == {
        each.code: found.name for each in departments if (found := region(each.code)) is not None
    }
    assert sorted(each.code for each in departments) == sorted(code for each in REGIONS for code in each.departments)


def test_overseas_is_what_the_platform_says() -> None:
    assert [perimeter(code) for code in ("31", "2A", "95", "974", "976", "988")] == [
        *[Perimeter.METROPOLE] * 3,
        *[Perimeter.OVERSEAS] * 3,
    ]
    assert region("988") is None
