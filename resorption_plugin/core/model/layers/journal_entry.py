"""The journal of a site: dated notes with the platform's tags. An incident is a tagged note."""

from __future__ import annotations

from .. import record_lists
from ..common import AUDIT, GENERAL, UID, audit, count, site_reference, site_uid, yes_no
from ..expressions import equals
from ..fields import Default, Field, Geometry, Group, Kind, Label, Layer
from ..site_rules import answered
from ..text_rules import plain_texts

_TARGETED = equals("visibility", "targeted")

_FIELDS = (
    UID,
    site_uid(),
    Field(
        "entered_at",
        Label("Date", "Date"),
        Kind.DATETIME,
        required=True,
        default=Default("now()"),
    ),
    Field("entered_by", Label("Author", "Auteur"), max_length=255, default=Default("@user_full_name")),
    Field(
        "description",
        Label("Note", "Message"),
        Kind.LONG_TEXT,
        required=True,
        max_length=10_000,
        help=Label("Never the name of an inhabitant.", "Jamais le nom d'un habitant."),
    ),
    Field("tags", Label("Tags", "Étiquettes"), Kind.CHOICES, domain=record_lists.JOURNAL_TAG),
    Field(
        "visibility",
        Label("Who may read", "Visibilité"),
        domain=record_lists.VISIBILITY,
        required=True,
        default=Default("'all'"),
    ),
    Field(
        "targets",
        Label("Organisations that may read", "Structures destinataires"),
        max_length=1000,
        visible_when=_TARGETED,
    ),
    count("infection_cases", Label("People infected", "Personnes infectées"), "crisis"),
    yes_no("food_aid", Label("Food aid needed", "Besoin d'aide alimentaire"), "crisis"),
    *audit(),
)

LAYER = Layer(
    key="journal_entry",
    label=Label("Journal entry", "Message du journal"),
    plural=Label("Journal entries", "Journal des sites"),
    geometry=Geometry.NONE,
    fields=_FIELDS,
    groups=(
        GENERAL,
        Group("crisis", Label("Health crisis", "Crise sanitaire"), "general"),
        AUDIT,
    ),
    display="format_date(\"entered_at\", 'dd/MM/yyyy') || ' : ' || left(\"description\", 60)",
    rules=(answered("targets", _TARGETED), *plain_texts(_FIELDS)),
    relations=(site_reference("journal", Label("Journal", "Journal")),),
    order=44,
    tree_group=Label("Record of the sites", "Fiche des sites"),
    help=Label(
        "A dated note on a site, with the platform's tags; an incident is a note with a tag.",
        "Un message daté sur un site, avec les étiquettes de la plateforme ; un incident est un message étiqueté.",
    ),
)
