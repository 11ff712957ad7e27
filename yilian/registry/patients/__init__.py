"""Patients: registered once, found fast, joined when two rows are one person and parted again when they were not."""

from yilian.registry.patients.merging import merge, unmerge
from yilian.registry.patients.pairs import reconsider, tell_apart
from yilian.registry.patients.registering import add_identifier, change_patient, register_patient
from yilian.registry.patients.registering_many import register_patients
from yilian.registry.patients.revealing import reveal
from yilian.registry.patients.searching import PatientLine, find_by_identity, newest, search
from yilian.registry.patients.suspecting import Suspect

__all__ = [
    "PatientLine",
    "Suspect",
    "add_identifier",
    "change_patient",
    "find_by_identity",
    "merge",
    "newest",
    "reconsider",
    "register_patient",
    "register_patients",
    "reveal",
    "search",
    "tell_apart",
    "unmerge",
]
