"""Invented people, and second records of them with the slips that desks make: the same for the same seed."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from yilian.config.demo.people import birthday, invented_name, resident_number
from yilian.registry.patients.slips import slips

TODAY = date(2026, 1, 1)
HOMOPHONES = (
    "伟玮炜维", "芳方坊", "娜那", "敏闵", "静婧靖敬", "丽莉利", "强蔷", "磊蕾", "军君均钧", "洋扬阳杨", "勇咏永",
    "艳燕彦",
    "杰洁捷", "娟涓", "涛滔", "明铭鸣", "超朝", "秀绣", "霞侠", "平萍苹", "刚钢", "桂贵", "英瑛鹰", "华骅",
    "玉钰", "兰岚", "博伯", "文雯", "志智", "辉晖", "思斯", "琪祺琦", "欣新鑫", "浩昊", "建健", "国帼",
    "春椿", "梅玫", "东冬", "晓小", "立丽", "王汪", "张章", "吴伍", "徐许", "程成", "余于",
)  # fmt: skip
STREETS = ("解放路", "人民路", "东湖路", "滨江大道", "建设一路", "青年街", "学府路", "和平里")
HAS_NUMBER, HAS_PHONE, SHARES_PHONE, HAS_ADDRESS = 0.8, 0.85, 0.15, 0.6


@dataclass(frozen=True)
class Record:
    """What a desk writes down about somebody."""

    name: str
    sex: str
    birth_on: date
    number: str = ""
    phone: str = ""
    address: str = ""


@dataclass(frozen=True)
class Question:
    """A record that comes to the desk: of whom it is (the place in the population, None for a stranger)."""

    kind: str
    record: Record
    person: int | None


def population(count: int, seed: int) -> list[Record]:
    """Return people; a fifth has no number, some share the phone of the one before them, as families do."""
    chance = Random(seed)  # noqa: S311 - repeatable on purpose
    people: list[Record] = []
    born_so_far: Counter[tuple[date, str]] = Counter()
    for _person in range(count):
        people.append(_somebody(chance, born_so_far, people[-1] if people else None))
    return people


def _somebody(chance: Random, born_so_far: Counter[tuple[date, str]], before: Record | None) -> Record:
    """Return somebody; numbers count up on every birthday, so none comes twice."""
    born, sex = birthday(chance, TODAY), chance.choice("12")
    serial = born_so_far[born, sex]
    born_so_far[born, sex] += 1
    shares = before is not None and chance.random() < SHARES_PHONE
    phone = before.phone if before and shares else _phone(chance)
    address = before.address if before and shares else _address(chance)
    return Record(
        invented_name(chance), sex, born,
        number=resident_number(chance, born, sex, serial) if chance.random() < HAS_NUMBER else "",
        phone=phone if chance.random() < HAS_PHONE else "",
        address=address if chance.random() < HAS_ADDRESS else "",
    )  # fmt: skip


def _phone(chance: Random) -> str:
    return f"1{chance.choice('3578')}{chance.randrange(10**9):09d}"


def _address(chance: Random) -> str:
    return f"江城市{chance.choice(STREETS)}{chance.randrange(1, 400)}号{chance.randrange(1, 40)}单元"


def questions(people: list[Record], count: int, seed: int) -> Iterator[Question]:
    """Yield second records of people and, just as many, records of strangers; kinds in turn, rare ones more rarely.

    None of them has a number: with one, registering joins the row and nobody compares anything.
    """
    chance = Random(seed + 1)  # noqa: S311 - repeatable on purpose
    again = list(AGAIN.items())
    strangers = [(kind, invent) for kind, (often, invent) in STRANGERS.items() for _ in range(often)]
    for turn in range(count // 2):
        place = chance.randrange(len(people))
        kind, change = again[turn % len(again)]
        yield Question(kind, replace(change(chance, replace(people[place], number="")), number=""), place)
        kind, invent = strangers[turn % len(strangers)]
        yield Question(kind, replace(invent(chance, people[chance.randrange(len(people))]), number=""), None)


def _homophone(chance: Random, one: Record) -> Record:
    places = [(n, group) for n, sign in enumerate(one.name) for group in HOMOPHONES if sign in group]
    if not places:
        return one
    n, group = chance.choice(places)
    other = chance.choice([sign for sign in group if sign != one.name[n]])
    return replace(one, name=one.name[:n] + other + one.name[n + 1 :])


def _typo(chance: Random, one: Record) -> Record:
    n = chance.randrange(1, len(one.name))
    return replace(one, name=one.name[:n] + chance.choice("丁仁全凡化木") + one.name[n + 1 :])


def _slip(chance: Random, one: Record) -> Record:
    return replace(one, birth_on=chance.choice(sorted(day for day in slips(one.birth_on) if day <= TODAY)))


def _new_phone(chance: Random, one: Record) -> Record:
    return replace(one, phone=_phone(chance))


def _moved(chance: Random, one: Record) -> Record:
    return replace(one, phone=_phone(chance), address=_address(chance))


def _bare(_chance: Random, one: Record) -> Record:
    return replace(one, phone="", address="")


def _two(chance: Random, one: Record) -> Record:
    first, second = chance.sample([_homophone, _typo, _slip, _new_phone, _bare], 2)
    return second(chance, first(chance, one))


AGAIN: dict[str, Callable[[Random, Record], Record]] = {
    "number missing": lambda _chance, one: one, "homophone": _homophone, "typo": _typo, "birth slip": _slip,
    "changed phone": _new_phone, "moved": _moved, "name and birth only": _bare, "two errors": _two,
}  # fmt: skip


def _namesake(chance: Random, one: Record) -> Record:
    return replace(_moved(chance, one), birth_on=birthday(chance, TODAY))


def _family(chance: Random, one: Record) -> Record:
    other = _somebody(chance, Counter(), None)
    return replace(other, name=one.name[0] + other.name[1:], phone=one.phone, address=one.address)


def _twin(chance: Random, one: Record) -> Record:
    return replace(_typo(chance, one), sex=one.sex)


def _same_day(chance: Random, one: Record) -> Record:
    return replace(_somebody(chance, Counter(), None), birth_on=one.birth_on)


STRANGERS: dict[str, tuple[int, Callable[[Random, Record], Record]]] = {
    "anybody": (8, lambda chance, _one: _somebody(chance, Counter(), None)),
    "namesake": (4, _namesake), "family": (4, _family), "same birth date": (3, _same_day), "twin": (1, _twin),
}  # fmt: skip
"""Of twenty strangers so many of each kind: a twin, whose record no desk can tell from a slip, is the rarest."""
