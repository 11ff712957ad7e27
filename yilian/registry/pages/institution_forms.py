"""Writing institutions, their departments and people, and their end."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from yilian.kernel.workflow.flow import Ask
from yilian.registry.departments import register_department
from yilian.registry.governing import governs_some, insist_governed, who_governs
from yilian.registry.institutions import change_institution, end_institution, register_institution
from yilian.registry.models import Institution, Practitioner
from yilian.registry.pages import institution_asks as asks
from yilian.registry.pages.institutions import OfInstitution
from yilian.registry.pages.noun_form import NounForm, answers_from, facts_from
from yilian.registry.practitioners import change_practitioner, register_practitioner


class New(NounForm):
    """`/institutions/new/`."""

    asks = asks.INSTITUTION

    def admit(self) -> None:
        if not governs_some(self.actor):
            raise PermissionDenied(_("机构由卫生健康行政部门登记。"))

    def title(self) -> str:
        return _("登记机构")

    def back(self) -> tuple[str, str]:
        return "/institutions/", _("机构")

    def write(self, values: dict[str, Any]) -> str:
        insist_governed(self.actor, values.get("region"))
        facts = facts_from(values, Institution)
        row = register_institution(by=self.actor, subjects=facts.pop("subjects", None) or (), **facts)
        return f"/institutions/{row.pk}/"


class AboutInstitution(OfInstitution, NounForm):
    """A form about one institution; only those who keep its facts fill it in."""

    def may_write(self) -> bool:
        """Say whether the actor may fill in this form."""
        return self.may_keep

    def admit(self) -> None:
        if not self.may_write():
            raise PermissionDenied(who_governs(self.institution.region_id))

    def back(self) -> tuple[str, str]:
        return f"/institutions/{self.institution.pk}/", str(self.institution)


class Edit(AboutInstitution):
    """`/institutions/<pk>/edit/`."""

    template = "registry/institution_edit.html"
    asks = asks.INSTITUTION

    def extra(self) -> dict[str, Any]:
        return {"is_own_word": not self.may_govern}

    def may_write(self) -> bool:
        return self.may_change

    def title(self) -> str:
        return _("修改机构资料")

    def given(self) -> dict[str, Any]:
        subjects = list(self.institution.subjects.values_list("code", flat=True))
        return answers_from(self.institution, self.asks) | {"subjects": subjects}

    def write(self, values: dict[str, Any]) -> str:
        if (values.get("region") or None) != self.institution.region_id:
            insist_governed(self.actor, self.institution.region_id)
            insist_governed(self.actor, values.get("region"))
        facts = facts_from(values, Institution)
        change_institution(self.institution, by=self.actor, subjects=facts.pop("subjects", None) or (), **facts)
        return self.back()[0]


class End(AboutInstitution):
    """`/institutions/<pk>/end/`."""

    asks = asks.ENDING

    def may_write(self) -> bool:
        return self.may_govern

    def title(self) -> str:
        return _("登记机构终止")

    def write(self, values: dict[str, Any]) -> str:
        successors = Institution.objects.filter(pk__in=values.get("successors") or ())
        end_institution(
            self.institution, by=self.actor, on=values["on"], ending=values["ending"], successors=successors
        )
        return self.back()[0]


class NewDepartment(AboutInstitution):
    """`/institutions/<pk>/departments/new/`."""

    asks = asks.DEPARTMENT

    def title(self) -> str:
        return _("登记科室")

    def write(self, values: dict[str, Any]) -> str:
        facts = {name: value or "" for name, value in values.items()}
        register_department(by=self.actor, institution=self.institution, **facts)
        return self.back()[0]


class AboutPractitioner(AboutInstitution):
    """A form about somebody who works there."""

    def questions(self) -> tuple[Ask, ...]:
        departments = self.institution.departments.filter(ended_on=None)
        return asks.practitioner(departments.values_list("pk", "name"))

    def facts(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return the answers as the writers of practitioners take them."""
        subject = values.pop("subject", None) or ""
        return facts_from(values, Practitioner) | {"subject": subject}


class NewPractitioner(AboutPractitioner):
    """`/institutions/<pk>/people/new/`."""

    def title(self) -> str:
        return _("登记医务人员")

    def write(self, values: dict[str, Any]) -> str:
        register_practitioner(by=self.actor, institution=self.institution, **self.facts(values))
        return self.back()[0]


class EditPractitioner(AboutPractitioner):
    """`/institutions/<pk>/people/<person>/`."""

    @cached_property
    def practitioner(self) -> Practitioner:
        found = self.institution.practitioners.select_related("subject").filter(pk=self.kwargs["person"]).first()
        if found is None:
            raise Http404(str(self.kwargs["person"]))
        return found

    def title(self) -> str:
        return _("修改医务人员资料")

    def given(self) -> dict[str, Any]:
        subject = self.practitioner.subject
        return answers_from(self.practitioner, self.questions()) | {"subject": subject.code if subject else ""}

    def write(self, values: dict[str, Any]) -> str:
        change_practitioner(self.practitioner, by=self.actor, **self.facts(values))
        return self.back()[0]
