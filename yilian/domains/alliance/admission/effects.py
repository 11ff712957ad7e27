"""What an admission leaves behind: confirmed conditions, a membership with its agreement."""

from yilian.domains.alliance.admission.confirming import confirm
from yilian.domains.alliance.models import Admission, Agreement
from yilian.kernel.workflow.moment import Moment
from yilian.registry.memberships import join_consortium


def confirm_applicant(moment: Moment) -> None:
    """Record the lead's word on conditions that the registry leaves open or holds on the applicant's word alone."""
    confirm(moment, [moment.case.applicant])


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
