"""What makes two referrals be about the same problem (docs/adr/0043)."""

import re
import unicodedata

_NOT_WORDS = re.compile(r"[\W_]+")
_ICD_CATEGORY = re.compile(r"[A-Z]\d[0-9A-Z]")
LONGEST = 60


def problem_of(diagnosis: str, impression: str) -> str:
    """Return the three-character category of an ICD-10 code or, without one, the impression without its punctuation.

    Empty when neither says anything.
    """
    if found := _ICD_CATEGORY.match(diagnosis.strip().upper()):
        return found.group()
    return _NOT_WORDS.sub("", unicodedata.normalize("NFKC", impression).lower())[:LONGEST]
