"""Where sealed files lie on disk: below MEDIA_ROOT, each under a random key, complete or not at all."""

import os
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from yilian.kernel.documents.refusal import FileDamagedError
from yilian.kernel.documents.sealing import seal, unseal

PENDING = ".pending"


@dataclass(frozen=True)
class Stored:
    """A file that lies sealed on disk: its key, its length in bytes and the SHA-256 (hex) of what it says."""

    key: str
    size: int
    sha256: str


def store(chunks: Iterable[bytes]) -> Stored:
    """Seal the chunks to disk and return where; on return the file would survive a power cut.

    The row that names the key is written afterwards: a crash in between leaves a file without a row, which the
    sweeper removes, never a row without its file.
    """
    key = secrets.token_hex(16)
    draft = _folder(PENDING) / key
    digest, size = sha256(), 0

    def measured() -> Iterator[bytes]:
        nonlocal size
        for chunk in chunks:
            digest.update(chunk)
            size += len(chunk)
            yield chunk

    try:
        with draft.open("xb") as file:
            seal(measured(), file, name=key)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(_folder(key[:2]) / key)
        _sync(_folder(key[:2]))
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    return Stored(key, size, digest.hexdigest())


def read(key: str) -> Iterator[bytes]:
    """Yield the content of a stored file; raise FileDamagedError when it is missing or not as it was written."""
    try:
        file = path_of(key).open("rb")
    except FileNotFoundError:
        raise FileDamagedError(f"{key} is missing") from None
    with file:
        yield from unseal(file, name=key)


def content(key: str, expected: str) -> bytes:
    """Return a stored file; raise FileDamagedError unless its SHA-256 (hex) is the expected one."""
    whole = b"".join(read(key))
    if sha256(whole).hexdigest() != expected:
        raise FileDamagedError(f"{key} is not the file that was stored")
    return whole


def discard(key: str) -> None:
    """Remove a file that no row names."""
    path_of(key).unlink(missing_ok=True)


def keys_before(moment: float) -> Iterator[str]:
    """Yield the keys of files written before this moment (seconds since 1970), unfinished ones removed on the way."""
    for draft in _older(_folder(PENDING), moment):
        draft.unlink(missing_ok=True)
    for folder in root().iterdir():
        if folder.name != PENDING:
            yield from (path.name for path in _older(folder, moment))


def path_of(key: str) -> Path:
    """Return where the file of a key lies."""
    return root() / key[:2] / key


def root() -> Path:
    return Path(settings.MEDIA_ROOT)


def _older(folder: Path, moment: float) -> Iterator[Path]:
    return (path for path in folder.iterdir() if path.stat().st_mtime < moment)


def _folder(name: str) -> Path:
    folder = root() / name
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _sync(folder: Path) -> None:
    """Make a new name in a folder durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
