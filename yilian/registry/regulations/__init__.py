"""The five source documents as data, each article in our own words."""

from yilian.registry.regulations.s0 import S0
from yilian.registry.regulations.s1 import S1
from yilian.registry.regulations.s2 import S2
from yilian.registry.regulations.s3 import S3
from yilian.registry.regulations.s4 import S4

__all__ = ["S0", "S1", "S2", "S3", "S4"]
