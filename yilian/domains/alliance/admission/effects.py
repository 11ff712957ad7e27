"""What an admission leaves behind: an attested condition, a membership with its agreement."""

from yilian.domains.alliance.models import Admission, Agreement
from yilian.kernel import clock
from yilian.kernel.workflow.moment import Moment
from yilian.registry.memberships import join_consortium
from yilian.registry.standing import attest


def attest_condition(moment: Moment) -> None:
    """Record the lead's word on a condition the registry's rows leave open."""
    attest(
        by=moment.actor,
        institution=moment.case.applicant,
        condition=moment.answers.get("condition"),
        is_met=moment.answers.get("is_met"),
        evidence=moment.answers.get("evidence"),
        on=clock.today(),
    )


def admit(moment: Moment) -> None:
    """Make the applicant a member and note the agreement in force."""
    admission: Admission = moment.case
    join_consortium(
        by=moment.actor,
        consortium=admission.consortium,
        institution=admission.applicant,
        on=admission.joined_on,
        closeness=admission.closeness,
    )
    Agreement.objects.create(
        consortium=admission.consortium,
        institution=admission.applicant,
        signed_on=admission.agreement_signed_on,
        until_on=admission.agreement_until,
        case_id=admission.pk,
    )
