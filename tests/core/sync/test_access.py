"""Codes of territories become the areas that the shared database knows."""

from __future__ import annotations

import pytest

from resorption_plugin.core.errors import ParameterError
from resorption_plugin.core.sync.access import Access, Right, Role, Wish, areas
from resorption_plugin.core.territory import Territory


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (["31"], ("31",)),
        ([" 2a ", "2A"], ("2A",)),
        (["31555", "2A004"], ("31555", "2A004")),
        (["243100518"], ("243100518@31",)),
        (["243100518@31", "31"], ("243100518@31", "31")),
        ([], ()),
    ],
)
def test_each_code_is_an_area(codes: list[str], expected: tuple[str, ...], territory: Territory):
    assert areas(codes, territory) == expected


def test_an_epci_astride_departments_is_an_area_in_each(territory: Territory):
    astride = next(
        commune.epci_code
        for department in territory.departments()
        for commune in territory.communes([department.code])
        if commune.epci_code and len(territory.epci_departments(commune.epci_code)) > 1
    )
    departments = territory.epci_departments(astride)
    assert areas([astride], territory) == tuple(f"{astride}@{code}" for code in departments)
    assert areas([f"{astride}@{departments[1]}"], territory) == (f"{astride}@{departments[1]}",)


@pytest.mark.parametrize("code", ["", "99", "99999", "999999999", "243100518@75", "Toulouse", "31;32", "3 1"])
def test_any_other_code_is_refused(code: str, territory: Territory):
    with pytest.raises(ParameterError, match="no department, intercommunality or commune"):
        areas([code], territory)


def test_what_a_person_wrote_becomes_an_access(territory: Territory):
    wish = Wish(" marie ", Role.OFFICER, "31555, 243100518,", " Justice", " DDETS 31 ")
    areas_told = ("31555", "243100518@31")
    assert wish.access(territory) == Access("marie", Role.OFFICER, areas_told, [Right.JUSTICE], "DDETS 31")


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        (Wish("", Role.ADMIN, "", "", ""), "login"),
        (Wish("marie", Role.OFFICER, " , ", "", ""), "at least one area"),
        (Wish("marie", Role.OFFICER, "99999", "", ""), "no department"),
        (Wish("marie", Role.ADMIN, "", "tout", ""), "no right"),
    ],
)
def test_what_cannot_be_granted_is_refused_with_its_reason(wish: Wish, told: str, territory: Territory):
    with pytest.raises(ParameterError, match=told):
        wish.access(territory)


def test_an_auditor_needs_no_area(territory: Territory):
    assert Wish("alix", Role.AUDITOR, "", "", "").access(territory) == Access("alix", Role.AUDITOR, (), [], None)
