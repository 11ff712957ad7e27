"""Names in three parts, and the level that files, without a database."""

import pytest

from yilian.domains.alliance.jurisdiction import Because, Place, jurisdiction
from yilian.domains.alliance.naming import split_name, stem

REGIONS = ["楚南省", "江城市", "北岭县"]
HERE = Place("990121", "990100", "990000")
NEXT_COUNTY = Place("990122", "990100", "990000")
NEXT_CITY = Place("990221", "990200", "990000")
WHOLE_CITY = Place(None, "990100", "990000")
WHOLE_PROVINCE = Place(None, None, "990000")
WITHOUT_CITY = Place("990801", None, "990000")


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("江城市骨科专科联盟", ("江城市", "骨科", "专科联盟")),
        ("江城骨专科联盟", ("江城", "骨", "专科联盟")),
        ("北岭县骨科专科联盟", ("北岭县", "骨科", "专科联盟")),
        ("江城市眼科专科联盟", ("江城市", "", "专科联盟")),
        ("骨科专科联盟", ("", "骨科", "专科联盟")),
        ("江城市骨科联盟", ("江城市", "", "")),
        ("专科联盟", ("", "", "专科联盟")),
        ("", ("", "", "")),
    ],
)
def test_three_parts_of_a_name(name, parts):
    found = split_name(name, REGIONS, ["骨科", ""])
    assert (found.region, found.specialty, found.tail) == parts


def test_short_names_of_regions_stay_whole():
    assert stem("江城市") == "江城"
    assert stem("沙县") == "沙县"


@pytest.mark.parametrize(
    ("coverage", "expected"),
    [
        ([HERE], (3, "990121", Because.WITHIN_COUNTY)),
        ([HERE, HERE], (3, "990121", Because.WITHIN_COUNTY)),
        ([WITHOUT_CITY], (3, "990801", Because.WITHIN_COUNTY)),
        ([HERE, NEXT_COUNTY], (2, "990100", Because.ACROSS_COUNTIES)),
        ([HERE, WHOLE_CITY], (2, "990100", Because.ACROSS_COUNTIES)),
        ([HERE, NEXT_CITY], (1, "990000", Because.ACROSS_CITIES)),
        ([WHOLE_PROVINCE], (1, "990000", Because.ACROSS_CITIES)),
        ([HERE, WITHOUT_CITY], (1, "990000", Because.ACROSS_CITIES)),
    ],
)
def test_levels_by_coverage(coverage, expected):
    found = jurisdiction("江城市骨科专科联盟", coverage, ["楚南"])
    assert (found.level, found.region, found.because) == expected


def test_the_name_of_the_province_outweighs_one_county():
    found = jurisdiction("楚南骨科专科联盟", [HERE], ["楚南"])
    assert (found.level, found.because) == (1, Because.PROVINCE_NAMED)


def test_unknown_places_have_no_level():
    assert jurisdiction("骨科专科联盟", [], ["楚南"]) is None
    assert jurisdiction("骨科专科联盟", [Place(None, None, None)], ["楚南"]) is None
