"""Template tags: icons, state tags, times as people say them."""

from datetime import datetime
from decimal import Decimal

from django import template
from django.forms import BoundField
from django.utils import timezone
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from yilian.kernel import clock
from yilian.kernel.clock.periods import Period, parse
from yilian.kernel.pages import drawing, folding
from yilian.kernel.pages.asking import Field
from yilian.kernel.pages.icons import icon as draw
from yilian.kernel.pages.query_bar import Query

register = template.Library()
MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR
SOON = 6 * HOUR


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon of the sprite."""
    return draw(name)


@register.simple_tag
def tag(text: str, tone: str = "default") -> SafeString:
    """Return a bordered tag: colour and word."""
    return format_html('<span class="tag tag-{}">{}</span>', tone, text)


@register.simple_tag
def dressed(field: BoundField) -> SafeString:
    """Draw a Django form field in our style; errors beside it are announced with it."""
    kind = getattr(field.field.widget, "input_type", "")
    style = {"checkbox": "form-check-input", "select": "form-select"}.get(kind, "form-control")
    return field.as_widget(attrs={"class": style})


register.simple_tag(drawing.choices)
register.simple_tag(drawing.facts)
register.simple_tag(drawing.pairs)


@register.simple_tag
def but(query: Query, **changes: object) -> str:
    """Return the query string of a list with some wishes changed."""
    return query.address(**{name: str(value) for name, value in changes.items()})


@register.simple_tag
def described(field: Field) -> SafeString:
    """Return the attributes that tie an input to its error and help."""
    ids = [f"{field.id}-{part}" for part, text in (("error", field.error), ("help", field.ask.help)) if text]
    invalid = mark_safe(' aria-invalid="true"') if field.error else ""
    required = mark_safe(' aria-required="true"') if field.ask.required and field.ask.kind != "bool" else ""
    tied = format_html(' aria-describedby="{}"', " ".join(ids)) if ids and not field.name else ""
    return format_html("{}{}{}", tied, invalid, required)


@register.filter
def dashed(name: str) -> str:
    """Return the name of a column as part of an id (side:receiver becomes side-receiver)."""
    return name.replace(":", "-")


@register.simple_tag
def page_words() -> SafeString:
    """Draw the sentences that the script shows by itself, as JSON."""
    words = {
        "choose": _("请选择"),
        "nothing": _("没有匹配的结果"),
        "loading": _("正在查找…"),
        "saved": _("已自动暂存于"),
        "restored": _("已恢复暂存的内容，暂存于"),
        "close": _("关闭"),
        "offline": _("连接中断，刚才的操作没有保存。请检查网络后重试。"),
        "refresh": _("刷新"),
        "changed": _("待办有变化"),
        "error": _("系统暂时不能完成这项操作，请稍后重试；若一直如此，请联系信息科。"),
        "error403": _("您的岗位不能做这项操作。"),
        "error404": _("没有找到，可能已不在您的可见范围内。"),
    }
    return json_script(words, "words")


@register.filter
def dash(value: object) -> object:
    """Show that nothing is known with a dash instead of an empty place."""
    return "—" if value is None or value in ("", []) else value


@register.filter
def money(amount: Decimal | None) -> str:
    """Return an amount with two decimals and its thousands parted."""
    return "—" if amount is None else f"{amount:,.2f}"


@register.filter
def capped(count: int) -> str:
    """Return a count for a badge; the queries stop counting at 100."""
    return "99+" if count > 99 else str(count)


@register.filter
def due_words(due: datetime | None) -> str:
    """Say how late a case is or how long it still has; empty without a time limit."""
    if due is None:
        return ""
    seconds = (due - clock.now()).total_seconds()
    words = _span(abs(seconds))
    return _("超时 {span}").format(span=words) if seconds < 0 else _("还有 {span}").format(span=words)


@register.filter
def due_tone(due: datetime | None) -> str:
    """Return the class of a time limit: late, soon (within six hours) or nothing."""
    if due is None:
        return ""
    seconds = (due - clock.now()).total_seconds()
    if seconds < 0:
        return "late"
    return "soon" if seconds < SOON else ""


def _span(seconds: float) -> str:
    if seconds < HOUR:
        return _("{n} 分钟").format(n=max(1, int(seconds // MINUTE)))
    if seconds < 2 * DAY:
        return _("{n} 小时").format(n=int(seconds // HOUR))
    return _("{n} 天").format(n=int(seconds // DAY))


@register.filter
def period_words(period: Period | str) -> str:
    """Name a period (or the label of one) as people do: 2026年, 2026年第4季度, 2026年11月, or its two days."""
    period = parse(period) if isinstance(period, str) else period
    year, month = period.first.year, period.first.month
    match period.months:
        case 12:
            return _("{year}年").format(year=year)
        case 6:
            return (_("{year}年下半年") if month > 6 else _("{year}年上半年")).format(year=year)
        case 3:
            return _("{year}年第{n}季度").format(year=year, n=(month + 2) // 3)
        case 1:
            return _("{year}年{month}月").format(year=year, month=month)
    return _("{first} 至 {last}").format(first=period.first, last=period.last)


@register.filter
def minute(moment: datetime | None) -> str:
    """Return 2026-11-21 14:03 in the time zone of the installation."""
    return "—" if moment is None else timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")


@register.filter
def short_minute(moment: datetime | None) -> str:
    """Return 11-21 14:03, or with the year when it is not this year."""
    if moment is None:
        return "—"
    local = timezone.localtime(moment)
    pattern = "%m-%d %H:%M" if local.year == clock.today().year else "%Y-%m-%d %H:%M"
    return local.strftime(pattern)


folding.always_the_same |= {icon, tag, page_words}
