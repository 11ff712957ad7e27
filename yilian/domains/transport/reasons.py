"""The coded reasons of transports, as they are shipped; offices may change and add to them."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.rules.reasons import Reason, ReasonList, reason_lists

TURN_BACK, CANCEL = "transport.turn_back", "transport.cancel"
OTHER = Reason("other", _("其他"), comment_required=True)

for _list in (
    ReasonList(
        TURN_BACK,
        _("折返或改送原因"),
        (
            Reason("worse", _("病情变化，须就近救治")),
            Reason("unfit", _("病情不宜继续转运")),
            Reason("refused", _("转入方不能接收")),
            Reason("patient_wish", _("患者或家属要求")),
            Reason("road", _("道路或天气原因")),
            Reason("vehicle", _("车辆故障")),
            OTHER,
        ),
    ),
    ReasonList(
        CANCEL,
        _("取消转运原因"),
        (
            Reason("replanned", _("改为其他转运方式")),
            Reason("unfit", _("病情不宜转运")),
            Reason("no_vehicle", _("车辆或人员不能到位")),
            Reason("patient_wish", _("患者或家属要求")),
            OTHER,
        ),
    ),
):
    reason_lists.add(_list)
