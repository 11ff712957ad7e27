"""The workbook of in-patients: brought in by the institution in whose beds they lie, every day if it likes."""

import re
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from yilian.domains.inpatient.models import Source
from yilian.domains.inpatient.naming import indications_in
from yilian.domains.inpatient.reporting import REPORTERS, Said, report_stay
from yilian.kernel.access.actor import Actor
from yilian.kernel.imports.cells import Cell, day, decimal, moment, one_of, text, whole
from yilian.kernel.imports.sheet import Column, Saved, Sheet, sheets
from yilian.registry.models import Department
from yilian.registry.models.patient import Sex
from yilian.registry.sheets.words import code_in, institution, meanings, region

KEY = "inpatients"
PERSON = ("name", "identity_number", "sex", "birth_on", "region")
SAID = ("met", "unmet")


def words(cell: Cell) -> list[str]:
    """Return what a cell lists, parted by semicolons or lines: conditions themselves hold commas."""
    return [word.strip() for word in re.split(r"[;；\n]+", str(cell)) if word.strip()]


def _save(values: Mapping[str, Any], by: Actor) -> Saved:
    given = dict(values)
    person = {name: given.pop(name) for name in PERSON if name in given}
    met, unmet = (indications_in(given.pop(name, []), by, name) for name in SAID)
    if twice := met.keys() & unmet.keys():
        text = now("“{condition}”同时填在符合与不符合中").format(condition=met[twice.pop()])
        raise ValidationError({"unmet": [text]})
    given["department"] = _department(given["department"], by)
    number = given.pop("admission_number")
    return report_stay(
        by=by, admission_number=number, person=person, source=Source.EXCEL, said=Said(met, unmet), **given
    )[1]  # fmt: skip


def _department(name: str, by: Actor) -> Department:
    rows = Department.objects.filter(institution_id=by.institution_id, name=name.strip(), ended_on__isnull=True)
    found = rows.first()
    if found is None:
        raise ValidationError({"department": [now("本机构没有科室“{name}”，请先登记").format(name=name)]})
    return found


_LIMIT = {"pulse": 300, "respiration": 120, "systolic": 350, "diastolic": 250, "oxygen_saturation": 100}
SHEET = sheets.add(
    Sheet(
        key=KEY,
        title=_("住院患者"),
        columns=(
            Column(_("住院号"), "admission_number", text(40), required=True, help=_("同一住院号再次导入即为更新")),
            Column(_("姓名"), "name", text(100), required=True),
            Column(_("身份证号"), "identity_number", text(18), help=_("填写后可与其他机构的档案对上")),
            Column(_("性别"), "sex", one_of(meanings(Sex)), choices=tuple(meanings(Sex))),
            Column(_("出生日期"), "birth_on", day),
            Column(_("居住地区划代码"), "region", region),
            Column(_("科室"), "department", text(80), required=True, example="心血管内科"),
            Column(_("床号"), "bed", text(20)),
            Column(_("诊断编码"), "diagnosis", code_in("icd-10"), help=_("ICD-10"), example="I10"),
            Column(_("诊断"), "diagnosis_name", text(120), required=True),
            Column(_("主管医生"), "attending_name", text(60)),
            Column(_("入院日期"), "admitted_on", day, required=True),
            Column(_("出院日期"), "discharged_on", day),
            Column(_("家庭医生签约机构"), "family_institution", institution, help=_("全称或统一社会信用代码")),
            Column(_("出院带药"), "medicines", words, help=_("药品通用名，用分号分隔")),
            Column(_("测量时间"), "observed_at", moment, help=_("如 2026-11-22 08:30")),
            Column(_("体温（℃）"), "temperature", decimal("25", "45", 1)),
            *(
                Column(title, name, whole(0, _LIMIT[name]))
                for name, title in (
                    ("pulse", _("脉搏（次/分）")), ("respiration", _("呼吸（次/分）")),
                    ("systolic", _("收缩压（mmHg）")), ("diastolic", _("舒张压（mmHg）")),
                    ("oxygen_saturation", _("血氧饱和度（%）")),
                )
            ),
            Column(_("符合的下转指征"), "met", words,
                   help=_("转诊指征的编号或原文，用分号分隔；由医师判断，系统不推算")),
            Column(_("不符合的下转指征"), "unmet", words, help=_("未填的视为尚未判断")),
        ),
        save=_save,
        keys=(("admission_number",),),
        roles=REPORTERS,
    )
)  # fmt: skip
