"""Brings a few patients of the demo city to the desk a second time, without their number and with a slip each."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from yilian.kernel.access.actor import Actor
from yilian.kernel.access.scope import scope
from yilian.kernel.sealing import unseal
from yilian.registry.models import Patient
from yilian.registry.patients import register_patient, tell_apart
from yilian.registry.patients.numbers import PHONE
from yilian.registry.patients.slips import slips

WRITTEN, HEARD = (
    "王李张吴徐程傅陈刘胡朱高林何马罗谢唐冯于董萧袁许杨黄",
    "汪黎章伍许成付谌柳扈祝郜蔺贺麻骆解汤封余东肖元徐阳皇",
)
SOUNDS = dict(zip(WRITTEN, HEARD, strict=True))
"""Surnames, each with another of the same sound."""
OTHER_PHONE = "13807990001"


def bring_lookalikes(known: Sequence[UUID], *, clerk: Actor) -> None:
    """Register some again: a name that only sounds the same, a slip in the birth date, another phone, and a namesake
    whom the desk has told apart since.
    """
    with scope(clerk):
        people = [one for one in Patient.objects.filter(pk__in=known).order_by("pk") if _is_plain(one)]
    for one, slip in zip(people, (_sounding, _slipped, _moved), strict=False):
        register_patient(by=clerk, **(_facts(one) | slip(one)))
    for one in people[3:4]:
        namesake, _is_new = register_patient(by=clerk, **(_facts(one) | {"phone": OTHER_PHONE}))
        tell_apart(one, namesake, by=clerk, ground="两人同时到场，证件不同，系同名同日出生")


def _is_plain(one: Patient) -> bool:
    return one.name[0] in SOUNDS and one.phone_sealed is not None and not one.guardian_name


def _facts(one: Patient) -> dict[str, Any]:
    phone = unseal(one.phone_sealed, context=PHONE)
    return {"name": one.name, "sex": one.sex, "birth_on": one.birth_on, "phone": phone}


def _sounding(one: Patient) -> dict[str, Any]:
    return {"name": SOUNDS[one.name[0]] + one.name[1:]}


def _slipped(one: Patient) -> dict[str, Any]:
    born = one.birth_on
    return {"birth_on": born and min(slips(born), key=lambda day: abs(day - born))}


def _moved(_one: Patient) -> dict[str, Any]:
    return {"phone": OTHER_PHONE}
