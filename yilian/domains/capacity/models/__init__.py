"""The tables of this domain."""

from yilian.domains.capacity.models.indication import Indication, IndicationVersion, UsedIndication
from yilian.domains.capacity.models.service import ChosenService, Direction, Service, ServiceVersion

__all__ = [
    "ChosenService", "Direction", "Indication", "IndicationVersion", "Service", "ServiceVersion", "UsedIndication",
]  # fmt: skip
