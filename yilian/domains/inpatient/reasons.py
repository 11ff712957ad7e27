"""Why a patient who meets an indication is not sent down, as shipped; offices may change and add to them."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.rules.reasons import Reason, ReasonList, reason_lists

UNFIT = "inpatient.unfit"

reason_lists.add(
    ReasonList(
        UNFIT,
        _("暂不适合下转的原因"),
        (
            Reason("unstable", _("病情尚不稳定")),
            Reason("treatment_goes_on", _("治疗须在本机构完成")),
            Reason("patient_declines", _("患者或家属不同意")),
            Reason("no_place", _("没有能接续的机构")),
            Reason("goes_home", _("可直接出院回家")),
            Reason("other", _("其他"), comment_required=True),
        ),
    )
)
