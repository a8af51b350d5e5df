"""The columns of the export that fill rows beside the site: owners, procedure, actors, phases, closure, messages."""

from __future__ import annotations

from . import words
from .codecs import Codec, Day, FreeText, OneOf, Whole, YesNo
from .column import (
    ClosureValue,
    Column,
    KeptOnly,
    Listing,
    Option,
    OwnerPart,
    Presence,
    ProcedureValue,
    Right,
    Rows,
    name_of,
)
from .composed import Actors, Messages, Phases

_TEXT, _DAY, _YES_NO, _WHOLE = FreeText(), Day(), YesNo(), Whole()
_OWNER = Presence(Option.OWNER, Right.OWNER)
_JUSTICE = Presence(Option.JUSTICE, Right.JUSTICE)
_ACTORS = Presence(Option.ACTORS)
_MESSAGES = Presence(Option.COMMENTS, Right.COMMENTS)

OWNERS = (
    Column("Type de propriétaire", "Type de propriétaire", "Site", OwnerPart("fk_owner_type"), _OWNER),
    Column(
        "Identité du propriétaire",
        "Identité du propriétaire",
        "Site",
        OwnerPart("owner_name"),
        _OWNER,
        ("Propriétaire", "Propriétaires", "Propriétaire(s)", "Nom du propriétaire"),
    ),
)


def _procedure(title: str, column: str, codec: Codec, *aliases: str, unknown: str = "") -> Column:
    section = "Procédure judiciaire ou administrative"
    return Column(name_of(title), title, section, ProcedureValue(column, codec), _JUSTICE, aliases, unknown)


PROCEDURE = (
    _procedure("Dépôt de plainte par le propriétaire", "owner_complaint", _YES_NO),
    _procedure("Existence d'une procédure judiciaire", "justice_procedure", _YES_NO),
    _procedure("Décision de justice rendue", "justice_rendered", _YES_NO),
    _procedure("Date de la décision", "justice_rendered_at", _DAY, "Date"),
    _procedure("Origine de la décision", "justice_rendered_by", _TEXT, "Origine"),
    _procedure("Appel en cours", "justice_challenged", _YES_NO, "Contentieux relatif à la décision de justice"),
    _procedure(
        "Arrêté d'évacuation en cours",
        "evacuation_under_time_limit",
        _YES_NO,
        "Existence d'une procédure administrative",
    ),
    _procedure("Date d'évacuation", "administrative_order_evacuation_at", _DAY, "Date de l'évacuation"),
    _procedure("Qui a pris l'arrêté", "administrative_order_decision_rendered_by", _TEXT),
    _procedure("Date de l'arrêté", "administrative_order_decision_at", _DAY),
    _procedure("Arrêté d'insalubrité RHI bidonville en cours", "insalubrity_order", _YES_NO),
    _procedure("Affichage de l'arrêté d'insalubrité", "insalubrity_order_displayed", _YES_NO, "Affichage"),
    _procedure("Type d'arrêté d'insalubrité", "insalubrity_order_type", _TEXT, "Type"),
    _procedure("Qui a pris l'arrêté d'insalubrité", "insalubrity_order_by", _TEXT, "Qui"),
    _procedure("Date d'arrêté d'insalubrité", "insalubrity_order_at", _DAY, "Date"),
    _procedure("Parcelles concernées", "insalubrity_parcels", _TEXT),
    _procedure(
        "Concours de la force publique (CFP)",
        "police_status",
        OneOf(words.POLICE_STATUSES),
        "Concours de la force publique",
        unknown="Inconnu",
    ),
    _procedure("Date de la demande du CFP", "police_requested_at", _DAY),
    _procedure("Date d'octroi du CFP", "police_granted_at", _DAY),
    _procedure("Nom de l'étude d'huissiers", "bailiff", _TEXT),
    _procedure("Existence d'un contentieux", "existing_litigation", _YES_NO, "Existence d'un contentieux ?"),
)

ACTORS = (
    Column(
        "Intervenants (à la date de l'export)",
        "Intervenants (à la date de l'export)",
        "Intervenants",
        Rows("site_actor", Actors()),
        _ACTORS,
        ("Intervenants",),
    ),
    # Said of the account that exported, not of the site.
    Column(
        "Intervenant de ma structure",
        "Intervenant de ma structure",
        "Intervenants",
        KeptOnly(),
        _ACTORS,
        totalled=True,
    ),
)

PHASES = (
    Column(
        "Phases préparatoires à la résorption",
        "Phases préparatoires à la résorption",
        "Phases de résorption",
        Rows("resorption_phase", Phases()),
        Presence(Option.RESORPTION_PHASES, Right.PHASES),
    ),
)


def _orientation(solution: str) -> tuple[Column, ...]:
    section = words.CLOSING_SOLUTIONS[solution][0]
    parts = (
        ("Nombre de personnes", "number_of_people_affected", _WHOLE),
        ("Nombre de ménages", "number_of_households_affected", _WHOLE),
        ("Message", "message", _TEXT),
    )
    return tuple(
        Column(
            f"{section} – {title}",
            title,
            section,
            ClosureValue(solution, column, codec),
            Presence(listing=Listing.CLOSED),
            totalled=True,
            parent="Orientation",
        )
        for title, column, codec in parts
    )


ORIENTATION = tuple(column for solution in words.CLOSING_SOLUTIONS for column in _orientation(solution))

MESSAGES = (
    Column("Commentaires", "Commentaires", "Commentaires", Rows("journal_entry", Messages()), _MESSAGES),
    # The day of the first message above.
    Column("Date du dernier message", "Date du dernier message", "Commentaires", KeptOnly(), _MESSAGES),
)
