"""The directory in pages: searching, one service with its versions, and keeping those of one's own institution."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from yilian.domains.capacity.directory import forms, writing
from yilian.domains.capacity.directory.searching import Line, Wish, distance, search, wait_of
from yilian.domains.capacity.directory.sheet import KEY, listed
from yilian.domains.capacity.models import Direction, Service, ServiceVersion
from yilian.kernel import audit, clock
from yilian.kernel.imports.sheet import sheets
from yilian.kernel.pages.export import TYPE
from yilian.kernel.pages.page import Page
from yilian.kernel.workflow.case_type import case_types
from yilian.kernel.workflow.flow import Ask
from yilian.registry import known
from yilian.registry.codes.search import named
from yilian.registry.models import Institution
from yilian.registry.pages.noun_form import NounForm

SHOWN = 30
REFERRAL = "referral"


class _Searching(Page):
    """What the list and its export share: the wish in the address."""

    @cached_property
    def wish(self) -> Wish:
        given = self.request.GET
        direction, place = given.get("direction", ""), given.get("institution", "")
        is_own = given.get("own", "") == "1"
        institution = int(place) if place.isdecimal() and len(place) < 10 else None
        return Wish(
            text=given.get("q", "").strip()[:60],
            subject=given.get("subject", "")[:40],
            direction=direction if direction in Direction.values else "",
            institution_id=self.actor.institution_id if is_own else institution,
            is_featured=given.get("featured", "") == "1",
            with_closed=is_own,
            by_wait=given.get("sort", "") == "wait",
        )


class List(_Searching):
    """`/services/`: what others take, one's own consortia and the nearest first; `own=1` one's own, closed ones too."""

    template = "capacity/services.html"
    part = "capacity/services_part.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        lines = search(self.actor, self.wish)
        page = request.GET.get("page", "1")
        number = max(1, int(page)) if page.isdecimal() and len(page) < 6 else 1
        shown = lines[(number - 1) * SHOWN : number * SHOWN]
        wish = self.wish
        return self.show({
            "lines": shown,
            "count": len(lines),
            "page": number,
            "next": number + 1 if len(lines) > number * SHOWN else None,
            "wish": wish,
            "is_own": wish.with_closed,
            "subject": named("specialty", wish.subject) if wish.subject else None,
            "institution": known.institution(wish.institution_id) if wish.institution_id else None,
            "directions": Direction.choices,
            "may_keep": self.actor.may(*writing.KEEPERS),
            "may_import": sheets[KEY].is_for(self.actor),
        })  # fmt: skip


class Export(_Searching):
    """`/services/export.xlsx`: the services one searched for, in the columns of the workbook for import. Recorded."""

    def get(self, request: HttpRequest) -> HttpResponse:
        lines: list[Line] = search(self.actor, self.wish)
        audit.record(self.actor, "exported", object_kind="service", detail={"rows": len(lines)})
        answer = HttpResponse(listed([line.service for line in lines]), content_type=TYPE)
        answer.headers["Content-Disposition"] = f'attachment; filename="services-{clock.today():%Y%m%d}.xlsx"'
        return answer


class _OfService(Page):
    @cached_property
    def service(self) -> Service:
        rows = Service.objects.select_related("institution__region", "department", "subject", "wait")
        found = rows.filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404(str(self.kwargs["pk"]))
        return found

    @property
    def may_keep(self) -> bool:
        return self.service.institution_id == self.actor.institution_id and self.actor.may(*writing.KEEPERS)

    def insist_keeper(self) -> None:
        """Let only those who keep it go on; for others there is nothing to change."""
        if self.service.institution_id != self.actor.institution_id:
            raise Http404(str(self.kwargs["pk"]))
        self.insist(*writing.KEEPERS)


class Detail(_OfService):
    """`/services/<pk>/`: the service as it stands; `version=` shows an earlier one."""

    template = "capacity/service.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        service = self.service
        versions = list(service.versions.select_related("department", "subject"))
        shown = _wanted(versions, request.GET.get("version", ""))
        here: Institution | None = known.institution(self.actor.institution_id)
        return self.show({
            "service": service,
            "shown": shown,
            "is_old": shown.version != service.version,
            "versions": versions,
            "wait": wait_of(service),
            "distance": distance(here, service.institution),
            "is_elsewhere": service.institution_id != self.actor.institution_id,
            "refer": self._refer(),
            "may_keep": self.may_keep,
        })  # fmt: skip

    def _refer(self) -> str:
        """Return the form of a referral to this service, filled in as far as the service knows; "" if there is none."""
        kind, service = case_types.get(REFERRAL), self.service
        if kind is None or kind.may_open(self.actor.roles) is None or not service.is_on:
            return ""
        if service.institution_id == self.actor.institution_id:
            return ""
        facts = {"direction": service.directions[0], "receiver": service.institution_id,
                 "receiver_department": service.department_id, "service": service.pk}  # fmt: skip
        return f"/{REFERRAL}/new/?" + "&".join(f"{name}={value}" for name, value in facts.items())


def _wanted(versions: list[ServiceVersion], text: str) -> ServiceVersion:
    if not text:
        return versions[0]
    found = next((version for version in versions if str(version.version) == text), None)
    if found is None:
        raise Http404(text)
    return found


class New(NounForm):
    """`/services/new/`: a service of one's own institution."""

    asks = forms.SERVICE
    roles = writing.KEEPERS

    def title(self) -> str:
        return _("登记服务")

    def back(self) -> tuple[str, str]:
        return "/services/?own=1", _("本机构的服务")

    def given(self) -> dict[str, Any]:
        return {"directions": ["up"]}

    def write(self, values: dict[str, Any]) -> str:
        return writing.offer_service(by=self.actor, **forms.terms_of(values)).get_absolute_url()


class Edit(_OfService, NounForm):
    """`/services/<pk>/edit/`: a new version of the service; the old ones stay to be read."""

    roles = writing.KEEPERS

    def admit(self) -> None:
        self.insist_keeper()

    def questions(self) -> tuple[Ask, ...]:
        return forms.SERVICE

    def title(self) -> str:
        return _("修改{name}").format(name=self.service.name)

    def back(self) -> tuple[str, str]:
        return self.service.get_absolute_url(), self.service.name

    def given(self) -> dict[str, Any]:
        return forms.answers_of(self.service)

    def extra(self) -> dict[str, Any]:
        return {"version": self.request.POST.get("_version", self.service.version)}

    def write(self, values: dict[str, Any]) -> str:
        terms = forms.terms_of(values)
        if writing.revise_service(self.service, by=self.actor, seen=self.sent_version(), **terms):
            messages.success(self.request, _("已存为新版本；原版本仍可查阅"))
        return self.service.get_absolute_url()


class Switch(_OfService):
    """`/services/<pk>/switch/`: POST only; take patients, or stop."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.insist_keeper()
        is_on = request.POST.get("on", "") == "1"
        if writing.switch_service(self.service, by=self.actor, is_on=is_on):
            messages.success(request, _("已恢复接收") if is_on else _("已停止接收，服务目录中不再列出"))
        return HttpResponseRedirect(self.service.get_absolute_url())
