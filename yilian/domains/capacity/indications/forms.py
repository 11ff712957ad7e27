"""The questions about an indication."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from yilian.domains.capacity.models import Direction, Indication
from yilian.domains.capacity.models.indication import ADVICE
from yilian.kernel.workflow.flow import Ask
from yilian.registry.models import Code

INDICATION = (
    Ask("direction", _("方向"), "choice", choices=tuple(Direction.choices)),
    Ask("condition", _("指征"), "longtext", max_length=300),
    Ask("diagnoses", _("适用诊断"), required=False, max_length=200,
        help=_("ICD-10 编码或其开头，用空格分隔，如 I21 I22；不填适用于所有诊断。")),
    Ask("subject", _("诊疗科目"), "code", source="specialty", required=False),
    Ask("source", _("依据"), required=False, max_length=300, help=_("文件名称与文号，或会议决定。")),
    Ask("is_confirmed", _("本医联体已核定"), "bool", required=False, help=_("未勾选的标为“待本地核定”。")),
)  # fmt: skip


def advice_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return answers as what an indication says."""
    advice = {name: values.get(name) for name in ADVICE if name in values}
    if "diagnoses" in advice:
        given = advice["diagnoses"] or ""
        advice["diagnoses"] = [code for code in re.split(r"[\s、,，;；]+", given) if code]
    if "subject" in advice:
        advice["subject"] = Code.objects.filter(system="specialty", code=advice["subject"] or "").first()
    for name in ("source", "condition"):
        if name in advice:
            advice[name] = (advice[name] or "").strip()
    return advice | ({"is_confirmed": bool(advice["is_confirmed"])} if "is_confirmed" in advice else {})


def answers_of(row: Indication) -> dict[str, Any]:
    """Return an indication as answers to its questions."""
    answers = {name: getattr(row, name) for name in ADVICE}
    subject = row.subject.code if row.subject else ""
    return answers | {"diagnoses": " ".join(row.diagnoses), "subject": subject}
