"""The procedures on a site: justice, orders, police. In a table of their own, which has rights of its own."""

from __future__ import annotations

import dataclasses

from .. import record_lists
from ..common import AUDIT, UID, after_settlement, audit, day, not_future, site_reference, site_uid, yes_no
from ..expressions import Condition, Negation, all_of, any_of, at_most, equals, known, one_of, unknown
from ..fields import Field, Geometry, Group, Label, Layer, Rule, Topic
from ..site_rules import answered
from ..text_rules import plain_texts

_PROCEDURE = equals("justice_procedure", True)
_RENDERED = all_of(_PROCEDURE, equals("justice_rendered", True))
_EVACUATION = equals("evacuation_under_time_limit", True)
_INSALUBRITY = equals("insalubrity_order", True)
_ANY_PROCEDURE = any_of(
    equals("owner_complaint", True),
    equals("justice_procedure", True),
    equals("evacuation_under_time_limit", True),
    equals("insalubrity_order", True),
)
_REQUESTED = one_of("police_status", "requested", "granted", "refused")
_GRANTED = equals("police_status", "granted")


def _words(name: str, en: str, fr: str, group: str, when: Condition) -> Field:
    return Field(name, Label(en, fr), group=group, max_length=500, visible_when=when)


_JUSTICE = (
    yes_no(
        "owner_complaint",
        Label("Complaint of the owner", "Dépôt de plainte par le propriétaire"),
        "justice",
        expected=True,
    ),
    yes_no(
        "justice_procedure", Label("Court procedure", "Existence d'une procédure judiciaire"), "justice", expected=True
    ),
    yes_no(
        "justice_rendered",
        Label("Judgement given", "Décision de justice rendue"),
        "justice",
        visible_when=_PROCEDURE,
    ),
    day(
        "justice_rendered_at", Label("Date of the judgement", "Date de la décision"), "justice", visible_when=_RENDERED
    ),
    _words("justice_rendered_by", "Court", "Origine de la décision", "justice", _RENDERED),
    yes_no("justice_challenged", Label("Appeal pending", "Appel en cours"), "justice", visible_when=_RENDERED),
)

_ORDERS = (
    yes_no(
        "evacuation_under_time_limit",
        Label("Order to evacuate in force", "Arrêté d'évacuation en cours"),
        "orders",
        expected=True,
    ),
    day(
        "administrative_order_decision_at",
        Label("Date of the order", "Date de l'arrêté"),
        "orders",
        visible_when=_EVACUATION,
    ),
    _words("administrative_order_decision_rendered_by", "Who took it", "Qui a pris l'arrêté", "orders", _EVACUATION),
    day(
        "administrative_order_evacuation_at",
        Label("Date of the evacuation", "Date d'évacuation"),
        "orders",
        visible_when=_EVACUATION,
    ),
)

_INSALUBRITY_ORDER = (
    yes_no(
        "insalubrity_order",
        Label("Order on unhealthy housing in force", "Arrêté d'insalubrité RHI bidonville en cours"),
        "insalubrity",
        expected=True,
    ),
    yes_no(
        "insalubrity_order_displayed",
        Label("Order displayed", "Affichage de l'arrêté"),
        "insalubrity",
        visible_when=_INSALUBRITY,
    ),
    _words("insalubrity_order_type", "Type of order", "Type d'arrêté", "insalubrity", _INSALUBRITY),
    _words("insalubrity_order_by", "Who took it", "Qui a pris l'arrêté", "insalubrity", _INSALUBRITY),
    day(
        "insalubrity_order_at",
        Label("Date of the order", "Date de l'arrêté"),
        "insalubrity",
        visible_when=_INSALUBRITY,
    ),
    _words("insalubrity_parcels", "Parcels concerned", "Parcelles concernées", "insalubrity", _INSALUBRITY),
)

