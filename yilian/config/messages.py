"""Compiles the message catalogues: a fresh machine has no gettext programs. Needs no settings."""

import os
from pathlib import Path

import polib

from yilian.config.home import part

CATALOGUES = part("locale", "locale")


def compile_messages(locale: Path = CATALOGUES) -> list[Path]:
    """Compile every catalogue that is newer than its compiled form; return the files that were written.

    Where this account may not write, the compiled form of whoever installed the product is used as it is.
    """
    written = []
    for catalogue in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        compiled = catalogue.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= catalogue.stat().st_mtime:
            continue
        if not os.access(catalogue.parent, os.W_OK):
            continue
        draft = compiled.with_suffix(".part")
        polib.pofile(str(catalogue)).save_as_mofile(str(draft))
        draft.replace(compiled)
        written.append(compiled)
    return written
