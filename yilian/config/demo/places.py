"""The places of the demo city: regions, institutions and their departments. Everything here is fictional."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

PROVINCE, CITY = "990000", "990100"
REGIONS: tuple[tuple[str, str, int | None, float, float], ...] = (
    (PROVINCE, "楚南省", None, 30.52, 114.31),
    (CITY, "江城市", 3_120_000, 30.52, 114.31),
    ("990102", "东湖区", 610_000, 30.56, 114.40),
    ("990103", "南屿区", 480_000, 30.45, 114.32),
    ("990104", "西陵区", 420_000, 30.55, 114.21),
    ("990121", "北岭县", 660_000, 30.88, 114.36),
    ("990122", "金沙县", 540_000, 30.31, 114.66),
    ("990123", "青峰县", 410_000, 30.21, 113.92),
    ("990121101", "石桥乡", 38_000, 30.97, 114.41),
    ("990121102", "柳河镇", 52_000, 30.83, 114.25),
    ("990122101", "白沙镇", 47_000, 30.26, 114.78),
    ("990123101", "云岭镇", 36_000, 30.13, 113.84),
    ("990200", "远山市", 2_040_000, 31.40, 113.20),
)

LARGE = "03 03.01 03.02 03.03 03.04 03.06 03.07 04 04.01 04.02 04.03 05 05.01 05.02 07 10 20 21 26 28 30 31 32 50"
MEDIUM = "03 03.01 03.02 03.03 03.04 03.07 04 04.01 04.03 05 05.02 07 20 21 26 30 32 50"
SMALL = "02 03 04 05 09 21 30 32 50"
WARDS = {
    "03.01": "呼吸内科", "03.02": "消化内科", "03.03": "神经内科", "03.04": "心血管内科", "03.06": "肾内科",
    "03.07": "内分泌科", "04.01": "普外科", "04.02": "神经外科", "04.03": "骨科", "05.01": "妇科", "05.02": "产科",
    "07": "儿科", "02": "全科医疗科", "03": "内科", "04": "外科", "05": "妇产科", "20": "急诊科", "21": "康复科",
    "50": "中医科", "15": "精神科", "06.02": "围产保健科",
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """An institution of the demo city; `kind` picks its usual facts."""

    key: str
    name: str
    region: str
    kind: str
    grade: int | None = None
    beds: int | None = None
    facts: dict[str, Any] = field(default_factory=dict)


KINDS: dict[str, dict[str, Any]] = {
    "authority": {"is_authority": True, "affiliation": 3},
    "large": {"category": "A100", "affiliation": 3, "subjects": LARGE},
    "chinese": {"category": "A210", "affiliation": 3, "subjects": LARGE},
    "mother": {"category": "G100", "affiliation": 3, "subjects": "05 05.01 05.02 06 06.02 07 07.01 09 20 26 30 32"},
    "mind": {"category": "A5", "affiliation": 3, "subjects": "03 15 30 32"},
    "medium": {"category": "A100", "affiliation": 4, "subjects": MEDIUM},
    "community": {"category": "B100", "affiliation": 5, "subjects": SMALL},
    "township": {"category": "C220", "affiliation": 5, "subjects": SMALL},
    "town": {"category": "C210", "affiliation": 5, "subjects": SMALL},
    "private": {
        "category": "A5", "affiliation": 9, "ownership": "private", "economic_type": "17",
        "subjects": "04 04.03 21 30 32",
    },
}  # fmt: skip

PLACES: tuple[Place, ...] = (
    Place("province_office", "楚南省卫生健康委员会", PROVINCE, "authority", facts={"affiliation": 2}),
    Place("city_office", "江城市卫生健康委员会", CITY, "authority"),
    Place("beiling_office", "北岭县卫生健康局", "990121", "authority", facts={"affiliation": 4}),
    Place("jinsha_office", "金沙县卫生健康局", "990122", "authority", facts={"affiliation": 4}),
    Place("province_hospital", "楚南省人民医院", "990102", "large", 9, 3200, {"affiliation": 2}),
    Place("first", "江城市第一人民医院", "990102", "large", 9, 1800),
    Place("chinese", "江城市中医院", "990103", "chinese", 9, 900),
    Place("mother", "江城市妇幼保健院", "990102", "mother", 8, 520),
    Place("mind", "江城市精神卫生中心", "990104", "mind", 6, 400),
    Place("donghu", "东湖区人民医院", "990102", "medium", 6, 420),
    Place("xiling", "西陵区人民医院", "990104", "medium", 5, 330),
    Place("hubin", "东湖区湖滨社区卫生服务中心", "990102", "community", 3, 40),
    Place("nanyu", "南屿区社区卫生服务中心", "990103", "community", 3, 36),
    Place("rehab", "西陵区康宁康复医院", "990104", "private", 5, 150, {"founded_on": date(2015, 6, 1)}),
    Place("bone", "江城仁和骨科医院", "990103", "private", 5, 120, {"founded_on": None}),
    Place("beiling", "北岭县人民医院", "990121", "medium", 6, 620),
    Place("beiling_chinese", "北岭县中医院", "990121", "medium", 6, 280, {"category": "A210"}),
    Place("shiqiao", "石桥乡卫生院", "990121101", "township", 2, 30),
    Place("liuhe", "柳河镇中心卫生院", "990121102", "town", 3, 60),
    Place("jinsha", "金沙县人民医院", "990122", "medium", 6, 540),
    Place("baisha", "白沙镇中心卫生院", "990122101", "town", 2, 45),
    Place("qingfeng", "青峰县人民医院", "990123", "medium", 5, 380),
    Place("yunling", "云岭镇卫生院", "990123101", "township", 2, 28),
    Place("elsewhere", "远山市人民医院", "990200", "large", 8, 1100),
)
