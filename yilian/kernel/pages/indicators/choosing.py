"""Which indicators of the shelf are shown, and in which order: words, theme, framework, source, certainty."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.kernel.indicators.catalogue import of_consortium
from yilian.kernel.indicators.indicator import Indicator, indicators
from yilian.kernel.indicators.shelf import CERTAINTIES, frames, themes
from yilian.kernel.pages.indicators.lines import Line, theme_of
from yilian.kernel.rules.regulation import Citation

DECISION = "adr"
KNOWN, UNKNOWN = "known", "unknown"


@dataclass(frozen=True)
class Choice:
    """One list of the query bar."""

    name: str
    title: str | Promise
    options: list[tuple[str, str]]
    value: str


@dataclass(frozen=True)
class Wish:
    """What the query bar asks for; empty words ask for everything."""

    text: str = ""
    theme: str = ""
    frame: str = ""
    source: str = ""
    certainty: str = ""
    level: str = ""
    data: str = ""
    sort: str = "theme"

    @classmethod
    def read(cls, given: QueryDict | Mapping[str, str]) -> "Wish":
        """Read the query of an address; what is unknown is left out."""
        asked = {name: given.get(name, "") for name in ("theme", "frame", "source", "certainty", "level", "data")}
        known = {name: value for name, value in asked.items() if value in dict(options()[name])}
        sort = given.get("sort", "")
        return cls(text=given.get("q", "").strip()[:60], sort=sort if sort in SORTS else "theme", **known)

    def chosen(self, consortium_id: int | None = None) -> list[Indicator]:
        """Return the indicators asked for, as they are defined in a consortium, in the order of their declaration."""
        held = indicators if consortium_id is None else of_consortium(consortium_id)
        return [item for item in held if all(fits(item) for fits in self._conditions())]

    def narrow(self, lines: list[Line]) -> list[Line]:
        """Return the lines asked for by what is known of them, sorted."""
        if self.data:
            lines = [line for line in lines if line.is_known == (self.data == KNOWN)]
        return sorted(lines, key=SORTS[self.sort])

    def choices(self) -> list[Choice]:
        """Return the lists of the query bar with what is chosen in them."""
        return [Choice(name, TITLES[name], listed, getattr(self, name)) for name, listed in options().items()]

    def _conditions(self) -> list[Callable[[Indicator], bool]]:
        words = self.text.lower()
        return [
            lambda item: not words or words in f"{item.key} {item.title} {item.part_says} {item.whole_says}".lower(),
            lambda item: not self.theme or theme_of(item).key == self.theme,
            lambda item: not self.frame or self.frame in item.frames,
            lambda item: not self.source or source_of(item) == self.source,
            lambda item: not self.certainty or item.certainty == self.certainty,
            lambda item: not self.level or self.level in item.level,
        ]


TITLES = {
    "theme": gettext_lazy("主题"), "frame": gettext_lazy("维度"), "source": gettext_lazy("来源"),
    "certainty": gettext_lazy("确定程度"), "level": gettext_lazy("层级"), "data": gettext_lazy("数据"),
}  # fmt: skip
LEVELS = {
    "institution": gettext_lazy("机构"), "consortium": gettext_lazy("医联体"), "region": gettext_lazy("区域"),
}  # fmt: skip


def source_of(indicator: Indicator) -> str:
    """Return the key of the document it cites, or the word for decisions of the house."""
    return indicator.cite.document.key if isinstance(indicator.cite, Citation) else DECISION


def options() -> dict[str, list[tuple[str, str]]]:
    """Return what each list of the query bar offers: only what some indicator has."""
    held = list(indicators)
    here = {theme_of(item).key for item in held}
    served = {key for item in held for key in item.frames}
    certain = {item.certainty for item in held}
    documents = {source_of(item): _document(item) for item in held}
    return {
        "theme": [(theme.key, str(theme.title)) for theme in themes if theme.key in here],
        "frame": [(frame.key, f"{frame.framework}：{frame.title}") for frame in frames if frame.key in served],
        "source": sorted(documents.items()),
        "certainty": [(str(key), str(title)) for key, title in CERTAINTIES.items() if key in certain],
        "level": [(key, str(title)) for key, title in LEVELS.items()],
        "data": [(KNOWN, _("有数据")), (UNKNOWN, _("无数据"))],
    }


def _document(item: Indicator) -> str:
    return str(item.cite.document.short_title) if isinstance(item.cite, Citation) else _("本系统的约定")


def _place(theme: str) -> int:
    keys = [item.key for item in themes]
    return keys.index(theme) if theme in keys else len(keys)


SORTS: dict[str, Callable[[Line], Any]] = {
    "theme": lambda line: (_place(line.theme.key), str(line.indicator.title)),
    "title": lambda line: str(line.indicator.title),
    "source": lambda line: (source_of(line.indicator), str(line.indicator.cite), str(line.indicator.title)),
    "value": lambda line: (line.value.value is None, str(line.indicator.unit), -(line.value.value or 0)),
}
SORT_TITLES = {
    "theme": gettext_lazy("按主题"), "title": gettext_lazy("按名称"), "source": gettext_lazy("按来源"),
    "value": gettext_lazy("按单位和数值"),
}  # fmt: skip
