"""The tables of this domain."""

from yilian.domains.capacity.models.service import ChosenService, Direction, Service, ServiceVersion

__all__ = ["ChosenService", "Direction", "Service", "ServiceVersion"]
