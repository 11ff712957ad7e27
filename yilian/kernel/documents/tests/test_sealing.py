"""Sealed files: they come back as they were, or not at all."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yilian.kernel.documents import vault
from yilian.kernel.documents.refusal import FileDamagedError
from yilian.kernel.documents.sealing import CHUNK, TAG, seal, unseal

HEADER = 24


def sealed(content: bytes, name: str = "a") -> bytes:
    target = io.BytesIO()
    seal([content], target, name=name)
    return target.getvalue()


def opened(content: bytes, name: str = "a") -> bytes:
    return b"".join(unseal(io.BytesIO(content), name=name))


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 7])
def test_any_length_comes_back(size):
    content = bytes(i % 251 for i in range(size))
    assert opened(sealed(content)) == content


@given(st.lists(st.binary(max_size=3000), max_size=5))
def test_it_does_not_matter_how_the_content_was_cut(pieces):
    target = io.BytesIO()
    seal(pieces, target, name="a")
    assert opened(target.getvalue()) == b"".join(pieces)


def test_the_file_on_disk_says_nothing():
    assert b"\xe7\x8e\x8b" not in sealed("王喆".encode() * 100)


@given(st.data())
def test_one_changed_bit_anywhere_is_found(data):
    whole = bytearray(sealed(b"x" * (CHUNK + 100)))
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(FileDamagedError):
        opened(bytes(whole))


def test_cut_at_a_chunk_chunks_swapped_or_taken_from_another_file():
    block = CHUNK + TAG
    whole = sealed(b"a" * CHUNK + b"b" * CHUNK + b"c")
    head, one, two, rest = whole[:HEADER], whole[HEADER:][:block], whole[HEADER + block :][:block], whole[-(TAG + 1) :]
    for broken in (head + one, head + one + two, head + two + one + rest, head):
        with pytest.raises(FileDamagedError):
            opened(broken)
    with pytest.raises(FileDamagedError):
        opened(whole, name="b")


def test_an_old_key_opens_and_an_unknown_key_does_not(settings):
    before = sealed(b"content")
    settings.DATA_KEYS_OLD, settings.DATA_KEY = (settings.DATA_KEY,), "another key"
    assert opened(before) == b"content"
    settings.DATA_KEYS_OLD = ()
    with pytest.raises(FileDamagedError, match="key"):
        opened(before)


def test_a_source_that_breaks_leaves_no_file(vault_folder):
    def breaking():
        yield b"x" * CHUNK * 2
        raise OSError("line broke")

    with pytest.raises(OSError, match="line broke"):
        vault.store(breaking())
    assert [path for path in vault_folder.rglob("*") if path.is_file()] == []


def test_a_missing_file_and_a_wrong_hash_are_damage():
    stored = vault.store([b"content"])
    assert vault.content(stored.key, stored.sha256) == b"content"
    with pytest.raises(FileDamagedError):
        vault.content(stored.key, "0" * 64)
    vault.discard(stored.key)
    with pytest.raises(FileDamagedError, match="missing"):
        vault.content(stored.key, stored.sha256)
