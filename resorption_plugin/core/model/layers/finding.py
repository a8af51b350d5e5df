"""Results of the checks, with their state: what is kept of them when the checks run again."""

from __future__ import annotations

from typing import Any

from .. import domains
from ..common import AUDIT, UID, audit
from ..expressions import any_of, compare, known
from ..fields import Field, Geometry, Group, Kind, Label, Layer, Origin, Role, Rule

_GROUPS = (
    Group("general", Label("Finding", "Constat")),
    Group("exception", Label("Exception", "Exception")),
    AUDIT,
)


def _computed(name: str, en: str, fr: str, kind: Kind = Kind.TEXT, **more: Any) -> Field:
    return Field(name, Label(en, fr), kind, origin=Origin.COMPUTED, **more)


LAYER = Layer(
    key="finding",
    label=Label("Finding", "Constat"),
    plural=Label("Findings", "Constats"),
    geometry=Geometry.POINT,
    fields=(
        UID,
        _computed("check_id", "Check", "Contrôle", required=True),
        _computed("target_layer", "Layer", "Couche", required=True),
        _computed("target_uid", "Record", "Fiche", Kind.UID, required=True),
        _computed("related_uids", "Related records", "Fiches liées", Kind.LONG_TEXT, required=True),
        _computed("target_field", "Field", "Champ"),
        _computed("severity", "Severity", "Gravité", domain=domains.SEVERITY, required=True),
        _computed("verdict", "Verdict", "Verdict", domain=domains.VERDICT, required=True),
        Field("state", Label("State", "État"), domain=domains.FINDING_STATE, required=True),
        _computed("sentence", "What was found", "Constat", Kind.LONG_TEXT),
        _computed("message", "Message", "Message", Kind.LONG_TEXT, required=True, hidden=True),
        _computed("details", "Details", "Détails", Kind.LONG_TEXT, required=True, hidden=True),
        _computed("value", "Value", "Valeur", Kind.REAL),
        _computed("threshold", "Threshold", "Seuil", Kind.REAL),
        _computed("unit", "Unit", "Unité"),
        _computed("threshold_source", "Source of the threshold", "Source du seuil", Kind.LONG_TEXT),
        _computed("method", "Method", "Méthode", Kind.LONG_TEXT),
        _computed("data_date", "Date of the data", "Date des données", Kind.DATE),
        _computed("reference_date", "Judged on", "Apprécié au", Kind.DATE),
        _computed("commune", "Commune", "Commune"),
        _computed("first_seen_at", "First seen on", "Constaté pour la première fois le", Kind.DATETIME),
        _computed("last_seen_at", "Last seen on", "Constaté en dernier le", Kind.DATETIME),
        Field("accepted_reason", Label("Reason", "Motif"), Kind.LONG_TEXT, "exception", max_length=4000),
        Field("accepted_by", Label("Accepted by", "Acceptée par"), group="exception", max_length=255),
        Field("accepted_on", Label("Accepted on", "Acceptée le"), Kind.DATE, "exception"),
        Field("accepted_until", Label("Accepted until", "Acceptée jusqu'au"), Kind.DATE, "exception"),
        Field("accepted_value", Label("Value when accepted", "Valeur lors de l'acceptation"), Kind.REAL, "exception"),
        *audit(),
    ),
    groups=_GROUPS,
    display='"check_id" || \' : \' || coalesce("sentence", "message")',
    rules=(
        Rule(
            "accepted_with_reason",
            any_of(compare("state", "<>", "accepted"), known("accepted_reason")),
            Label("Give the reason of the exception.", "Donnez le motif de l'exception."),
            "accepted_reason",
        ),
    ),
    unique_together=(("check_id", "target_layer", "target_uid", "related_uids"),),
    together=(("accepted_reason", "accepted_by", "accepted_on", "accepted_until", "accepted_value"),),
    role=Role.COMPUTED,
    geometry_required=False,
    order=70,
    tree_group=Label("Checks", "Contrôles"),
    help=Label(
        "What the checks found, and what was decided about it.",
        "Ce que les contrôles ont constaté, et ce qui en a été décidé.",
    ),
)
