"""The pages of wordings: an office makes the words of its letters its own; others keep theirs."""

import pytest

from tests.world import CITY, COUNTY
from yilian.kernel.pages.tests.conftest import person

ADDRESS = "/wordings/meeting.notice/"
OWN = "标题：请来参加【会议名称】\n\n地点：【地点】"


@pytest.fixture
def office(world):
    return person(world, "office", at=CITY)


def test_a_version_is_kept_read_again_and_given_up(world, office):
    assert "系统默认" in office.sees("/wordings/")
    office.sends(ADDRESS, text=OWN, read="0", note="改得亲切些")
    assert "本机构第 1 版" in office.sees("/wordings/")
    assert "请来参加【会议名称】" in office.sees(ADDRESS)
    assert "请来参加" not in office.sees(f"{ADDRESS}?version=0").partition("<textarea")[2].partition("</textarea>")[0]
    assert "请来参加" not in person(world, "office", at=COUNTY).sees(ADDRESS)
    office.sends(ADDRESS, text=OWN, read="1", restore="1")
    assert "关于召开【会议名称】的通知" in office.sees(ADDRESS)


def test_what_cannot_be_kept_is_said_and_two_do_not_overwrite_each_other(office):
    refused = office.sends(ADDRESS, status=422, text=OWN + "【患者】", read="0").content.decode()
    assert "没有这些字段：【患者】" in refused
    assert "地点：【地点】【患者】" in refused
    office.sends(ADDRESS, text=OWN, read="0")
    assert "刚被他人改为第 1 版" in office.sends(ADDRESS, status=422, text=OWN, read="0").content.decode()
    assert "请填写模板" in office.sends(ADDRESS, status=422, text=" ", read="1").content.decode()


def test_the_preview_is_a_letter_and_keeps_nothing(world, office):
    answer = office.sends(ADDRESS, status=200, text=OWN, read="0", preview="1")
    assert answer.content.startswith(b"%PDF")
    assert "系统默认" in office.sees("/wordings/")
    office.sees("/wordings/referral.letter/", 404)
    assert person(world, "doctor", at=CITY).client.get(ADDRESS).status_code == 403
