"""What must hold when a member files an opinion and when it is answered (S4 7.2.4)."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.governance.membership import consortium_is_running, members_today
from yilian.domains.governance.models import Remark
from yilian.kernel.rules.rule import rule
from yilian.registry.regulations import S4


@rule(_("意见与建议由该医联体的成员单位向牵头单位提出"), cite=S4.article("7.2.4"))
def member_writes_to_the_lead(opinion: Remark) -> bool:
    is_member = opinion.member_id in members_today(opinion.consortium_id)
    return is_member and opinion.lead_id is not None and opinion.lead_id != opinion.member_id


FILING = (consortium_is_running, member_writes_to_the_lead)
