"""Stories of signing in by code on a phone, and of two secretaries who edit the same minutes."""

import re
from datetime import timedelta

import pytest

from tests.world import ELSEWHERE
from yilian.domains.governance.meeting.codes import CodeExpiredError, check, code_of
from yilian.domains.governance.tests.test_meeting import called, noon, sign_in
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.rules.values import set_value


def user_at(council, actor):
    return council.world.user("office", at=actor.institution_name)


def wants_codes(council):
    with scope(council.lead):
        set_value("governance.code_only", "true", by=council.lead, effective_from=clock.today(), ground="决定",
                  consortium_id=council.group.pk)  # fmt: skip


def test_a_phone_that_scans_the_code_signs_in_for_its_institution(council, client):
    wants_codes(council)
    with clock.standing_at(noon(0).replace(hour=8)):
        meeting = called(council, starts_at=noon(0))
        assert "请扫描" in council.refused(meeting, "sign_in", by=council.county, signed_by="周明")
        client.force_login(user_at(council, council.lead))
        page = client.get(f"/meetings/{meeting.pk}/code/").content.decode()
        assert "<svg" in page
        client.force_login(user_at(council, council.county))
        arrive = f"/meetings/{meeting.pk}/arrive/"
        assert client.get(f"/meetings/{meeting.pk}/code/").status_code == 404
        assert (
            code_of(meeting.pk).partition(":")[0] in client.get(f"{arrive}?code={code_of(meeting.pk)}").content.decode()
        )
        assert "不是本次会议" in client.post(arrive, {"code": "123:abc"}).content.decode()
        assert client.post(arrive, {"code": code_of(meeting.pk)}).status_code == 302
        with scope(council.lead):
            assert meeting.attendees.get(institution=council.county.institution_id).signed_at
        client.force_login(council.world.user("office", at=ELSEWHERE))
        assert client.get(arrive).status_code == 404


def test_before_a_meeting_is_called_the_page_says_when_there_will_be_a_code(council, client):
    meeting = council.world.open("meeting", by=council.lead, form="joint", subject="年度联席会议")
    client.force_login(user_at(council, council.lead))
    page = client.get(f"/meetings/{meeting.pk}/code/").content.decode()
    assert "会议通知发出后" in page
    assert "会议签到二维码" not in page
    answer = client.post(f"/meetings/{meeting.pk}/arrive/", {"code": code_of(meeting.pk)})
    assert answer.status_code == 422


def test_a_code_is_good_for_its_meeting_and_a_few_minutes(council, monkeypatch):
    meeting, other = called(council), called(council)
    code = code_of(meeting.pk)
    assert check(code, meeting.pk)
    assert not check(code, other.pk)
    assert not check("", meeting.pk)
    late = clock.now().timestamp() + timedelta(minutes=11).total_seconds()
    monkeypatch.setattr("django.core.signing.time.time", lambda: late)
    with pytest.raises(CodeExpiredError):
        check(code, meeting.pk)


def test_of_two_who_edit_the_minutes_the_second_sees_the_text_of_the_first(council, client):
    meeting = called(council, starts_at=noon(2))
    with clock.standing_at(noon(2)):
        meeting = council.world.take(sign_in(council, meeting, council.lead, council.county), "hold", by=council.lead)
    client.force_login(user_at(council, council.lead))
    address = f"/meeting/{meeting.pk}/do/write/"
    page = client.get(address).content.decode()
    version = re.search(r'name="_version" value="(\d+)"', page)[1]
    council.world.take(meeting, "write", by=council.lead, minutes="第一位秘书的纪要")
    answer = client.post(address, {"_version": version, "minutes": "第二位秘书的纪要"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "第一位秘书的纪要" in text
    assert "第二位秘书的纪要" in text
    with scope(council.lead):
        assert type(meeting).objects.get(pk=meeting.pk).minutes == "第一位秘书的纪要"
