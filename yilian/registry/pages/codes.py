"""Code systems with their edition and source, and the codes of one, found by name, code or pinyin initials."""

from typing import Any

from django.db.models import Count, QuerySet
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.kernel import clock
from yilian.kernel.access.platform import keeps_platform
from yilian.registry.codes.search import matching
from yilian.registry.models import Code, CodeSystem
from yilian.registry.pages.noun_list import NounColumn, NounList


def _standing(code: Code) -> str:
    today = clock.today()
    if code.valid_until and code.valid_until < today:
        return _("已停用")
    return _("尚未启用") if code.valid_from and code.valid_from > today else _("可用")


class Systems(NounList):
    """`/codes/`."""

    key = "key"
    columns = (
        NounColumn(gettext_lazy("名称"), lambda row: _(row.title), lambda row: f"/codes/{row.key}/"),
        NounColumn(gettext_lazy("键"), lambda row: row.key),
        NounColumn(gettext_lazy("来源与版本"), lambda row: row.version),
        NounColumn(gettext_lazy("代码数"), lambda row: row.count),
    )

    def title(self) -> str:
        return _("编码体系")

    def rows(self) -> QuerySet[Any]:
        return CodeSystem.objects.annotate(count=Count("codes"))

    def actions(self) -> list[tuple[str, str]]:
        return [("/imports/codes/", _("导入代码"))] if keeps_platform(self.actor) else []


class Codes(NounList):
    """`/codes/<system>/`: ended codes too, as old cases still name them."""

    key = "code"
    hint = gettext_lazy("名称、代码或拼音首字母")
    columns = (
        NounColumn(gettext_lazy("代码"), lambda row: row.code),
        NounColumn(gettext_lazy("名称"), lambda row: row.name),
        NounColumn(gettext_lazy("上级"), lambda row: row.parent and f"{row.parent.code} {row.parent.name}"),
        NounColumn(gettext_lazy("启用日期"), lambda row: row.valid_from),
        NounColumn(gettext_lazy("停用日期"), lambda row: row.valid_until),
        NounColumn(gettext_lazy("状态"), _standing),
    )

    @cached_property
    def system(self) -> CodeSystem:
        found = CodeSystem.objects.filter(pk=self.kwargs["system"]).first()
        if found is None:
            raise Http404(self.kwargs["system"])
        return found

    def title(self) -> str:
        return _(self.system.title)

    def path(self) -> list[tuple[str, str]]:
        return [("/codes/", _("编码体系"))]

    def facts(self) -> list[tuple[str, Any]]:
        return [(_("来源与版本"), self.system.version), (_("代码数"), self.system.codes.count())]

    def rows(self) -> QuerySet[Any]:
        return self.system.codes.select_related("parent")

    def matching(self, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        return rows.filter(matching(text))
