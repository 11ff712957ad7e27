"""Compiles the message catalogues: a fresh machine has no gettext programs. Needs no settings."""

from pathlib import Path

import polib

from yilian.config.home import ROOT


def compile_messages(locale: Path = ROOT / "locale") -> list[Path]:
    """Compile every catalogue that is newer than its compiled form; return the files that were written."""
    written = []
    for catalogue in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        compiled = catalogue.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= catalogue.stat().st_mtime:
            continue
        draft = compiled.with_suffix(".part")
        polib.pofile(str(catalogue)).save_as_mofile(str(draft))
        draft.replace(compiled)
        written.append(compiled)
    return written
