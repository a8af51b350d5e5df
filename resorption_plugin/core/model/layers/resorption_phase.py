"""The preparatory phases towards the clearance of a site."""

from __future__ import annotations

from .. import record_lists
from ..common import AUDIT, COMMENTS, GENERAL, UID, audit, day, not_future, site_reference, site_uid
from ..fields import Field, Geometry, Label, Layer

LAYER = Layer(
    key="resorption_phase",
    label=Label("Phase of clearance", "Phase de résorption"),
    plural=Label("Phases of clearance", "Phases de résorption"),
    geometry=Geometry.NONE,
    fields=(
        UID,
        site_uid(),
        Field(
            "preparatory_phase",
            Label("Phase", "Phase"),
            domain=record_lists.PREPARATORY_PHASE,
            required=True,
        ),
        day("expected_on", Label("Expected on", "Prévue le")),
        day("completed_at", Label("Completed on", "Terminée le")),
        COMMENTS,
        *audit(),
    ),
    groups=(GENERAL, AUDIT),
    display='represent_value("preparatory_phase")',
    rules=(not_future("completed_at"),),
    relations=(site_reference("phases", Label("Phases", "Phases")),),
    unique_together=(("site_uid", "preparatory_phase"),),
    order=43,
    tree_group=Label("Record of the sites", "Fiche des sites"),
    help=Label(
        "A step that prepares the clearance of a site. A site is being cleared when it is open and has at least one. "
        "The Toulouse model maps on them: assessment (social assessment), accompaniment (contracts with the families), "
        "move (official opening).",
        "Une étape qui prépare la résorption d'un site. Un site existant qui en a au moins une est en cours de "
        "résorption. Le modèle toulousain s'y lit : évaluation (évaluation sociale), accompagnement "
        "(contractualisation des familles), relogement (ouverture officielle).",
    ),
)
