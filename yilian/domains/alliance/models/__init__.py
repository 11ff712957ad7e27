"""Cases of the domain, and the public rows they leave behind."""

from yilian.domains.alliance.models.admission import Admission, AdmissionState
from yilian.domains.alliance.models.filing import Basis, Filing, FilingState, Strength
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

__all__ = [
    "Admission",
    "AdmissionState",
    "Agreement",
    "Assessment",
    "Basis",
    "Cause",
    "Council",
    "Ending",
    "Filing",
    "FilingState",
    "Foundation",
    "Plaque",
    "Position",
    "Seat",
    "Strength",
]
