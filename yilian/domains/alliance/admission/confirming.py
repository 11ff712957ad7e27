"""Confirming conditions of institutions: what is asked, and the words it leaves behind."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from yilian.domains.alliance.admission.conditions import CONDITIONS
from yilian.kernel import clock
from yilian.kernel.workflow.flow import Ask
from yilian.kernel.workflow.moment import Moment
from yilian.registry.models import Institution
from yilian.registry.standing import attest

CONFIRMING = (
    Ask("conditions", _("确认哪几项条件"), "choices",
        choices=tuple((condition.key, condition.title) for condition in CONDITIONS)),
    Ask("is_met", _("满足"), "bool"),
    Ask("evidence", _("依据"), "longtext", max_length=1000, help=_("看到的证件、文号、现场情况")),
)  # fmt: skip


def confirm(moment: Moment, institutions: Iterable[Institution]) -> None:
    """Record the actor's word on the conditions the step names, for each of these institutions."""
    for institution in institutions:
        for condition in moment.answers.get("conditions"):
            attest(
                by=moment.actor,
                institution=institution,
                condition=condition,
                is_met=moment.answers.get("is_met"),
                evidence=moment.answers.get("evidence"),
                on=clock.today(),
            )
