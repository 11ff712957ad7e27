"""Invented names, numbers and staff of the demo city."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from yilian.registry.check_digits import organisation_check, resident_check, unified_check

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰博文志辉思琪子涵雨欣浩然梓萱一诺建国春梅海燕晓东立新"
COMPOUND = ("欧阳", "上官", "诸葛")
MINORITY = ("买买提·吐尔逊", "阿依古丽·艾力", "扎西·多吉", "卓玛·央金")
TITLES = (("主任医师", 4), ("副主任医师", 3), ("主治医师", 2), ("医师", 1))
PLACE_OF_NUMBER = "429801"


@dataclass(frozen=True)
class Account:
    """A named account of the demo; the same password for all."""

    username: str
    place: str
    roles: tuple[str, ...]
    full_name: str
    about: str


PASSWORD = "yilian-demo"  # noqa: S105 - the demo's printed password
OFFICE_ROLES = ("office", "director", "secretary", "admin", "auditor", "quality")
ACCOUNTS = (
    Account("township", "shiqiao", ("doctor", "reception", "registrar"), "陈雨", "石桥乡卫生院医师"),
    Account("county", "beiling", ("doctor", "reception"), "周明", "北岭县人民医院医师、转诊办"),
    Account("city", "first", ("doctor",), "林静", "江城市第一人民医院心内科医师"),
    Account("reception", "first", ("reception",), "何敏", "江城市第一人民医院转诊中心"),
    Account("office", "first", OFFICE_ROLES, "吴涛", "医联体办公室（牵头医院）"),
    Account("authority", "city_office", ("authority",), "郑文", "江城市卫生健康委员会"),
    Account("stranger", "elsewhere", ("doctor", "reception", "office"), "孙浩", "网络之外的医院"),
)  # fmt: skip


def invented_name(chance: Random) -> str:
    """Return a made-up name; a few are compound, of one character more, or of a minority with a middle dot."""
    roll = chance.random()
    if roll < 0.01:
        return chance.choice(MINORITY)
    surname = chance.choice(COMPOUND) if roll < 0.02 else chance.choice(SURNAMES)
    return surname + "".join(chance.choice(GIVEN) for _ in range(1 if chance.random() < 0.3 else 2))


def resident_number(chance: Random, birth_on: date, sex: str, serial: int) -> str:
    """Return a number with a right check digit of a place that does not exist; odd serials are men."""
    order = (serial * 2 + (1 if sex == "1" else 0)) % 1000
    first = f"{PLACE_OF_NUMBER[:4]}{serial // 500 % 90 + 10:02d}{birth_on:%Y%m%d}{order:03d}"
    return first + resident_check(first)


def unified_code(region: str, serial: int) -> str:
    """Return a credit code with right check digits of an invented registration."""
    body = f"9900{serial:04d}"
    first = f"12{region[:6]}{body}{organisation_check(body)}"
    return first + unified_check(first)


def birthday(chance: Random, today: date) -> date:
    """Return a birth date of somebody between a few days and 96 years old, elders more often."""
    age = min(96.0, max(0.01, chance.gauss(58, 21)))
    return today - timedelta(days=int(age * 365.25))
