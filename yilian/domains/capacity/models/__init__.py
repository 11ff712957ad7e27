"""The tables of this domain."""

from yilian.domains.capacity.models.board import Report, Resource, ResourceKind, Source
from yilian.domains.capacity.models.booking import Booking, Cause, Delay, DelayKind, Place
from yilian.domains.capacity.models.indication import Indication, IndicationVersion, UsedIndication
from yilian.domains.capacity.models.service import ChosenService, Direction, Service, ServiceVersion
from yilian.domains.capacity.models.wait import Wait

__all__ = [
    "Booking", "Cause", "ChosenService", "Delay", "DelayKind", "Direction", "Indication", "IndicationVersion", "Place",
    "Report", "Resource", "ResourceKind", "Service", "ServiceVersion", "Source", "UsedIndication",
    "Wait",
]  # fmt: skip
