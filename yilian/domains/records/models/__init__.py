"""The tables of this domain."""

from yilian.domains.records.models.breakglass import BreakGlass, BreakGlassState
from yilian.domains.records.models.ground import Consent, Ground, GroundKind
from yilian.domains.records.models.package import Package, PackageItem
from yilian.domains.records.models.received import Received
from yilian.domains.records.models.record import Observation, Record, RecordFile, RecordStatus

__all__ = [
    "BreakGlass", "BreakGlassState", "Consent", "Ground", "GroundKind", "Observation", "Package", "PackageItem",
    "Received", "Record", "RecordFile", "RecordStatus",
]  # fmt: skip
