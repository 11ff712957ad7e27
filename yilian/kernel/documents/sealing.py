"""Sealing of files: AES-256-GCM in chunks, so that a file of any size is read without holding it in memory.

Layout: magic, fingerprint of the secret, salt, then chunks of 64 KiB, each with its tag. Every file has its own key
(HKDF of the installation's secret and the salt). The nonce counts the chunks and marks the last one, and the name of
the file is bound in: a chunk that was changed, moved, dropped, or taken from another file does not open.
"""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from os import urandom
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from yilian.kernel.documents.refusal import FileDamagedError

MAGIC = b"YLF1"
FINGERPRINT, SALT, CHUNK, TAG = 4, 16, 64 * 1024, 16


def seal(chunks: Iterable[bytes], target: BinaryIO, *, name: str) -> None:
    """Write the chunks to `target`, sealed with the newest secret and bound to `name`."""
    secret = _secrets()[0]
    header = MAGIC + _fingerprint(secret) + urandom(SALT)
    target.write(header)
    cipher, bound = _cipher(secret, header), header + name.encode()
    for count, chunk, is_last in _counted(_even(chunks)):
        target.write(cipher.encrypt(_nonce(count, is_last), chunk, bound))


def unseal(source: BinaryIO, *, name: str) -> Iterator[bytes]:
    """Yield what was sealed; raise FileDamagedError at the first chunk that is not as it was written."""
    header = source.read(len(MAGIC) + FINGERPRINT + SALT)
    if not header.startswith(MAGIC):
        raise FileDamagedError(f"{name} is not a sealed file")
    cipher, bound = _cipher(_secret_of(header, name), header), header + name.encode()
    blocks = iter(lambda: source.read(CHUNK + TAG), b"")
    for count, block, is_last in _counted(blocks):
        try:
            yield cipher.decrypt(_nonce(count, is_last), block, bound)
        except InvalidTag:
            raise FileDamagedError(f"{name} was changed or cut at chunk {count}") from None


def _secrets() -> list[str]:
    """Return the secrets of this installation, the one in use first."""
    return [settings.DATA_KEY or settings.SECRET_KEY, *getattr(settings, "DATA_KEYS_OLD", ())]


def _secret_of(header: bytes, name: str) -> str:
    fingerprint = header[len(MAGIC) : len(MAGIC) + FINGERPRINT]
    for secret in _secrets():
        if _fingerprint(secret) == fingerprint:
            return secret
    raise FileDamagedError(f"{name} is sealed with a key that is not in DATA_KEY or DATA_KEYS_OLD")


def _fingerprint(secret: str) -> bytes:
    return sha256(b"fingerprint of the secret for files\0" + secret.encode()).digest()[:FINGERPRINT]


def _cipher(secret: str, header: bytes) -> AESGCM:
    derived = HKDF(SHA256(), 32, salt=header[-SALT:], info=b"yilian sealed file").derive(secret.encode())
    return AESGCM(derived)


def _nonce(count: int, is_last: bool) -> bytes:
    return count.to_bytes(11, "big") + bytes([is_last])


def _even(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Cut the chunks to CHUNK bytes each; the last may be shorter, and an empty file is one empty chunk."""
    rest = b""
    for chunk in chunks:
        rest += chunk
        while len(rest) > CHUNK:
            yield rest[:CHUNK]
            rest = rest[CHUNK:]
    yield rest


def _counted(blocks: Iterable[bytes]) -> Iterator[tuple[int, bytes, bool]]:
    """Number the blocks and say which is the last; no blocks at all count as one empty block."""
    before: bytes | None = None
    count = 0
    for block in blocks:
        if before is not None:
            yield count, before, False
            count += 1
        before = block
    yield count, before or b"", True
