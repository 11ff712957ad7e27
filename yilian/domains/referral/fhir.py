"""What a referral's state says in FHIR R4: a pure mapping, so that no illegal combination can be written.

ServiceRequest is the sender's view, Task the receiver's; the business status says only what Task.status cannot
(HL7 Clinical Order Workflows). R4 has no "expired": the business status does.
"""

from typing import NamedTuple

from yilian.domains.referral.vocabulary import State as S


class Statuses(NamedTuple):
    """Codes of ServiceRequest.status, Task.status, Task.businessStatus, Appointment.status and Encounter.status.

    An empty text means that there is no such resource (or, for the business status, nothing to add).
    """

    service_request: str
    task: str
    business_status: str = ""
    appointment: str = ""
    encounter: str = ""


STATUSES: dict[S, Statuses] = {
    S.DRAFT: Statuses("draft", "draft"),
    S.AWAITING_HEAD: Statuses("draft", "draft", "awaiting-department-approval"),
    S.AWAITING_APPROVAL: Statuses("draft", "draft", "awaiting-internal-approval"),
    S.SUBMITTED: Statuses("active", "requested", "", "proposed"),
    S.RECEIVED: Statuses("active", "received", "", "proposed"),
    S.AWAITING_INFORMATION: Statuses("active", "received", "awaiting-information", "proposed"),
    S.ACCEPTED: Statuses("active", "accepted", "awaiting-scheduling", "pending"),
    S.TIME_PROPOSED: Statuses("active", "accepted", "time-proposed", "pending"),
    S.SCHEDULED: Statuses("active", "accepted", "visit-scheduled", "booked", "planned"),
    S.NO_SHOW: Statuses("active", "accepted", "no-show", "noshow", "cancelled"),
    S.ARRIVED: Statuses("active", "in-progress", "arrived", "arrived", "arrived"),
    S.IN_TREATMENT: Statuses("active", "in-progress", "in-treatment", "fulfilled", "in-progress"),
    S.INTERIM_REPORTED: Statuses("active", "in-progress", "preliminary-outcome", "fulfilled", "in-progress"),
    S.AWAITING_FEEDBACK: Statuses("active", "in-progress", "awaiting-feedback", "fulfilled", "finished"),
    S.IN_FOLLOWUP: Statuses("active", "in-progress", "in-followup", "fulfilled", "in-progress"),
    S.CANCELLATION_ASKED: Statuses("active", "in-progress", "cancellation-requested", "fulfilled", "in-progress"),
    S.OUTSIDE: Statuses("active", "requested", "handed-out-on-paper"),
    S.DECLINED: Statuses("active", "rejected", "", "cancelled"),
    S.ON_HOLD: Statuses("on-hold", "on-hold", "transport-unfit", "pending"),
    S.COMPLETED: Statuses("completed", "completed", "", "fulfilled", "finished"),
    S.ABANDONED: Statuses("revoked", "rejected", "", "cancelled"),
    S.WITHDRAWN: Statuses("revoked", "cancelled", "", "cancelled", "cancelled"),
    S.UNATTENDED: Statuses("revoked", "cancelled", "no-show", "noshow", "cancelled"),
    S.EXPIRED: Statuses("revoked", "cancelled", "expired", "cancelled"),
    S.LAPSED: Statuses("revoked", "cancelled", "expired", "noshow"),
    S.FAILED: Statuses("revoked", "failed", "", "cancelled", "cancelled"),
    S.ENTERED_IN_ERROR: Statuses("entered-in-error", "entered-in-error", "", "entered-in-error", "entered-in-error"),
}
PRIORITIES = {1: "stat", 2: "urgent", 3: "routine"}
"""ServiceRequest.priority and Task.priority by our urgency."""


def statuses(state: str, *, has_arrived: bool = False) -> Statuses:
    """Return the FHIR statuses of a state; a visit that began before the end was fulfilled and is finished.

    Raises ValueError for a state that does not exist.
    """
    found = STATUSES[S(state)]
    if has_arrived and state in (S.WITHDRAWN, S.FAILED):
        return found._replace(appointment="fulfilled", encounter="finished")
    return found
