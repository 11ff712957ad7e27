"""The tables of this domain."""

from yilian.domains.capacity.models.board import Report, Resource, ResourceKind, Source
from yilian.domains.capacity.models.indication import Indication, IndicationVersion, UsedIndication
from yilian.domains.capacity.models.service import ChosenService, Direction, Service, ServiceVersion

__all__ = [
    "ChosenService", "Direction", "Indication", "IndicationVersion", "Report", "Resource", "ResourceKind", "Service",
    "ServiceVersion", "Source", "UsedIndication",
]  # fmt: skip
