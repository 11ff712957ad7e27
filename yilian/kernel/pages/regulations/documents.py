"""法规执行: each document, every article, and what carries it out."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse

from yilian.kernel import clock
from yilian.kernel.pages.page import Page
from yilian.kernel.pages.regulations.carriers import Carried, carried, counted, rules_by_decision
from yilian.kernel.rules.carrying import Carrier
from yilian.kernel.rules.regulation import Regulation, regulations


@dataclass(frozen=True)
class Account:
    """A document and how far it is carried out; articles that ask nothing or are unknown do not count."""

    document: Regulation
    articles: list[Carried]

    @property
    def binding(self) -> int:
        return sum(item.citation.article.binds and item.citation.article.is_known for item in self.articles)

    @property
    def done(self) -> int:
        return self.binding - self.open - self.worded

    @property
    def open(self) -> int:
        return sum(item.is_open for item in self.articles)

    @property
    def worded(self) -> int:
        return sum(item.is_worded for item in self.articles)

    @property
    def kinds(self) -> list[tuple[Carrier, int]]:
        return counted(self.articles)

    @property
    def unknown(self) -> int:
        return sum(not item.citation.article.is_known for item in self.articles)

    @property
    def is_on_trial(self) -> bool:
        return self.document.is_on_trial(clock.today())

    @property
    def has_lapsed(self) -> bool:
        return self.document.has_lapsed(clock.today())


class Documents(Page):
    """`/regulations/`: the documents, and the rules that rest on a decision of ours."""

    template = "pages/regulations/documents.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        accounts = [Account(document, carried(document)) for document in regulations]
        return self.show({"accounts": accounts, "decisions": sorted(rules_by_decision().items(), key=_by_path)})


class Document(Page):
    """`/regulations/S3/`: every article; `?open=1` keeps those that nothing carries out, `2` those with texts only."""

    template = "pages/regulations/document.html"

    def get(self, request: HttpRequest, document: str) -> HttpResponse:
        account = _account(document)
        shown = request.GET.get("open", "")
        kept = {"1": lambda item: item.is_open, "2": lambda item: item.is_worded}.get(shown, lambda item: True)
        articles = [item for item in account.articles if kept(item)]
        return self.show({"account": account, "document": account.document, "articles": articles, "shown": shown})


class ArticlePage(Page):
    """`/regulations/S3/19/`: one article, where refusals point to."""

    template = "pages/regulations/article.html"

    def get(self, request: HttpRequest, document: str, article: str) -> HttpResponse:
        account = _account(document)
        slugs = [item.citation.article.slug for item in account.articles]
        if article not in slugs:
            raise Http404(article)
        place = slugs.index(article)
        around = [None, *account.articles, None]
        context = {"item": account.articles[place], "previous": around[place], "following": around[place + 2]}
        return self.show({"account": account, "document": account.document} | context)


def _account(key: str) -> Account:
    document = regulations.get(key)
    if document is None:
        raise Http404(key)
    return Account(document, carried(document))


def _by_path(item: tuple[object, object]) -> str:
    return item[0].path  # type: ignore[attr-defined]
