"""Why a question to a specialist is not taken; offices may change and add to the list."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.rules.reasons import Reason, ReasonList, reason_lists

DECLINE = reason_lists.add(
    ReasonList(
        "advice.decline",
        _("咨询不受理原因"),
        (
            Reason("wrong_specialty", _("不属本专业")),
            Reason("no_specialist", _("暂无相应专业的医师")),
            Reason("in_person", _("须当面诊查，不宜书面答复"), comment_required=True),
            Reason("emergency", _("病情紧急，请直接转诊或呼叫急救"), comment_required=True),
            Reason("other", _("其他"), comment_required=True),
        ),
    )
).key
