"""The workbooks of practitioners and patients."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from yilian.kernel.access.actor import Actor
from yilian.kernel.imports.cells import day, one_of, text, yes_no
from yilian.kernel.imports.sheet import Column, Saved, Sheet, sheets
from yilian.registry.departments import register_department
from yilian.registry.governing import governs
from yilian.registry.models import Department, Institution, Patient, PatientIdentifier, Practitioner
from yilian.registry.models.patient import CardKind, IdentityKind, Sex
from yilian.registry.models.practitioner import Profession, Rank
from yilian.registry.patients import change_patient, register_patient
from yilian.registry.patients.cards import note_card
from yilian.registry.patients.numbers import PhoneError, read_phone
from yilian.registry.practitioners import change_practitioner, register_practitioner
from yilian.registry.sheets.words import code_in, institution, meanings, region


def _practitioner(values: Mapping[str, Any], by: Actor) -> Saved:
    facts = dict(values)
    place: Institution = facts["institution"]
    if place.pk != by.institution_id and not governs(by, place.region_id):
        raise ValidationError({"institution": [now("只能导入本机构的人员")]})
    if "department" in facts:
        facts["department"] = _department(place, facts["department"], by)
    known = _known(facts)
    if known is None:
        register_practitioner(by=by, **facts)
        return Saved.CREATED
    return Saved.UPDATED if change_practitioner(known, by=by, **facts) else Saved.UNCHANGED


def _department(place: Institution, name: str, by: Actor) -> Department:
    known = Department.objects.filter(institution=place, name=name).first()
    return known or register_department(by=by, institution=place, name=name)


def _known(facts: Mapping[str, Any]) -> Practitioner | None:
    """Return the practitioner a row is about: by licence, else by staff number in the institution."""
    if not facts.get("licence_code") and not facts.get("staff_number"):
        raise ValidationError({"staff_number": [now("工号与执业证书编码至少填写一项")]})
    rows = Practitioner.objects.select_related("subject", "institution", "department")
    if facts.get("licence_code"):
        found = rows.filter(licence_code=facts["licence_code"]).first()
        if found:
            return found
    if facts.get("staff_number"):
        return rows.filter(institution=facts["institution"], staff_number=facts["staff_number"]).first()
    return None


def _listed(header: str | Promise, name: str, choices: Any, *, required: bool = False) -> Column:
    words = meanings(choices)
    return Column(header, name, one_of(words), required=required, choices=tuple(words))


sheets.add(
    Sheet(
        key="practitioners",
        title=_("医务人员"),
        columns=(
            Column(_("所属机构"), "institution", institution, required=True, help=_("全称或统一社会信用代码")),
            Column(_("科室"), "department", text(80), help=_("尚未登记的科室会一并登记")),
            Column(_("姓名"), "name", text(60), required=True),
            Column(_("工号"), "staff_number", text(20)),
            Column(_("执业证书编码"), "licence_code", text(15), help=_("15位数字")),
            _listed(_("类别"), "profession", Profession, required=True),
            Column(_("执业助理"), "is_assistant", yes_no, choices=("是", "否")),
            Column(_("职称"), "title", text(40), example="主治医师"),
            _listed(_("职称级别"), "rank", Rank),
            Column(_("执业范围"), "subject", code_in("specialty"), help=_("诊疗科目代码或名称"), example="骨科"),
            Column(_("首次注册日期"), "licensed_on", day),
            Column(_("离职日期"), "ended_on", day),
        ),
        save=_practitioner,
        keys=(("licence_code",), ("institution", "staff_number")),
    )
)


CARDS = {"insurance_number": CardKind.INSURANCE, "archive_number": CardKind.ARCHIVE}


def _patient(values: Mapping[str, Any], by: Actor) -> Saved:
    cards = {CARDS[name]: number for name, number in values.items() if name in CARDS}
    values = {name: value for name, value in values.items() if name not in CARDS}
    patient, saved = _person(values, by)
    noted = [note_card(patient, by=by, kind=kind, number=number) for kind, number in cards.items()]
    return Saved.UPDATED if saved == Saved.UNCHANGED and any(noted) else saved


def _person(values: Mapping[str, Any], by: Actor) -> tuple[Patient, Saved]:
    facts = {"identity_kind": IdentityKind.RESIDENT, **values}
    known = None if values.get("identity_number") else _without_document(values)
    patient, is_new = (known, False) if known else register_patient(by=by, **facts)
    if is_new:
        return patient, Saved.CREATED
    rest = {name: value for name, value in values.items() if not name.startswith("identity_") and name != "name"}
    return patient, Saved.UPDATED if change_patient(patient, by=by, **rest) else Saved.UNCHANGED


def _without_document(values: Mapping[str, Any]) -> Patient | None:
    """Return the patient a row without a document is about: the one of that name, birth date and telephone."""
    if not values.get("birth_on") or not values.get("phone"):
        raise ValidationError({"identity_number": [now("没有证件号码的，请填写出生日期和联系电话，以免重复登记")]})
    try:
        digest = read_phone(values["phone"]).digest
    except PhoneError as fault:
        raise ValidationError({"phone": [str(fault)]}) from None
    documents = PatientIdentifier.objects.filter(patient=OuterRef("pk")).exclude(kind__in=CardKind.values)
    rows = Patient.objects.filter(phone_digest=digest, name=values["name"], birth_on=values["birth_on"])
    return rows.filter(~Exists(documents), merged_into__isnull=True).first()


sheets.add(
    Sheet(
        key="patients",
        title=_("患者"),
        columns=(
            Column(_("姓名"), "name", text(100), required=True),
            _listed(_("证件类型"), "identity_kind", IdentityKind),
            Column(_("证件号码"), "identity_number", text(40), help=_("单元格须为文本格式；没有证件的可空")),
            _listed(_("性别"), "sex", Sex),
            Column(_("出生日期"), "birth_on", day, help=_("身份证号码已含时可空")),
            Column(_("联系电话"), "phone", text(20)),
            Column(_("现住址"), "address", text(200)),
            Column(_("居住地区划"), "region", region, help=_("已登记的区划代码"), example="420106"),
            Column(_("民族"), "ethnicity", code_in("ethnicity"), help=_("代码或名称"), example="汉族"),
            Column(_("医疗付费方式"), "insurance", code_in("insurance"), help=_("代码或名称")),
            Column(CardKind.INSURANCE.label, "insurance_number", text(40), help=_("单元格须为文本格式")),
            Column(CardKind.ARCHIVE.label, "archive_number", text(40), help=_("单元格须为文本格式")),
            Column(_("监护人"), "guardian_name", text(100)),
            Column(_("与患者关系"), "guardian_relation", code_in("relationship"), help=_("代码或名称")),
            Column(_("监护人电话"), "guardian_phone", text(20)),
        ),
        save=_patient,
        keys=(("identity_number",), ("name", "birth_on", "phone")),
        help=_(
            "证件类型不填时按居民身份证处理；已登记的患者按证件号码更新，没有证件的按姓名、出生日期和联系电话更新。"
        ),
    )
)
