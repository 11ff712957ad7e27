"""The name of a specialty alliance: region, specialty, 专科联盟 (S3 7)."""

from collections.abc import Iterable
from dataclasses import dataclass

TAIL = "专科联盟"
REGION_TAILS = ("特别行政区", "自治区", "自治州", "自治县", "地区", "省", "市", "区", "县")
SPECIALTY_TAILS = ("专业", "科")
SHORTEST_STEM = 2


@dataclass(frozen=True)
class NameParts:
    """What was recognised of the three parts; an empty string is a part that is missing."""

    region: str
    specialty: str
    tail: str

    @property
    def is_complete(self) -> bool:
        return bool(self.region and self.specialty and self.tail)


def split_name(name: str, regions: Iterable[str], specialties: Iterable[str]) -> NameParts:
    """Recognise the three parts of a name, given the regions it may begin with and the names of its specialty.

    A region may drop its suffix (江城 for 江城市), a specialty its 科 or 专业.
    """
    tail = TAIL if name.endswith(TAIL) else ""
    rest = name.removesuffix(TAIL)
    region = _longest_beginning(rest, regions)
    middle = rest.removeprefix(region)
    return NameParts(region, middle if _is_specialty(middle, specialties) else "", tail)


def stem(region: str) -> str:
    """Return a region's name without its suffix: 江城市 -> 江城; very short names stay whole."""
    for tail in REGION_TAILS:
        if region.endswith(tail) and len(region) - len(tail) >= SHORTEST_STEM:
            return region.removesuffix(tail)
    return region


def _longest_beginning(name: str, regions: Iterable[str]) -> str:
    known = {form for region in regions for form in (region, stem(region)) if form}
    return max((form for form in known if name.startswith(form)), key=len, default="")


def _is_specialty(middle: str, specialties: Iterable[str]) -> bool:
    return bool(middle) and any(_bare(middle) == _bare(name) for name in specialties if name)


def _bare(specialty: str) -> str:
    for tail in SPECIALTY_TAILS:
        if specialty.endswith(tail) and len(specialty) > len(tail):
            return specialty.removesuffix(tail)
    return specialty
