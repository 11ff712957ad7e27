"""The registry's words for the audit, and the one place from which it writes there."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from yilian.kernel.access.actor import Actor
from yilian.kernel.almanac.keeping import distrust
from yilian.kernel.almanac.watching import is_watched
from yilian.kernel.audit import record
from yilian.kernel.audit.actions import Action, ObjectKind, actions, object_kinds

for _action in (
    Action("registered", _("登记")),
    Action("joined", _("建立知悉关系")),
    Action("revealed", _("查看原文")),
    Action("ended", _("终止")),
    Action("password_reset", _("重设密码")),
    Action("locked", _("锁定账号")),
    Action("unlocked", _("解锁账号")),
    Action("told_apart", _("判定不是同一人")),
    Action("reconsidered", _("撤销“不是同一人”的判定")),
):
    actions.add(_action)

for _kind in (
    ObjectKind("region", _("行政区划"), "/regions/{}/".format),
    ObjectKind("code", _("代码")),
    ObjectKind("institution", _("机构"), "/institutions/{}/".format),
    ObjectKind("department", _("科室")),
    ObjectKind("practitioner", _("医务人员")),
    ObjectKind("patient", _("患者"), "/patients/{}/".format),
    ObjectKind("consortium", _("医联体")),
    ObjectKind("membership", _("成员关系")),
    ObjectKind("grid", _("网格")),
    ObjectKind("sanction", _("处罚记录")),
    ObjectKind("attestation", _("条件确认")),
    ObjectKind("user", _("账号"), "/people/{}/".format),
    ObjectKind("post", _("岗位")),
):
    object_kinds.add(_kind)


def audit(
    by: Actor, action: str, row: models.Model, *, ground: str = "", detail: Mapping[str, Any] | None = None
) -> None:
    """Record what the actor did to a row of the registry; the detail names fields, never personal values.

    From here on this transaction reads the nouns anew.
    """
    if is_watched(row):
        distrust()
    record(by, action, object_kind=row._meta.model_name or "", object_id=row.pk, ground=ground, detail=detail)
