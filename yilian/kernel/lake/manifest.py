"""The manifest of the lake: which file holds which month of which fact. Whoever reads the lake begins here.

Files are never changed once the manifest names them; a refresh writes new ones and then replaces the manifest at one
stroke, so that a reader has the old lake or the new one and never some of each (docs/adr/0161).
"""

import json
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path

from django.conf import settings

NAME, FORMAT = "manifest.json", 1
EMPTY = "empty.parquet"


class BrokenManifestError(ValueError):
    """The manifest cannot be read, or is of another version of the house: rebuild the lake."""


@dataclass(frozen=True)
class Part:
    """Rows of one month of one fact: the file (below the folder of the lake), how many rows, how many bytes.

    A month may have several parts; a part is changed by another file taking its place, never in itself.
    """

    fact: str
    month: int
    file: str
    rows: int
    size: int


@dataclass(frozen=True)
class Manifest:
    """What the lake holds.

    `watermark` is the transaction of the database `source` before which everything is in the lake; `shapes` says by
    fact which columns its files have; `fed` are the keys of the feeds that are folded in.
    """

    parts: tuple[Part, ...] = ()
    watermark: int = 0
    source: str = ""
    shapes: Mapping[str, str] = field(default_factory=dict)
    fed: frozenset[str] = frozenset()
    refreshed_at: datetime | None = None
    folder: Path = field(default=Path(), compare=False)

    def of(self, fact: str, first: int = 0, last: int = 999912) -> Iterator[Part]:
        """Yield the parts of a fact between two months (yyyymm, both included), in order of their months."""
        yield from sorted(
            (part for part in self.parts if part.fact == fact and first <= part.month <= last),
            key=lambda part: (part.month, part.file),
        )

    def files(self, fact: str, first: int = 0, last: int = 999912) -> list[Path]:
        """Return the files of a fact between two months; a file without rows when there are none."""
        found = [self.folder / part.file for part in self.of(fact, first, last)]
        return found or [self.folder / fact / EMPTY]

    def with_months(self, fact: str, months: Iterable[int], new: Iterable[Part]) -> "Manifest":
        """Return the manifest with `new` in the place of everything that these months of the fact had."""
        changed = frozenset(months)
        kept = [part for part in self.parts if part.fact != fact or part.month not in changed]
        return replace(self, parts=(*kept, *new))


def folder() -> Path:
    """Return the folder of the lake of this installation."""
    return Path(settings.LAKE_FOLDER)


def read_manifest(at: Path | None = None) -> Manifest:
    """Return what the lake holds now, an empty manifest for a lake that was never filled; raise BrokenManifestError."""
    at = at or folder()
    try:
        held = json.loads((at / NAME).read_text())
    except FileNotFoundError:
        return Manifest(folder=at)
    except ValueError as error:
        raise BrokenManifestError(f"{NAME} is no JSON: {error}") from error
    if held.get("format") != FORMAT:
        raise BrokenManifestError(f"{NAME} has format {held.get('format')!r}, not {FORMAT}")
    return Manifest(
        parts=tuple(Part(**part) for part in held["parts"]),
        watermark=held["watermark"],
        source=held["source"],
        shapes=held["shapes"],
        refreshed_at=datetime.fromisoformat(held["refreshed_at"]) if held["refreshed_at"] else None,
        fed=frozenset(held["fed"]),
        folder=at,
    )


def write_manifest(manifest: Manifest) -> None:
    """Replace the manifest of its folder at one stroke; what was written before survives a power cut."""
    held = {
        "format": FORMAT,
        "watermark": manifest.watermark,
        "source": manifest.source,
        "shapes": dict(manifest.shapes),
        "refreshed_at": manifest.refreshed_at.isoformat() if manifest.refreshed_at else None,
        "fed": sorted(manifest.fed),
        "parts": [asdict(part) for part in manifest.parts],
    }
    aside = manifest.folder / f".{NAME}.{secrets.token_hex(4)}"
    with aside.open("w") as file:
        json.dump(held, file, indent=0)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(manifest.folder / NAME)
