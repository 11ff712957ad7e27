"""What agreements give to count: what the checks found of each clause, in the month its period ended."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.agreement.models.checking import Verdict
from yilian.kernel.lake.fact import Column, Fact, Kind, facts, words_of


def address_of_agreement(row_key: str) -> str:
    """Return where the agreement of a finding is shown; its key is that of the case, the clause and the period."""
    return f"/agreement/{row_key.partition(':')[0]}/"


CLAUSE_CHECK = facts.add(
    Fact(
        "clause_check", _("条款履约"), (
            Column("kind", Kind.CODE, _("条款类型")),
            Column("verdict", Kind.CODE, _("履约结果"), choices=words_of(Verdict)),
            Column("first_on", Kind.DATE, _("期间起")),
            Column("last_on", Kind.DATE, _("期间止")),
            Column("is_settled", Kind.BOOL, _("已定")),
        ),
        {"institution": _("签约机构")}, view="fact_clause_check", opens=address_of_agreement,
        help=_("一家签约机构的一个条款在一个期间为一行，按期间止的月份计入"),
    )
)  # fmt: skip
