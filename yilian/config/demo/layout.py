"""Which places a city has, how many people work there, and where each place refers its patients."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from yilian.config.demo.places import PLACES, Place

Ways = Mapping[str, tuple[str, ...]]
CITY_HOSPITALS = ("first", "first", "chinese", "mother")
UPWARD: Ways = {
    "shiqiao": ("beiling", "beiling", "beiling_chinese", "first"),
    "liuhe": ("beiling", "beiling", "beiling_chinese", "first"),
    "baisha": ("jinsha", "jinsha", "first"),
    "yunling": ("qingfeng",),
    "hubin": ("first", "donghu", "mother"),
    "nanyu": ("first", "chinese", "mother"),
    "beiling": CITY_HOSPITALS,
    "jinsha": CITY_HOSPITALS,
    "donghu": CITY_HOSPITALS,
    "xiling": CITY_HOSPITALS,
    "qingfeng": CITY_HOSPITALS,
}
BESIDE: Ways = {
    "beiling": ("beiling_chinese", "jinsha"),
    "jinsha": ("beiling",),
    "donghu": ("xiling",),
    "xiling": ("donghu",),
}
ORDINALS = "二三四五六七八九"


@dataclass(frozen=True)
class Layout:
    """A city: `upward` says where each place refers its patients, `beside` which places of its level it sends some to.

    `twins` are further places like one of the first; they join the consortia that it joins.
    """

    places: tuple[Place, ...]
    upward: Ways
    beside: Ways
    staff: int
    twins: Ways = field(default_factory=dict)

    def with_twins(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        """Return these places, each with its twins."""
        return tuple(one for key in keys for one in (key, *self.twins.get(key, ())))


JIANGCHENG = Layout(PLACES, UPWARD, BESIDE, staff=120)
TWINNED = (
    "shiqiao", "liuhe", "baisha", "yunling", "hubin", "nanyu", "beiling_chinese", "donghu", "xiling", "qingfeng",
    "chinese", "mother",
)  # fmt: skip
"""Members of consortia, none of them a lead: of these a larger city has more."""


def grown(layout: Layout, *, each: int, staff: int) -> Layout:
    """Return a larger city, in which every twinned place stands so many times more."""
    twins = {key: tuple(f"{key}_{number}" for number in range(2, each + 2)) for key in TWINNED}
    known = {place.key: place for place in layout.places}
    further = [
        replace(known[key], key=twin, name=f"{known[key].name}第{ORDINALS[number]}分院")
        for key in TWINNED
        for number, twin in enumerate(twins[key])
    ]
    larger = replace(layout, places=(*layout.places, *further), staff=staff, twins=twins)
    return replace(larger, upward=_widened(larger, layout.upward), beside=_widened(larger, layout.beside))


def _widened(layout: Layout, ways: Ways) -> Ways:
    """Let twins refer as their like does, and be referred to."""
    return {one: layout.with_twins(targets) for key, targets in ways.items() for one in layout.with_twins((key,))}
