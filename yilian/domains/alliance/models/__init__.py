"""Cases of the domain, and the public rows they leave behind."""

from yilian.domains.alliance.models.admission import Admission, AdmissionState
from yilian.domains.alliance.models.appraisal import Appraisal, AppraisalState
from yilian.domains.alliance.models.charter import Charter, CharterRevision, CharterState
from yilian.domains.alliance.models.dissolution import Dissolution, DissolutionState
from yilian.domains.alliance.models.establishment import Centre, Establishment, EstablishmentState, Unchanged
from yilian.domains.alliance.models.exit import Exit, ExitState
from yilian.domains.alliance.models.filing import Basis, Filing, FilingState, Strength
from yilian.domains.alliance.models.plaque import PlaqueRequest, PlaqueState
from yilian.domains.alliance.models.records import (
    Agreement,
    Assessment,
    Cause,
    Council,
    Ending,
    Foundation,
    Plaque,
    Position,
    Seat,
)
from yilian.domains.alliance.models.renewal import Renewal, RenewalState

__all__ = [
    "Admission",
    "AdmissionState",
    "Agreement",
    "Appraisal",
    "AppraisalState",
    "Assessment",
    "Basis",
    "Cause",
    "Centre",
    "Charter",
    "CharterRevision",
    "CharterState",
    "Council",
    "Dissolution",
    "DissolutionState",
    "Ending",
    "Establishment",
    "EstablishmentState",
    "Exit",
    "ExitState",
    "Filing",
    "FilingState",
    "Foundation",
    "Plaque",
    "PlaqueRequest",
    "PlaqueState",
    "Position",
    "Renewal",
    "RenewalState",
    "Seat",
    "Strength",
    "Unchanged",
]
