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
        for form in entry.msgstr_plural.values() or (entry.msgstr,)
        if sorted(BLANK.findall(text)) != sorted(BLANK.findall(form))
    ]
    assert wrong == []


def test_english_holds_no_chinese_sentences(entries):
    chinese = re.compile(r"[\u4e00-\u9fff]")
    quoted = re.compile(r"“[^”]*”|、")
    told = [(entry.msgid, entry.msgstr + "".join(entry.msgstr_plural.values())) for entry in entries.values()]
    assert [text for text, english in told if chinese.search(quoted.sub("", english))] == []


def test_every_name_under_which_texts_are_marked_is_known():
    alias = re.compile(r"translation import .*\b\w*gettext\w* as (\w+)")
    names = {name for path in (messages.ROOT / "yilian").rglob("*.py") for name in alias.findall(path.read_text())}
    assert {"_", "now"} <= names <= messages.KEYWORDS.keys()
