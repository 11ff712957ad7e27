"""The scales on which two patients are compared, as data, each weight with its reason.

A weight is log2(m / u): m is how often the finding comes up when both rows are one person, u how often between two
people picked at random. No regulation gives these numbers. They were worked out from the reasons below and tried on
generated pairs (`python -m bench.matching`); each is a parameter that a site sets after looking at its own pairs, and
is marked 默认值，待本地核定 until then.
"""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from yilian.registry.models.patient import IdentityKind, Sex
from yilian.registry.patients.comparing import Level, Scale, Traits
from yilian.registry.patients.slips import slips

SAME = "same"
MANY_SHARE = 5
"""From so many rows on, a phone is that of a household, a village doctor or a home, not of a person."""
LONG_NAME = 5
"""Names of so many characters are written in parts (买买提·吐尔逊), and one part may be missing."""
ENOUGH_ALIKE = 0.7
RESIDENT = f"{IdentityKind.RESIDENT.value}:"


def _document(left: Traits, right: Traits) -> str:
    """A number on both sides: 30 bits and more, since none is given twice; two resident numbers: a person has one."""
    if not left.identities or not right.identities:
        return ""
    numbers = {item.partition(":")[2] for item in left.identities}
    if any(item.partition(":")[2] in numbers for item in right.identities):
        return SAME
    residents = [any(item.startswith(RESIDENT) for item in side.identities) for side in (left, right)]
    return "other" if all(residents) else ""


def _name(left: Traits, right: Traits) -> str:
    """Two people share a name once in 4,000 or so (12 bits), its sound once in 1,000; one in 20 shares the surname.

    A desk hears a name and writes other characters for 3 people of 100 (7 bits), mistypes one for 1 of 100.
    """
    if not left.name or not right.name:
        return ""
    if left.name == right.name:
        return SAME
    if set(left.sounds) & set(right.sounds):
        return "sound"
    if _is_part(left.name, right.name):
        return "part"
    syllables = [side.sounds[0].split() for side in (left, right)]
    if _one_apart(left.name, right.name) or _one_apart(*syllables):
        return "near"
    return "surname" if left.name[0] == right.name[0] or syllables[0][0] == syllables[1][0] else "other"


def _birth(left: Traits, right: Traits) -> str:
    """One birth date in about 25,000 (14 bits); a slip of the pen is 2 % of one person, 1 in 600 of two."""
    if left.birth_on is None or right.birth_on is None:
        return ""
    if left.birth_on == right.birth_on:
        return SAME
    return "slip" if right.birth_on in slips(left.birth_on) else "other"


def _sex(left: Traits, right: Traits) -> str:
    """Half of all people (1 bit); written wrongly for 1 in 50 (5 bits against)."""
    if not {left.sex, right.sex} <= {Sex.MALE.value, Sex.FEMALE.value}:
        return ""
    return SAME if left.sex == right.sex else "other"


def _phone(left: Traits, right: Traits) -> str:
    """A phone would say 18 bits, but families share one, and it is they who have like names: 8. A quarter change it."""
    if not left.phone or not right.phone:
        return ""
    if left.phone != right.phone:
        return "other"
    return "shared" if max(left.sharers, right.sharers) >= MANY_SHARE else SAME


def _address(left: Traits, right: Traits) -> str:
    """A household again, so no more than a phone; people move and write it in many ways: hardly against."""
    if not left.address or not right.address:
        return ""
    if left.address == right.address:
        return SAME
    return "near" if _alike(left.address, right.address) else "other"


SCALES = (
    Scale("document", _("证件号码"), "document", (
        Level(SAME, _("号码相同"), 30, is_strong=True),
        Level("other", _("居民身份证号码不同"), -10, is_contrary=True),
    ), _document),
    Scale("name", _("姓名"), "name", (
        Level(SAME, _("相同"), 12, is_strong=True),
        Level("sound", _("同音，用字不同"), 7, is_strong=True),
        Level("part", _("一方是另一方的一部分"), 6),
        Level("near", _("相差一字"), 3),
        Level("surname", _("姓同名不同"), -2),
        Level("other", _("不同"), -7),
    ), _name),
    Scale("birth", _("出生日期"), "birth", (
        Level(SAME, _("相同"), 14, is_strong=True),
        Level("slip", _("疑似笔误（一位数字不同或月日颠倒）"), 4),
        Level("other", _("不同"), -7),
    ), _birth),
    Scale("sex", _("性别"), "sex", (
        Level(SAME, _("相同"), 1),
        Level("other", _("不同"), -5, is_contrary=True),
    ), _sex),
    Scale("phone", _("联系电话"), "contact", (
        Level(SAME, _("相同"), 8, is_strong=True),
        Level("shared", _("相同，但多人共用"), 2),
        Level("other", _("不同"), -2),
    ), _phone),
    Scale("address", _("现住址"), "contact", (
        Level(SAME, _("相同"), 7, is_strong=True),
        Level("near", _("写法相近"), 4),
        Level("other", _("不同"), -1),
    ), _address),
)  # fmt: skip
PROOFS = (frozenset({"document"}), frozenset({"name", "birth", "contact"}))
"""Sources that must all agree strongly: a document, or the person (name and birth date) and a way to reach them."""


def _is_part(left: str, right: str) -> bool:
    short, long = sorted((left, right), key=len)
    return len(long) >= LONG_NAME and len(short) > 1 and (long.startswith(short) or long.endswith(short))


def _one_apart(left: Sequence[str], right: Sequence[str]) -> bool:
    """Say whether one place differs, is missing, or two neighbours are swapped; of two places both must agree."""
    short, long = sorted((left, right), key=len)
    if len(long) != len(short):
        return len(short) > 1 and any([*long[:n], *long[n + 1 :]] == [*short] for n in range(len(long)))
    wrong = [n for n, (one, other) in enumerate(zip(left, right, strict=True)) if one != other]
    if len(wrong) == 1:
        return len(long) > 2
    return (
        len(wrong) == 2
        and wrong[1] == wrong[0] + 1
        and {*left[wrong[0] : wrong[1] + 1]} == {*right[wrong[0] : wrong[1] + 1]}
    )


def _alike(left: str, right: str) -> bool:
    """Say whether two addresses have the same numbers and most pairs of characters of the shorter in common."""
    if [*filter(str.isdigit, left)] != [*filter(str.isdigit, right)]:
        return False
    pairs = [{text[n : n + 2] for n in range(len(text) - 1)} for text in (left, right)]
    fewest = min(map(len, pairs))
    return fewest > 0 and len(pairs[0] & pairs[1]) >= ENOUGH_ALIKE * fewest
