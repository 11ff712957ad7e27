"""Puts the OpenAPI document together, once for each language."""

from functools import cache
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from yilian.kernel.api.document import case_types as cases
from yilian.kernel.api.document import components
from yilian.kernel.api.document.describe import answers, problem_responses, reference
from yilian.kernel.api.reply import JSON, ROOT, encode
from yilian.kernel.api.routers import api_parts
from yilian.kernel.indicators.indicator import indicators
from yilian.kernel.rules.regulation import regulations
from yilian.kernel.workflow.case_type import case_types
from yilian.kernel.workflow.lookups import lookups

if TYPE_CHECKING:
    from ninja import NinjaAPI

Schema = dict[str, Any]


def document(api: "NinjaAPI") -> Schema:
    """Return the document in the present language: what Ninja lists, and every case type written out."""
    made: Schema = dict(api.get_openapi_schema(path_prefix=f"{ROOT.removeprefix('/')}/"))
    made["info"] |= {"title": gettext("医联接口"), "description": _guide()}
    paths, named = made["paths"], made["components"]["schemas"]
    for operation in (one for path in paths.values() for one in path.values()):
        operation["responses"] = _responses(operation["responses"])
        operation.pop("description", None)  # docstrings are for those who read the code
    _name_choices(paths)
    paths[f"{ROOT}/cases"] = {"get": _types()}
    for case_type in case_types:
        paths |= cases.paths(case_type)
        named |= cases.schemas(case_type)
    named |= components.schemas()
    for part in api_parts:
        named |= part.schemas()
    made["tags"] = _tags()
    made["components"] |= {
        "responses": problem_responses(),
        "headers": {"ETag": {"description": gettext("事项的版本"), "schema": {"type": "string"}}},
        "securitySchemes": {"TokenAuth": {"type": "http", "scheme": "bearer"}},
    }
    return made


def serve(request: HttpRequest) -> HttpResponse:
    """Answer with the document in the reader's language."""
    return HttpResponse(_encoded(get_language() or ""), content_type=JSON)


@cache
def _encoded(language: str) -> bytes:
    from yilian.kernel.api.site import api

    return encode(document(api))


def _responses(found: dict[Any, Schema]) -> Schema:
    """Return the responses by status as text: those we described, or else those that Ninja made from a schema."""
    ours = {status: response for status, response in found.items() if isinstance(status, str)}
    return ours or {str(status): response for status, response in found.items()}


def _name_choices(paths: dict[str, Schema]) -> None:
    """Say which keys an address takes where a registry knows them."""
    for place, registry in _NAMED:
        (parameter,) = (one for one in paths[f"{ROOT}/{place}"]["get"]["parameters"] if one["in"] == "path")
        if keys := [item.key for item in registry]:
            parameter["schema"]["enum"] = keys


_NAMED = (("lookups/{kind}", lookups), ("regulations/{key}", regulations), ("indicators/{key}", indicators))
TAGS = {"account": _("账号"), "worklists": _("待办与查找"), "documents": _("附件与文书"), "knowledge": _("制度与指标")}


def _tags() -> list[Schema]:
    """Return what the groups of operations are called."""
    parts = {part.key: part.title for part in api_parts}
    titles = {**TAGS, **parts, **{case_type.key: case_type.title for case_type in case_types}}
    return [{"name": name, "description": str(title)} for name, title in titles.items()]


def _types() -> Schema:
    return {
        "operationId": "case_types",
        "summary": gettext("事项类型"),
        "tags": ["account"],
        "security": [{"TokenAuth": []}],
        "parameters": [],
        "responses": answers(reference("CaseTypes")),
    }


def _guide() -> str:
    return gettext(
        "先以 POST /api/v1/token 换取令牌，之后每个请求带上 Authorization: Bearer 令牌。"
        "看到什么、能办什么，取决于令牌所属的岗位。"
        "办理步骤时以 If-Match 带上事项的版本，以 Idempotency-Key 保证只办一次。"
        "不能办理时答复为 application/problem+json，reasons 逐条写明原因、依据和最早可办的日期。"
    )
