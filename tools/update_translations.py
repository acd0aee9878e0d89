"""Refresh i18n/*.ts from the sources: every text that a person can see, with the translations there are.

    python3 tools/update_translations.py [--check]

Reads ``tr("...")`` calls of the plugin (context UrbanGrain) and ``QT_TRANSLATE_NOOP("context", "...")`` anywhere, by
Python's own parser, so that texts put together over several lines are found whole. ``--check`` writes nothing and fails
when a .ts file is out of date. Compile with ``lrelease i18n/*.ts`` (tools/translations.sh does both).
"""

from __future__ import annotations

import ast
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONTEXT = "UrbanGrain"
SOURCES = ("plugin/**/*.py", "engine/protocol/messages.py")
Texts = dict[str, dict[str, str]]  # context -> English text -> where it stands


def texts() -> Texts:
    """Return every marked text of the sources, in the order of files and lines."""
    found: Texts = {}
    for pattern in SOURCES:
        for path in sorted(ROOT.glob(pattern)):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                    context, text = _marked(node)
                    if text:
                        found.setdefault(context, {}).setdefault(text, path.relative_to(ROOT).as_posix())
    return found


def _marked(call: ast.Call) -> tuple[str, str]:
    strings = [arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
    if call.func.id == "tr" and strings:
        return CONTEXT, strings[0]
    if call.func.id == "QT_TRANSLATE_NOOP" and len(strings) == 2:
        return strings[0], strings[1]
    return "", ""


def translations(path: Path) -> Texts:
    """Return the translations that a .ts file has: context -> English text -> translation."""
    kept: Texts = {}
    if path.exists():
        for context in ElementTree.parse(path).getroot().iter("context"):  # our own files
            for message in context.iter("message"):
                translation = message.find("translation")
                if translation is not None and translation.text and translation.get("type") != "vanished":
                    name = context.findtext("name", "")
                    kept.setdefault(name, {})[message.findtext("source", "")] = translation.text
    return kept


def render(language: str, found: Texts, kept: Texts) -> str:
    """Return a .ts file."""
    root = ElementTree.Element("TS", version="2.1", language=language, sourcelanguage="en")
    for context, messages in sorted(found.items()):
        element = ElementTree.SubElement(root, "context")
        ElementTree.SubElement(element, "name").text = context
        for text, place in messages.items():
            message = ElementTree.SubElement(element, "message")
            ElementTree.SubElement(message, "location", filename=f"../{place}")
            ElementTree.SubElement(message, "source").text = text
            translation = ElementTree.SubElement(message, "translation")
            done = kept.get(context, {}).get(text)
            if done:
                translation.text = done
            else:
                translation.set("type", "unfinished")
    ElementTree.indent(root, "    ")
    body = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n'


def main() -> int:
    """Refresh or check the files; returns the exit code."""
    found = texts()
    total = sum(len(messages) for messages in found.values())
    stale = []
    for path in sorted((ROOT / "i18n").glob("*.ts")):
        language = path.stem.split("_", 1)[1]
        kept = translations(path)
        text = render(language, found, kept)
        done = sum(source in kept.get(context, {}) for context, messages in found.items() for source in messages)
        print(f"{path.name}: {done} of {total} translated")
        if path.read_text(encoding="utf-8") != text:
            stale.append(path.name)
            if "--check" not in sys.argv:
                path.write_text(text, encoding="utf-8")
    if "--check" in sys.argv and stale:
        print(f"out of date: {', '.join(stale)}; run tools/translations.sh", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
