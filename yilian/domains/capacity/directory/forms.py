"""The questions about a service."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from yilian.domains.capacity.directory.writing import LONGEST_WAIT
from yilian.domains.capacity.models import Direction, Service
from yilian.domains.capacity.models.service import OLDEST, TERMS
from yilian.kernel.workflow.flow import Ask
from yilian.registry import known
from yilian.registry.models import Code

WHAT, WHOM, HOW = _("服务内容"), _("接收对象"), _("办理")
SERVICE = (
    Ask("name", _("服务名称"), max_length=80, section=WHAT),
    Ask("department", _("科室"), "department", section=WHAT),
    Ask("subject", _("诊疗科目"), "code", source="specialty", required=False, section=WHAT),
    Ask("is_featured", _("一院一品（本机构的特色服务）"), "bool", required=False, section=WHAT),
    Ask("directions", _("接收方向"), "choices", choices=tuple(Direction.choices), section=WHOM),
    Ask("age_from", _("最小年龄（周岁）"), "int", required=False, minimum=0, maximum=OLDEST, section=WHOM),
    Ask("age_until", _("最大年龄（周岁）"), "int", required=False, minimum=0, maximum=OLDEST, section=WHOM,
        help=_("含该年龄；不填为不限。")),
    Ask("requirements", _("转入要求"), "longtext", required=False, max_length=2000, section=WHOM,
        help=_("须带的资料、须先做的检查、不能接收的情况。")),
    Ask("opening_hours", _("开放时间"), required=False, max_length=200, section=HOW),
    Ask("phone", _("联系电话"), required=False, max_length=40, section=HOW),
    Ask("claimed_wait", _("公布的等候天数"), "int", required=False, minimum=0, maximum=LONGEST_WAIT, section=HOW,
        help=_("本机构对外公布的等候时间，不是系统算出的。")),
)  # fmt: skip


def terms_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return answers as the terms of a service: rows for keys, the empty value of the column for what is left open."""
    terms = {name: values.get(name) for name in TERMS if name in values}
    for name in ("requirements", "opening_hours", "phone", "name"):
        if name in terms:
            terms[name] = (terms[name] or "").strip()
    if "department" in terms:
        terms["department"] = known.department(terms["department"]) if terms["department"] else None
    if "subject" in terms:
        terms["subject"] = Code.objects.filter(system="specialty", code=terms["subject"] or "").first()
    return terms


def answers_of(service: Service) -> dict[str, Any]:
    """Return a service as answers to its questions."""
    answers = {name: getattr(service, name) for name in TERMS}
    subject = service.subject.code if service.subject else ""
    return answers | {"department": service.department_id, "subject": subject}
