"""How members are assessed in the demo: a half-year published in an alliance, a quarter of the city group open."""

from datetime import date, timedelta

from yilian.config.demo.acting import opened, taken
from yilian.config.demo.consortia import ALLIANCES, CITY_GROUP, Founder
from yilian.domains.assessment.models import Sheet
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.scope import scope
from yilian.kernel.clock.periods import Period, add_months, period_of
from yilian.registry.models import Consortium

BONES = ALLIANCES[1][0]
MARKS = {"grades": ("full", "full", "half", "full", "none"), "match": ("yes",), "veto": ("no",)}
"""What is marked in turn, by the way of scoring; each member begins one further on."""
PUBLISHED_DAYS_AGO, OPENED_DAYS_AGO = 40, 9
GAPS = "部分指标本期无记录，按方案不计入。"


def bring_assessments(founder: Founder, today: date) -> None:
    """Publish the last half-year with a plan to improve, and leave the last quarter open with an objection."""
    with clock.standing_at(clock.now() - timedelta(days=PUBLISHED_DAYS_AGO)):
        _published(founder, BONES, period_of(add_months(today, -6), 6))
    with clock.standing_at(clock.now() - timedelta(days=OPENED_DAYS_AGO)):
        _under_review(founder, CITY_GROUP, period_of(add_months(today, -3), 3))


def _started(founder: Founder, name: str, period: Period) -> tuple[Actor, list[Sheet]]:
    """Start and lock a period as the lead; return the lead and the sheets, which know their period."""
    group = Consortium.objects.get(name=name)
    lead = founder.office[group.lead_id]
    facts = {"consortium": group.pk, "first_on": period.first, "last_on": period.last}
    case = taken(opened("assessment_period", lead, **facts, basis="按季度分析、按半年考核。"), "start", lead)
    taken(case, "lock", lead, gaps_note=GAPS)
    with scope(lead):
        return lead, list(Sheet.objects.filter(period=case.pk).select_related("period__authority").order_by("number"))


def _published(founder: Founder, name: str, period: Period) -> None:
    lead, sheets = _started(founder, name, period)
    case = sheets[0].period
    authority = founder.authorities[case.authority_id]
    done = [
        _settled(sheet, founder.office[sheet.member_id], lead, authority, turn) for turn, sheet in enumerate(sheets)
    ]
    taken(case, "publish", authority)
    worst = min(done, key=lambda sheet: sheet.total or 0)
    measure = {"problem": "培训按计划完成不足", "measure": "下季度补齐进修和带教计划"}
    taken(worst, "plan", lead, plan=[measure], plan_due_on=clock.today() + timedelta(days=90))


def _settled(sheet: Sheet, member: Actor, lead: Actor, authority: Actor, turn: int) -> Sheet:
    """Bring a sheet from self-assessment to its final score."""
    marked = _marked(taken(sheet, "submit", member, self_report="已对照方案逐项自查。"), lead, turn)
    passed = taken(marked, "pass_on", lead, opinion="资料齐全，评定如表。")
    return taken(taken(passed, "draft", authority), "accept", member)


def _under_review(founder: Founder, name: str, period: Period) -> None:
    lead, sheets = _started(founder, name, period)
    own, other = sheets[:2]
    member = founder.office[other.member_id]
    taken(other, "claim", member, item="county_plan", mark="full", basis="年初已印发实施方案")
    taken(other, "question", member, item="county_down", text="七月有两例下转未登记，请核对。")
    taken(other, "submit", member, self_report="已对照方案逐项自查，一项数据有异议。")
    _marked(taken(own, "submit", lead, self_report="已自查。"), lead, 0)


def _marked(sheet: Sheet, lead: Actor, turn: int) -> Sheet:
    """Let the lead mark every line that people judge."""
    with scope(lead):
        items = [item for item in sheet.period.items if item["kind"] in MARKS]
    for at, item in enumerate(items):
        choices = MARKS[item["kind"]]
        sheet = taken(sheet, "judge", lead, item=item["key"], mark=choices[(at + turn) % len(choices)])
    return sheet
