"""The resident identity number (GB 11643): what it says about a person, and why it cannot be right."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from yilian.registry.check_digits import resident_check
from yilian.registry.models.patient import Sex

PROVINCES = frozenset(
    [
        "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43",
        "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83",
    ]
)  # fmt: skip
"""First two digits in use. Counties are not checked: numbers keep the codes of counties that no longer exist."""
SHAPE = re.compile(r"\d{17}[\dX]", re.ASCII)
OLDEST_YEAR = 1850


class ResidentNumberError(ValueError):
    """The text is no resident identity number; the message says why."""


@dataclass(frozen=True)
class ResidentNumber:
    """A number that holds: `region` is the county of first registration, `sex` as in GB/T 2261.1."""

    number: str
    region: str
    birth_on: date
    sex: str


def read_resident_number(text: str, *, today: date) -> ResidentNumber:
    """Return what a resident identity number says; raise ResidentNumberError with a sentence when it cannot be right.

    Shape, province, birth date (not after `today`) and check character are all tested.
    """
    number = "".join(text.split()).upper()
    if not SHAPE.fullmatch(number):
        raise ResidentNumberError(_("身份证号码应为17位数字加1位校验码（数字或X）"))
    if number[:2] not in PROVINCES:
        raise ResidentNumberError(_("身份证号码前两位不是有效的省级区划"))
    birth_on = _birth(number[6:14], today)
    if resident_check(number[:17]) != number[17]:
        raise ResidentNumberError(_("身份证号码校验位不符，请核对是否录错"))
    sex = Sex.MALE if int(number[16]) % 2 else Sex.FEMALE
    return ResidentNumber(number=number, region=number[:6], birth_on=birth_on, sex=str(sex))


def _birth(digits: str, today: date) -> date:
    try:
        birth_on = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise ResidentNumberError(_("身份证号码中的出生日期不存在")) from None
    if birth_on > today:
        raise ResidentNumberError(_("身份证号码中的出生日期晚于今天"))
    if birth_on.year < OLDEST_YEAR:
        raise ResidentNumberError(_("身份证号码中的出生年份过早"))
    return birth_on
