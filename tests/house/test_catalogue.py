"""The English catalogue is complete and names the same blanks as the Chinese texts."""

import re

import pytest

from tools import messages

BLANK = re.compile(r"\{\w*\}|%\(\w+\)[sdf]|%[sd]|%\.\d?f")


@pytest.fixture(scope="module")
def entries():
    return {(entry.msgctxt, entry.msgid): entry for entry in messages.catalogue()}


def test_every_text_has_english():
    assert len(messages.texts()) > 1000
    assert messages.missing() == []


def test_nothing_stale_is_kept(entries):
    assert set(entries) == set(messages.texts())


def test_blanks_agree(entries):
    wrong = [
        text
        for (_, text), entry in entries.items()
        if sorted(BLANK.findall(text)) != sorted(BLANK.findall(entry.msgstr))
    ]
    assert wrong == []


def test_english_holds_no_chinese_sentences(entries):
    chinese = re.compile(r"[\u4e00-\u9fff]")
    quoted = re.compile(r"“[^”]*”|、")
    assert [e.msgid for e in entries.values() if chinese.search(quoted.sub("", e.msgstr))] == []
