"""Regulations as data: documents, their articles in our own words, and citations of them."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.functional import Promise

from yilian.kernel.registries import Registry


class UnknownArticleError(LookupError):
    """A citation names an article that the document does not have."""


@dataclass(frozen=True)
class Article:
    """One article or numbered paragraph of a document.

    `label` is printed behind the title (第十九条, 6.2.2), `gist` says in our own words what it asks.
    `part` is the title of the document inside a collection. `is_known=False` marks text that the source lacks;
    `binds=False` marks purposes, definitions and closing provisions, which ask nothing that could be carried out.
    """

    key: str
    label: str
    gist: str
    chapter: str = ""
    part: str = ""
    is_known: bool = True
    binds: bool = True

    @property
    def slug(self) -> str:
        """Return the last part of the article's address."""
        return self.key.replace(" ", "-")


@dataclass(frozen=True)
class Citation:
    """A pointer to one article; prints as 《银川市专科联盟管理办法（试行）》第十九条."""

    document: "Regulation" = field(repr=False)
    article: Article

    @property
    def key(self) -> str:
        return f"{self.document.key} {self.article.key}"

    @property
    def slug(self) -> str:
        """Return "S3/19", the address below the page of all regulations."""
        return f"{self.document.key}/{self.article.slug}"

    @property
    def gist(self) -> str:
        return self.article.gist

    def __str__(self) -> str:
        return f"《{self.article.part or self.document.title}》{self.article.label}"


@dataclass(frozen=True, eq=False)
class Regulation:
    """A source document. `missing` says which part of the original we do not hold (empty: all is there)."""

    key: str
    title: str
    short_title: str
    issuer: str
    issued_on: date | None
    articles: tuple[Article, ...]
    effective_from: date | None = None
    trial_until: date | None = None
    number: str = ""
    missing: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        keys = [article.key for article in self.articles]
        if len(keys) != len(set(keys)):
            raise ValueError(f"{self.key} lists an article twice")

    def article(self, key: str | int) -> Citation:
        """Return the citation of an article; raise UnknownArticleError when the document has none of this key."""
        for article in self.articles:
            if article.key == str(key):
                return Citation(self, article)
        raise UnknownArticleError(f"{self.key} has no article {key!r}")

    def citations(self) -> tuple[Citation, ...]:
        """Return a citation of every article, in the order of the document."""
        return tuple(Citation(self, article) for article in self.articles)

    def is_on_trial(self, on: date) -> bool:
        """Say whether the document is inside its trial period; the day `trial_until` is the last one."""
        return (
            self.trial_until is not None
            and self.effective_from is not None
            and (self.effective_from <= on <= self.trial_until)
        )

    def has_lapsed(self, on: date) -> bool:
        """Say whether the trial period is over; whether it was prolonged is for the office to enter."""
        return self.trial_until is not None and on > self.trial_until


@dataclass(frozen=True)
class Decision:
    """What a rule leans on when no article exists: one of our decision records, and why in one sentence."""

    path: str
    reason: str | Promise

    @property
    def key(self) -> str:
        return self.path

    def __str__(self) -> str:
        return str(self.reason)


Ground = Citation | Decision
regulations: Registry[Regulation] = Registry("regulation")
