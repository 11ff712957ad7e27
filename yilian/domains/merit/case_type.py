"""The merit or penalty as a case type: its words, sides and columns; the table of steps is in flow.py."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.merit import effects
from yilian.domains.merit.flow import FORM, PROPOSER, flow
from yilian.domains.merit.models import Merit
from yilian.domains.merit.models import MeritState as S
from yilian.domains.merit.panels import PANELS
from yilian.domains.merit.rules import amount_is_in_bounds
from yilian.kernel.workflow.case_type import CaseType, Column, case_types
from yilian.kernel.workflow.flow import Side

TONES = {
    S.DRAFT: "default", S.EXAMINING: "warning", S.HEARING: "warning", S.DECIDING: "warning", S.AWARDING: "warning",
    S.SERVED: "info", S.APPEALED: "violet", S.FINAL: "primary", S.OWING: "warning", S.IN_FORCE: "success",
    S.EXPIRED: "default", S.REVOKED: "default", S.DISMISSED: "default", S.WITHDRAWN: "default",
}  # fmt: skip

merit_type = case_types.add(
    CaseType(
        key="merit",
        title=_("奖惩"),
        group=_("医联体治理"),
        prefix="JC",
        model=Merit,
        states={state: (state.label, tone) for state, tone in TONES.items()},
        sides=(
            Side("proposer", 1, _("提出单位")),
            Side("office", 2, _("办理单位")),
            Side("subject", 3, _("当事单位")),
            Side("member", 4, _("成员单位")),
        ),
        flow=flow,
        opens=(PROPOSER,),
        form=FORM,
        opening=(amount_is_in_bounds,),
        parties_from={"office": "office"},
        oversight=effects.audience,
        derives=effects.follows,
        heading=effects.heading,
        columns=(
            Column("nature", _("性质")),
            Column("measure", _("奖惩措施")),
            Column("target", _("对象单位"), "institution"),
            Column("person_name", _("对象个人")),
            Column("ground", _("事由")),
            Column("published_on", _("公布日期"), "date"),
            Column("expires_on", _("届满日期"), "date"),
            Column("amount", _("金额（元）"), "number", shown=False),
            Column("points", _("考核分值"), "number", shown=False),
        ),
        panels=PANELS,
        main_states=(S.DRAFT, S.EXAMINING, S.FINAL, S.IN_FORCE),
        in_menu=False,
        icon="award",
        verb_new=_("提出奖惩"),
        help=_(
            "依奖惩目录提出，附佐证；惩罚先听取当事单位陈述申辩，由有权机构决定，可以申诉；"
            "生效后向全体成员单位公布，届满失效。考核加减分自公布起计入当期考核。"
        ),
    )
)
