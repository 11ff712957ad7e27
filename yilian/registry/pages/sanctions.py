"""What authorities hold against an institution: recording it, ending it, and marking what was entered in error."""

from typing import Any

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from yilian.kernel import clock
from yilian.registry.models import Sanction
from yilian.registry.pages import institution_asks as asks
from yilian.registry.pages.institution_forms import AboutInstitution
from yilian.registry.pages.noun_form import facts_from
from yilian.registry.sanctions import lift_sanction, record_sanction, void_sanction


class NewSanction(AboutInstitution):
    """`/institutions/<pk>/sanctions/new/`."""

    asks = asks.SANCTION

    def may_write(self) -> bool:
        return self.may_govern

    def title(self) -> str:
        return _("登记处罚")

    def write(self, values: dict[str, Any]) -> str:
        record_sanction(by=self.actor, institution=self.institution, **facts_from(values, Sanction))
        return self.back()[0]


class AboutSanction(AboutInstitution):
    """A form about one sanction of an institution."""

    @cached_property
    def sanction(self) -> Sanction:
        found = Sanction.objects.filter(institution=self.institution, pk=self.kwargs["sanction"]).first()
        if found is None:
            raise Http404(str(self.kwargs["sanction"]))
        return found

    def may_write(self) -> bool:
        return self.may_govern


class Lift(AboutSanction):
    """`/institutions/<pk>/sanctions/<sanction>/lift/`."""

    asks = asks.LIFTING

    def title(self) -> str:
        return _("登记解除：{sanction}").format(sanction=self.sanction)

    def given(self) -> dict[str, Any]:
        return {"lifted_on": self.sanction.lifted_on or clock.today()}

    def write(self, values: dict[str, Any]) -> str:
        lift_sanction(self.sanction, by=self.actor, on=values["lifted_on"], ground=values["ground"])
        return self.back()[0]


class Void(AboutSanction):
    """`/institutions/<pk>/sanctions/<sanction>/error/`."""

    asks = asks.ERROR

    def title(self) -> str:
        return _("标记误录：{sanction}").format(sanction=self.sanction)

    def write(self, values: dict[str, Any]) -> str:
        void_sanction(self.sanction, by=self.actor, ground=values["ground"])
        return self.back()[0]
