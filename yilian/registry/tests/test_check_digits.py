"""Check characters find every single wrong character and every swap of neighbours."""

import string
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from yilian.registry.check_digits import UNIFIED_ALPHABET, organisation_check, resident_check, unified_check
from yilian.registry.resident_number import PROVINCES, ResidentNumberError, read_resident_number
from yilian.registry.unified_code import UnifiedCodeError, holds_organisation_code, read_unified_code

TODAY = date(2026, 11, 21)


def with_check(first: str) -> str:
    return first + resident_check(first)


resident_numbers = st.builds(
    lambda province, county, birth, serial: with_check(f"{province}{county:04d}{birth:%Y%m%d}{serial:03d}"),
    st.sampled_from(sorted(PROVINCES)),
    st.integers(0, 9999),
    st.dates(date(1900, 1, 1), TODAY),
    st.integers(0, 999),
)
bodies = st.builds(
    lambda head, region, rest: head + region + rest,
    st.text(UNIFIED_ALPHABET, min_size=2, max_size=2),
    st.text(string.digits, min_size=6, max_size=6),
    st.text(UNIFIED_ALPHABET, min_size=9, max_size=9),
)
unified_codes = bodies.map(lambda body: body + unified_check(body))


def swapped(text: str, place: int) -> str:
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


@pytest.mark.parametrize(
    ("number", "birth_on", "sex"),
    [
        ("11010519491231002X", date(1949, 12, 31), "2"),
        ("34052419800101001X", date(1980, 1, 1), "1"),
        ("330522198001010015", date(1980, 1, 1), "1"),
        ("640101196502281120", date(1965, 2, 28), "2"),
        ("11010519491231002x", date(1949, 12, 31), "2"),
        (" 110105 19491231 002X ", date(1949, 12, 31), "2"),
    ],
)
def test_known_resident_numbers_hold(number, birth_on, sex):
    read = read_resident_number(number, today=TODAY)
    assert (read.birth_on, read.sex, read.region) == (birth_on, sex, "".join(number.split())[:6])


@pytest.mark.parametrize("code", ["91110000600037341L", "11640100MB163606X7", " 91110000600037341l"])
def test_known_unified_codes_hold(code):
    read = read_unified_code(code)
    assert read == code.strip().upper()
    assert holds_organisation_code(read)


@given(resident_numbers)
def test_every_made_resident_number_holds(number):
    assert read_resident_number(number, today=TODAY).number == number


@given(resident_numbers, st.integers(0, 17), st.sampled_from(string.digits + "X"))
def test_one_wrong_character_of_a_resident_number_is_found(number, place, wrong):
    assume(number[place] != wrong)
    with pytest.raises(ResidentNumberError):
        read_resident_number(number[:place] + wrong + number[place + 1 :], today=TODAY)


@given(resident_numbers, st.integers(0, 16))
def test_swapped_neighbours_in_a_resident_number_are_found(number, place):
    assume(number[place] != number[place + 1])
    with pytest.raises(ResidentNumberError):
        read_resident_number(swapped(number, place), today=TODAY)


@given(unified_codes, st.integers(0, 17), st.sampled_from(UNIFIED_ALPHABET))
def test_one_wrong_character_of_a_unified_code_is_found(code, place, wrong):
    assume(code[place] != wrong)
    with pytest.raises(UnifiedCodeError):
        read_unified_code(code[:place] + wrong + code[place + 1 :])


@given(unified_codes, st.integers(0, 16))
def test_swapped_neighbours_in_a_unified_code_are_found(code, place):
    assume(code[place] != code[place + 1])
    with pytest.raises(UnifiedCodeError):
        read_unified_code(swapped(code, place))


@given(st.text(max_size=25))
def test_any_text_of_another_length_is_refused(text):
    assume(len("".join(text.split())) != 18)
    with pytest.raises(UnifiedCodeError):
        read_unified_code(text)
    with pytest.raises(ResidentNumberError):
        read_resident_number(text, today=TODAY)


def test_organisation_codes_of_known_institutions():
    assert [organisation_check(code[:8]) for code in ("600037341", "MB163606X")] == ["1", "X"]


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (with_check("42010619690229001"), "出生日期不存在"),
        (with_check("42010620261122001"), "晚于今天"),
        (with_check("42010612001122001"), "过早"),
        (with_check("99010619680229001"), "省级区划"),
        ("420106680229001", "17位数字"),
        ("４２010619680229001X", "17位数字"),
        ("42010619680229001٣", "17位数字"),
    ],
)
def test_why_a_resident_number_cannot_be_right(number, says):
    with pytest.raises(ResidentNumberError, match=says):
        read_resident_number(number, today=TODAY)


def test_a_leap_day_birth_holds():
    assert read_resident_number(with_check("42010619680229001"), today=TODAY).birth_on == date(1968, 2, 29)


@pytest.mark.parametrize(
    ("code", "says"),
    [("9111000060003734", "18位"), ("9111000060003734IL", "I"), ("91A10000600037341L", "区划")],
)
def test_why_a_unified_code_cannot_be_right(code, says):
    with pytest.raises(UnifiedCodeError, match=says):
        read_unified_code(code)
