"""What must hold when a body is founded."""

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from yilian.domains.governance.bodies import rules as seats
from yilian.domains.governance.grounds import SEATED
from yilian.domains.governance.membership import actor_leads_the_consortium, consortium_is_running
from yilian.domains.governance.models import Body, BodyKind, Founding
from yilian.kernel import clock
from yilian.kernel.rules.rule import Verdict, rule
from yilian.registry.regulations import S0, S3, S4


@rule(_("同类机构只设一个，撤销后方可另设"), cite=SEATED)
def kind_is_free(founding: Founding) -> Verdict:
    if not founding.sort or founding.sort == BodyKind.OTHER or founding.consortium_id is None:
        return Verdict(True)
    there = Body.objects.filter(consortium=founding.consortium_id, kind=founding.sort, until_on=None).first()
    return Verdict(there is None, now("已有{name}").format(name=there))


@rule(_("席位应写明人员；机构外人员应写明所在企业或科研机构"), cite=(S0.article("模版 9"), SEATED))
def seats_are_named(founding: Founding) -> Verdict:
    return seats.are_named(founding.seats)


@rule(_("从名册选择的人员应是成员单位的在职人员"), cite=SEATED)
def people_are_of_members(founding: Founding) -> Verdict:
    return seats.come_from_members(founding.seats, founding.consortium_id)


@rule(_("一人在同一机构只占一席"), cite=SEATED)
def nobody_sits_twice(founding: Founding) -> Verdict:
    return seats.sit_once(founding.seats)


@rule(_("正职一名；理事会另设副职若干名"), cite=(S3.article("11"), SEATED))
def one_chair(founding: Founding) -> Verdict:
    return seats.have_one_chair(founding.seats, founding.sort)


@rule(
    _("考核工作小组由牵头医院院长、分管领导和医务、护理、人事、科教、财务、运管部门负责人及各成员单位负责人组成"),
    cite=S4.article("3.1"),
)
def assessment_group_is_complete(founding: Founding) -> Verdict:
    if founding.sort != BodyKind.ASSESSMENT:
        return Verdict(True)
    return seats.assessment_is_complete(founding.seats, founding.consortium_id, clock.today())


@rule(_("设立日期不晚于今天，任期止不早于设立日期"), cite=SEATED)
def days_are_in_order(founding: Founding) -> bool:
    since, until = founding.since_on, founding.term_until
    return since is None or (since <= clock.today() and (until is None or until >= since))


FOUNDING = (
    consortium_is_running,
    actor_leads_the_consortium,
    kind_is_free,
    seats_are_named,
    people_are_of_members,
    nobody_sits_twice,
    one_chair,
    assessment_group_is_complete,
    days_are_in_order,
)
