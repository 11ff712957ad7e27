"""The errand's table of steps."""

from datetime import timedelta

from tests.sample.models import Errand
from tests.sample.models import State as S
from yilian.kernel import clock
from yilian.kernel.rules.parameter import Parameter, parameters
from yilian.kernel.rules.regulation import Decision
from yilian.kernel.rules.rule import Verdict, rule
from yilian.kernel.workflow.case_type import CaseType, Column, case_types
from yilian.kernel.workflow.flow import CLOCK, Ask, Deadline, Flow, Party, Side, Step

WHY = Decision("docs/adr/0001-a-kernel-that-knows-cases-rules-and-numbers.md", "只为试验")
parameters.add(Parameter("errand.answer_hours", "答复时限", 48, "h"))

SENDER, RECEIVER = Party("sender", "doctor", "reception"), Party("receiver", "reception")
FORM = (
    Ask("receiver", "对方机构", "institution"),
    Ask("wish", "所求", "longtext", max_length=500),
    Ask("wanted_on", "希望日期", "date", required=False),
    Ask("amount", "数量", "int", required=False, minimum=1, maximum=99),
    Ask("priority", "紧急程度", "int", required=False, minimum=1, maximum=3),
)


@rule("不能请托本机构", cite=WHY)
def receiver_is_another(errand) -> bool:
    return errand.receiver_id != errand.sender_id


@rule("希望日期不得早于明天", cite=WHY)
def is_not_in_haste(errand) -> Verdict:
    early = errand.wanted_on is not None and errand.wanted_on <= clock.today()
    return Verdict(not early, passes_on=clock.today() + timedelta(days=1) if early else None)


def note_result(moment) -> None:
    moment.set(result=f"{moment.answers.label('result')} ✓")


case_types.add(
    CaseType(
        key="errand",
        title="请托",
        group="试验",
        prefix="QT",
        model=Errand,
        states={
            S.DRAFT: (S.DRAFT.label, "default"),
            S.SENT: (S.SENT.label, "warning"),
            S.ACCEPTED: (S.ACCEPTED.label, "info"),
            S.DONE: (S.DONE.label, "success"),
            S.DECLINED: (S.DECLINED.label, "danger"),
            S.EXPIRED: (S.EXPIRED.label, "default"),
        },
        sides=(Side("sender", 1, "托方"), Side("receiver", 2, "受托方"), Side("former", 3, "原受托方")),
        flow=Flow(
            start=S.DRAFT,
            finals=(S.DONE, S.EXPIRED),
            steps=(
                Step("edit", "修改", S.DRAFT, S.DRAFT, SENDER, asks=FORM, duty=False),
                Step("send", "发出", S.DRAFT, S.SENT, SENDER, needs=(receiver_is_another, is_not_in_haste),
                     completes=True, convenes=True, style="primary"),
                Step("accept", "接受", S.SENT, S.ACCEPTED, RECEIVER, style="primary"),
                Step("decline", "谢绝", S.SENT, S.DECLINED, RECEIVER, asks=(Ask("why", "原因", "text"),)),
                Step("redirect", "改托", (S.SENT, S.DECLINED), S.SENT, SENDER, duty=False, convenes=True,
                     needs=(receiver_is_another,), asks=(Ask("receiver", "新的对方", "institution"),)),
                Step("give_up", "放弃", S.DECLINED, S.DONE, SENDER),
                Step("finish", "办结", S.ACCEPTED, S.DONE, RECEIVER, then=(note_result,),
                     asks=(Ask("result", "结果", "longtext"), Ask("report", "报告", "file", required=False),
                           Ask("department", "办理科室", "department", required=False))),
                Step("expire", "超时关闭", S.SENT, S.EXPIRED, CLOCK),
            ),
            deadlines=(Deadline(S.SENT, "errand.answer_hours", lapse="expire"),),
        ),
        opens=(SENDER,),
        form=FORM,
        parties_from={"receiver": "receiver"},
        former="former",
        priorities=((1, "危急", "danger"), (2, "加急", "warning"), (3, "普通", "default")),
        heading=lambda errand: errand.wish[:20] or "未写明的请托",
        columns=(Column("number", "编号"), Column("wish", "所求"), Column("receiver", "对方", "institution")),
        main_states=(S.DRAFT, S.SENT, S.ACCEPTED, S.DONE),
        refusals={"errand_not_forbidden": "此类请托不能受理，请另选"},
        help="向另一机构请求一件事，只用于试验。",
    )
)  # fmt: skip
