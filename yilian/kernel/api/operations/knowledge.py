"""The regulations behind the rules."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Router

from yilian.kernel.api.document.describe import described
from yilian.kernel.api.entrance import ApiRequest
from yilian.kernel.api.problems import cited, not_found
from yilian.kernel.api.reply import ROOT, reply
from yilian.kernel.rules.regulation import Regulation, regulations

router = Router()


@router.get("/regulations", openapi_extra=described(_("制度文件"), tag="knowledge", answer="Regulations"))
def documents(request: ApiRequest) -> HttpResponse:
    """Return the source documents."""
    return reply({"items": [_shape(document) for document in regulations]})


@router.get(
    "/regulations/{key}",
    openapi_extra=described(_("制度条文"), tag="knowledge", answer="Regulation", problems=("not-found",)),
)
def articles(request: ApiRequest, key: str) -> HttpResponse:
    """Return a source document with the gist of every article."""
    document = regulations.get(key)
    if document is None:
        raise not_found()
    return reply(_shape(document) | {"articles": [_article(document, item.key) for item in document.articles]})


def _shape(document: Regulation) -> dict[str, Any]:
    return {
        "key": document.key,
        "title": document.title,
        "issuer": document.issuer,
        "number": document.number,
        "missing": document.missing,
        "issued_on": document.issued_on,
        "effective_from": document.effective_from,
        "trial_until": document.trial_until,
        "url": f"{ROOT}/regulations/{document.key}",
    }


def _article(document: Regulation, key: str) -> dict[str, Any]:
    citation = document.article(key)
    article = citation.article
    return {
        "key": article.key,
        "label": article.label,
        "gist": article.gist,
        "chapter": article.chapter,
        "url": cited(citation)["url"],
    }
