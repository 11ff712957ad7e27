"""Patients: registered once, found fast, joined when two rows are one person and parted again when they were not."""

from yilian.registry.patients.merging import merge, unmerge
from yilian.registry.patients.registering import add_identifier, change_patient, register_patient
from yilian.registry.patients.revealing import reveal
from yilian.registry.patients.searching import Duplicate, PatientLine, duplicates, find_by_identity, newest, search

__all__ = [
    "Duplicate",
    "PatientLine",
    "add_identifier",
    "change_patient",
    "duplicates",
    "find_by_identity",
    "merge",
    "newest",
    "register_patient",
    "reveal",
    "search",
    "unmerge",
]
