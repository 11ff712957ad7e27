"""The scales on which patients are compared, and what their findings come to."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yilian.registry.patients.comparing import Comparison, Traits, Weighing, compare, is_proven
from yilian.registry.patients.keys import fold, sounds
from yilian.registry.patients.scales import PROOFS, SCALES
from yilian.registry.patients.slips import slips

WEIGHING = Weighing({(s.key, level.key): level.weight for s in SCALES for level in s.levels}, -20, 0.5, 0.99)
BORN = date(1968, 2, 29)


def somebody(name: str = "王喆", **facts) -> Traits:
    facts = {"sex": "1", "birth_on": BORN} | facts
    return Traits(fold(name), sounds(name), **facts)


def found(left: Traits, right: Traits) -> Comparison:
    return compare(left, right, SCALES, WEIGHING)


def level(comparison: Comparison, key: str) -> str:
    finding = next(one for one in comparison.findings if one.scale.key == key)
    return finding.level.key if finding.level else ""


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("王喆", "王 喆", "same"),
        ("王喆", "汪哲", "sound"),
        ("单田芳", "单甜芳", "sound"),
        ("买买提·吐尔逊", "买买提", "part"),
        ("王建国", "王建华", "near"),
        ("王建国", "王国建", "near"),
        ("王建国", "王建", "near"),
        ("王伟", "王芳", "surname"),
        ("王伟", "汪芳", "surname"),
        ("王伟", "伟王", "near"),
        ("王喆", "李梅", "other"),
        ("", "李梅", ""),
    ],
)
def test_names_are_the_same_or_sound_so_or_err_by_one(left, right, expected):
    for one, other in ((left, right), (right, left)):
        assert level(found(somebody(one), somebody(other)), "name") == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (BORN, "same"),
        (date(1968, 2, 28), "slip"),
        (date(1986, 2, 28), "other"),
        (date(1978, 2, 28), "other"),
        (date(1949, 10, 1), "other"),
        (None, ""),
    ],
)
def test_birth_dates_are_the_same_or_a_slip(day, expected):
    assert level(found(somebody(), somebody(birth_on=day)), "birth") == expected


def test_slips_are_swaps_and_single_digits():
    assert {date(1968, 11, 3), date(1968, 3, 12), date(1958, 3, 11), date(1986, 3, 11)} <= slips(date(1968, 3, 11))
    assert date(1968, 3, 11) not in slips(date(1968, 3, 11))


@settings(deadline=None)
@given(st.dates(date(1901, 1, 1), date(2098, 12, 31)))
def test_a_slip_of_a_slip_leads_back(day):
    assert all(day in slips(other) for other in slips(day))


def test_documents_speak_loudest_whatever_their_kind():
    left, right = somebody(identities=frozenset({"01:aa"})), somebody("李梅", identities=frozenset({"03:aa"}))
    assert level(found(left, right), "document") == "same"
    assert level(found(left, somebody(identities=frozenset({"01:bb"}))), "document") == "other"
    assert level(found(left, somebody(identities=frozenset({"03:bb"}))), "document") == ""


def test_a_phone_that_many_share_says_little():
    assert level(found(somebody(phone=b"1"), somebody(phone=b"1")), "phone") == "same"
    assert level(found(somebody(phone=b"1", sharers=9), somebody(phone=b"1")), "phone") == "shared"


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("北岭县石桥乡一组7号", "北岭县石桥乡一组7号", "same"),
        ("北岭县石桥乡一组7号", "石桥乡一组7号", "near"),
        ("北岭县石桥乡一组7号", "北岭县石桥乡一组8号", "other"),
        ("北岭县石桥乡一组7号", "江城市东湖路7号", "other"),
    ],
)
def test_addresses_may_be_written_in_other_words_but_not_with_other_numbers(left, right, expected):
    assert level(found(somebody(address=fold(left)), somebody(address=fold(right))), "address") == expected


def test_what_is_missing_on_one_side_counts_neither_way():
    bare = compare(somebody(), somebody(), SCALES, WEIGHING)
    full = compare(somebody(phone=b"1", address="甲", identities=frozenset({"01:aa"})), somebody(), SCALES, WEIGHING)
    assert full.weight == bare.weight == -20 + 12 + 14 + 1
    assert [finding.level for finding in full.findings].count(None) == 3


def test_phone_and_address_of_one_household_count_once():
    left, right = somebody(phone=b"1", address="甲"), somebody(phone=b"1", address="甲")
    assert found(left, right).weight == -20 + 12 + 14 + 1 + 8


@pytest.mark.parametrize(
    ("left", "right", "is_suspect"),
    [
        (somebody(), somebody("汪哲"), True),
        (somebody("王建国", phone=b"1"), somebody("王建国", phone=b"1", birth_on=date(1968, 2, 28)), True),
        (somebody("王建国"), somebody("王建国", birth_on=date(1968, 2, 28)), False),
        (somebody(identities=frozenset({"01:aa"})), somebody(identities=frozenset({"01:bb"})), False),
        (somebody("王建国", phone=b"1"), somebody("王强", phone=b"1", birth_on=date(1995, 5, 5)), False),
        (somebody(), somebody(sex="2", phone=b"1"), True),
        (somebody(phone=b"1"), somebody("李梅", phone=b"1", birth_on=date(1970, 1, 1), sex="2"), False),
    ],
    ids=["homophone", "slip and phone", "slip alone", "two numbers", "father and son", "sex wrong", "couple"],
)
def test_the_band_holds_what_a_clerk_would_want_to_see(left, right, is_suspect):
    assert found(left, right).is_suspect == is_suspect


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (somebody(identities=frozenset({"01:aa"})), somebody("李梅", identities=frozenset({"03:aa"})), True),
        (somebody(phone=b"1"), somebody("汪哲", phone=b"1"), True),
        (somebody(address="甲"), somebody(address="甲"), True),
        (somebody(), somebody(), False),
        (somebody(phone=b"1", address="甲"), somebody("李梅", phone=b"1", address="甲"), False),
        (somebody(phone=b"1"), somebody(phone=b"1", birth_on=date(1968, 2, 28)), False),
        (somebody(phone=b"1"), somebody(phone=b"1", sex="2"), False),
        (
            somebody(phone=b"1", identities=frozenset({"01:aa"})),
            somebody(phone=b"1", identities=frozenset({"01:bb"})),
            False,
        ),
    ],
    ids=[
        "document",
        "name, birth, phone",
        "name, birth, address",
        "name, birth",
        "household",
        "slip",
        "sex",
        "numbers",
    ],
)
def test_a_proof_is_a_document_or_two_independent_agreements(left, right, expected):
    assert is_proven(found(left, right), PROOFS) == expected


traits = st.builds(
    somebody,
    st.sampled_from(["王喆", "汪哲", "王建国", "李梅", "买买提·吐尔逊", "吐尔逊"]),
    birth_on=st.sampled_from([None, BORN, date(1968, 2, 28), date(1990, 1, 1)]),
    sex=st.sampled_from("0129"),
    phone=st.sampled_from([b"", b"1", b"2"]),
    identities=st.sampled_from([frozenset(), frozenset({"01:aa"}), frozenset({"01:bb"}), frozenset({"03:aa"})]),
    address=st.sampled_from(["", "石桥乡1组", "北岭县石桥乡1组"]),
)


@settings(deadline=None)
@given(traits, traits)
def test_comparing_does_not_depend_on_the_side(left, right):
    assert found(left, right).weight == found(right, left).weight


@settings(deadline=None)
@given(traits, traits)
def test_the_sum_is_what_the_findings_explain(left, right):
    comparison = found(left, right)
    assert all((finding.level is None) == (finding.weight == 0) for finding in comparison.findings)
    most = comparison.weighing.prior + sum(finding.weight for finding in comparison.findings)
    assert comparison.weight <= most
    assert 0 < comparison.likelihood < 1 or comparison.weight > 50
