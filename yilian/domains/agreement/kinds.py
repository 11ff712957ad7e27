"""The kinds of clauses whose proof lies in this domain's own rows or in the house's obligations."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.domains.agreement.checking import reported
from yilian.kernel.deadlines.obligation import Evidence, Subject, obligations
from yilian.kernel.workflow.flow import Ask
from yilian.registry.applying import Offer, Question, Topic, topics
from yilian.registry.clauses import ClauseKind, Duty, Proof, Row, clause_kind, clause_kinds
from yilian.registry.regulations import S0, S4

JOINT_MEETING = "governance.joint_meeting"
EVERY = Ask(
    "every", gettext_lazy("周期"), "choice", initial="year",
    choices=(("month", gettext_lazy("每月")), ("quarter", gettext_lazy("每季度")),
             ("half-year", gettext_lazy("每半年")), ("year", gettext_lazy("每年"))),
)  # fmt: skip
TIMES = Ask("times", gettext_lazy("次数"), "int", minimum=1, maximum=366, initial=1)
PROVIDER = Ask("provider", gettext_lazy("提供方"), "institution")


def price(terms: Mapping[str, Any], question: Question) -> Offer | None:
    """Return the price of an item that the question speaks of."""
    if not _speaks_of(terms, question):
        return None
    amount = Decimal(str(terms.get("amount") or 0))
    shown = _("每{unit} {amount} 元").format(unit=terms.get("unit", ""), amount=amount)
    return Offer(amount, shown, str(terms.get("item", "")))


def waiver(terms: Mapping[str, Any], question: Question) -> Offer | None:
    """Return how much of the fee for an item is waived."""
    if not _speaks_of(terms, question):
        return None
    share = Decimal(str(terms.get("share") or 0))
    return Offer(share, _("减免 {share}%").format(share=share), str(terms.get("item", "")))


def _speaks_of(terms: Mapping[str, Any], question: Question) -> bool:
    item, subject = str(terms.get("item", "")), question.subject.strip()
    return not subject or subject in item or item in subject


topics.add(Topic("price", gettext_lazy("价格")))
topics.add(Topic("waiver", gettext_lazy("费用减免")))

clause_kinds.add(
    ClauseKind("general", gettext_lazy("一般条款"), S0.article("管理制度 14"),
               help=gettext_lazy("只有文字，没有可核对的数值"))
)  # fmt: skip
clause_kinds.add(
    ClauseKind(
        "price", gettext_lazy("协作价格"), S0.article("要目 5"), topic="price", offers=price,
        asks=(Ask("item", gettext_lazy("项目"), max_length=80),
              Ask("amount", gettext_lazy("金额（元）"), "decimal", minimum=0, maximum=10_000_000),
              Ask("unit", gettext_lazy("计价单位"), max_length=20)),
        help=gettext_lazy("各方之间结算的价格；有结算数据后才能核对"),
    )
)  # fmt: skip
clause_kinds.add(
    ClauseKind(
        "waiver", gettext_lazy("费用减免"), S4.article("3.2.3"), topic="waiver", offers=waiver,
        asks=(Ask("item", gettext_lazy("项目"), max_length=80),
              Ask("share", gettext_lazy("减免比例（%）"), "decimal", minimum=0, maximum=100, initial=100)),
        help=gettext_lazy("进修、短期学习免收费用等；有结算数据后才能核对"),
    )
)  # fmt: skip


@clause_kind("meeting", gettext_lazy("联席会议"), cite=S4.article("3.3"), asks=(TIMES, EVERY), met_early=True,
             help=gettext_lazy("以登记召开的联席会议为准"))  # fmt: skip
def meetings(duties: Sequence[Duty], on: date) -> Mapping[str, Proof]:
    """Joint meetings of the consortium that were held; read once for each consortium and period."""
    obligation, known, found = obligations.get(JOINT_MEETING), {}, {}
    for duty in duties:
        span = (duty.consortium_id, duty.first, duty.last)
        if span not in known:
            subject = Subject(f"consortium:{span[0]}", "", duty.first, consortium_id=duty.consortium_id)
            known[span] = obligation.evidence(subject, duty.first, duty.last) if obligation and span[0] else None
        found[duty.key] = _held(duty, known[span])
    return found


def _held(duty: Duty, evidence: Sequence[Evidence] | None) -> Proof:
    if evidence is None:
        return Proof(None, _("系统中没有会议记录"))
    wanted = int(duty.terms.get("times") or 1)
    rows = tuple(Row(f"{one.on} {one.label}", one.url) for one in evidence)
    return Proof(len(rows) >= wanted, _("应召开 {wanted} 次，已召开 {n} 次").format(wanted=wanted, n=len(rows)), rows)


@clause_kind(
    "quota", gettext_lazy("名额与派员"), cite=S4.article("3.2.3"), met_early=True,
    asks=(Ask("what", gettext_lazy("内容"), "choice", initial="training",
              choices=(("training", gettext_lazy("接收进修")), ("short", gettext_lazy("接收短期学习")),
                       ("residents", gettext_lazy("接收送培医师")), ("team", gettext_lazy("派出技术团队")),
                       ("support", gettext_lazy("派驻支援人员")))),
          PROVIDER, Ask("places", gettext_lazy("人数或人次"), "int", minimum=1, maximum=10_000, initial=1), EVERY,
          Ask("is_free", gettext_lazy("免收费用"), "bool", initial="true")),
    help=gettext_lazy("以各方登记的履约情况为准"),
)  # fmt: skip
def quotas(duties: Sequence[Duty], on: date) -> Mapping[str, Proof]:
    """What parties recorded as done; nothing ever recorded is unknown, not zero."""
    found = {}
    for duty, total in zip(duties, reported.fulfilled(duties), strict=True):
        wanted = int(duty.terms.get("places") or 1)
        if not total.is_kept_at_all:
            found[duty.key] = Proof(None, _("尚未登记过履约情况"))
            continue
        text = _("约定 {wanted}，已登记 {n}").format(wanted=wanted, n=total.amount)
        found[duty.key] = Proof(total.amount >= wanted, text, total.rows)
    return found


@clause_kind(
    "data", gettext_lazy("数据与资料"), cite=S4.article("3.2.4"), met_early=True,
    asks=(Ask("what", gettext_lazy("提供什么"), max_length=120), PROVIDER, EVERY),
    help=gettext_lazy("以提供方在协议中上传的“按协议提供的数据或资料”附件为准"),
)  # fmt: skip
def deliveries(duties: Sequence[Duty], on: date) -> Mapping[str, Proof]:
    """Files that the providing party hung on the agreement in the period."""
    found = {}
    for duty, files in zip(duties, reported.delivered(duties), strict=True):
        text = _("本期已提供 {n} 份").format(n=len(files)) if files else _("本期没有提供")
        found[duty.key] = Proof(bool(files), text, files)
    return found
