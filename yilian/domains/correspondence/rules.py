"""What must hold when a letter is signed and sent."""

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from yilian.domains.correspondence.effects import receivers
from yilian.domains.correspondence.models import Letter, Sort
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.rules.regulation import Decision
from yilian.kernel.rules.rule import Verdict, rule
from yilian.registry.consortia import is_member

_PATH = "docs/adr/0183-a-letter-is-sent-to-institutions-and-signed-by-another.md"
FOUR_EYES = Decision(_PATH, _("拟稿与签发分开，公文才经得起追问"))
REACHES = Decision(_PATH, _("公文送达登记的机构，由其签收"))


@rule(_("签发人不是拟稿送签的人"), cite=FOUR_EYES)
def signer_is_another(letter: Letter, actor: Actor) -> bool:
    line = letter.history.filter(verb="submit").order_by("-seq").first()
    return line is None or line.actor_id != actor.user_id


@rule(_("应写明主送单位，或选择发文单位所在的医联体"), cite=REACHES)
def reaches_somebody(letter: Letter) -> Verdict:
    today = clock.today()
    if letter.consortium_id and not letter.addressees and not is_member(letter.issuer_id, letter.consortium_id, today):
        return Verdict(False, now("发文单位不是该医联体的成员"))
    return Verdict(bool(receivers(letter)), now("没有可送达的单位"))


@rule(_("公示应写明截止日期，且不早于今天"), cite=REACHES)
def publication_has_an_end(letter: Letter) -> bool:
    if letter.sort != Sort.PUBLICATION:
        return True
    return letter.shown_until is not None and letter.shown_until >= clock.today()


SUBMITTING = (reaches_somebody, publication_has_an_end)
ISSUING = (signer_is_another, *SUBMITTING)
