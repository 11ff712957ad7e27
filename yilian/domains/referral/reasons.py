"""The coded reasons of referrals, as they are shipped; offices may change and add to them."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.rules.reasons import Reason, ReasonList, reason_lists

UP = "referral.up"
DOWN = "referral.down"
DECLINE = "referral.decline"
REDIRECT = "referral.redirect"
INFORMATION = "referral.information"
CANCEL = "referral.cancel"
NO_SHOW = "referral.no_show"
HOLD = "referral.hold"
FAILURE = "referral.failure"
EMERGENCY = "referral.emergency"
FOLLOWUP_MISSED = "referral.followup_missed"
PATIENT_DECLINES = "patient_declines"

OTHER = Reason("other", _("其他"), comment_required=True)

for _list in (
    ReasonList(
        EMERGENCY,
        _("启用应急模式的原因"),
        (
            Reason("mass_casualty", _("群体性伤亡事件")),
            Reason("epidemic", _("突发公共卫生事件")),
            Reason("disaster", _("自然灾害或事故灾难")),
            Reason("surge", _("急危重症患者集中，超出日常接诊能力")),
            Reason("drill", _("应急演练")),
            OTHER,
        ),
    ),
    ReasonList(
        UP,
        _("上转与平转原因"),
        (
            Reason("beyond_capability", _("超出本机构诊疗能力")),
            Reason("no_equipment", _("本机构缺少所需设备或检查")),
            Reason("critical", _("急危重症需上级救治")),
            Reason("unclear_diagnosis", _("诊断不明需进一步检查")),
            Reason("poor_response", _("治疗效果不佳或病情加重")),
            Reason("surgery", _("需手术或介入治疗")),
            Reason("specialty", _("需专科诊治")),
            Reason("notifiable", _("依法须由定点机构收治")),
            Reason("no_bed", _("本机构暂无床位")),
            Reason("patient_wish", _("患者要求")),
            OTHER,
        ),
    ),
    ReasonList(
        DOWN,
        _("下转原因"),
        (
            Reason("stable", _("急性期后病情稳定")),
            Reason("rehabilitation", _("需继续康复治疗")),
            Reason("nursing", _("需长期护理")),
            Reason("chronic", _("诊断明确，慢性病长期管理")),
            Reason("after_surgery", _("术后恢复与换药")),
            Reason("palliative", _("安宁疗护")),
            Reason("patient_wish", _("患者要求回当地")),
            OTHER,
        ),
    ),
    ReasonList(
        DECLINE,
        _("拒收原因"),
        (
            Reason("no_capacity", _("暂无床位或号源"), suggests_next=True),
            Reason("beyond_capability", _("超出本机构诊疗能力"), suggests_next=True),
            Reason("wrong_specialty", _("不属本机构诊疗科目"), suggests_next=True),
            Reason("no_indication", _("不符合转诊指征"), comment_required=True),
            Reason("incomplete", _("资料不全且未按要求补充")),
            Reason("unfit", _("病情不宜转运"), comment_required=True),
            OTHER,
        ),
    ),
    ReasonList(
        REDIRECT,
        _("改转原因"),
        (
            Reason("declined", _("原转入机构拒收")),
            Reason("no_answer", _("原转入机构未答复")),
            Reason("condition", _("病情变化")),
            Reason("better_place", _("其他机构更合适")),
            Reason("patient_wish", _("患者要求")),
            OTHER,
        ),
    ),
    ReasonList(
        INFORMATION,
        _("须补充的资料"),
        (
            Reason("results", _("检查检验结果")),
            Reason("images", _("影像资料")),
            Reason("history", _("病史与治疗经过")),
            Reason("medication", _("用药情况")),
            Reason("consent", _("知情同意")),
            Reason("identity", _("身份与医保信息")),
            OTHER,
        ),
    ),
    ReasonList(
        CANCEL,
        _("撤回原因"),
        (
            Reason("improved", _("病情好转，无须转诊")),
            Reason(PATIENT_DECLINES, _("患者不愿转诊")),
            Reason("duplicate", _("重复转诊")),
            Reason("treated_elsewhere", _("已在其他机构就诊")),
            Reason("mistake", _("填写有误，重新转诊")),
            OTHER,
        ),
    ),
    ReasonList(
        NO_SHOW,
        _("未到诊原因"),
        (
            Reason("unreachable", _("联系不上患者")),
            Reason(PATIENT_DECLINES, _("患者不愿就诊")),
            Reason("transport", _("交通或天气原因")),
            Reason("condition", _("病情变化不能前往")),
            Reason("treated_elsewhere", _("已在其他机构就诊")),
            OTHER,
        ),
    ),
    ReasonList(
        HOLD,
        _("暂停原因"),
        (
            Reason("transport_unfit", _("病情不宜转运")),
            Reason("no_transport", _("暂无转运条件")),
            Reason("patient_wish", _("患者要求暂缓")),
            OTHER,
        ),
    ),
    ReasonList(
        FAILURE,
        _("未能完成原因"),
        (
            Reason("died", _("患者死亡"), cancels_all=True),
            Reason("left", _("患者自动离院")),
            Reason("treated_elsewhere", _("已在其他机构就诊")),
            Reason("lost", _("失去联系")),
            OTHER,
        ),
    ),
    ReasonList(
        FOLLOWUP_MISSED,
        _("未随访原因"),
        (
            Reason("unreachable", _("联系不上")),
            Reason("refused", _("拒绝随访")),
            Reason("moved", _("迁出")),
            Reason("died", _("死亡"), cancels_all=True),
            Reason("hospitalised", _("住院中")),
            OTHER,
        ),
    ),
):
    reason_lists.add(_list)
