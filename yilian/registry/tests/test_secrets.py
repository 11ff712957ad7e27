"""Sealing, digests and masks."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yilian.kernel.sealing import SealBrokenError, digest, digest_method, seal, unseal
from yilian.registry.masking import mask_number, mask_phone


@given(st.text())
def test_what_is_sealed_opens_again_and_never_looks_alike(text):
    one, other = seal(text, context="a"), seal(text, context="a")
    assert unseal(one, context="a") == unseal(memoryview(other), context="a") == text
    assert one != other


def test_nothing_opens_to_nothing():
    assert unseal(None, context="a") == ""


@pytest.mark.parametrize("place", [0, 5, 20, -1])
def test_an_altered_seal_does_not_open(place):
    sealed = bytearray(seal("420106196802290017", context="a"))
    sealed[place] ^= 1
    with pytest.raises(SealBrokenError):
        unseal(bytes(sealed), context="a")


def test_a_seal_opens_in_its_own_context_only():
    with pytest.raises(SealBrokenError):
        unseal(seal("x", context="phone"), context="address")


def test_digests_hang_on_text_context_and_key(settings):
    first = digest("x", context="phone")
    assert first == digest("x", context="phone") != digest("x", context="identity")
    settings.DATA_KEY = "another"
    assert digest("x", context="phone") != first


def test_an_earlier_key_still_opens_and_still_finds(settings):
    sealed, found = seal("x", context="a"), digest("x", context="a")
    settings.DATA_KEYS_OLD, settings.DATA_KEY = (settings.DATA_KEY,), "new"
    assert unseal(sealed, context="a") == "x"
    assert digest("x", context="a") == found
    settings.DATA_KEYS_OLD = ()
    with pytest.raises(SealBrokenError):
        unseal(sealed, context="a")


@pytest.mark.parametrize(
    ("number", "shown"),
    [("420106196802293844", "4201**********3844"), ("E12345678", "E****5678"), ("12345", "***45"), ("", "")],
)
def test_identity_numbers_are_masked(number, shown):
    assert mask_number(number) == shown


@pytest.mark.parametrize(("phone", "shown"), [("13812341070", "138****1070"), ("8650123", "*****23"), ("1", "1")])
def test_phones_are_masked(phone, shown):
    assert mask_phone(phone) == shown


def test_a_key_may_ask_for_sm3_and_keeps_it_when_a_later_key_does_not(settings):
    settings.DATA_KEY = "sm3:first"
    found, sealed = digest("x", context="phone"), seal("x", context="phone")
    assert (len(found), digest_method()) == (32, "sm3")
    settings.DATA_KEYS_OLD, settings.DATA_KEY = ("sm3:first",), "second"
    assert digest("x", context="phone") == found
    assert unseal(sealed, context="phone") == "x"
    settings.DATA_KEYS_OLD, settings.DATA_KEY = ("second",), "sm3:third"
    assert digest_method() == "sha256"


def test_sm3_is_the_hash_of_the_standard():
    """The first example of GB/T 32905-2016."""
    wanted = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert hashlib.new("sm3", b"abc").hexdigest() == wanted
