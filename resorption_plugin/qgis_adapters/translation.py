"""The language of the interface: English in the code, French from ``i18n/resorption_fr.ts``."""

from __future__ import annotations

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QLocale, QTranslator

from .. import paths
from ..core.errors import ResorptionError
from ..core.model.fields import Label

CONTEXT = "Resorption"


def tr(text: str, /, **values: object) -> str:
    """Return an English text in the user's language, its ``{placeholders}`` filled with ``values``.

    Labels of the model among the values are put in that language too.
    """
    translated = QCoreApplication.translate(CONTEXT, text)
    spoken = {name: value.text(language()) if isinstance(value, Label) else value for name, value in values.items()}
    return translated.format(**spoken) if spoken else translated


def sentence(error: ResorptionError) -> str:
    """Return the sentence of an error in the user's language."""
    return tr(error.template, **error.values)


def language() -> str:
    """Return QGIS's language as a code of two letters (``"fr"``)."""
    return str(QgsApplication.locale())[:2]


def number_text(number: int) -> str:
    """Return a whole number as the user's language writes it."""
    return str(QLocale(language()).toString(number))


def install_translator(locale: str) -> QTranslator | None:
    """Translate the plugin into a locale (``"fr"``, ``"fr_FR"``), where there is a translation for its language.

    Returns the translator, which the caller keeps, and hands to ``remove_translator`` when the plugin is unloaded.
    """
    path = paths.translation(locale[:2])
    translator = QTranslator()
    if not path.is_file() or not translator.load(str(path)):
        return None
    QCoreApplication.installTranslator(translator)
    return translator


def remove_translator(translator: QTranslator | None) -> None:
    """Stop translating with what ``install_translator`` returned."""
    if translator is not None:
        QCoreApplication.removeTranslator(translator)
