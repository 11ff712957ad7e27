"""Brings the English catalogue up to date: new texts come in untranslated, unused ones go; says what is missing.

`python -m tools.messages` writes; `missing()` is what the house test asks.
"""

import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib
from babel.messages.extract import extract_python

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "_": None, "now": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
}  # fmt: skip
Key = tuple[str | None, str]


@dataclass
class Use:
    """Where a text is used, and the plural it is used with, if any."""

    files: list[str] = field(default_factory=list)
    plural: str = ""


def texts() -> dict[Key, Use]:
    """Return every text that code and templates mark, by (context, text)."""
    found: dict[Key, Use] = {}
    for path in sorted((ROOT / "yilian").rglob("*")):
        if "migrations" in path.parts or "tests" in path.parts or path.suffix not in (".py", ".html", ".txt", ".typ"):
            continue
        for context, text, plural in _texts_in(path):
            use = found.setdefault((context, text), Use())
            use.files.append(str(path.relative_to(ROOT)))
            use.plural = use.plural or plural
    return found


def missing() -> list[str]:
    """Return the texts that have no English yet."""
    translated = {(entry.msgctxt, entry.msgid): entry.msgid_plural for entry in catalogue() if _is_done(entry)}
    return [key[1] for key, use in texts().items() if translated.get(key) != use.plural]


def update() -> None:
    """Write the catalogue anew: translations are kept, new texts are empty."""
    old = {(entry.msgctxt, entry.msgid): entry for entry in catalogue()}
    fresh = polib.POFile(wrapwidth=120)
    fresh.metadata = {
        "Language": "en",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for (context, text), use in texts().items():
        entry = old.get((context, text)) or polib.POEntry(msgid=text, msgctxt=context, msgstr="")
        _count(entry, use.plural)
        entry.occurrences = [(name, "") for name in dict.fromkeys(use.files)][:3]
        fresh.append(entry)
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    fresh.save(str(CATALOGUE))


def catalogue() -> polib.POFile:
    """Return the English catalogue as it is."""
    return polib.pofile(str(CATALOGUE)) if CATALOGUE.exists() else polib.POFile()


def _count(entry: polib.POEntry, plural: str) -> None:
    """Give an entry the forms that its use asks for: one, or one for a single thing and one for several."""
    if entry.msgid_plural == plural:
        return
    told = entry.msgstr or entry.msgstr_plural.get(1, "")
    entry.msgid_plural = plural
    entry.msgstr, entry.msgstr_plural = ("", {0: told, 1: told}) if plural else (told, {})


def _is_done(entry: polib.POEntry) -> bool:
    forms = entry.msgstr_plural.values() if entry.msgid_plural else (entry.msgstr,)
    return all(forms) and not entry.fuzzy


def _texts_in(path: Path) -> Iterator[tuple[str | None, str, str]]:
    """Yield (context, text, plural) of every marked text of a file; the plural is empty where nothing is counted."""
    source = path.read_text()
    if path.suffix != ".py":
        if "{%" not in source:
            return
        source = _as_python(source, path)
    for _line, function, arguments, _comments in extract_python(io.BytesIO(source.encode()), KEYWORDS, [], {}):
        parts = [arguments] if isinstance(arguments, str) else [part for part in arguments or () if part]
        if not parts:
            continue
        is_contextual = function.startswith("pgettext") and len(parts) > 1
        is_counted = function.startswith("ngettext") and len(parts) > 1
        context, text = (parts[0], parts[1]) if is_contextual else (None, parts[0])
        yield context, text, parts[1] if is_counted else ""


def _as_python(source: str, path: Path) -> str:
    """Return a template as the calls that its translation tags make."""
    from django.utils.translation.template import templatize

    return templatize(source, origin=str(path))


if __name__ == "__main__":
    update()
    left = missing()
    sys.stdout.write(f"{len(texts())} texts, {len(left)} without English\n")
    sys.exit(0)
