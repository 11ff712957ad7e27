"""Removing files that no manifest names any more, once nobody can be reading them."""

import shutil
import time
from collections.abc import Iterable
from pathlib import Path

from yilian.kernel.lake.manifest import EMPTY, Manifest

READING = 6 * 3600
"""No reader holds a manifest for as many seconds: files left over for longer are removed."""


def sweep(at: Path, *, keep: Iterable[Manifest], older_than: float = READING) -> int:
    """Remove leftovers of killed and of earlier refreshes; return how many files and folders went."""
    named = {at / part.file for manifest in keep for part in manifest.parts}
    before = time.time() - older_than
    swept = 0
    for path in [*at.glob("*/*.parquet"), *at.glob(".new-*"), *at.glob(".manifest*")]:
        if path in named or path.name == EMPTY or path.stat().st_mtime > before:
            continue
        shutil.rmtree(path) if path.is_dir() else path.unlink()
        swept += 1
    return swept
