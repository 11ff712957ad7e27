"""What must hold when a document is reviewed, approved, read and revised."""

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from yilian.domains.policy.grounds import EDITIONS, FOUR_EYES
from yilian.domains.policy.models import Audience, Policy, Receipt
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.rules.rule import Verdict, rule
from yilian.registry.consortia import is_member
from yilian.registry.regulations import S0, S4


def _last(policy: Policy, verb: str) -> int | None:
    line = policy.history.filter(verb=verb).order_by("-seq").first()
    return line.actor_id if line else None


@rule(_("部门代号由 2 至 6 个大写字母组成"), cite=EDITIONS)
def code_fits_the_scheme(policy: Policy) -> bool:
    code = policy.code
    return not code or (2 <= len(code) <= 6 and code.isascii() and code.isalpha() and code.isupper())


@rule(_("查阅范围超出本单位的，起草单位应是所选医联体的成员"), cite=(S4.article("文头"), EDITIONS))
def audience_can_be_reached(policy: Policy, actor: Actor) -> Verdict:
    if policy.audience == Audience.OWN:
        return Verdict(True)
    if policy.consortium_id is None:
        return Verdict(policy.audience == Audience.CHOSEN, now("请选择医联体"))
    return Verdict(is_member(policy.owner_id, policy.consortium_id, clock.today()), now("起草单位不是成员"))


@rule(_("审核者不是提交者"), cite=FOUR_EYES)
def reviewer_is_another(policy: Policy, actor: Actor) -> bool:
    return actor.user_id != _last(policy, "submit")


@rule(_("批准者不是提交者，也不是审核者"), cite=FOUR_EYES)
def approver_is_another(policy: Policy, actor: Actor) -> bool:
    return actor.user_id not in (_last(policy, "submit"), _last(policy, "review"))


@rule(_("每人对同一版只确认一次"), cite=EDITIONS)
def has_not_read(policy: Policy, actor: Actor) -> bool:
    return not Receipt.objects.filter(case=policy.pk, reader=actor.user_id).exists()


@rule(_("新版正在起草时不再另行修订"), cite=EDITIONS)
def no_edition_is_being_prepared(policy: Policy) -> bool:
    return policy.successor is None


SUBMITTING = (code_fits_the_scheme, audience_can_be_reached)
GROUND = (S4.article("文头"), S0.article("范本二 2.1"))
