"""Keep i18n/resorption_fr.ts up to date with the code, the forms and the French of i18n/fr/*.json.

The English text is the key. In the code it is the literal given to ``mark("…")`` or ``tr("…")``; in the forms it is
every ``<string>``. The French lies in ``i18n/fr/<area>.json`` as ``{"English": "Français"}``; what is missing there is
written as unfinished, and ``tests/architecture`` fails on it.
"""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parent.parent
CONTEXT = "Resorption"
FUNCTIONS = {"mark", "tr"}


class TranslationError(Exception):
    """The strings cannot be collected: the sentence says which, and where."""


@dataclass(frozen=True, slots=True, order=True)
class Message:
    """A text to translate and the context in which Qt looks it up."""

    context: str
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """The translation file as it should be, and what is wrong with its sources."""

    content: str
    missing: list[str]
    unused: list[str] = field(default_factory=list)


def literals(tree: ast.AST, where: str) -> Iterator[str]:
    """Yield the texts that a module marks; a text put together at run time could never be translated."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and node.args):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", None)
        if name not in FUNCTIONS:
            continue
        text = node.args[0]
        if isinstance(text, ast.Constant) and isinstance(text.value, str):
            yield text.value
        elif isinstance(text, ast.JoinedStr | ast.BinOp):
            raise TranslationError(f"{where}:{node.lineno}: {name}() takes one literal with named placeholders.")


def from_code(root: Path) -> set[Message]:
    """Return the texts that the package marks."""
    found = set()
    for path in sorted((root / "resorption_plugin").rglob("*.py")):
        where = str(path.relative_to(root))
        found |= {Message(CONTEXT, text) for text in literals(ast.parse(path.read_text("utf-8")), where)}
    return found


def from_forms(root: Path) -> set[Message]:
    """Return the texts of the forms, each in the context of its form's class."""
    found = set()
    for path in sorted((root / "forms").glob("*.ui")):
        form = ET.parse(path).getroot()
        context = form.findtext("class") or ""
        texts = [string.text for string in form.iter("string") if string.get("notr") != "true"]
        found |= {Message(context, text) for text in texts if text and text.strip()}
    return found


def french(root: Path) -> dict[str, str]:
    """Return the French of every area, merged; two areas may share a text, not contradict each other on it."""
    merged: dict[str, str] = {}
    for path in sorted((root / "i18n" / "fr").glob("*.json")):
        for text, translation in json.loads(path.read_text("utf-8")).items():
            if merged.setdefault(text, translation) != translation:
                raise TranslationError(f"{path.name} says “{translation}” for “{text}”, another says “{merged[text]}”.")
    return merged


def report(root: Path = ROOT) -> Report:
    """Return the translation file that belongs to the present sources."""
    messages = sorted(from_code(root) | from_forms(root))
    translations = french(root)
    texts = {message.text for message in messages}
    return Report(
        content=as_ts(messages, translations),
        missing=sorted(text for text in texts if not translations.get(text)),
        unused=sorted(text for text in translations if text not in texts),
    )


def as_ts(messages: list[Message], translations: dict[str, str]) -> str:
    """Return a Qt translation source (TS 2.1), sorted so that it changes only where a text does."""
    root = ET.Element("TS", version="2.1", language="fr", sourcelanguage="en")
    contexts: dict[str, ET.Element] = {}
    for message in messages:
        if message.context not in contexts:
            contexts[message.context] = ET.SubElement(root, "context")
            ET.SubElement(contexts[message.context], "name").text = message.context
        entry = ET.SubElement(contexts[message.context], "message")
        ET.SubElement(entry, "source").text = message.text
        translation = ET.SubElement(entry, "translation")
        translation.text = translations.get(message.text)
        if not translation.text:
            translation.set("type", "unfinished")
    ET.indent(root, "    ")
    return '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n' + ET.tostring(root, encoding="unicode") + "\n"


def compile_translation(source: Path, target: Path) -> None:
    """Compile a ``.ts`` into the ``.qm`` that Qt reads."""
    program = shutil.which("lrelease") or "/usr/lib/qt5/bin/lrelease"
    target.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run([program, "-silent", str(source), "-qm", str(target)], check=True, stdin=subprocess.DEVNULL)


def main(arguments: list[str]) -> int:
    """Write the ``.ts`` and the ``.qm``, and list what has no French yet; with ``--compile``, only the ``.qm``."""
    source, compiled = ROOT / "i18n" / "resorption_fr.ts", ROOT / "build" / "i18n" / "resorption_fr.qm"
    if arguments == ["--compile"]:
        compile_translation(source, compiled)
        return 0
    try:
        found = report()
    except TranslationError as error:
        print(f"translations: {error}", file=sys.stderr)
        return 1
    source.parent.mkdir(exist_ok=True)
    source.write_text(found.content, encoding="utf-8")
    compile_translation(source, compiled)
    print(f"{source.relative_to(ROOT)}: {len(found.missing)} texts without French, {len(found.unused)} no longer used")
    for text in found.missing:
        print(f"  no French in i18n/fr/*.json: {json.dumps(text, ensure_ascii=False)}")
    for text in found.unused:
        print(f"  no longer in the code: {json.dumps(text, ensure_ascii=False)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
