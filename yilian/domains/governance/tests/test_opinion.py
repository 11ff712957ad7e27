"""Stories of opinions: filed by a member, answered in time, accepted by silence or brought before the meeting."""

from datetime import timedelta

from yilian.domains.governance.models import AgendaPoint, Remark
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.deadlines.rounds import go_round


def filed(council, by=None, **other):
    answers = {"consortium": council.group.pk, "nature": "suggestion", "subject": "增加基层号源", "text": "请增加。"}
    case = council.world.open("opinion", by=by or council.county, **answers | other)
    return council.world.take(case, "file", by=by or council.county)


def test_the_lead_answers_and_silence_closes(council):
    case = filed(council)
    assert case.due - case.since == timedelta(days=15)
    assert council.world.sees(council.lead, case)
    assert not council.world.sees(council.township, case)
    case = council.world.take(case, "answer", by=council.lead, adoption="partly", answer="下月起增加。")
    assert case.answered_on == clock.today()
    with clock.standing_at(case.due + timedelta(minutes=1)):
        go_round()
    with scope(council.county):
        assert Remark.objects.get(pk=case.pk).state == "closed"


def test_an_answer_that_is_not_accepted_comes_before_the_next_meeting(council):
    case = council.world.take(filed(council), "answer", by=council.lead, adoption="declined", answer="暂不考虑。")
    case = council.world.take(case, "object", by=council.county, objection="未说明理由")
    assert case.state == "filed"
    with scope(council.lead):
        assert AgendaPoint.objects.get(case_id=case.pk).title == "意见与建议：增加基层号源"


def test_strangers_and_the_lead_itself_file_none(council):
    for actor in (council.stranger, council.lead):
        case = council.world.open("opinion", by=actor, consortium=council.group.pk, nature="suggestion",
                                  subject="题", text="文")  # fmt: skip
        assert "由该医联体的成员单位向牵头单位提出" in council.refused(case, "file", by=actor)
