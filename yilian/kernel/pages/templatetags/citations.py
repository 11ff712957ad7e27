"""Template tags that show where a rule comes from."""

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from yilian.kernel.rules.regulation import Citation, Ground

register = template.Library()


@register.simple_tag
def source(cite: Ground | None) -> SafeString | str:
    """Return a link to the cited article with its gist as title; a decision of ours is plain text."""
    if isinstance(cite, Citation):
        return format_html('<a class="cite" href="{}" title="{}">{}</a>', article_address(cite), cite.gist, cite)
    return str(cite or "")


@register.filter
def article_address(cite: Citation) -> str:
    """Return the address of the article's page."""
    return reverse("article", args=[cite.document.key, cite.article.slug])
