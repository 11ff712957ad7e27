"""What people and programs get when a request fails: a sentence, and 503 instead of 500 while the database is away."""

import sys
from http import HTTPStatus

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils.translation import gettext as _
from psycopg.errors import DeadlockDetected, QueryCanceled

from yilian.kernel.api import problems

RETRY_AFTER = 5  # seconds; a restart of the server takes about two


def failed(request: HttpRequest) -> HttpResponse:
    """Answer a request that ended in an exception (Django's `handler500`). Reads nothing from the database."""
    error = sys.exc_info()[1]
    is_outage = isinstance(error, OperationalError | InterfaceError)
    status = HTTPStatus.SERVICE_UNAVAILABLE if is_outage else HTTPStatus.INTERNAL_SERVER_ERROR
    title, advice = (
        _sentences(error) if is_outage else (_("系统出错"), _("这一步没有保存。请重试；若再次出现，请告知管理员。"))
    )
    answer = _answer(request, status, title, advice)
    if is_outage:
        answer.headers["Retry-After"] = str(RETRY_AFTER)
    return answer


def _sentences(error: BaseException | None) -> tuple[str, str]:
    if not isinstance(error, OperationalError | InterfaceError):
        return _("系统出错"), _("这一步没有保存。请重试；若再次出现，请告知管理员。")
    cause = error.__cause__
    if isinstance(cause, QueryCanceled):
        return _("查询用时过长"), _("这一步没有保存。请缩小范围后重试。")
    if isinstance(cause, DeadlockDetected):
        return _("与他人的操作冲突"), _("这一步没有保存。请重试。")
    return _("数据库暂时不可用"), _("这一步没有保存，已保存的内容没有丢失。请稍候几秒再试。")


def _answer(request: HttpRequest, status: HTTPStatus, title: str, advice: str) -> HttpResponse:
    if request.path_info.startswith("/api/"):
        key = "unavailable" if status == HTTPStatus.SERVICE_UNAVAILABLE else "failed"
        return problems.answer(request, problems.refuse(key, f"{title}。{advice}"))
    page = loader.render_to_string("failed.html", {"title": title, "advice": advice})
    return HttpResponse(page, status=status)
