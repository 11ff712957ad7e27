"""The five source documents as data, each article in our own words."""

from yilian.registry.regulations.s3 import S3
from yilian.registry.regulations.s4 import S4

__all__ = ["S3", "S4"]
