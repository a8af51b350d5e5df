"""The policy in a department, year by year: the department sheets of the State's report."""

from __future__ import annotations

from ..common import AUDIT, COMMENTS, UID, audit, count, day, yes_no
from ..common import year as year_field
from ..expressions import Matches
from ..fields import Field, Geometry, Group, Kind, Label, Layer, Rule
from ..text_rules import plain_texts

_FIELDS = (
    UID,
    Field("department", Label("Department", "Département"), group="general", required=True, max_length=3),
    year_field(),
    day("roadmap_signed_on", Label("Roadmap signed on", "Feuille de route signée le"), "policy"),
    yes_no("housing_first", Label("Housing First area", "Territoire Logement d'abord"), "policy"),
    yes_no("sibel", Label("SIBEL", "Programme SIBEL"), "policy"),
    Field(
        "school_liaison_fte",
        Label("School-liaison officers", "Médiateurs scolaires"),
        Kind.REAL,
        "policy",
        minimum=0,
        maximum=1000,
        unit="ETP",
    ),
    Field("funds", Label("Funds for clearance", "Crédits de résorption"), Kind.REAL, "policy", minimum=0, unit="€"),
    count("platform_users", Label("Users of the platform", "Utilisateurs de la plateforme"), "policy"),
    count("people_housed", Label("People housed", "Personnes relogées durablement"), "impact"),
    count("people_employed", Label("People in work", "Personnes ayant accédé à l'emploi"), "impact"),
    count("children_schooled", Label("Children schooled", "Enfants scolarisés"), "impact"),
    count("sites_resorbed", Label("Sites cleared", "Sites résorbés"), "impact"),
    COMMENTS,
    *audit(),
)

LAYER = Layer(
    key="territory_profile",
    label=Label("Profile of a department", "Profil du département"),
    plural=Label("Profiles of departments", "Profils des départements"),
    geometry=Geometry.NONE,
    fields=_FIELDS,
    groups=(
        Group("general", Label("General", "Général")),
        Group("policy", Label("Means", "Moyens"), "general"),
        Group("impact", Label("Results of the year", "Résultats de l'année"), "general"),
        AUDIT,
    ),
    display='"department" || \' – \' || "year"',
    rules=(
        Rule(
            "department_code",
            Matches("department", r"(?:\d{2}|2[AB]|9[78]\d)"),
            Label("Write the code of the department, as 31.", "Écrivez le code du département, par exemple 31."),
            "department",
        ),
        *plain_texts(_FIELDS),
    ),
    unique_together=(("department", "year"),),
    order=60,
    tree_group=Label("Actions", "Actions"),
    help=Label(
        "The means and the results of the policy in a department in one year.",
        "Les moyens et les résultats de la politique dans un département pour une année.",
    ),
)
