"""The place for providers of electronic certificates: none is built in, an installation declares the one it has."""

from collections.abc import Callable
from dataclasses import dataclass

from yilian.kernel.registries import Registry
from yilian.kernel.registries.words import Words


@dataclass(frozen=True)
class Provider:
    """A certificate authority whose signatures count.

    `check(digest, value, signer)` says whether `value`, as the provider's own client gave it, is the signature of
    `signer` over a text with this SHA-256 (hex). It is asked when somebody signs and whenever a signature is verified,
    so it answers without the network or from what it keeps.
    """

    key: str
    title: Words
    check: Callable[[str, str, str], bool]


providers: Registry[Provider] = Registry("provider of certificates")


def provider_of(digest: str, value: str, signer: str) -> Provider | None:
    """Return the provider that vouches for a signature, or None."""
    return next((one for one in providers if value and one.check(digest, value, signer)), None)
