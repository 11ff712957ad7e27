"""Conditions on institutions that a person may attest, with the facts they rest on; domains declare theirs."""

from dataclasses import dataclass

from yilian.kernel.registries import Registry
from yilian.kernel.registries.words import Words


@dataclass(frozen=True)
class Attestable:
    """A condition; `key` is what the attestations of it are kept under, `facts` are columns of the institution."""

    key: str
    title: Words
    facts: tuple[str, ...] = ()


attestables: Registry[Attestable] = Registry("attestable condition")


def condition_title(key: str) -> str:
    """Return what a condition asks; one that nobody declares any more is called by its key."""
    known = attestables.get(key)
    return f"{key} {known.title}" if known else key
