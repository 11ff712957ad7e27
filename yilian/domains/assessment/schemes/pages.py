"""The pages of schemes: which there are, one as a tree, a new version from a file, adopting one."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.domains.assessment.parameters import BODIES
from yilian.domains.assessment.schemes import Scheme, making
from yilian.domains.assessment.schemes.comparing import before, differences
from yilian.domains.assessment.schemes.keeping import in_force, known
from yilian.domains.assessment.wording import KINDS, UNKNOWN
from yilian.kernel import clock
from yilian.kernel.pages import asking
from yilian.kernel.pages.page import Page
from yilian.kernel.workflow.answers import BadAnswersError, clean
from yilian.kernel.workflow.flow import Ask
from yilian.registry.consortia import consortia_of
from yilian.registry.models import Consortium
from yilian.registry.models.consortium import ConsortiumKind
from yilian.registry.resolutions import body_of

KEEPERS = ("office", "director", "secretary", "quality")
VERSION = (
    Ask("name", gettext_lazy("方案代号"), "choice", choices=(("county", "county"), ("alliance", "alliance"),
        ("network", "network"), ("own", "own")), help=gettext_lazy("同一代号的新方案自动编为下一版")),
    Ask("title", gettext_lazy("方案名称"), max_length=120),
    Ask("kinds", gettext_lazy("适用于"), "choices", choices=tuple(ConsortiumKind.choices)),
)  # fmt: skip
ADOPTION = (
    Ask("effective_on", gettext_lazy("生效日期"), "date", initial=lambda actor: clock.today()),
    Ask("ground", gettext_lazy("依据"), max_length=200, help=gettext_lazy("会议决议或文件名称")),
)


class Schemes(Page):
    """`/schemes/`: every scheme and which is in force where; `code=` one of them as a tree."""

    template = "assessment/schemes.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        code = request.GET.get("code", "")
        return self.one(wanted(code), {}, []) if code else self.every({}, [])

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make a version from a file, or adopt the scheme that is shown."""
        self.insist(*KEEPERS)
        return self._adopt(wanted(request.GET["code"])) if request.GET.get("code") else self._make()

    def every(self, given: dict[str, Any], faults: list[str], status: int = 200) -> HttpResponse:
        mine = [(one, in_force(one, clock.today())) for one in consortia_of(self.actor.institution_id, clock.today())]
        context = {
            "schemes": list(known().values()), "mine": mine, "faults": faults, "may_make": self.actor.may(*KEEPERS),
            "fields": asking.fields_of(VERSION, self.actor, given, {}),
        }  # fmt: skip
        return self.show(context, status)

    def one(self, scheme: Scheme, given: dict[str, Any], faults: list[str], status: int = 200) -> HttpResponse:
        self.template = "assessment/scheme.html"
        groups: dict[str, list[dict[str, Any]]] = {}
        for item in scheme.items:
            words = {"kind": KINDS[item["kind"]], "unknown": UNKNOWN[item["unknown"]]}
            groups.setdefault(item["path"][0], []).append(item | {"words": words})
        context = {
            "scheme": scheme, "groups": groups, "faults": faults, "changed": self._changed(scheme),
            "led": [(row, body_of(row.pk, BODIES)) for row in self._led(scheme)],
            "kinds": [ConsortiumKind(kind).label for kind in scheme.kinds],
            "fields": asking.fields_of(ADOPTION, self.actor, given, {}),
        }  # fmt: skip
        return self.show(context, status)

    def _changed(self, scheme: Scheme) -> dict[str, Any] | None:
        """Return the version before, and what this one changes; None for a first one."""
        earlier = before(scheme, known())
        return {"before": earlier, "lines": differences(earlier, scheme)} if earlier else None

    def _led(self, scheme: Scheme) -> list[Consortium]:
        if not self.actor.may(*KEEPERS):
            return []
        rows = consortia_of(self.actor.institution_id, clock.today())
        return [row for row in rows if row.lead_id == self.actor.institution_id and row.kind in scheme.kinds]

    def _make(self) -> HttpResponse:
        raw, upload = asking.sent(VERSION, self.request.POST), self.request.FILES.get("file")
        try:
            given = clean(VERSION, raw, self.actor)
            if upload is None:
                raise ValidationError(_("请选择方案文件"))
            row = making.make_version(
                given.get("name"), given.get("title"), given.get("kinds"), upload.read(making.MOST_BYTES + 1),
                by=self.actor,
            )  # fmt: skip
        except BadAnswersError as bad:
            return self.every(raw, list(bad.errors.values()), 422)
        except ValidationError as bad:
            return self.every(raw, bad.messages, 422)
        messages.success(self.request, _("已保存 {code}").format(code=row.code))
        return HttpResponseRedirect(f"/schemes/?code={row.code}")

    def _adopt(self, scheme: Scheme) -> HttpResponse:
        raw = asking.sent(ADOPTION, self.request.POST)
        consortium = next(
            (one for one in self._led(scheme) if str(one.pk) == self.request.POST.get("consortium")), None
        )
        try:
            given = clean(ADOPTION, raw, self.actor)
            if consortium is None:
                raise ValidationError(_("请选择本单位牵头的医联体"))
            asked = (scheme.code, consortium, given.get("effective_on"), given.get("ground"))
            if body_of(consortium.pk, BODIES):
                motion = making.propose(*asked, by=self.actor)
                messages.success(self.request, _("已起草议案 {number}，请核对后提交表决").format(number=motion.number))
                return HttpResponseRedirect(motion.get_absolute_url())
            making.adopt(*asked, by=self.actor)
        except BadAnswersError as bad:
            return self.one(scheme, raw, list(bad.errors.values()), 422)
        except ValidationError as bad:
            return self.one(scheme, raw, bad.messages, 422)
        messages.success(self.request, _("{name} 已采用 {code}").format(name=consortium.name, code=scheme.code))
        return HttpResponseRedirect("/schemes/")


class SchemeFile(Page):
    """`/schemes/file.csv?code=…`: a scheme as a file, to change and bring back as a new version."""

    def get(self, request: HttpRequest) -> HttpResponse:
        scheme = wanted(request.GET.get("code", ""))
        answer = HttpResponse(making.file_of(scheme), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{scheme.code.replace("@", "-")}.csv"'
        return answer


def wanted(code: str) -> Scheme:
    """Return a scheme by its code; raises Http404."""
    scheme = known().get(code)
    if scheme is None:
        raise Http404(code)
    return scheme
