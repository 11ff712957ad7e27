"""Who hears of a change, and what a page that falls behind is told."""

import pytest

from yilian.kernel.streams.hub import MOST_UNTOLD, Change, Hub, TooManyError

A, B = "0198b9b0-0000-7000-8000-000000000001", "0198b9b0-0000-7000-8000-000000000002"


def hub() -> Hub:
    return Hub(most=4, most_of_one=2)


def test_a_change_reaches_those_who_see_the_case_and_nobody_else():
    house = hub()
    seer, other = house.add(1, 10), house.add(2, 20)
    house.tell(Change.parse(f"{A} 3 1,7"))
    assert seer.take() == [("change", f"{A} 3")]
    assert other.take() == []
    assert not other.woken.is_set()


def test_the_same_case_again_is_told_once_with_its_newest_version():
    house = hub()
    listener = house.add(1, 10)
    for payload in (f"{A} 3 1", f"{B} 1 1", f"{A} 4 1"):
        house.tell(Change.parse(payload))
    assert listener.take() == [("change", f"{A} 4"), ("change", f"{B} 1")]
    assert listener.take() == []


def test_a_page_that_falls_behind_asks_for_all_again():
    house = hub()
    listener = house.add(1, 10)
    for number in range(MOST_UNTOLD + 1):
        house.tell(Change(f"case {number}", 1, frozenset([1])))
    assert listener.take() == [("again", "")]


def test_after_a_gap_everybody_asks_again():
    house = hub()
    listeners = [house.add(1, 10), house.add(2, 20)]
    house.tell_all_to_ask_again()
    assert [listener.take() for listener in listeners] == [[("again", "")]] * 2


def test_there_is_a_limit_for_one_person_and_for_all():
    house = hub()
    first = house.add(1, 10)
    house.add(1, 10)
    with pytest.raises(TooManyError):
        house.add(1, 10)
    house.remove(first)
    for user in (10, 11, 12):
        house.add(1, user)
    with pytest.raises(TooManyError):
        house.add(1, 13)
    assert len(house) == 4


def test_who_left_hears_nothing():
    house = hub()
    listener = house.add(1, 10)
    house.remove(listener)
    house.tell(Change.parse(f"{A} 3 1"))
    assert listener.take() == []
    assert len(house) == 0


@pytest.mark.parametrize("payload", ["", "a b", f"{A} x 1", f"{A} 1 a"])
def test_what_is_no_change_is_refused(payload):
    with pytest.raises(ValueError):
        Change.parse(payload)


def test_a_change_of_no_case_is_still_a_change():
    change = Change.parse("- 0 5")
    assert (change.case, change.institutions) == ("-", frozenset([5]))
