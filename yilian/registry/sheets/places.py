"""The workbooks of regions, codes and institutions."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from yilian.kernel.access.actor import Actor
from yilian.kernel.access.platform import keeps_platform
from yilian.kernel.imports.cells import Cell, day, decimal, one_of, several, text, whole, yes_no
from yilian.kernel.imports.sheet import Column, Saved, Sheet, sheets
from yilian.registry.codes.loading import register_code
from yilian.registry.governing import ROLES, governs_some, insist_governed, insist_keeper_of
from yilian.registry.institutions import change_institution, register_institution
from yilian.registry.models import CodeSystem, Institution, Region
from yilian.registry.models.institution import Affiliation, Grade, Ownership
from yilian.registry.regions import register_region
from yilian.registry.sheets.words import code_in, meanings, region

LATITUDE = Column(_("纬度"), "latitude", decimal("-90", "90", 6), help=_("-90至90之间的数"), example="30.590000")
LONGITUDE = Column(_("经度"), "longitude", decimal("-180", "180", 6), help=_("-180至180之间的数"), example="114.300000")


def _region(values: Mapping[str, Any], by: Actor) -> Saved:
    return Saved(register_region(by=by, **values)[1])


sheets.add(
    Sheet(
        key="regions",
        title=_("行政区划"),
        columns=(
            Column(
                _("区划代码"), "code", text(12), required=True, example="420106", help=_("6、9、12位数字；上级在前")
            ),
            Column(_("名称"), "name", text(60), required=True),
            Column(_("常住人口"), "population", whole(), help=_("整数")),
            LATITUDE,
            LONGITUDE,
        ),
        save=_region,
        keys=(("code",),),
        roles=ROLES,
        admits=keeps_platform,
    )
)


def _code(values: Mapping[str, Any], by: Actor) -> Saved:
    if not CodeSystem.objects.filter(pk=values["system"]).exists():
        raise ValidationError({"system": [now("编码体系“%(key)s”不存在") % {"key": values["system"]}]})
    return Saved(register_code(by=by, **values)[1])


sheets.add(
    Sheet(
        key="codes",
        title=_("代码"),
        columns=(
            Column(_("编码体系"), "system", text(40), required=True, example="icd-10"),
            Column(_("代码"), "code", text(40), required=True, example="I10"),
            Column(_("名称"), "name", text(120), required=True),
            Column(_("上级代码"), "parent", text(40), help=_("上级在前")),
            Column(_("启用日期"), "valid_from", day),
            Column(_("停用日期"), "valid_until", day),
        ),
        save=_code,
        keys=(("system", "code"),),
        roles=ROLES,
        admits=keeps_platform,
    )
)


def specialties(cell: Cell) -> list[str]:
    """Return the specialty codes in a list of codes or names."""
    parse = code_in("specialty")
    return [parse(word) for word in several(cell)]


def _institution(values: Mapping[str, Any], by: Actor) -> Saved:
    known = _known(values)
    insist_keeper_of(by, known, values.get("is_authority"))
    insist_governed(by, known.region_id if known else _code_of(values.get("region")))
    if known and "region" in values:
        insist_governed(by, _code_of(values["region"]))
    if known is None:
        register_institution(by=by, **values)
        return Saved.CREATED
    return Saved.UPDATED if change_institution(known, by=by, **values) else Saved.UNCHANGED


def _code_of(region: Region | None) -> str | None:
    return region.pk if region else None


def _known(values: Mapping[str, Any]) -> Institution | None:
    """Return the institution a row is about: by unified code, else by licence number, else by name."""
    for name in ("unified_code", "licence_number", "name"):
        found = Institution.objects.filter(**{name: values[name]}).first() if values.get(name) else None
        if found:
            return found
    return None


def _choice(header: str | Promise, name: str, choices: Any, example: str = "") -> Column:
    words = meanings(choices)
    return Column(header, name, one_of(words), choices=tuple(words), example=example)


def _flag(header: str | Promise, name: str) -> Column:
    return Column(header, name, yes_no, choices=("是", "否"), help=_("不清楚请留空"))


sheets.add(
    Sheet(
        key="institutions",
        title=_("机构"),
        columns=(
            Column(_("机构名称"), "name", text(120), required=True, example="石桥乡卫生院"),
            Column(_("简称"), "short_name", text(40)),
            Column(_("统一社会信用代码"), "unified_code", lambda cell: text(18)(cell).upper(), help=_("18位")),
            Column(_("执业许可证登记号"), "licence_number", text(22)),
            Column(
                _("机构类别"), "category", code_in("institution-category"), help=_("代码或名称"), example="乡镇卫生院"
            ),
            _choice(_("等级"), "grade", Grade, "一级甲等"),
            _choice(_("所有制"), "ownership", Ownership, "公立"),
            Column(_("经济类型"), "economic_type", code_in("economic-type"), help=_("代码或名称"), example="国有全资"),
            _choice(_("行政隶属"), "affiliation", Affiliation),
            Column(_("区划代码"), "region", region, help=_("已登记的区划代码"), example="420106"),
            Column(_("地址"), "address", text(200)),
            Column(_("总机"), "phone", text(40)),
            LATITUDE,
            LONGITUDE,
            Column(_("诊疗科目"), "subjects", specialties, help=_("代码或名称，用顿号分隔"), example="03、04.01"),
            Column(_("编制床位"), "beds", whole(), help=_("整数")),
            Column(_("成立日期"), "founded_on", day, example="2001-05-01"),
            Column(_("执业许可日期"), "licensed_on", day),
            Column(_("法定代表人"), "legal_representative", text(60)),
            _flag(_("设门诊"), "has_outpatient"),
            _flag(_("设住院"), "has_inpatient"),
            _flag(_("医疗管理部门"), "has_medical_office"),
            _flag(_("护理管理部门"), "has_nursing_office"),
            _flag(_("院感管理部门"), "has_infection_office"),
            _flag(_("药剂管理部门"), "has_pharmacy_office"),
            _flag(_("卫生健康行政部门"), "is_authority"),
        ),
        save=_institution,
        keys=(("unified_code",), ("licence_number",), ("name",)),
        roles=ROLES,
        admits=governs_some,
    )
)
