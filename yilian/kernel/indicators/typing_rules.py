"""Which kinds of columns go together in a formula, and what they are called."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.kernel.indicators.tree import Col, Later, Lit, Prefix, Row, Sum
from yilian.kernel.lake.fact import Column, Fact, Kind, facts

OWN_PLACE = "institution"
"""In a formula: the institution at which the row counts, whichever column that is."""
KINDS = {
    Kind.INT: gettext_lazy("整数"),
    Kind.BOOL: gettext_lazy("是否"),
    Kind.CODE: gettext_lazy("代码"),
    Kind.DATE: gettext_lazy("日期"),
    Kind.MOMENT: gettext_lazy("时刻"),
    Kind.IDENTITY: gettext_lazy("标识"),
}
EQUAL_ONLY = (Kind.CODE, Kind.IDENTITY)


@dataclass(frozen=True)
class Vocabulary:
    """The words a formula over one fact may use; `at` is the institution column at which its rows count."""

    fact: Fact
    at: str

    def column(self, name: str, place: str = "") -> Col:
        """Return a column; raise KeyError with a sentence when the fact has none of this name."""
        if place:
            return self._of_institution(name, place)
        found = _named(name, self.fact)
        if found is None:
            raise KeyError(_("没有“{name}”这一列；可用的列：{known}").format(name=name, known=_listed(self.fact)))
        return Col(name, found.kind)

    def choices(self, col: Col) -> frozenset[str]:
        """Return the values a code may have, or nothing when any may be."""
        fact = institutions_fact() if col.place else self.fact
        found = _named(col.name, fact) if fact else None
        return frozenset(found.choices) if found else frozenset()

    def _of_institution(self, name: str, place: str) -> Col:
        column = self.at if place == OWN_PLACE else place
        if column not in self.fact.institutions:
            known = "、".join([OWN_PLACE, *self.fact.institutions])
            raise KeyError(_("“{place}”不是机构；可用：{known}").format(place=place, known=known))
        fact = institutions_fact()
        found = _named(name, fact) if fact else None
        if fact is None or found is None:
            known = _listed(fact) if fact else ""
            raise KeyError(_("机构没有“{name}”这一项；可用：{known}").format(name=name, known=known))
        return Col(name, found.kind, column)


def institutions_fact() -> Fact | None:
    """Return the fact that has one row for each institution."""
    return next((fact for fact in facts if fact.describes_institutions), None)


def kind_of(node: Row) -> Kind:
    """Return what a part of a formula comes to."""
    match node:
        case Col(kind=kind):
            return kind
        case Lit(value=value):
            return Kind.CODE if isinstance(value, str) else Kind.INT
        case Later(of=inner):
            return kind_of(inner)
        case Sum():
            return Kind.INT
        case Prefix():
            return Kind.CODE
    return Kind.BOOL


def sentence_for_kind(kind: Kind) -> str:
    """Return what a kind is called."""
    return str(KINDS[kind])


def comparable(left: Row, sign: str, right: Row, words: Vocabulary) -> str:
    """Return why two parts cannot be compared with this sign, or nothing."""
    one, other = kind_of(left), kind_of(right)
    if one is Kind.BOOL or other is Kind.BOOL:
        return _("是否列直接写列名，或写 not 列名，不作比较")
    if one is not other:
        return _("{one}不能与{other}比较").format(one=KINDS[one], other=KINDS[other])
    if isinstance(left, Lit) and isinstance(right, Lit):
        return _("两边都是写死的值，比较没有意义")
    if one in EQUAL_ONLY and sign not in ("==", "!="):
        return _("{kind}不分大小，只能用 ==、!= 或 in").format(kind=KINDS[one])
    return _strange(left, right, words) or _strange(right, left, words)


def _strange(column: Row, value: Row, words: Vocabulary) -> str:
    """Return why a code can never have the value it is compared with, or nothing."""
    if not isinstance(value, Lit):
        return ""
    if isinstance(column, Prefix) and len(str(value.value)) != column.length:
        return _("前 {length} 位不可能等于“{value}”").format(length=column.length, value=value.value)
    known = words.choices(column) if isinstance(column, Col) else frozenset()
    if known and str(value.value) not in known:
        return _("没有“{value}”这个取值；可用：{known}").format(value=value.value, known="、".join(sorted(known)))
    return ""


def _named(name: str, fact: Fact) -> Column | None:
    return next((column for column in fact.columns if column.name == name), None)


def _listed(fact: Fact) -> str:
    return "、".join(column.name for column in fact.columns)
