"""Parameters: numbers and switches that a regulation leaves open, declared with a default and its source."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.kernel.registries import Registry
from yilian.kernel.rules.regulation import Citation

Value = int | Decimal | bool | str

UNITS: dict[str, str | Promise] = {
    "min": gettext_lazy("分钟"),
    "h": gettext_lazy("小时"),
    "d": gettext_lazy("天"),
    "mo": gettext_lazy("个月"),
    "a": gettext_lazy("年"),
    "%": gettext_lazy("%"),
    "1": "",
}
"""Units by UCUM code; anything else is shown as it is declared."""

_WORDS = {"true": True, "false": False}


class BadValueError(ValueError):
    """A text is no value of this parameter; the message says what would be."""


@dataclass(frozen=True)
class Parameter:
    """A value that may differ between installations, consortia and institutions.

    The type of `default` is the type of every value. `unit` is a UCUM code (h, d, mo, a, %) or a word. Of a text that
    names something people make while the program runs, `known` returns what there is now, with its words. Where a
    consortium sets a value by resolution alone, `reserved` says so in a sentence with the way to it, else it is empty.
    Without `cite` nobody prescribes the default: it is shown as 默认值，待本地核定 until someone sets it.
    """

    key: str
    title: str | Promise
    default: Value
    unit: str | Promise = "1"
    cite: Citation | None = None
    help: str | Promise = ""
    minimum: int | Decimal | None = None
    maximum: int | Decimal | None = None
    choices: tuple[tuple[str, str | Promise], ...] = ()
    group: str | Promise = field(default=gettext_lazy("通用"))
    known: Callable[[], Mapping[str, str]] | None = field(default=None, repr=False)
    reserved: Callable[[int], str] = field(default=lambda consortium_id: "", repr=False)

    @property
    def unit_title(self) -> str:
        return str(UNITS.get(str(self.unit), self.unit))

    @property
    def is_sourced(self) -> bool:
        return self.cite is not None

    def read(self, text: str) -> Value:
        """Return the value a text stands for; raise BadValueError with a sentence when it is none."""
        text = text.strip()
        if isinstance(self.default, bool):
            return self._switch(text)
        if isinstance(self.default, int | Decimal):
            return self._number(text)
        if self.choices and text not in dict(self.choices):
            raise BadValueError(_("请从列出的选项中选择"))
        return text

    def accept(self, text: str) -> Value:
        """Return the value of a text that somebody sets now; raise BadValueError also for what `known` has not."""
        value = self.read(text)
        if self.known and value and str(value) not in (found := self.known()):
            listed = _("、").join(f"{code}（{words}）" for code, words in found.items())
            raise BadValueError(_("没有“{value}”；可用：{listed}").format(value=value, listed=listed))
        return value

    def write(self, value: Value) -> str:
        """Return the text that `read` turns into this value."""
        return str(value).lower() if isinstance(value, bool) else str(value)

    def shown(self, value: Value) -> str:
        """Return a value as people read it, with its unit."""
        if isinstance(value, bool):
            return _("是") if value else _("否")
        if self.choices:
            return str(dict(self.choices).get(str(value), value))
        if self.known:
            return f"{self.known().get(str(value), '')} {value}".strip() or _("未设置")
        return f"{value} {self.unit_title}".strip()

    def _switch(self, text: str) -> bool:
        if text not in _WORDS:
            raise BadValueError(_("请选择“是”或“否”"))
        return _WORDS[text]

    def _number(self, text: str) -> int | Decimal:
        try:
            number = int(text) if isinstance(self.default, int) else Decimal(text)
        except (ValueError, InvalidOperation):
            raise BadValueError(_("请填写数字")) from None
        if isinstance(number, Decimal) and not number.is_finite():
            raise BadValueError(_("请填写数字"))
        if self.minimum is not None and number < self.minimum:
            raise BadValueError(_("不能小于 {limit}").format(limit=self.minimum))
        if self.maximum is not None and number > self.maximum:
            raise BadValueError(_("不能大于 {limit}").format(limit=self.maximum))
        return number


parameters: Registry[Parameter] = Registry("parameter")
