"""Coded reasons of the domain."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.rules.reasons import Reason, ReasonList, reason_lists

reason_lists.add(
    ReasonList(
        "alliance.return",
        _("退回补正原因"),
        (
            Reason("incomplete", _("材料不齐")),
            Reason("name", _("名称不规范")),
            Reason("coverage", _("覆盖区划有误")),
            Reason("charter", _("章程或协议需修改")),
            Reason("council", _("理事会组成不符合规定")),
            Reason("other", _("其他"), comment_required=True),
        ),
    )
)
reason_lists.add(
    ReasonList(
        "alliance.refuse",
        _("不同意设置原因"),
        (
            Reason("not_needed", _("与区域规划或实际需要不符"), comment_required=True),
            Reason("no_strength", _("牵头单位不具备专科优势")),
            Reason("not_ready", _("筹建情况经核实达不到要求")),
            Reason("not_allowed", _("依规不得设置"), comment_required=True),
            Reason("other", _("其他"), comment_required=True),
        ),
    )
)
reason_lists.add(
    ReasonList(
        "alliance.decline",
        _("不同意加入原因"),
        (
            Reason("conditions", _("不满足加入条件")),
            Reason("scope", _("业务与联盟专科或分工不符")),
            Reason("capacity", _("暂不具备带动能力")),
            Reason("other", _("其他"), comment_required=True),
        ),
    )
)
reason_lists.add(
    ReasonList(
        "alliance.exit",
        _("退出原因"),
        (
            Reason("own_wish", _("本单位自愿退出")),
            Reason("reorganised", _("机构分立、合并或撤销")),
            Reason("moved", _("调整加入其他医联体")),
            Reason("advised", _("经考核或协商劝退"), comment_required=True),
            Reason("other", _("其他"), comment_required=True),
        ),
    )
)
reason_lists.add(
    ReasonList(
        "alliance.plaque_end",
        _("终止挂牌原因"),
        (
            Reason("own_wish", _("成员单位自行交回")),
            Reason("misuse", _("超出集团范围使用"), comment_required=True),
            Reason("harm", _("损害牵头医院名誉"), comment_required=True),
            Reason("agreement", _("未按协议开展合作"), comment_required=True),
            Reason("other", _("其他"), comment_required=True),
        ),
    )
)
reason_lists.add(
    ReasonList(
        "alliance.stay_out",
        _("不同意参加原因"),
        (
            Reason("agreement", _("对章程或协议内容有异议"), comment_required=True),
            Reason("capacity", _("本单位暂不具备条件")),
            Reason("elsewhere", _("已有其他合作安排")),
            Reason("not_asked", _("列入前未与本单位协商")),
            Reason("other", _("其他"), comment_required=True),
        ),
    )
)
