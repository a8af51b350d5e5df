"""The figures of an action, year by year, under the platform's own column names."""

from __future__ import annotations

from ..common import AUDIT, COMMENTS, UID, action_reference, action_uid, audit, count
from ..common import year as year_field
from ..expressions import at_most
from ..fields import Field, Geometry, Group, Label, Layer, Rule, Topic
from ..text_rules import plain_texts


def _people(name: str, en: str, fr: str, group: str) -> Field:
    return count(name, Label(en, fr), group)


_ALL = (
    _people("nombre_personnes", "People", "Nombre de personnes", "all"),
    _people("nombre_menages", "Households", "Nombre de ménages", "all"),
    _people("nombre_femmes", "Women", "dont femmes", "all"),
    _people("nombre_mineurs", "Minors", "dont mineurs", "all"),
)
_TOPICS = (
    _people("sante_nombre_personnes", "People helped towards health care", "Santé : personnes", "topics"),
    _people("travail_nombre_personnes", "People who found work", "Emploi : personnes", "topics"),
    _people("travail_nombre_femmes", "of whom women", "Emploi : dont femmes", "topics"),
    _people("hebergement_nombre_personnes", "People sheltered", "Hébergement : personnes", "topics"),
    _people("hebergement_nombre_menages", "Households sheltered", "Hébergement : ménages", "topics"),
    _people("logement_nombre_personnes", "People housed", "Logement : personnes", "topics"),
    _people("logement_nombre_menages", "Households housed", "Logement : ménages", "topics"),
)
_SCHOOL = (
    _people("scolaire_mineurs_moins_de_trois_ans", "Minors under three", "Mineurs de moins de 3 ans", "school"),
    _people("scolaire_mineurs_trois_ans_et_plus", "Minors of three and over", "Mineurs de 3 ans et plus", "school"),
    _people(
        "scolaire_mediation_moins_de_trois_ans",
        "Followed by a liaison officer, under three",
        "Suivis en médiation, moins de 3 ans",
        "school",
    ),
    _people(
        "scolaire_mediation_trois_ans_et_plus",
        "Followed by a liaison officer, three and over",
        "Suivis en médiation, 3 ans et plus",
        "school",
    ),
    _people("scolaire_nombre_maternelle", "In nursery school", "En maternelle", "school"),
    _people("scolaire_nombre_elementaire", "In primary school", "En élémentaire", "school"),
    _people("scolaire_nombre_college", "In lower secondary school", "Au collège", "school"),
    _people("scolaire_nombre_lycee", "In upper secondary school", "Au lycée", "school"),
    _people("scolaire_nombre_autre", "In other schooling", "Autre scolarité", "school"),
    _people("scolaire_mineur_scolarise_dans_annee", "Enrolled during the year", "Scolarisés dans l'année", "school"),
)
_PARTS = (
    ("nombre_menages", "nombre_personnes"),
    ("nombre_femmes", "nombre_personnes"),
    ("nombre_mineurs", "nombre_personnes"),
    ("travail_nombre_femmes", "travail_nombre_personnes"),
    ("hebergement_nombre_menages", "hebergement_nombre_personnes"),
    ("logement_nombre_menages", "logement_nombre_personnes"),
)
_TOO_MANY = Label("This part is larger than the whole.", "Cette partie dépasse le total.")
_FIELDS = (UID, action_uid(), year_field("all"), *_ALL, *_TOPICS, *_SCHOOL, COMMENTS, *audit())

LAYER = Layer(
    key="action_metric",
    label=Label("Figures of an action", "Indicateurs d'une action"),
    plural=Label("Figures of the actions", "Indicateurs des actions"),
    geometry=Geometry.NONE,
    fields=_FIELDS,
    groups=(
        Group("general", Label("General", "Général")),
        Group("all", Label("People", "Public"), "general"),
        Group("topics", Label("By topic", "Par champ d'intervention"), "general"),
        Group("school", Label("School", "Scolarisation"), "general"),
        AUDIT,
    ),
    display="\"year\" || ' : ' || coalesce(\"nombre_personnes\", '?')",
    rules=(
        *(
            Rule(f"{part}_within_{whole}", at_most(part, whole), _TOO_MANY, part, topic=Topic.COUNTS)
            for part, whole in _PARTS
        ),
        *plain_texts(_FIELDS),
    ),
    relations=(action_reference("metrics", Label("Figures by year", "Indicateurs par année")),),
    unique_together=(("action_uid", "year"),),
    order=56,
    tree_group=Label("Actions", "Actions"),
    help=Label("The people reached by an action in a year.", "Les personnes touchées par une action dans l'année."),
)
