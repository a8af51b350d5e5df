"""Invented, neutral names of places: they name no real site."""

from __future__ import annotations

from .chance import Chance

_PLACES = (
    "Les Peupliers", "La Briqueterie", "L'Écluse", "Le Vieux Verger", "La Gare aux blés", "Les Saules",
    "Le Moulin brûlé", "La Sablière", "L'Ancien Dépôt", "Les Érables", "Le Pré long", "La Tuilerie",
    "Les Aubépines", "L'Étang sec", "Le Four à chaux", "La Croix d'osier", "Les Grands Chênes", "Le Chai",
    "La Filature", "L'Îlot vert", "Les Tilleuls", "Le Lavoir", "La Pépinière", "Les Jardins d'en bas",
    "L'Orée du bois", "Le Clos fermé", "La Halle aux cuirs", "Les Noisetiers", "Le Pont tournant",
    "La Forêt d'Émile", "Les Genêts", "L'Aire des foins", "Le Champ de Noé", "La Fonderie", "Les Cerisiers",
    "Le Hangar bleu", "La Cité des abeilles", "Les Marronniers", "L'Échangeur", "Le Quai nord",
)  # fmt: skip
_SUFFIXES = ("haut", "bas", "est", "ouest", "amont", "aval", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
_WAYS = ("Chemin", "Rue", "Impasse", "Route", "Allée")
_ARTICLES = (("Les ", "des "), ("Le ", "du "), ("La ", "de la "), ("L'", "de l'"))


def place_name(number: int) -> str:
    """Return the name of the n-th site (at most 35 characters), all different for the first 640."""
    turn, index = divmod(number, len(_PLACES))
    if turn == 0:
        return _PLACES[index]
    return f"{_PLACES[index]} {_SUFFIXES[(turn - 1) % len(_SUFFIXES)]}"


def of_place(name: str) -> str:
    """Return a name after « de » (``Les Saules`` → ``des Saules``)."""
    for article, contracted in _ARTICLES:
        if name.startswith(article):
            return contracted + name.removeprefix(article)
    return f"de {name}"


def street_name(chance: Chance) -> str:
    """Return an invented street name."""
    return f"{chance.pick(_WAYS)} {of_place(chance.pick(_PLACES))}"
