"""Numbers that identify a person: how they are written, sealed, digested and shown."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from yilian.kernel import clock
from yilian.kernel.sealing import digest, seal
from yilian.registry.masking import mask_number, mask_phone
from yilian.registry.models.patient import IdentityKind
from yilian.registry.resident_number import ResidentNumberError, read_resident_number

IDENTITY, PHONE, ADDRESS = "patient.identity", "patient.phone", "patient.address"
GUARDIAN_PHONE = "patient.guardian_phone"
LONGEST = 40
PHONE_SHAPE = re.compile(r"\+?\d{5,20}", re.ASCII)


class IdentityError(ValueError):
    """The number cannot be one of its kind; the message says why."""


class PhoneError(ValueError):
    """The text is no phone number; the message says why."""


@dataclass(frozen=True)
class Identity:
    """A number of an identity document, and what a resident identity number tells about its holder."""

    kind: str
    number: str
    birth_on: date | None = None
    sex: str = ""

    @property
    def digest(self) -> bytes:
        return identity_digest(self.number)

    @property
    def masked(self) -> str:
        return mask_number(self.number)

    def sealed(self) -> bytes:
        return seal(self.number, context=IDENTITY)


def identity_digest(number: str) -> bytes:
    """Return the digest by which a number of any kind is found, however it was spaced or capitalised."""
    return digest(squeeze(number), context=IDENTITY)


def read_identity(kind: str, number: str) -> Identity:
    """Return the number as it is stored; raise IdentityError with a sentence when it cannot be one of its kind."""
    squeezed = squeeze(number)
    if not squeezed:
        raise IdentityError(_("请填写证件号码"))
    if len(squeezed) > LONGEST:
        raise IdentityError(_("证件号码不能超过%(most)s个字符") % {"most": LONGEST})
    if kind != IdentityKind.RESIDENT:
        return Identity(kind, squeezed)
    try:
        read = read_resident_number(squeezed, today=clock.today())
    except ResidentNumberError as fault:
        raise IdentityError(str(fault)) from None
    return Identity(kind, read.number, read.birth_on, read.sex)


def squeeze(text: str) -> str:
    """Return text as numbers are compared: half-width, capitals, no spaces and no dashes."""
    return re.sub(r"[\s\-]+", "", unicodedata.normalize("NFKC", text)).upper()


@dataclass(frozen=True)
class Phone:
    number: str

    @property
    def digest(self) -> bytes:
        return digest(self.number, context=PHONE)

    @property
    def masked(self) -> str:
        return mask_phone(self.number)


def read_phone(text: str) -> Phone:
    """Return a phone number without spaces, dashes and the prefix of mainland China; raise PhoneError."""
    number = re.sub(r"[()]", "", squeeze(text))
    if not PHONE_SHAPE.fullmatch(number):
        raise PhoneError(_("联系电话应为5至20位数字"))
    return Phone(re.sub(r"^(\+86|0086)(?=1\d{10}$)", "", number))
