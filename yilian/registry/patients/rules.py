"""When two rows may become one. Nothing does so by itself: a person merges, and must have grounds for it."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.rules.regulation import Decision
from yilian.kernel.rules.rule import Verdict, rule
from yilian.registry.models import PatientPair
from yilian.registry.patients.comparing import Comparison, is_proven
from yilian.registry.patients.scales import PROOFS

SAFE = Decision(
    "docs/adr/0070-two-patients-become-one-only-by-a-person-with-proof.md",
    reason=_("合错的病历会误导诊疗，合并须有证件或两项独立的证据"),
)


@rule(_("两条资料应有相同的证件号码，或姓名、出生日期相同且电话或住址相同；否则须核对证件原件或本人"), cite=SAFE)
def sameness_is_proven(comparison: Comparison, *, is_verified: bool) -> bool:
    """A number of a document, or two independent strong agreements, or the clerk saw the document or the person."""
    return is_verified or is_proven(comparison, PROOFS)


@rule(_("没有人判定过两名患者不是同一人；认为判定有误的，先撤销该判定"), cite=SAFE)
def nobody_told_them_apart(comparison: Comparison, *, told_apart: PatientPair | None) -> Verdict:
    """What one institution found out binds all that know both, until it is taken back."""
    return Verdict(told_apart is None, told_apart.ground if told_apart else "")