_POLICE = (
    Field(
        "police_status",
        Label("Assistance of the police", "Concours de la force publique (CFP)"),
        group="police",
        domain=record_lists.POLICE_STATUS,
        visible_when=_ANY_PROCEDURE,
    ),
    day(
        "police_requested_at",
        Label("Date of the request", "Date de la demande du CFP"),
        "police",
        visible_when=_REQUESTED,
    ),
    day("police_granted_at", Label("Date of the grant", "Date d'octroi du CFP"), "police", visible_when=_GRANTED),
    _words("bailiff", "Bailiff's office", "Nom de l'étude d'huissiers", "police", _REQUESTED),
    yes_no("existing_litigation", Label("Litigation", "Existence d'un contentieux"), "police", visible_when=_GRANTED),
)

_FIELDS = (
    UID,
    dataclasses.replace(site_uid("justice"), unique=True),
    *_JUSTICE,
    *_ORDERS,
    *_INSALUBRITY_ORDER,
    *_POLICE,
    *audit(),
)

_PAST = ("justice_rendered_at", "administrative_order_decision_at", "insalubrity_order_at", "police_requested_at")
_SINCE = (*_PAST, "administrative_order_evacuation_at", "police_granted_at")

LAYER = Layer(
    key="procedure",
    label=Label("Procedure", "Procédure"),
    plural=Label("Procedures", "Procédures judiciaires et administratives"),
    geometry=Geometry.NONE,
    fields=_FIELDS,
    groups=(
        Group("justice", Label("Justice", "Procédure judiciaire")),
        Group("orders", Label("Administrative procedure", "Procédure administrative")),
        Group("insalubrity", Label("Unhealthy housing", "Opération RHI")),
        Group("police", Label("Assistance of the police", "Concours de la force publique")),
        AUDIT,
    ),
    display='represent_value("site_uid")',
    rules=(
        answered("justice_rendered", _PROCEDURE),
        *(answered(name, _RENDERED) for name in ("justice_rendered_at", "justice_rendered_by", "justice_challenged")),
        answered("police_requested_at", _REQUESTED),
        answered("police_granted_at", _GRANTED),
        answered("existing_litigation", _GRANTED),
        Rule(
            "police_needs_a_procedure",
            any_of(unknown("police_status"), equals("police_status", "none"), _ANY_PROCEDURE),
            Label(
                "The assistance of the police goes with a procedure: say which one.",
                "Le concours de la force publique suppose une procédure : indiquez laquelle.",
            ),
            "police_status",
            hard=False,
            topic=Topic.ANSWERS,
        ),
        Rule(
            "litigation_only_when_granted",
            any_of(Negation(known("existing_litigation")), _GRANTED),
            Label(
                "Litigation is only asked once the assistance was granted.",
                "Le contentieux ne concerne qu'un concours de la force publique obtenu.",
            ),
            "existing_litigation",
            hard=False,
            topic=Topic.ANSWERS,
        ),
        Rule(
            "police_granted_after_requested",
            at_most("police_requested_at", "police_granted_at"),
            Label("It cannot be granted before it is requested.", "L'octroi ne peut pas précéder la demande."),
            "police_granted_at",
            topic=Topic.DATES,
        ),
        not_future("police_granted_at"),
        *(not_future(name) for name in _PAST),
        # refused by the platform, although an evacuation may be planned
        not_future("administrative_order_evacuation_at", hard=False),
        *(after_settlement(name) for name in _SINCE),
        *plain_texts(_FIELDS),
    ),
    relations=(site_reference("procedures", Label("Procedures", "Procédures")),),
    order=47,
    tree_group=Label("Record of the sites", "Fiche des sites"),
    help=Label(
        "Justice, administrative orders and police, one record a site. Confidential: leaves in no export for the "
        "committee or the public.",
        "Justice, arrêtés et police, une fiche par site. Confidentiel : absent des exports pour le comité et le "
        "public.",
    ),
)
