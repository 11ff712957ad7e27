"""The line on every page of a consortium in emergency mode, for members and lead alike."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.domains.referral.green.modes import modes_on
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.pages.alerts import Alert, AlertSource, alert_sources
from yilian.registry.consortia import consortia_of


def tell(actor: Actor) -> Iterator[Alert]:
    """Tell a member which of its consortia are in emergency mode, until when and why."""
    modes = modes_on()
    names = {row.pk: row.name for row in consortia_of(actor.institution_id, clock.today())} if modes else {}
    for mode in modes:
        if mode.consortium_id in names:
            until = f"{clock.local(mode.until_at):%Y-%m-%d %H:%M}"
            text = _(
                "{name}处于应急模式（{reason}），至 {until}：成员单位之间的转诊不待院内审核即可发出，事后限期补审。"
            ).format(name=names[mode.consortium_id], reason=mode.reason, until=until)
            yield Alert(text, f"/emergency/{mode.case_id}/")


alert_sources.add(AlertSource("emergency", gettext_lazy("应急模式"), tell))
