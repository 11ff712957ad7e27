"""The five documents: citations, trial period, and that no article copies its source."""

import hashlib
import re
from datetime import date
from pathlib import Path

import pytest

from yilian.kernel.rules.regulation import UnknownArticleError, regulations
from yilian.registry.regulations import S0, S1, S2, S3, S4

CLAUSES = Path(__file__).with_name("source_clauses.txt")


def words_of(text):
    return re.sub(r"[^\w]", "", text)


def sealed(clause):
    return hashlib.sha256(clause.encode()).hexdigest()[:16]


@pytest.mark.parametrize(
    ("citation", "text", "slug"),
    [
        (S3.article(19), "《银川市专科联盟管理办法（试行）》第十九条", "S3/19"),
        (S4.article("6.2.2"), "《德阳市人民医院城市医疗集团工作制度》6.2.2", "S4/6.2.2"),
        (S0.article("国办法 2"), "《医疗联合体管理办法（试行）》第二条", "S0/国办法-2"),
    ],
)
def test_a_citation_prints_its_document_and_has_an_address(citation, text, slug):
    assert (str(citation), citation.slug) == (text, slug)


def test_an_article_that_does_not_exist_cannot_be_cited():
    with pytest.raises(UnknownArticleError, match="S3 has no article '23'"):
        S3.article("23")


@pytest.mark.parametrize(
    ("on", "trial", "lapsed"),
    [
        (date(2022, 4, 30), False, False),
        (date(2022, 5, 1), True, False),
        (date(2024, 4, 30), True, False),
        (date(2024, 5, 1), False, True),
    ],
)
def test_the_trial_of_s3_lasts_two_years(on, trial, lapsed):
    assert (S3.is_on_trial(on), S3.has_lapsed(on)) == (trial, lapsed)


def test_what_the_sources_lack_is_marked_as_unknown():
    unknown = {
        citation.key for document in regulations for citation in document.citations() if not citation.article.is_known
    }
    assert {"S1 19", "S2 2.2", "S4 5"} <= unknown
    assert all(document.missing for document in (S0, S1, S2))


def test_every_article_has_a_label_a_gist_and_its_own_address():
    for document in (S0, S1, S2, S3, S4):
        slugs = [article.slug for article in document.articles]
        assert len(slugs) == len(set(slugs))
        assert all(article.label and article.gist for article in document.articles)


def test_no_article_repeats_a_clause_of_its_source():
    """The file holds digests of the source's clauses of ten characters or more, not the clauses."""
    known = set(CLAUSES.read_text().split())
    copied = [
        (citation.key, clause)
        for document in regulations
        for citation in document.citations()
        for clause in map(words_of, re.split(r"[。；;，,：:]", citation.gist))
        if sealed(clause) in known
    ]
    assert len(known) > 500
    assert copied == []
