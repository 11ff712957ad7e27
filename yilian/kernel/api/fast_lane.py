"""The way of /api/v1/ through the middlewares: none, beyond those before it.

A program carries a token, not a session, cookie or form, so sessions, messages, CSRF and the rest of the pages'
middlewares would only cost time. This one finds the operation itself, chooses the language and sets the headers.
"""

from collections.abc import Callable
from functools import lru_cache

from django.core.exceptions import DisallowedHost
from django.core.handlers.exception import response_for_exception
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header

from yilian.kernel.api.problems import ApiProblem, answer, not_found, refuse
from yilian.kernel.api.reply import ROOT

CHINESE, ENGLISH = "zh-hans", "en"


class ApiFastLane:
    """Middleware; stands directly behind SecurityMiddleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(f"{ROOT}/"):
            return self.get_response(request)
        request.actor = None  # type: ignore[attr-defined]
        is_head = request.method == "HEAD"
        if is_head:
            request.method = "GET"
        language = _language(request.META.get("HTTP_ACCEPT_LANGUAGE", ""))
        with translation.override(language):
            response = _problem_or(request, _answered(request))
        response.headers["Content-Language"] = language
        response.headers["Vary"] = "Accept-Language, Authorization"
        response.headers.setdefault("Cache-Control", "no-store")
        return _without_body(response) if is_head else response


def _without_body(response: HttpResponse) -> HttpResponse:
    """Return the answer to GET as HEAD gets it: every header, nothing after them."""
    if response.streaming:
        response.streaming_content = ()  # type: ignore[attr-defined]
        return response
    response.headers["Content-Length"] = str(len(response.content))
    response.content = b""
    return response


def _answered(request: HttpRequest) -> HttpResponse:
    """Return the answer of the operation; a fault is answered here already, in the language of the request."""
    try:
        request.get_host()
        request.resolver_match = match = resolve(request.path_info)
        return match.func(request, *match.args, **match.kwargs)
    except DisallowedHost:
        return answer(request, refuse("malformed", _("此服务不以这个主机名提供"), field="Host"))
    except Resolver404:
        return answer(request, not_found())
    except Exception as error:
        return response_for_exception(request, error)


def _problem_or(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Return the response, or the problem in its place when Ninja answered a wrong method in plain text."""
    if response.status_code != 405:
        return response
    allowed = response.headers["Allow"]
    text = _("此地址只接受 {methods}").format(methods=allowed)
    problem: ApiProblem = refuse("method-not-allowed", text, headers={"Allow": allowed})
    return answer(request, problem)


@lru_cache(maxsize=256)
def _language(accepted: str) -> str:
    """Return English for those who prefer it to Chinese, Chinese for everybody else."""
    for code, _quality in parse_accept_lang_header(accepted.lower()):
        if code.startswith("zh"):
            return CHINESE
        if code.startswith("en"):
            return ENGLISH
    return CHINESE
