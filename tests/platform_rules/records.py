"""The rules of the platform's validators of what is kept around a site: procedures, closings, actions, journal."""

from __future__ import annotations

from .statements import (
    EARLIER,
    LATER,
    TODAY,
    TOMORROW,
    Stated,
    answered,
    in_order,
    not_in_future,
    plain_text,
    within_whole,
)

_JUSTICE = {"justice_procedure": True}
_RENDERED = {"justice_procedure": True, "justice_rendered": True}
_NOT_RENDERED = {"justice_procedure": True, "justice_rendered": False}
_GRANTED = {"police_status": "granted", "owner_complaint": True}
_PROCEDURE_DATES = (
    "justice_rendered_at",
    "administrative_order_decision_at",
    "administrative_order_evacuation_at",
    "insalubrity_order_at",
    "police_requested_at",
    "police_granted_at",
)
PROCEDURE = (
    answered(
        "Justice: rendered required if procedure",
        "procedure.justice_rendered",
        _JUSTICE,
        {"justice_procedure": False},
        False,
    ),
    *(
        answered(f"Justice: {name} required if rendered", f"procedure.{name}", _RENDERED, _NOT_RENDERED, answer)
        for name, answer in (
            ("justice_rendered_at", EARLIER),
            ("justice_rendered_by", "Tribunal"),
            ("justice_challenged", False),
        )
    ),
    *(not_in_future("Justice: no date in the future", "procedure", name) for name in _PROCEDURE_DATES),
    *(
        in_order("Justice: every date ≥ built_at", "procedure", f"{name}_after_settlement", "site_uid.built_at", name)
        for name in _PROCEDURE_DATES
    ),
    Stated(
        "Police: status only if some procedure",
        "procedure",
        "police_needs_a_procedure",
        (
            {
                "police_status": "requested",
                "owner_complaint": False,
                "justice_procedure": False,
                "evacuation_under_time_limit": False,
                "insalubrity_order": False,
            },
        ),
        ({"police_status": "none"}, {"police_status": "refused", "insalubrity_order": True}),
        ({"police_status": "requested", "owner_complaint": False}, {}),
    ),
    *(
        answered(
            "Police: requested_at mandatory for requested, granted, refused",
            "procedure.police_requested_at",
            {"police_status": status},
            {"police_status": "none"},
            EARLIER,
        )
        for status in ("requested", "granted", "refused")
    ),
    answered(
        "Police: granted_at mandatory for granted",
        "procedure.police_granted_at",
        _GRANTED,
        {"police_status": "refused"},
        LATER,
    ),
    in_order(
        "Police: granted_at ≥ requested_at",
        "procedure",
        "police_granted_after_requested",
        "police_requested_at",
        "police_granted_at",
    ),
    answered(
        "Police: litigation yes or no if granted",
        "procedure.existing_litigation",
        _GRANTED,
        {"police_status": "requested"},
        False,
    ),
    Stated(
        "Police: litigation unknown unless granted",
        "procedure",
        "litigation_only_when_granted",
        ({"police_status": "refused", "existing_litigation": True},),
        ({**_GRANTED, "existing_litigation": True}, {"police_status": "refused"}),
        ({"existing_litigation": False},),
    ),
    plain_text("procedure", "bailiff"),
)

CLOSURE = (
    Stated(
        "Database: open ⇔ closed_at is null",
        "site",
        "open_without_closing_date",
        ({"status": "open", "closed_at": EARLIER}, {"status": "resorbed"}),
        ({"status": "open"}, {"status": "resorbed", "closed_at": EARLIER}),
        ({"closed_at": EARLIER},),
    ),
    in_order(
        "Database: closed_at > built_at",
        "site",
        "closed_after_built",
        "built_at",
        "closed_at",
        same_day=False,
        more={"status": "other"},
    ),
    in_order(
        "Closing: closed_at ≥ declared_at",
        "site",
        "closed_after_declared",
        "declared_at",
        "closed_at",
        more={"status": "other"},
    ),
    Stated(
        "Closing: not in the future",
        "site",
        "closed_at_not_in_future",
        ({"status": "other", "closed_at": TOMORROW},),
        ({"status": "other", "closed_at": TODAY},),
        ({"status": "open"},),
    ),
    answered(
        "Closing: context mandatory if other",
        "site.closing_context",
        {"status": "other", "closed_at": EARLIER},
        {"status": "resorbed", "closed_at": EARLIER},
        "Incendie",
    ),
    within_whole(
        "Closing: households ≤ people",
        "closure",
        "number_of_households_affected",
        "number_of_people_affected",
        "households_within_people",
    ),
    plain_text("closure", "message"),
)

ACTION = (
    *(
        within_whole(f"Action: {part} ≤ {whole}", "action_metric", part, whole)
        for part, whole in (
            ("nombre_menages", "nombre_personnes"),
            ("nombre_femmes", "nombre_personnes"),
            ("nombre_mineurs", "nombre_personnes"),
            ("travail_nombre_femmes", "travail_nombre_personnes"),
            ("hebergement_nombre_menages", "hebergement_nombre_personnes"),
            ("logement_nombre_menages", "logement_nombre_personnes"),
        )
    ),
    in_order("Action: started_at ≤ ended_at", "action", "started_before_ended", "started_at", "ended_at"),
    plain_text("action", "goals"),
    plain_text("journal_entry", "description"),
)
