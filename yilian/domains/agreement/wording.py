"""What an agreement says, in words: clauses with their values filled in, the whole text and its digest, changes marked.

Pure but for the names of institutions, which are read once.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from yilian.domains.agreement.models import Agreement, Clause
from yilian.kernel.workflow.flow import Ask
from yilian.registry.clauses import clause_kinds
from yilian.registry.models import Institution

BLANK = "＿＿＿＿"
WORD = re.compile(r"[A-Za-z0-9.]+|.", re.S)
FIELD = re.compile(r"\{(\w+)\}")
DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True)
class Line:
    """A clause as people read it."""

    clause: Clause
    number: str
    text: str
    kind: str


@dataclass(frozen=True)
class Piece:
    """A part of a changed text: same, added or gone."""

    way: str
    text: str


class Wording:
    """The words of one agreement: whom its fields name, as the registry knows them."""

    def __init__(self, agreement: Agreement, clauses: Iterable[Clause] | None = None) -> None:
        self.agreement = agreement
        rows = agreement.clauses.filter(is_dropped=False) if clauses is None else clauses
        self.clauses = sorted(rows, key=lambda row: (row.position, row.pk))
        self.names = dict(Institution.objects.filter(pk__in=self._places()).values_list("pk", "name"))

    def lines(self) -> list[Line]:
        """Return the clauses in order."""
        return [
            Line(row, ordinal(number), self.text(row.text, row.kind, row.terms), kind_title(row.kind))
            for number, row in enumerate(self.clauses, 1)
        ]

    def text(self, text: str, kind: str, terms: Mapping[str, Any]) -> str:
        """Return a text with its fields filled in; a field nobody has answered is a line to write on."""
        with translation.override(settings.LANGUAGE_CODE):  # what is agreed does not hang on who reads it
            known = self._fields() | {ask.name: self._word(ask, terms.get(ask.name)) for ask in _asks(kind)}
        return FIELD.sub(lambda found: known.get(found[1]) or BLANK, text)

    def whole(self) -> dict[str, Any]:
        """Return the whole text as it would be signed now."""
        parties = _("、").join(self.names.get(one, BLANK) for one in self.agreement.signatories)
        return {
            "title": self.agreement.subject,
            "parties": [self.names.get(one, BLANK) for one in self.agreement.signatories],
            "particulars": self._particulars(),
            "preamble": _("{parties}本着平等自愿的原则，就下列事项达成一致。{purpose}").format(
                parties=parties, purpose=self.agreement.purpose
            ),
            "clauses": [
                {"number": line.number, "title": line.clause.title, "text": line.text} for line in self.lines()
            ],
        }

    def _particulars(self) -> list[str]:
        """Return a line for each party: its code, whom it is represented by and where it is, as the registry knows."""
        known = Institution.objects.in_bulk(self.agreement.signatories)
        lines = []
        for one in (known[key] for key in self.agreement.signatories):
            facts = ((_("统一社会信用代码"), one.unified_code), (_("法定代表人"), one.legal_representative),
                     (_("地址"), one.address))  # fmt: skip
            lines.append(_("；").join(_("{name}：{value}").format(name=name, value=value or BLANK)
                                     for name, value in facts))  # fmt: skip
        return lines

    def _fields(self) -> dict[str, str]:
        agreement = self.agreement
        others = [self.names.get(one, BLANK) for one in agreement.signatories[1:]]
        return {
            "drafter": self.names.get(agreement.drafter_id, BLANK),
            "partners": _("、").join(others),
            "consortium": agreement.consortium.name if agreement.consortium else "",
            "begins": str(agreement.begins_on or ""),
            "ends": str(agreement.ends_on or ""),
        }

    def _word(self, ask: Ask, value: Any) -> str:
        if ask.kind == "bool":
            return _("免收") if value else _("按规定收取")
        if value in (None, ""):
            return ""
        if ask.kind == "institution":
            return self.names.get(int(value), "")
        titles = {str(key): str(title) for key, title in ask.choices}
        return titles.get(str(value), str(value))

    def _places(self) -> set[int]:
        found = set(self.agreement.signatories)
        for row in self.clauses:
            found |= {int(row.terms[ask.name]) for ask in _asks(row.kind)
                      if ask.kind == "institution" and row.terms.get(ask.name)}  # fmt: skip
        return found


def digest_of(text: Mapping[str, Any]) -> str:
    """Return the SHA-256 (hex) of a whole text."""
    return sha256(json.dumps(text, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def ordinal(number: int) -> str:
    """Return 第十二条 for 12 (below 100)."""
    tens, ones = divmod(number, 10)
    words = ("" if tens < 2 else DIGITS[tens]) + ("十" if tens else "") + (DIGITS[ones] if ones else "")
    return f"第{words or DIGITS[0]}条"


def changes(before: str, after: str) -> list[Piece]:
    """Return a text as it was changed, piece by piece, for tracked display; a number or a foreign word is one piece."""
    old, new, found = WORD.findall(before), WORD.findall(after), []
    for way, begin, end, start, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if way == "equal":
            found.append(Piece("same", "".join(old[begin:end])))
            continue
        found += [Piece("gone", "".join(old[begin:end]))] if end > begin else []
        found += [Piece("added", "".join(new[start:stop]))] if stop > start else []
    return found


def kind_title(key: str) -> str:
    """Return what a kind of clause is called; its key where no part of the installation declares it."""
    kind = clause_kinds.get(key)
    return str(kind.title) if kind else key


def _asks(key: str) -> tuple[Ask, ...]:
    kind = clause_kinds.get(key)
    return kind.asks if kind else ()
