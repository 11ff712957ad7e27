"""Personal data at rest: sealed so that only the key opens it, digested so that only the exact value finds it.

The keys come from `settings.DATA_KEY` (`DATA_KEYS_OLD` still opens what earlier keys sealed). Sealing is AES-256-GCM,
bound to a context, so that a sealed phone number cannot be passed off as an address. Digests are HMAC-SHA256, or
HMAC-SM3 (GB/T 32905) for a key that begins with "sm3:".
"""

import hashlib
import hmac
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE_BYTES = 12
MARK_BYTES = 4
SM3 = "sm3"


class SealBrokenError(ValueError):
    """A sealed value was altered, belongs to another context, or its key is not known here."""


def seal_bytes(content: bytes, *, context: str) -> bytes:
    """Return the content sealed with the present key: mark of the key, nonce, ciphertext."""
    secret = _present()
    nonce = os.urandom(NONCE_BYTES)
    return _mark(secret) + nonce + _cipher(secret).encrypt(nonce, content, context.encode())


def unseal_bytes(sealed: bytes | memoryview, *, context: str) -> bytes:
    """Return what was sealed; raise SealBrokenError when it does not open."""
    whole = bytes(sealed)
    mark, rest = whole[:MARK_BYTES], whole[MARK_BYTES:]
    secret = next((known for known in (_present(), *_earlier()) if _mark(known) == mark), None)
    if secret is None:
        raise SealBrokenError("sealed with a key that is not in DATA_KEY or DATA_KEYS_OLD")
    try:
        return _cipher(secret).decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], context.encode())
    except InvalidTag:
        raise SealBrokenError(f"a sealed {context} was altered or is something else") from None


def seal(text: str, *, context: str) -> bytes:
    """Return the text sealed with the present key."""
    return seal_bytes(text.encode(), context=context)


def unseal(sealed: bytes | memoryview | None, *, context: str) -> str:
    """Return the text behind a sealed value, "" for None; raise SealBrokenError when it does not open."""
    return "" if sealed is None else unseal_bytes(sealed, context=context).decode()


def digest(text: str, *, context: str) -> bytes:
    """Return the keyed digest (32 bytes) by which the exact text is found again.

    It hangs on the first key ever used: changing DATA_KEY keeps the old one as the last of DATA_KEYS_OLD.
    """
    secret = (_present(), *_earlier())[-1]
    return hmac.digest(_derived(secret, b"digest"), f"{context}\0{text}".encode(), digest_method())


def digest_method() -> str:
    """Return the hash of the digests, "sha256" or "sm3": the first key ever used says it, so it never changes."""
    return SM3 if (_present(), *_earlier())[-1].startswith(f"{SM3}:") else "sha256"


def is_known_here(method: str) -> bool:
    """Say whether the cryptographic library of this machine has a hash."""
    try:
        hmac.digest(b"", b"", method)
    except ValueError:
        return False
    return True


def _present() -> str:
    return getattr(settings, "DATA_KEY", "") or settings.SECRET_KEY


def _earlier() -> tuple[str, ...]:
    return tuple(getattr(settings, "DATA_KEYS_OLD", ()))


@lru_cache(maxsize=32)
def _derived(secret: str, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=b"yilian", info=purpose).derive(secret.encode())


@lru_cache(maxsize=8)
def _cipher(secret: str) -> AESGCM:
    return AESGCM(_derived(secret, b"seal"))


@lru_cache(maxsize=8)
def _mark(secret: str) -> bytes:
    return hashlib.sha256(_derived(secret, b"mark")).digest()[:MARK_BYTES]
