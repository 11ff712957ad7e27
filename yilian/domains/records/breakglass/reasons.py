"""Why documents are read without the patient's consent."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.rules.reasons import Reason, ReasonList, reason_lists

EMERGENCY = reason_lists.add(
    ReasonList(
        "records.emergency",
        _("紧急调阅原因"),
        (
            Reason("resuscitation", _("正在抢救，来不及取得授权")),
            Reason("unconscious", _("患者意识不清，不能表达意愿")),
            Reason("guardian_away", _("未成年或无行为能力，监护人无法及时联系")),
            Reason("public_event", _("突发公共事件救治")),
            Reason("other", _("其他危急情况")),
        ),
    )
).key
