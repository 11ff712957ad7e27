"""What follows from a filing: the authority that is competent, and the founded alliance."""

from yilian.domains.alliance.founding import Founding, found
from yilian.domains.alliance.jurisdiction import jurisdiction
from yilian.domains.alliance.models import Filing, FilingState
from yilian.domains.alliance.places import authority_at, places_of, province_words
from yilian.kernel.workflow.moment import Moment
from yilian.registry.models import Region
from yilian.registry.models.consortium import ConsortiumKind

UNSETTLED = (FilingState.DRAFT, FilingState.CORRECTING)


def competent(filing: Filing) -> dict[str, object]:
    """Return the level and the authority that follow from coverage and name (S3 8), while these may still change."""
    if filing.state not in UNSETTLED:
        return {}
    codes = [filing.applicant.region_id or "", *filing.coverage]
    found_ = jurisdiction(filing.name, places_of(codes), province_words(codes)) if filing.coverage else None
    authority = authority_at(found_.region) if found_ else None
    return {
        "level": found_.level if found_ else None,
        "level_because": str(found_.because) if found_ else "",
        "authority_id": authority.pk if authority else None,
    }


def found_alliance(moment: Moment) -> None:
    """Write the alliance, its members, its council and how it is organised into the public rows."""
    filing: Filing = moment.case
    consortium = found(
        Founding(
            kind=ConsortiumKind.SPECIALTY_ALLIANCE,
            name=filing.name,
            lead=filing.applicant,
            authority_id=filing.authority_id,
            founded_on=filing.approved_on,
            filing_level=filing.level,
            filing_number=filing.approval_number,
            specialty=filing.specialty,
            region_code=filing.applicant.region_id,
            coverage=tuple(Region.objects.filter(pk__in=filing.coverage)),
            members=tuple(filing.members),
            charter_on=filing.charter_on,
            secretariat=filing.secretariat,
            secretariat_phone=filing.secretariat_phone,
            council_since=filing.council_since,
            seats=tuple(filing.seats),
            case_id=filing.pk,
        ),
        by=moment.actor,
    )
    moment.set(consortium_id=consortium.pk)
