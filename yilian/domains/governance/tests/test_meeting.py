"""Stories of meetings: called, answered, signed in to, held with a quorum, minuted, and proof for the year."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from yilian.domains.governance import printed
from yilian.domains.governance.meeting.planning import plan
from yilian.domains.governance.models import HeldMeeting, Meeting
from yilian.domains.governance.parameters import EVERY
from yilian.kernel import clock
from yilian.kernel.access.models import User
from yilian.kernel.access.scope import scope
from yilian.kernel.deadlines.obligation import obligations
from yilian.kernel.deadlines.standing import standing
from yilian.kernel.documents.issuing import issue
from yilian.kernel.documents.paper import papers
from yilian.kernel.documents.wordings import content
from yilian.kernel.rules.values import set_value
from yilian.kernel.workflow import queries

AGENDA = [{"item": "年度工作总结", "speaker": "林静"}, {"item": "转诊时限"}]


@pytest.fixture(autouse=True)
def vault_folder(settings, tmp_path):
    """Keep papers of a test in its own folder."""
    settings.MEDIA_ROOT = tmp_path / "documents"


def noon(days):
    return (clock.local(clock.now()) + timedelta(days=days)).replace(hour=12, minute=0, second=0, microsecond=0)


def called(council, **other):
    """Call a joint meeting for the day after tomorrow; `other` replaces answers."""
    answers = {
        "consortium": council.group.pk, "form": "joint", "subject": "年度联席会议", "starts_at": noon(2),
        "place": "第一会议室", "agenda": AGENDA,
    }  # fmt: skip
    return council.world.take(
        council.world.open("meeting", by=council.lead, **answers | other), "call", by=council.lead
    )


def sign_in(council, meeting, *actors):
    for actor in actors:
        meeting = council.world.take(meeting, "sign_in", by=actor, signed_by=actor.name)
    return meeting


def waiting(actor):
    with scope(actor):
        return [row["id"] for row in queries.inbox(actor)]


def test_who_is_invited_answers_once_and_has_nothing_left_to_do(council):
    meeting = called(council)
    assert meeting.pk in waiting(council.county)
    assert "请填写「请假理由」" in council.refused(meeting, "reply", by=council.county, reply="decline")
    meeting = council.world.take(meeting, "reply", by=council.county, reply="decline", reason="外出督导")
    assert meeting.pk not in waiting(council.county)
    assert "「答复」由待答复单位" in council.refused(meeting, "reply", by=council.county, reply="attend", person="周明")
    assert not council.world.sees(council.stranger, meeting)


def test_a_meeting_is_held_with_its_quorum_on_its_day_only(council):
    meeting = called(council)
    meeting = council.world.take(meeting, "reply", by=council.county, reply="attend", person="周明")
    assert "会议定于" in council.refused(meeting, "sign_in", by=council.lead, signed_by="林静")
    with clock.standing_at(noon(2)):
        meeting = sign_in(council, meeting, council.lead)
        assert "每个单位只签到一次" in council.refused(meeting, "sign_in", by=council.lead, signed_by="林静")
        assert "应到 4 家，已签到 1 家，须达到 50%" in council.refused(meeting, "hold", by=council.lead)
        meeting = sign_in(council, meeting, council.township)
        meeting = council.world.take(meeting, "hold", by=council.lead)
        assert (meeting.state, meeting.expected, meeting.present) == ("held", 4, 2)
        assert "缺席：北岭县人民医院、江城市中医医院" in meeting.minutes
        assert "1. 年度工作总结（林静）" in meeting.minutes


def test_one_that_has_left_is_not_expected(council):
    meeting = called(council)
    with clock.standing_at(noon(2)):
        council.leaves(council.county, clock.today() - timedelta(days=1))
        council.leaves(council.chinese, clock.today() - timedelta(days=1))
        meeting = council.world.take(sign_in(council, meeting, council.lead), "hold", by=council.lead)
    assert (meeting.expected, meeting.present) == (2, 1)


def test_the_minutes_hold_what_was_decided_and_are_approved_by_a_director(council):
    meeting = called(council)
    motion = council.passed(sitting=meeting.pk)
    with clock.standing_at(noon(2)):
        meeting = council.world.take(sign_in(council, meeting, *council.everybody), "hold", by=council.lead)
        assert f"{motion.number}《设立医疗质量工作组》：通过（赞成 4" in meeting.minutes
        meeting = council.world.take(meeting, "write", by=council.lead, minutes=f"{meeting.minutes}\n散会。")
        clerk = council.world.person("office", at=council.lead.institution_name)
        assert "「定稿纪要」由召集单位（院领导）" in council.refused(meeting, "approve", by=clerk)
        meeting = council.world.take(meeting, "approve", by=council.lead)
        with scope(council.lead):
            paper = issue(meeting, "meeting.minutes", by=council.lead)
            text = "".join(printed.of_minutes(meeting)["纪要"])
    assert paper.number.startswith("联纪〔")
    assert "散会。" in text


def test_the_year_is_planned_from_what_is_owed_and_settled(council, client):
    def stages(year):
        with scope(council.lead):
            return [(slot.form, str(slot.stage)) for slot in plan(council.group, year)]

    year = clock.today().year
    assert stages(year) == [("joint", "open")]
    held(council)
    assert stages(year) == [("joint", "held")]
    assert stages(year - 1) == [("joint", "missed")]
    with scope(council.lead):
        set_value(EVERY["council"], "quarter", by=council.lead, effective_from=clock.today(), ground="理事会决定",
                  consortium_id=council.group.pk)  # fmt: skip
    assert [form for form, _stage in stages(year + 1)].count("council") == 4
    client.force_login(User.objects.get(pk=council.lead.user_id))
    shown = client.get(f"/consortia/{council.group.pk}/meetings/?year={year + 1}").content.decode()
    assert f"/meeting/new/?consortium={council.group.pk}&amp;form=council" in shown
    assert client.get(f"/consortia/{council.group.pk}/meetings/?year=xx").status_code == 200
    assert client.get("/consortia/999999/meetings/").status_code == 404


def test_the_call_is_printed_with_its_agenda(council):
    meeting = called(council)
    with scope(council.lead):
        letter = content(papers["meeting.notice"], meeting, council.lead.institution_id)
        assert issue(meeting, "meeting.notice", by=council.lead).number.startswith("联会〔")
    assert letter["title"] == "关于召开年度联席会议的通知"
    assert "1. 年度工作总结（林静）" in [line["text"] for line in letter["body"]]
    assert council.county.institution_name in letter["to"]


def kept(council, by):
    obligation = obligations["governance.joint_meeting"]
    with scope(by):
        (subject,) = [one for one in obligation.subjects(clock.today()) if one.consortium_id == council.group.pk]
        found = standing(obligation, subject, clock.today())
    return found.state, [item.url for item in found.evidence]


def held(council, **other):
    """Call a meeting in the morning and hold it at noon."""
    with clock.standing_at(noon(0).replace(hour=8)):
        meeting = called(council, starts_at=noon(0), **other)
        return council.world.take(sign_in(council, meeting, council.lead, council.county), "hold", by=council.lead)


def test_a_held_meeting_keeps_the_yearly_obligation_even_for_who_does_not_see_it(council):
    assert kept(council, council.lead) == ("unknown", [])
    meeting = held(council)
    assert kept(council, council.lead) == ("kept", [meeting.get_absolute_url()])
    assert kept(council, council.stranger) == ("kept", [f"/consortia/{council.group.pk}/"])
    with clock.standing_at(noon(800)):
        assert kept(council, council.lead)[0] == "broken"


def test_a_council_meeting_is_no_joint_meeting(council):
    held(council, form="council")
    assert kept(council, council.lead)[0] == "unknown"


def test_nobody_unsays_that_a_meeting_was_held(council):
    HeldMeeting.objects.create(
        consortium=council.group, form="joint", subject="会议", held_on=clock.today(), case_id=council.put().pk
    )
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        HeldMeeting.objects.all().delete()


@pytest.mark.parametrize(
    ("answers", "says"),
    [({"starts_at": "2020-01-01T09:00"}, "应在通知之后"), ({"agenda": []}, "请填写「会议议程」")],
)
def test_a_call_that_cannot_be_followed_is_not_sent(council, answers, says):
    given = {"consortium": council.group.pk, "form": "joint", "subject": "会议", "starts_at": noon(2),
             "place": "一楼", "agenda": AGENDA}  # fmt: skip
    meeting = council.world.open("meeting", by=council.lead, **given | answers)
    assert says in council.refused(meeting, "call", by=council.lead)


def test_only_members_are_invited_by_name(council):
    given = {"form": "group", "invitees": [council.county.institution_id]}
    meeting = called(council, **given)
    assert council.world.sees(council.county, meeting)
    assert not council.world.sees(council.township, meeting)
    stranger = council.world.open("meeting", by=council.lead, consortium=council.group.pk, form="group", subject="会议",
                                  starts_at=noon(2), place="一楼", agenda=AGENDA,
                                  invitees=[council.stranger.institution_id])  # fmt: skip
    assert "不是成员：远山市人民医院" in council.refused(stranger, "call", by=council.lead)


def test_a_postponed_meeting_is_due_by_its_new_day(council):
    meeting = called(council)
    meeting = council.world.take(meeting, "postpone", by=council.lead, starts_at=noon(9), place="二楼")
    assert meeting.due == noon(10)
    with scope(council.county):
        assert Meeting.objects.get(pk=meeting.pk).place == "二楼"
