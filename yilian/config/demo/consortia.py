"""The consortia of the demo city."""

from collections.abc import Mapping
from datetime import date

from yilian.kernel.access.actor import Actor
from yilian.registry.memberships import found_consortium, join_consortium, register_grid
from yilian.registry.models import Institution, Region

FOUNDED = date(2021, 3, 1)
GROUPS = (
    ("city_group", "江城市第一人民医院城市医疗集团", "first", ("990102", "990103", "990104"),
     ("chinese", "mother", "mind", "donghu", "xiling", "hubin", "nanyu")),
    ("county_community", "北岭县人民医院医共体", "beiling", ("990121",), ("beiling_chinese", "shiqiao", "liuhe")),
    ("county_community", "金沙县人民医院医共体", "jinsha", ("990122",), ("jinsha_chinese", "baisha")),
)  # fmt: skip
NETWORK = ("江城市远程医疗协作网", "first", ("beiling", "jinsha", "qingfeng", "shiqiao", "liuhe", "baisha", "yunling"))


def bring_consortia(by: Actor, places: Mapping[str, Institution]) -> None:
    """Found the city group, the two communities and the telemedicine network with their grids and members."""
    for kind, name, lead, codes, members in GROUPS:
        regions = Region.objects.filter(pk__in=codes)
        population = sum(region.population or 0 for region in regions)
        grid = register_grid(by=by, name=f"{name}网格", regions=regions, population=population)
        consortium = found_consortium(
            by=by, coverage=regions, kind=kind, name=name, lead=places[lead], grid=grid, founded_on=FOUNDED
        )
        for member in members:
            join_consortium(by=by, consortium=consortium, institution=places[member], on=FOUNDED, closeness="tight")
    name, lead, members = NETWORK
    network = found_consortium(by=by, kind="telemedicine_network", name=name, lead=places[lead], founded_on=FOUNDED)
    for member in members:
        join_consortium(by=by, consortium=network, institution=places[member], on=FOUNDED, closeness="loose")
