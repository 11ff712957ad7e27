"""What must hold of the patient's consent (docs/adr/0041)."""

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from yilian.domains.referral.grounds import CONSENT
from yilian.domains.referral.vocabulary import ConsentChoice
from yilian.kernel import clock
from yilian.kernel.rules.rule import Verdict, rule
from yilian.registry.patients.registering import is_minor
from yilian.registry.regulations import S0

MYSELF = "0"
"""The code of the patient in person (GB/T 4761)."""
PEOPLE_FIRST = S0.article("模版 10.9")


@rule(_("患者或家属同意转诊后才能发出"), cite=(CONSENT, PEOPLE_FIRST))
def patient_agrees(referral) -> bool:
    if referral.consent_choice == ConsentChoice.REFUSE:
        return False
    return referral.is_emergency or referral.consent_choice == ConsentChoice.AGREE


@rule(_("知情同意应写明签署人、与患者关系、告知医生和告知时间"), cite=(CONSENT, PEOPLE_FIRST))
def consent_is_complete(referral) -> bool:
    if referral.is_emergency and not referral.consent_choice:
        return True
    said = (referral.consent_by, referral.consent_relation, referral.consent_told_by, referral.consent_told_at)
    return all(said)


@rule(_("告知时间不能在将来"), cite=CONSENT)
def telling_is_past(referral) -> bool:
    return referral.consent_told_at is None or referral.consent_told_at <= clock.now()


@rule(_("未满十四周岁的患者由监护人签署，不能由本人签署"), cite=CONSENT)
def guardian_signs_for_a_child(referral) -> Verdict:
    if not referral.consent_choice or referral.consent_relation != MYSELF or referral.patient is None:
        return Verdict(True)
    young = is_minor(referral.patient)
    if young is None and not referral.is_of_consent_age:
        return Verdict(None, now("请在患者资料中补登出生日期，或核实后勾选“已满十四周岁”"))
    return Verdict(not young)


@rule(_("知情同意已经签署，不必补签"), cite=CONSENT)
def consent_is_outstanding(referral) -> bool:
    return referral.is_consent_outstanding or _has_refused(referral)


@rule(_("只有尚待补签的急诊转诊才登记患者拒绝"), cite=CONSENT)
def consent_is_awaited(referral) -> bool:
    return referral.is_consent_outstanding


def _has_refused(referral) -> bool:
    """Who refused may still sign later."""
    return referral.consent_refused_at is not None and referral.consent_signed_at is None


@rule(_("转往另一家机构前应再次告知患者并取得同意"), cite=(CONSENT, PEOPLE_FIRST))
def patient_agrees_to_the_next_place(referral, answers, asked) -> bool:
    return not asked or referral.is_emergency or bool(answers.get("patient_agrees"))


CONSENTED = (patient_agrees, consent_is_complete, telling_is_past, guardian_signs_for_a_child)
