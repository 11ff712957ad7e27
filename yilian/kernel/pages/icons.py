"""Icons, drawn into the page from the sprite that npm brings, so that no second request is needed."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe


class UnknownIconError(LookupError):
    """The sprite holds no icon of this name."""


@cache
def _paths(name: str) -> SafeString:
    """Return the shapes of one icon; raise UnknownIconError."""
    sprite = Path(settings.VENDOR_ROOT, settings.ICON_SPRITE).read_text(encoding="utf-8")
    start = sprite.find(f'<symbol id="tabler-{name}" ')
    if start < 0:
        raise UnknownIconError(name)
    shapes = sprite[sprite.index(">", start) + 1 : sprite.index("</symbol>", start)]
    return mark_safe(shapes)  # noqa: S308 - our own pinned package


@cache
def icon(name: str) -> SafeString:
    """Return the icon as an SVG that takes its size and colour from the text around it."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" '
        'stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">{}</svg>',
        _paths(name),
    )
