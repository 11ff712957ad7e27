"""What the public may know of a paper whose code they hold: its title, number, issuer, day, and whether it is valid."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from hmac import compare_digest

from django.db import connection
from django.utils.translation import gettext as _

from yilian.kernel import clock
from yilian.kernel.documents.paper import papers

# A function of the owner: visitors have no row scope, and it gives these columns of one row, for its token only.
LOOK_UP = """
select key, title, number, issuer, issued_at, sha256, voided_at, case_state, case_since from documents_paper_of(%s)
"""


@dataclass(frozen=True)
class Finding:
    """A paper as strangers see it. `lapsed_on` is the day it stopped being valid; None while it is."""

    title: str
    number: str
    issuer: str
    issued_on: date
    sha256: str
    lapsed_on: date | None
    verdict: str

    @property
    def is_valid(self) -> bool:
        return self.lapsed_on is None

    def is_same(self, chunks: Iterable[bytes]) -> bool:
        """Say whether a file is exactly the paper that was issued."""
        digest = sha256()
        for chunk in chunks:
            digest.update(chunk)
        return compare_digest(digest.hexdigest(), self.sha256)


def look_up(token: str) -> Finding | None:
    """Return what may be said of the paper with this token, or None."""
    with connection.cursor() as cursor:
        cursor.execute(LOOK_UP, [token])
        row = cursor.fetchone()
    if row is None:
        return None
    key, title, number, issuer, issued_at, digest, voided_at, state, since = row
    lapsed_at, verdict = _validity(key, voided_at, state, since)
    lapsed_on = clock.local(lapsed_at).date() if lapsed_at else None
    return Finding(title, number, issuer, clock.local(issued_at).date(), digest, lapsed_on, verdict)


def _validity(key: str, voided_at: datetime | None, state: str, since: datetime) -> tuple[datetime | None, str]:
    """Return since when a paper is not valid, with the sentence. Reasons stay inside: they may name a person."""
    paper = papers.get(key)
    if voided_at is not None:
        return voided_at, _("已作废")
    if paper is not None and state in paper.lapses_in:
        return since, _("已失效")
    return None, _("有效")
