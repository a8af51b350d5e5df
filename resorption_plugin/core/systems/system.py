"""Where each system of the policy has its place in the plugin: layers, columns, value lists, figures, checks, pages.

The systems are those that the State's documents on the clearance of slums describe (DIHAL, report of 2021; operators'
reports; decree of 2022 on access to water). What is not there yet is said to be to come; its columns are there.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..model.fields import Label


@dataclass(frozen=True, slots=True)
class System:
    """A system and its place. ``columns`` are ``layer.column``, ``codes`` are ``list.code``."""

    key: str
    name: Label
    said: Label
    """What the documents say of it."""
    columns: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    """Ids of indicators."""
    checks: tuple[str, ...] = ()
    algorithms: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    """English titles of map themes."""
    pages: tuple[str, ...] = ()
    to_come: tuple[Label, ...] = ()


DOSSIER = Label(
    "The page of the department in the committee's dossier", "La page du département dans le dossier du comité"
)
SHEET = Label("The sheet of a site, as an atlas", "La fiche d'un site, en atlas")
SUMMARY = Label(
    "The situation summary between two dates, ready to send",
    "La synthèse de situation entre deux dates, prête à envoyer",
)
