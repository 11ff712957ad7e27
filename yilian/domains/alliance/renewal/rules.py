"""What a renewal of a council must fulfil (S3 11)."""

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from yilian.domains.alliance.grounds import IN_ORDER
from yilian.domains.alliance.models import Council, Renewal
from yilian.domains.alliance.rules_of_consortia import actor_leads_the_consortium, consortium_is_running, one_chair
from yilian.kernel.rules.rule import Verdict, rule
from yilian.registry.regulations import S3


@rule(_("理事会设理事长一名、副理事长若干名"), cite=S3.article("11"))
def council_has_one_chair(renewal: Renewal) -> Verdict:
    return one_chair(renewal.seats)


@rule(_("新一届任期应在上一届开始之后"), cite=IN_ORDER)
def term_follows_the_last(renewal: Renewal) -> Verdict:
    last = Council.objects.filter(consortium=renewal.consortium_id).first() if renewal.consortium_id else None
    if last is None or renewal.council_since is None:
        return Verdict(renewal.council_since is not None)
    return Verdict(renewal.council_since > last.since_on, now("上一届自 {day} 起").format(day=last.since_on))


ADOPTING = (consortium_is_running, actor_leads_the_consortium, council_has_one_chair, term_follows_the_last)
