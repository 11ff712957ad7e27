"""Chinese text as pinyin, so that people and places can be found by what a keyboard types fastest."""

import re

SURNAMES = {
    "单": "shan", "仇": "qiu", "解": "xie", "查": "zha", "曾": "zeng", "区": "ou", "朴": "piao", "任": "ren",
    "翟": "zhai", "盖": "ge", "缪": "miao", "宓": "mi", "召": "shao", "员": "yun", "种": "chong", "乐": "yue",
    "冼": "xian", "覃": "qin", "秘": "bi", "折": "she", "繁": "po", "尉迟": "yuchi", "万俟": "moqi", "长孙": "zhangsun",
    "令狐": "linghu", "澹台": "tantai", "纪": "ji", "华": "hua", "燕": "yan", "黑": "he", "阚": "kan",
}  # fmt: skip
"""Surnames whose reading differs from the everyday one, or that a dictionary reads wrongly."""
UNREADABLE = re.compile(r"[^0-9a-z]+")


def syllables(text: str) -> list[str]:
    """Return lower-case syllables without tones; letters and digits stay together, anything else is dropped."""
    from pypinyin import lazy_pinyin  # its dictionaries take a third of a second and 57 MB of each process

    cleaned = (UNREADABLE.sub("", part.lower()) for part in lazy_pinyin(text))
    return [part for part in cleaned if part]


def full(text: str) -> str:
    """Return the whole text in pinyin without spaces: 呼吸内科 -> huxineike."""
    return "".join(syllables(text))


def initials(text: str) -> str:
    """Return the first letter of each syllable: 呼吸内科 -> hxnk."""
    return "".join(part if part.isdigit() else part[0] for part in syllables(text))


def readings(name: str) -> list[list[str]]:
    """Return the readings of a name as syllables: that of the surname first, then the everyday one if it differs."""
    everyday = syllables(name)
    for length in (2, 1):
        surname = SURNAMES.get(name[:length])
        if surname:
            read = _split(surname, length) + syllables(name[length:])
            return [read] if read == everyday else [read, everyday]
    return [everyday]


def _split(surname: str, characters: int) -> list[str]:
    """Cut the reading of a two-character surname where its syllables meet."""
    if characters == 1:
        return [surname]
    middle = {"yuchi": 2, "moqi": 2, "zhangsun": 5, "linghu": 4, "tantai": 3}[surname]
    return [surname[:middle], surname[middle:]]
