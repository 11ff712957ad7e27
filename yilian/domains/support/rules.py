"""What must hold of a call before it is filed."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.support.models import SupportCall
from yilian.kernel import clock
from yilian.kernel.rules.rule import rule
from yilian.registry.consortia import lead_of, shared_consortia
from yilian.registry.regulations import S4

PLATFORM = S4.article("3.2.4")


@rule(_("求助单位应是该医联体的成员"), cite=PLATFORM)
def it_is_about_a_member(call: SupportCall) -> bool:
    return call.desk_id is not None and any(
        shared.pk == call.consortium_id for shared in shared_consortia(call.about_id, call.desk_id, clock.today())
    )


@rule(_("只有牵头单位能为其他单位代为登记"), cite=PLATFORM)
def others_call_for_themselves(call: SupportCall) -> bool:
    lead = lead_of(call.consortium_id, clock.today())
    return call.about_id == call.caller_id or (lead is not None and lead.pk == call.caller_id)


@rule(_("开始时间不能在将来"), cite=PLATFORM)
def trouble_has_begun(call: SupportCall) -> bool:
    return call.began_at is None or call.began_at <= clock.now()


FILING = (it_is_about_a_member, others_call_for_themselves, trouble_has_begun)
