"""Stories of documents: drafted, reviewed, published, read by their audience, reviewed again, revised, withdrawn."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from tests.world import CITY
from yilian.domains.policy.documents import printed
from yilian.domains.policy.models import Policy, Receipt
from yilian.domains.policy.tests.conftest import TEXT
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.clock.periods import add_years
from yilian.kernel.deadlines.obligation import obligations
from yilian.kernel.deadlines.rounds import go_round
from yilian.kernel.deadlines.standing import standing, standings
from yilian.kernel.documents.issuing import issue
from yilian.kernel.documents.verifying import look_up
from yilian.kernel.workflow import queries
from yilian.registry.comparing import GONE, NEW, compared


def test_a_document_gets_its_header_and_only_its_audience_sees_it(cast):
    case = cast.draft()
    assert not cast.world.sees(cast.county, case)
    case = cast.publish(case)
    today = clock.today()
    header = (case.document_number, case.edition, case.revisions, case.issued_on, case.revised_on, case.review_on)
    assert header == ("YW-P0-001", 1, 0, today, None, add_years(today, 3))
    assert (case.reviewer, case.approver) == (cast.reviewer.name, cast.director.name)
    assert cast.world.sees(cast.county, case)
    assert not cast.world.sees(cast.stranger, case)
    assert cast.publish(cast.draft(subject="会诊制度")).document_number == "YW-P0-002"
    own = cast.publish(cast.draft(audience="own", code="HL", subject="内部制度"))
    assert own.document_number == "HL-P0-001"
    assert not cast.world.sees(cast.county, own)


def test_drafting_reviewing_and_approving_are_three_people(cast):
    case = cast.world.take(cast.draft(), "submit", by=cast.writer)
    assert "审核者不是提交者" in cast.refused(case, "review", cast.writer)
    chief = cast.director
    case = cast.world.take(case, "review", by=chief)
    assert "批准者不是提交者，也不是审核者" in cast.refused(case, "publish", chief)
    other = cast.world.person("director", at=CITY)
    assert cast.world.take(case, "publish", by=other).state == "in_force"


@pytest.mark.parametrize(
    ("answers", "says"),
    [({"code": "yw"}, "大写字母"), ({"code": "Y"}, "大写字母"), ({"text": ""}, "请填写「正文」"),
     ({"audience": "members", "consortium": None}, "请填写「医联体」")],
)  # fmt: skip
def test_what_is_incomplete_is_not_submitted(cast, answers, says):
    assert says in cast.refused(cast.draft(**answers), "submit", cast.writer)


def test_receipts_are_given_once_for_each_person_and_counted(cast):
    case = cast.publish(cast.draft())
    seen = case.version
    for actor in (cast.county, cast.writer):
        cast.world.take(case, "read", by=actor, version=seen)
    assert "只确认一次" in cast.refused(case, "read", cast.county)
    with scope(cast.writer):
        assert Receipt.objects.filter(case=case.pk).count() == 2
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            Receipt.objects.all().delete()
    with scope(cast.stranger):
        assert not Receipt.objects.exists()


def test_a_new_edition_supersedes_the_old_one_and_the_code_on_paper_says_so(cast):
    first = cast.publish(cast.draft())
    with scope(cast.writer):
        paper = issue(first, "policy.document", by=cast.writer)
        assert look_up(paper.token).is_valid
    draft = cast.revised(first, TEXT.replace("二十四", "十二"))
    assert "新版正在起草" in cast.refused(first, "revise", cast.writer)
    assert not cast.world.sees(cast.county, draft)
    second = cast.publish(draft)
    assert (second.document_number, second.edition, second.revisions) == ("YW-P0-001", 2, 1)
    assert (second.issued_on, second.revised_on) == (first.issued_on, clock.today())
    with scope(cast.county):
        assert Policy.objects.get(pk=first.pk).state == "superseded"
    assert not look_up(paper.token).is_valid
    with scope(cast.writer):
        assert issue(second, "policy.document", by=cast.writer).number.startswith("制印〔")
        assert printed(second)["edition"] == 2


def test_a_dropped_draft_lets_the_document_be_revised_again(cast):
    first = cast.publish(cast.draft())
    draft = cast.revised(first, "新文")
    cast.world.take(draft, "drop", by=cast.writer)
    assert cast.revised(first, "另文").previous == first.pk


def test_after_three_years_it_falls_due_and_is_confirmed_for_three_more(cast):
    case = cast.publish(cast.draft())
    obligation = obligations["policy.review"]
    with clock.standing_at(clock.now() + timedelta(days=3 * 366)):
        go_round()
        with scope(cast.writer):
            (subject,) = obligation.subjects(clock.today())
            assert standing(obligation, subject, clock.today()).state == "broken"
        with scope(cast.director):
            assert [row["id"] for row in queries.inbox(cast.director)] == [case.pk]
            case = Policy.objects.get(pk=case.pk)
        assert case.state == "due"
        case = cast.world.take(case, "confirm", by=cast.director)
        assert (case.state, case.review_on) == ("in_force", add_years(clock.today(), 3))
        with scope(cast.writer):
            (subject,) = obligation.subjects(clock.today())
            found = standing(obligation, subject, clock.today())
            assert (found.state, found.last_day) == ("kept", case.review_on)


def test_a_document_that_says_its_own_years_is_owed_by_them(cast):
    cast.publish(cast.draft(review_years=1))
    with clock.standing_at(clock.now() + timedelta(days=367)), scope(cast.writer):
        (found,) = standings(cast.writer.institution_id, clock.today(), [obligations["policy.review"]])
        assert found.state == "broken"


def test_a_withdrawn_document_is_out_of_force(cast):
    case = cast.publish(cast.draft())
    assert "由起草单位" in cast.refused(case, "withdraw", cast.writer, withdrawal="并入新制度")
    assert cast.world.take(case, "withdraw", by=cast.director, withdrawal="并入新制度").state == "withdrawn"


def test_a_comparison_shows_what_changed_inside_a_line():
    lines = compared(TEXT, TEXT.replace("二十四小时", "十二小时") + "\n第三条 附则。")
    changed = [(piece.kind, piece.text) for line in lines for piece in line if piece.kind != "same"]
    assert (GONE, "第一条 转诊应在二十四小时内答复。") in changed
    assert (NEW, "第三条 附则。") in changed
    inside = compared("甲方应当及时答复，乙方应当配合，双方记录。", "甲方应当及时答复，乙方可以配合，双方记录。")
    assert [(piece.kind, piece.text) for piece in inside[0]] == [
        ("same", "甲方应当及时答复，"), ("gone", "乙方应当配合，"), ("new", "乙方可以配合，"), ("same", "双方记录。"),
    ]  # fmt: skip
    assert compared("", "") == []
