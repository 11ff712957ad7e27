"""How the details of a record are called; a part of the system that records others adds its own."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

detail_titles: dict[str, str | Promise] = {
    "action": gettext_lazy("操作"),
    "case": gettext_lazy("事项"),
    "columns": gettext_lazy("列"),
    "dropped": gettext_lazy("并入者"),
    "ending": gettext_lazy("终止方式"),
    "facts": gettext_lazy("修改项"),
    "fields": gettext_lazy("修改项"),
    "found": gettext_lazy("命中"),
    "identifier": gettext_lazy("证件类别"),
    "ip": gettext_lazy("来自"),
    "number": gettext_lazy("文号"),
    "object_id": gettext_lazy("对象"),
    "object_kind": gettext_lazy("对象类别"),
    "on": gettext_lazy("日期"),
    "person": gettext_lazy("人员"),
    "query": gettext_lazy("条件"),
    "rows": gettext_lazy("条数"),
    "shown": gettext_lazy("显示项"),
    "since": gettext_lazy("起"),
    "stamped": gettext_lazy("加盖失效章"),
    "text": gettext_lazy("检索内容"),
    "title": gettext_lazy("名称"),
    "until": gettext_lazy("止"),
    "user_id": gettext_lazy("账号"),
    "why": gettext_lazy("原因"),
}


def read_out(detail: dict[str, object]) -> list[tuple[str, str]]:
    """Return (title, value) pairs of a record's details as people read them."""
    return [(str(detail_titles.get(name, name)), _words(value)) for name, value in detail.items()]


def _words(value: object) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, list | tuple):
        return _("、").join(_words(one) for one in value)
    if isinstance(value, dict):
        return _("；").join(f"{title}={words}" for title, words in read_out(value))
    return str(value)
