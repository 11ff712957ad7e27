"""Static files: the listed front-end files out of node_modules, and storage with hashed names."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage, Warning
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage


class _ListedFiles(FileSystemStorage):
    """Gives listed files their place in the site; nothing else of the folder can be reached."""

    prefix = None

    def path(self, name: str) -> str:
        return str(Path(self.location) / settings.VENDOR_FILES[name])


class VendorFinder(BaseFinder):
    """Finds the files of `VENDOR_FILES` (name in the site → file in node_modules) and no others."""

    def __init__(self, *args: Any, **options: Any) -> None:
        self.storage = _ListedFiles(location=str(settings.VENDOR_ROOT))

    def check(self, **options: Any) -> list[CheckMessage]:
        """Name every listed file that is not installed."""
        return [
            Warning(f"Front-end file {source} is not installed: run `make demo`, which installs it.", id="yilian.W001")
            for source in settings.VENDOR_FILES.values()
            if not (settings.VENDOR_ROOT / source).is_file()
        ]

    def find(self, path: str, find_all: bool = False, **options: Any) -> str | list[str]:
        """Return where a file of the site is, an empty list when it is not ours."""
        if path not in settings.VENDOR_FILES or not Path(self.storage.path(path)).is_file():
            return []
        return [self.storage.path(path)] if find_all else self.storage.path(path)

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        """Yield every listed file that is installed; `check` names the others."""
        for name in settings.VENDOR_FILES:
            if Path(self.storage.path(name)).is_file():
                yield name, self.storage


def _without_source_maps(pattern: Any) -> bool:
    return "sourceMappingURL" not in (pattern if isinstance(pattern, str) else pattern[0])


class HashedStorage(CompressedManifestStaticFilesStorage):
    """Hashed names and compressed copies; does not insist on source maps, which we do not ship."""

    patterns = tuple(
        (extension, tuple(filter(_without_source_maps, patterns)))
        for extension, patterns in CompressedManifestStaticFilesStorage.patterns
    )
