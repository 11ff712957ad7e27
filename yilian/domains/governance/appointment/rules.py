"""What must hold when somebody is nominated and appointed."""

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from yilian.domains.governance.bodies import rules as seats
from yilian.domains.governance.bodies.seating import sitting
from yilian.domains.governance.grounds import IN_ORDER, SEATED
from yilian.domains.governance.membership import actor_leads_the_consortium, consortium_is_running
from yilian.domains.governance.models import Appointment, BodyKind, Change, Matter, Motion, Outcome, Position, Way
from yilian.kernel import clock
from yilian.kernel.rules.rule import Verdict, rule
from yilian.registry.regulations import S0, S3, S4


@rule(_("机构应属于该医联体且未撤销"), cite=SEATED)
def body_is_running(appointment: Appointment) -> bool:
    body = appointment.body
    return body is None or (body.consortium_id == appointment.consortium_id and body.until_on is None)


@rule(_("席位应写明人员；机构外人员应写明所在企业或科研机构"), cite=(S0.article("模版 9"), SEATED))
def seats_are_named(appointment: Appointment) -> Verdict:
    return seats.are_named(appointment.seats)


@rule(_("从名册选择的人员应是成员单位的在职人员"), cite=SEATED)
def people_are_of_members(appointment: Appointment) -> Verdict:
    return seats.come_from_members(appointment.seats, appointment.consortium_id)


@rule(_("一人在同一机构只占一席"), cite=SEATED)
def nobody_sits_twice(appointment: Appointment) -> Verdict:
    found = seats.sit_once(appointment.seats)
    if not found.holds or appointment.change != Change.FILL or appointment.body is None:
        return found
    there = {seat.person_id: seat.name for seat in sitting(appointment.body.pk, clock.today()) if seat.person_id}
    double = [there[row["person"]] for row in appointment.seats if row.get("person") in there]
    return Verdict(not double, now("已在该机构任职：{names}").format(names=now("、").join(double)))


@rule(_("正职一名；理事会换届另设副职若干名"), cite=(S3.article("11"), SEATED))
def one_chair(appointment: Appointment) -> Verdict:
    body = appointment.body
    if body is None or appointment.change == Change.VACATE:
        return Verdict(True)
    if appointment.change == Change.TERM:
        return seats.have_one_chair(appointment.seats, body.kind)
    chairs = [row for row in appointment.seats if row.get("position") == Position.CHAIR]
    there = sitting(body.pk, clock.today()).filter(position=Position.CHAIR).first()
    return Verdict(len(chairs) + (there is not None) <= 1, now("现任正职是{name}").format(name=there))


@rule(_("考核工作小组的组成应符合规定"), cite=S4.article("3.1"))
def assessment_group_is_complete(appointment: Appointment) -> Verdict:
    body = appointment.body
    if body is None or body.kind != BodyKind.ASSESSMENT or appointment.change != Change.TERM:
        return Verdict(True)
    return seats.assessment_is_complete(appointment.seats, appointment.consortium_id, clock.today())


@rule(_("免去的席位应在该机构现任"), cite=SEATED)
def leaving_sit_there(appointment: Appointment) -> bool:
    if appointment.change != Change.VACATE or appointment.body is None:
        return True
    there = {seat.pk for seat in sitting(appointment.body.pk, clock.today())}
    return bool(appointment.leaving) and set(appointment.leaving) <= there


@rule(_("生效日期应晚于现任席位的任期起始日期，任期止不早于生效日期"), cite=SEATED)
def days_are_in_order(appointment: Appointment) -> bool:
    since, until, body = appointment.since_on, appointment.term_until, appointment.body
    if since is None or body is None:
        return since is not None
    begun = [seat.since_on for seat in sitting(body.pk, clock.today()) if _ends(seat.pk, appointment)]
    return all(day < since for day in begun) and since >= body.since_on and (until is None or until >= since)


def _ends(seat_id: int, appointment: Appointment) -> bool:
    return appointment.change == Change.TERM or seat_id in appointment.leaving


@rule(_("按产生方式作出决定后任免：表决选举的议案已通过，或牵头单位写明决定"), cite=(S3.article("11"), IN_ORDER))
def it_is_decided(appointment: Appointment) -> Verdict:
    if appointment.way == Way.DECISION:
        return Verdict(bool(appointment.decision.strip()), now("请在修改中写明决定"))
    passed = Motion.objects.filter(matter=Matter.SEATS, nomination=appointment.pk, outcome=Outcome.PASSED).exists()
    return Verdict(passed, now("尚无通过的席位任免议案"))


NOMINATING = (
    consortium_is_running,
    actor_leads_the_consortium,
    body_is_running,
    seats_are_named,
    people_are_of_members,
    nobody_sits_twice,
    one_chair,
    assessment_group_is_complete,
    leaving_sit_there,
    days_are_in_order,
)
APPOINTING = (
    consortium_is_running,
    body_is_running,
    people_are_of_members,
    nobody_sits_twice,
    one_chair,
    leaving_sit_there,
    days_are_in_order,
    it_is_decided,
)
