"""From exceptions to problems: the one place that decides which refusal gets which status."""

from collections.abc import Callable

from django.core.exceptions import NON_FIELD_ERRORS, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.core.exceptions import ValidationError as BadFacts
from django.db import DataError, IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from psycopg.errors import NotNullViolation

from yilian.kernel.api.problems import ApiProblem, answer, not_found, refuse
from yilian.kernel.documents.refusal import FileRefused, PaperRefused
from yilian.kernel.workflow import refusals
from yilian.kernel.workflow.answers import BadAnswersError
from yilian.kernel.workflow.refusals import Reason

CHALLENGE = {"WWW-Authenticate": 'Bearer realm="yilian"'}
Known = dict[type[Exception], Callable[[HttpRequest, Exception], ApiProblem]]


def register(api: NinjaAPI) -> None:
    """Teach the API its answers. What is not listed is a fault: it passes on to the server's own handler."""
    for kind, make in _KNOWN.items():
        api.add_exception_handler(kind, _handler(make))


def _handler(make: Callable[[HttpRequest, Exception], ApiProblem]) -> Callable[..., HttpResponse]:
    return lambda request, error: answer(request, make(request, error))


def _step_refused(request: HttpRequest, error: Exception) -> ApiProblem:
    assert isinstance(error, refusals.StepRefused)
    only_answers = all(reason.kind == "answer" for reason in error.reasons)
    return ApiProblem("invalid" if only_answers else "step-refused", error.reasons)


def _opening_refused(request: HttpRequest, error: Exception) -> ApiProblem:
    assert isinstance(error, refusals.OpeningRefused)
    only_answers = all(reason.kind == "answer" for reason in error.reasons)
    return ApiProblem("invalid" if only_answers else "opening-refused", error.reasons)


def _file_refused(request: HttpRequest, error: Exception) -> ApiProblem:
    assert isinstance(error, FileRefused)
    return ApiProblem("file-withheld" if request.method == "GET" else "file-refused", error.reasons)


def _stale(request: HttpRequest, error: Exception) -> ApiProblem:
    """A condition counts only where the request would have gone through without it (RFC 9110, 13.2.1)."""
    assert isinstance(error, refusals.StaleVersion)
    is_condition = bool(request.META.get("HTTP_IF_MATCH")) and not error.is_over
    return ApiProblem("precondition-failed" if is_condition else "stale-version", error.reasons)


def _refused_as(key: str) -> Callable[[HttpRequest, Exception], ApiProblem]:
    return lambda request, error: ApiProblem(key, getattr(error, "reasons", []))


def _unauthenticated(request: HttpRequest, error: Exception) -> ApiProblem:
    text = _("令牌缺失、已失效或已撤销。请以 POST /api/v1/token 换取新的令牌。")
    return refuse("unauthenticated", text, headers=CHALLENGE)


def _unknown_step(request: HttpRequest, error: Exception) -> ApiProblem:
    return refuse("unknown-step", _("没有名为 {verb} 的步骤").format(verb=error.args[0]))


def _conflict(request: HttpRequest, error: Exception) -> ApiProblem:
    if isinstance(error.__cause__, NotNullViolation):
        raise error  # nobody outside can cause this: a fault of ours
    return refuse("conflict", _("与已有的记录冲突，没有保存。请核对后再提交。"))


def _out_of_range(request: HttpRequest, error: Exception) -> ApiProblem:
    return refuse("invalid", _("某个值过大、过长或含有不能保存的字符，没有保存。"))


def _too_large(request: HttpRequest, error: Exception) -> ApiProblem:
    return refuse("too-large", _("内容过大，请缩小后再提交"))


def _invalid(request: HttpRequest, error: Exception) -> ApiProblem:
    assert isinstance(error, ValidationError)
    names = [str(item["loc"][-1]) for item in error.errors]
    return ApiProblem(
        "invalid", [Reason("invalid", _("参数 {name} 的值不正确").format(name=name), field=name) for name in names]
    )


def _bad_facts(request: HttpRequest, error: Exception) -> ApiProblem:
    """A writer of nouns found faults: each sentence beside its field."""
    assert isinstance(error, BadFacts)
    by_field = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
    reasons = [
        Reason("answer", sentence, field="" if name == NON_FIELD_ERRORS else name)
        for name, sentences in by_field.items()
        for sentence in sentences
    ]
    return ApiProblem("invalid", reasons)


def _bad_answers(request: HttpRequest, error: Exception) -> ApiProblem:
    assert isinstance(error, BadAnswersError)
    return ApiProblem("invalid", refusals.from_errors(error.errors))


def _stale_facts(request: HttpRequest, error: Exception) -> ApiProblem:
    return ApiProblem("stale-version", _bad_facts(request, error).reasons)


def _as_raised(request: HttpRequest, error: Exception) -> ApiProblem:
    assert isinstance(error, ApiProblem)
    return error


_KNOWN: Known = {
    ApiProblem: _as_raised,
    refusals.NotYours: _refused_as("not-yours"),
    refusals.StepRefused: _step_refused,
    refusals.OpeningRefused: _opening_refused,
    refusals.StaleVersion: _stale,
    refusals.KeyReused: _refused_as("key-reused"),
    refusals.Refused: _refused_as("invalid"),
    FileRefused: _file_refused,
    PaperRefused: _refused_as("paper-refused"),
    refusals.UnknownStep: _unknown_step,
    AuthenticationError: _unauthenticated,
    ValidationError: _invalid,
    BadFacts: _bad_facts,
    refusals.StaleFactsError: _stale_facts,
    BadAnswersError: _bad_answers,
    RequestDataTooBig: _too_large,
    TooManyFieldsSent: _too_large,
    TooManyFilesSent: _too_large,
    MultiPartParserError: lambda request, error: refuse("malformed", _("multipart/form-data 无法读取")),
    HttpError: lambda request, error: refuse("malformed", _("请求无法读取")),
    Http404: lambda request, error: not_found(),
    IntegrityError: _conflict,
    DataError: _out_of_range,
}
