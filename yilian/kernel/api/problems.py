"""Refusals and faults as problem details (RFC 9457): what went wrong, and a sentence a person can act on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yilian.kernel.api.reply import encode
from yilian.kernel.registries import Registry
from yilian.kernel.rules.regulation import Citation, Ground
from yilian.kernel.workflow.refusals import Reason

MEDIA_TYPE = "application/problem+json"
EXPLAINED_AT = "/help/api/"  # the page about the interface explains every problem under its key


@dataclass(frozen=True)
class Problem:
    """A kind of problem: its key (part of the type address), its status and its short title."""

    key: str
    status: int
    title: str | Promise

    @property
    def address(self) -> str:
        return f"{EXPLAINED_AT}#{self.key}"


problems: Registry[Problem] = Registry("problem")

for _key, _status, _title in (
    ("malformed", 400, _("请求无法读取")),
    ("unauthenticated", 401, _("需要有效的令牌")),
    ("wrong-credentials", 401, _("用户名、密码或验证码不正确")),
    ("not-yours", 403, _("不由您办理")),
    ("not-a-deputy", 403, _("没有受托")),
    ("not-found", 404, _("没有找到")),
    ("unknown-step", 404, _("没有这个步骤")),
    ("method-not-allowed", 405, _("此地址不接受这种请求")),
    ("step-refused", 409, _("现在不能办理")),
    ("stale-version", 409, _("事项已被更新")),
    ("paper-refused", 409, _("现在不能办理此文书")),
    ("file-withheld", 409, _("文件不能提供")),
    ("conflict", 409, _("与已有的内容冲突")),
    ("precondition-failed", 412, _("事项已被更新")),
    ("too-large", 413, _("内容过大")),
    ("unsupported-media-type", 415, _("内容类型不受支持")),
    ("invalid", 422, _("填写有误")),
    ("file-refused", 422, _("文件不能接受")),
    ("opening-refused", 422, _("不能这样发起")),
    ("key-reused", 422, _("Idempotency-Key 已被使用")),
    ("locked-out", 429, _("登录失败次数过多")),
    ("failed", 500, _("系统出错")),
    ("unavailable", 503, _("暂时不可用")),
):
    problems.add(Problem(_key, _status, _title))


class ApiProblem(Exception):
    """A request ends with a problem; raising it rolls back what the request wrote."""

    def __init__(self, key: str, reasons: Sequence[Reason], headers: Mapping[str, str] | None = None) -> None:
        super().__init__("\n".join(reason.text for reason in reasons))
        self.problem = problems[key]
        self.reasons = reasons
        self.headers = dict(headers or {})


def refuse(key: str, text: str, *, field: str = "", headers: Mapping[str, str] | None = None) -> ApiProblem:
    """Return the problem with one sentence, to be raised."""
    return ApiProblem(key, [Reason(key, text, field=field)], headers)


def not_found() -> ApiProblem:
    """Return the answer to everybody who may not know whether something exists."""
    return refuse("not-found", str(_("没有找到，或者您所在的机构与此无关。请核对地址和当前岗位。")))


dialects: dict[str, Callable[[HttpRequest, ApiProblem], HttpResponse]] = {}
"""How problems are written below an address whose programs speak another language, by the address."""


def answer(request: HttpRequest, problem: ApiProblem) -> HttpResponse:
    """Return the response of a problem."""
    for address, write in dialects.items():
        if request.path.startswith(address):
            return write(request, problem)
    kind = problem.problem
    body = {
        "type": kind.address,
        "status": kind.status,
        "title": str(kind.title),
        "detail": str(problem),
        "instance": request.path,
        "reasons": [described(reason) for reason in problem.reasons],
    }
    return HttpResponse(encode(body), status=kind.status, content_type=MEDIA_TYPE, headers=problem.headers)


def described(reason: Reason) -> dict[str, Any]:
    """Return a reason as JSON: its sentence, the question it belongs to, its sources and when it would pass."""
    return {
        "kind": reason.kind,
        "text": reason.text,
        "field": reason.field or None,
        "passes_on": reason.passes_on,
        "citations": [cited(ground) for ground in reason.citations],
    }


def cited(ground: Ground) -> dict[str, str | None]:
    """Return a source as JSON: how it is cited, and the page that shows the article."""
    address = f"/regulations/{ground.slug}/" if isinstance(ground, Citation) else None
    return {"text": str(ground), "url": address}
