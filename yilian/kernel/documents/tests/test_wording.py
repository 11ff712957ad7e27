"""Wordings: fields filled in, lines left out, what cannot be used said; nothing in them is run."""

import pytest

from yilian.kernel.documents.wording import Field, examples, faults, fill

FIELDS = (Field("会议", "名称", "例会"), Field("议程", "各项", is_list=True), Field("单位", "各家", is_list=True))
HEAD = "标题：关于【会议】的通知\n主送：【单位】\n附件：【议程】\n"
TEXT = HEAD + "\n# 一、事项\n召开【会议】。\n【议程】\n要求：【会议】【单位】"


def test_fields_are_filled_and_lists_make_paragraphs():
    found = fill(TEXT, {"会议": "例会", "议程": ["1. 甲", "2. 乙"], "单位": ["东院", "西院"]})
    assert (found["title"], found["to"], found["attached"]) == ("关于例会的通知", "东院、西院", ["1. 甲", "2. 乙"])
    assert [(one["text"], one["heading"]) for one in found["body"]] == [
        ("一、事项", True), ("召开例会。", False), ("1. 甲", False), ("2. 乙", False), ("要求：例会东院、西院", False),
    ]  # fmt: skip


def test_lines_whose_fields_are_all_empty_are_left_out():
    found = fill(TEXT.replace("要求：【会议】【单位】", "要求：【单位】"), {"会议": "例会", "议程": [], "单位": []})
    assert [one["text"] for one in found["body"]] == ["一、事项", "召开例会。"]
    assert (found["to"], found["attached"], found["copies"]) == (None, [], None)


def test_values_are_never_read_as_fields_or_markup():
    found = fill(TEXT, {"会议": "【单位】#panic() {{ x }} $1 \\1", "单位": ["东院"]})
    assert found["title"] == "关于【单位】#panic() {{ x }} $1 \\1的通知"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("标题：甲\n\n【会议】【患者】", "没有这些字段：【患者】"),
        ("主送：甲\n\n乙", "第一行应为"),
        ("标题：甲", "再写正文"),
        ("标题：甲\n乙\n\n丙", "看不懂“乙”"),
        ("标题：甲\n\n" + "长" * 20_001, "不超过 20000 字"),
    ],
)
def test_what_cannot_be_used_is_said(text, says):
    assert says in "；".join(faults(text, FIELDS))


def test_a_good_wording_has_no_faults_and_a_preview():
    assert faults(TEXT.replace("\n", "\r\n"), FIELDS) == []
    assert fill(TEXT, examples(FIELDS))["attached"] == ["（议程）"]
