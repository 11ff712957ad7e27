"""The nouns, one module each."""

from yilian.registry.models.code import Code, CodeSystem
from yilian.registry.models.consortium import Consortium, Grid, Membership
from yilian.registry.models.department import Department
from yilian.registry.models.institution import Institution
from yilian.registry.models.patient import Patient, PatientIdentifier, PatientKey, PatientMerge, PatientPair
from yilian.registry.models.practitioner import Practitioner
from yilian.registry.models.region import Region
from yilian.registry.models.standing import Attestation, Sanction, SanctionChange
from yilian.registry.models.statement import Statement

__all__ = [
    "Attestation",
    "Code",
    "CodeSystem",
    "Consortium",
    "Department",
    "Grid",
    "Institution",
    "Membership",
    "Patient",
    "PatientIdentifier",
    "PatientKey",
    "PatientMerge",
    "PatientPair",
    "Practitioner",
    "Region",
    "Sanction",
    "SanctionChange",
    "Statement",
]
