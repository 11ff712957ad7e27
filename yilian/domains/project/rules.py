"""What must hold when a project is applied for, decided, planned, carried out and evaluated."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from yilian.domains.project.deciding import LEADING
from yilian.domains.project.grounds import EVIDENCED, OTHERS, PLANNED, RESOLVED
from yilian.domains.project.models import Project
from yilian.domains.project.plan import Planned, costs, planned, total
from yilian.domains.project.reading import open_milestones, places, spent_on_line, standing_of
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.rules.rule import Verdict, rule
from yilian.kernel.workflow.answers import Answers
from yilian.registry.consortia import lead_of, members_of
from yilian.registry.models import Practitioner
from yilian.registry.regulations import S0
from yilian.registry.resolutions import sitting_for, under_way

APPLYING, DECIDING = S0.article("范本二 4.1"), S0.article("范本二 4.2")
TARGETS, DOING, EVALUATING = (S0.article(f"范本二 4.{n}") for n in (3, 4, 5))


def _members(project: Project) -> set[int]:
    rows = members_of(project.consortium_id, clock.today()) if project.consortium_id else []
    return {row.institution_id for row in rows}


@rule(_("项目由运行中的医联体的成员单位申请，与其他成员单位合作"), cite=APPLYING)
def members_cooperate(project: Project) -> Verdict:
    members, partners = _members(project), project.partners
    if project.applicant_id not in members:
        return Verdict(False, now("申请单位不是该医联体的成员"))
    if project.applicant_id in partners:
        return Verdict(False, now("合作单位中不应有申请单位"))
    if len(set(partners)) != len(partners):
        return Verdict(False, now("合作单位重复"))
    return Verdict(set(partners) <= members, now("合作单位中有非成员单位"))


@rule(_("医联体应有牵头单位，其办公室负责初筛"), cite=APPLYING)
def an_office_screens(project: Project) -> bool:
    return lead_of(project.consortium_id, clock.today()) is not None


@rule(_("结束日期应晚于开始日期，且不早于今天"), cite=PLANNED)
def days_follow(project: Project) -> bool:
    first, last = project.starts_on, project.ends_on
    return first is None or last is None or (first < last and last >= clock.today())


@rule(_("预算不小于零，精确到分"), cite=PLANNED)
def budget_is_money(project: Project) -> bool:
    return project.budget is None or _is_money(project.budget)


@rule(_("项目组成员应是申请单位或合作单位的在职人员"), cite=APPLYING)
def team_belongs(project: Project) -> Verdict:
    people = Practitioner.objects.filter(pk__in=project.team, ended_on=None)
    strange = [row.name for row in people if row.institution_id not in places(project)]
    return Verdict(not strange, now("、").join(strange))


@rule(_("全部合作单位确认参加后方可提请审议"), cite=APPLYING)
def partners_have_agreed(project: Project) -> Verdict:
    code = project.case_type.side("invited").code
    waiting = [row.institution.name for row in project.taking_part() if row.side == code]
    return Verdict(not waiting, now("尚未确认：{names}").format(names=now("、").join(waiting)))


def _last(project: Project, *verbs: str) -> set[int | None]:
    return set(project.history.filter(verb__in=verbs).values_list("actor_id", flat=True))


@rule(_("初筛、审批和评价不由项目申请经办人办理"), cite=OTHERS)
def actor_is_another(project: Project, actor: Actor) -> bool:
    return actor.is_system or actor.user_id not in _last(project, "submit", "submit_plan", "propose_change", "finish")


@rule(_("医联体设有领导小组等决策机构的，由其审议决定"), cite=(DECIDING, RESOLVED))
def no_body_decides(project: Project, actor: Actor) -> Verdict:
    sitting = None if actor.is_system else sitting_for(project, LEADING)
    return Verdict(sitting is None, now("请提请{name}审议").format(name=sitting.name if sitting else ""))


@rule(_("提请审议需有在位的决策机构"), cite=(DECIDING, RESOLVED))
def a_body_decides(project: Project) -> Verdict:
    return Verdict(sitting_for(project, LEADING) is not None, now("没有在位的机构，由牵头单位领导决定"))


@rule(_("同一事项不重复提请审议"), cite=RESOLVED)
def is_not_put_yet(project: Project) -> Verdict:
    number = under_way(project)
    return Verdict(not number, now("议案 {number} 正在办理").format(number=number))


@rule(_("阶段任务应在项目起止日期之内，名称不重复，由申请或合作单位的在职人员负责"), cite=(TARGETS, PLANNED))
def schedule_is_sound(project: Project) -> Verdict:
    rows = planned(project.schedule)
    last = project.new_end_on or project.ends_on
    people = Practitioner.objects.filter(pk__in=[row.responsible for row in rows], ended_on=None)
    owners = set(people.filter(institution__in=places(project)).values_list("pk", flat=True))
    bad = [row.title for row in rows if not _fits(row, project.starts_on, last) or row.responsible not in owners]
    titles = [row.title for row in rows]
    bad += sorted({title for title in titles if titles.count(title) > 1})
    return Verdict(not bad, now("、").join(dict.fromkeys(bad)))


def _fits(row: Planned, first: date | None, last: date | None) -> bool:
    return bool(first and last) and first <= row.starts_on <= row.due_on <= last  # type: ignore[operator]


@rule(_("计划至少有一项阶段任务"), cite=TARGETS)
def something_is_planned(project: Project, asked: bool = True) -> bool:
    return bool(project.schedule) or not asked


@rule(_("预算科目名称不重复，金额精确到分且不小于零"), cite=PLANNED)
def costs_are_sound(project: Project) -> Verdict:
    lines = costs(project.costs)
    titles = [line.title for line in lines]
    bad = {line.title for line in lines if not _is_money(line.amount) or titles.count(line.title) > 1}
    return Verdict(not bad, now("、").join(sorted(bad)))


def _is_money(amount: Decimal) -> bool:
    return amount >= 0 and amount == round(amount, 2)


@rule(_("预算科目合计应等于批准的预算"), cite=PLANNED)
def costs_meet_the_budget(project: Project, asked: bool = True) -> Verdict:
    found, budget = total(costs(project.costs)), project.budget or Decimal(0)
    words = now("合计 {found} 元，预算 {budget} 元").format(found=f"{found:,}", budget=f"{budget:,}")
    return Verdict(not asked or found == budget, words)


@rule(_("变更后的结束日期不早于今天，也不早于开始日期"), cite=PLANNED)
def new_end_is_to_come(project: Project, asked: bool = True) -> bool:
    day = project.new_end_on
    return not asked or day is None or (day >= clock.today() and (project.starts_on is None or day > project.starts_on))


@rule(_("各科目预算不少于已支出"), cite=PLANNED)
def costs_cover_what_is_spent(project: Project) -> Verdict:
    given = {line.title: line.amount for line in costs(project.costs)}
    short = [row.line.title for row in standing_of(project) if row.spent > given.get(row.line.title, Decimal(0))]
    return Verdict(not short, now("、").join(short))


@rule(_("超出批准预算的变更由决策机构决议；没有决策机构的由牵头单位领导批准"), cite=(DECIDING, RESOLVED))
def change_is_in_reach(project: Project, actor: Actor) -> Verdict:
    if actor.is_system or total(costs(project.costs)) <= (project.budget or 0):
        return Verdict(True)
    sitting = sitting_for(project, LEADING)
    if sitting is not None:
        return Verdict(False, now("请提请{name}审议").format(name=sitting.name))
    return Verdict(actor.may("director"), now("请牵头单位领导批准"))


@rule(_("所选阶段任务应在本项目执行中的计划之内"), cite=EVIDENCED)
def milestone_is_ours(project: Project, answers: Answers, asked: bool = True) -> bool:
    if not asked:
        return project.milestones.filter(dropped_by=0).exists()
    done = "reported" in answers.given
    rows = project.milestones.filter(pk=answers.get("reported" if done else "milestone"), dropped_by=0)
    return rows.filter(done_on__isnull=not done).exists()


@rule(_("所选预算科目应属于本项目"), cite=EVIDENCED)
def line_is_ours(project: Project, answers: Answers, asked: bool = True) -> bool:
    return project.lines.filter(**({"pk": answers.get("line")} if asked else {})).exists()


@rule(_("支出不超过该科目的余额；超出的先申请变更"), cite=PLANNED)
def line_has_enough_left(project: Project, answers: Answers, asked: bool = True) -> Verdict:
    line = project.lines.filter(pk=answers.get("line")).first() if asked else None
    if line is None:
        return Verdict(True)
    left = line.planned - spent_on_line(line)
    return Verdict((answers.get("amount") or 0) <= left, now("余额 {left} 元").format(left=f"{left:,}"))


@rule(_("冲减不超过该科目已支出的金额；金额精确到分，不为零"), cite=EVIDENCED)
def amount_is_sound(project: Project, answers: Answers, asked: bool = True) -> bool:
    amount = answers.get("amount") if asked else None
    if amount is None:
        return True
    line = project.lines.filter(pk=answers.get("line")).first()
    return amount != 0 and amount == round(amount, 2) and (line is None or amount + spent_on_line(line) >= 0)


@rule(_("支出日期、完成日期不晚于今天"), cite=EVIDENCED)
def day_has_come(project: Project, answers: Answers) -> bool:
    days = (answers.get(name) for name in ("spent_on", "done_on"))
    return all(day is None or day <= clock.today() for day in days)


@rule(_("结题前阶段任务应全部完成，或经批准取消"), cite=(DOING, PLANNED))
def nothing_is_open(project: Project) -> Verdict:
    titles = list(open_milestones(project).values_list("title", flat=True))
    return Verdict(not titles, now("未完成：{titles}").format(titles=now("、").join(titles)))


@rule(_("退回、不批准应写明理由"), cite=OTHERS)
def reason_is_told(project: Project, actor: Actor, answers: Answers, asked: bool = True) -> bool:
    return actor.is_system or not asked or bool(answers.get("return_reason"))


SUBMITTING = (members_cooperate, an_office_screens, days_follow, budget_is_money, team_belongs)
PLANNING = (something_is_planned, schedule_is_sound, costs_are_sound, costs_meet_the_budget)
CHANGING = (schedule_is_sound, costs_are_sound, new_end_is_to_come, costs_cover_what_is_spent)
REPORTING = (milestone_is_ours, day_has_come)
SPENDING = (line_is_ours, amount_is_sound, line_has_enough_left, day_has_come)
