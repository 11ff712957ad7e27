"""Brings the English catalogue up to date: new texts come in untranslated, unused ones go; says what is missing.

`python -m tools.messages` writes; `missing()` is what the house test asks.
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
from babel.messages.extract import extract_python

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
}  # fmt: skip
Key = tuple[str | None, str]


def texts() -> dict[Key, list[str]]:
    """Return every text that code and templates mark, as (context, text) with the files that use it."""
    found: dict[Key, list[str]] = {}
    for path in sorted((ROOT / "yilian").rglob("*")):
        if "migrations" in path.parts or "tests" in path.parts or path.suffix not in (".py", ".html", ".txt", ".typ"):
            continue
        for key in _texts_in(path):
            found.setdefault(key, []).append(str(path.relative_to(ROOT)))
    return found


def missing() -> list[str]:
    """Return the texts that have no English yet."""
    translated = {(entry.msgctxt, entry.msgid) for entry in catalogue() if _is_done(entry)}
    return [text for context, text in texts() if (context, text) not in translated]


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
    for (context, text), files in texts().items():
        entry = old.get((context, text)) or polib.POEntry(msgid=text, msgctxt=context, msgstr="")
        entry.occurrences = [(name, "") for name in dict.fromkeys(files)][:3]
        fresh.append(entry)
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    fresh.save(str(CATALOGUE))


def catalogue() -> polib.POFile:
    """Return the English catalogue as it is."""
    return polib.pofile(str(CATALOGUE)) if CATALOGUE.exists() else polib.POFile()


def _is_done(entry: polib.POEntry) -> bool:
    return bool(entry.msgstr or any(entry.msgstr_plural.values())) and not entry.fuzzy


def _texts_in(path: Path) -> Iterator[Key]:
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
        yield (parts[0], parts[1]) if is_contextual else (None, parts[0])


def _as_python(source: str, path: Path) -> str:
    """Return a template as the calls that its translation tags make."""
    from django.utils.translation.template import templatize

    return templatize(source, origin=str(path))


if __name__ == "__main__":
    update()
    left = missing()
    sys.stdout.write(f"{len(texts())} texts, {len(left)} without English\n")
    sys.exit(0)
