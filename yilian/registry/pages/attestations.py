"""What people attested about an institution, and an authority's own word added to it."""

from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.kernel import clock
from yilian.kernel.workflow.flow import Ask
from yilian.registry.attestable import attestables, condition_title
from yilian.registry.models import Attestation
from yilian.registry.pages.institution_asks import ATTESTATION
from yilian.registry.pages.institution_forms import AboutInstitution
from yilian.registry.pages.institutions import OfInstitution
from yilian.registry.pages.noun_list import NounColumn, NounList
from yilian.registry.standing import attest


class Attestations(OfInstitution, NounList):
    """`/institutions/<pk>/attestations/`: the newest word on a condition counts, the older ones stay readable."""

    key = "-pk"
    columns = (
        NounColumn(gettext_lazy("条件"), lambda row: condition_title(row.condition)),
        NounColumn(gettext_lazy("结论"), lambda row: _("满足") if row.is_met else _("不满足")),
        NounColumn(gettext_lazy("依据"), lambda row: row.evidence),
        NounColumn(gettext_lazy("确认人"), lambda row: row.who),
        NounColumn(gettext_lazy("确认日期"), lambda row: row.attested_on),
    )

    def title(self) -> str:
        return _("条件确认")

    def path(self) -> list[tuple[str, str]]:
        return [(f"/institutions/{self.institution.pk}/", str(self.institution))]

    def rows(self) -> QuerySet[Any]:
        return Attestation.objects.filter(institution=self.institution).select_related("attested_for")

    def actions(self) -> list[tuple[str, str]]:
        return [(f"/institutions/{self.institution.pk}/attestations/new/", _("登记确认"))] if self.may_govern else []


class NewAttestation(AboutInstitution):
    """`/institutions/<pk>/attestations/new/`."""

    def may_write(self) -> bool:
        return self.may_govern

    def questions(self) -> tuple[Ask, ...]:
        choices = tuple((one.key, condition_title(one.key)) for one in attestables)
        return (replace(ATTESTATION[0], choices=choices), *ATTESTATION[1:])

    def title(self) -> str:
        return _("登记条件确认")

    def given(self) -> dict[str, Any]:
        return {"on": clock.today()}

    def write(self, values: dict[str, Any]) -> str:
        if values["on"] > clock.today():
            raise ValidationError({"on": [_("确认日期晚于今天")]})
        facts = {"is_met": values["is_met"] == "True", "evidence": values["evidence"], "on": values["on"]}
        for condition in values["conditions"]:
            attest(by=self.actor, institution=self.institution, condition=condition, **facts)
        return f"{self.back()[0]}attestations/"
