"""Stories of a sheet: claimed, reviewed, objected to, settled, frozen, recomputed elsewhere, improved."""

import ast
import io
import json
import subprocess
import sys
import zipfile
from datetime import date, timedelta

import pytest
from django.test import Client

from yilian.domains.assessment.documents import of_head
from yilian.domains.assessment.exporting import archive_of
from yilian.domains.assessment.models import Remark, Sheet
from yilian.domains.assessment.recompute import BadSnapshotError, recompute
from yilian.domains.assessment.tests.conftest import BAD, GOOD
from yilian.kernel import clock
from yilian.kernel.access.models import User
from yilian.kernel.access.scope import scope
from yilian.kernel.deadlines.rounds import go_round
from yilian.kernel.documents.issuing import issue
from yilian.kernel.workflow.refusals import Refused, StaleVersion


def refused(cast, case, verb, by, **answers) -> str:
    with pytest.raises(Refused) as caught:
        cast.take(case, verb, by, **answers)
    return str(caught.value)


@pytest.fixture
def sheet(cast) -> Sheet:
    """The county's sheet, its data locked."""
    cast.locked()
    return cast.sheet(cast.county)


def test_a_member_claims_supports_and_questions_each_line(cast, sheet):
    assert "请选择评定结果" in refused(cast, sheet, "claim", cast.county, item="county_plan", mark="yes")
    assert "本次考核" in refused(cast, sheet, "claim", cast.county, item="alliance_charter", mark="full")
    sheet = cast.take(sheet, "claim", cast.county, item="county_plan", mark="half", basis="已出台，正在落实")
    sheet = cast.take(sheet, "support", cast.county, item="county_plan", text="文件见附件")
    sheet = cast.take(sheet, "question", cast.county, item="county_down", text="三月数据不全")
    assert sheet.claims["county_plan"]["mark"] == "half"
    sheet = cast.mark(cast.reviewing(sheet, cast.county), GOOD)
    assert "1 项异议" in refused(cast, sheet, "pass_on", cast.lead)
    with scope(cast.lead):
        objection = Remark.objects.get(kind="objection")
    sheet = cast.take(sheet, "answer", cast.lead, objection=objection.pk, is_upheld=True, text="已核实，按人工核定")
    sheet = cast.take(sheet, "judge", cast.lead, item="county_down", value="30", basis="采纳异议")
    assert cast.take(sheet, "pass_on", cast.lead).state == "confirming"


def test_a_remark_of_another_sheet_cannot_be_answered_here(cast, sheet):
    other = cast.take(cast.sheet(cast.township), "question", cast.township, item="county_down", text="不全")
    with scope(cast.lead):
        foreign = Remark.objects.get(case=other.pk)
    sheet = cast.reviewing(sheet, cast.county)
    assert "本考核表上" in refused(cast, sheet, "answer", cast.lead, objection=foreign.pk, text="答复")


def test_qualitative_lines_must_all_be_judged_and_ranks_never(cast, sheet):
    sheet = cast.reviewing(sheet, cast.county)
    assert "未评定" in refused(cast, sheet, "pass_on", cast.lead)
    assert "按数据排名" in refused(cast, sheet, "judge", cast.lead, item="county_rounds", value="1")


def test_lines_without_data_are_left_out_and_not_zero(cast, sheet):
    sheet = cast.drafted(sheet, cast.county)
    assert sheet.result["lines"]["county_down"] is None
    assert (str(sheet.total), sheet.is_passed) == ("88.24", True)


def test_a_veto_fails_whatever_the_points(cast, sheet):
    sheet = cast.drafted(sheet, cast.county, GOOD | {"veto": "yes"})
    assert (str(sheet.total), sheet.is_passed) == ("88.24", False)


def test_two_reviewers_at_once_do_not_overwrite_each_other(cast, sheet):
    sheet = cast.reviewing(sheet, cast.county)
    seen = sheet.version
    cast.world.take(sheet, "judge", by=cast.lead, version=seen, item="county_plan", mark="full")
    with pytest.raises(StaleVersion):
        cast.world.take(sheet, "judge", by=cast.lead, version=seen, item="county_plan", mark="none")


def test_an_objection_to_the_score_is_answered_before_it_is_final(cast, sheet):
    sheet = cast.drafted(sheet, cast.county, BAD)
    sheet = cast.take(sheet, "object", cast.county, item="county_plan", text="方案已于五月印发")
    assert "1 项异议" in refused(cast, sheet, "decide", cast.authority)
    with scope(cast.authority):
        objection = Remark.objects.get(kind="objection")
    sheet = cast.take(sheet, "answer", cast.authority, objection=objection.pk, is_upheld=True, text="采纳")
    sheet = cast.take(sheet, "adjust", cast.authority, item="county_plan", mark="full", basis="印发件")
    before = sheet.total
    sheet = cast.take(sheet, "decide", cast.authority)
    assert sheet.state == "final"
    assert sheet.total > before


def test_silence_lets_the_clock_go_on(cast, sheet):
    with clock.standing_at(clock.now() + timedelta(days=16)):
        go_round()
        sheet = cast.sheet(cast.county)
        assert sheet.state == "reviewing"
        sheet = cast.take(cast.take(cast.mark(sheet, GOOD), "pass_on", cast.lead), "draft", cast.authority)
    with clock.standing_at(clock.now() + timedelta(days=40)):
        go_round()
    sheet = cast.sheet(cast.county)
    assert (sheet.state, sheet.snapshot["result"]["total"]) == ("final", "88.24")


def test_a_member_recomputes_its_score_with_a_plain_interpreter(cast, sheet, tmp_path):
    sheet = cast.take(cast.drafted(sheet, cast.county, GOOD | {"grades": "half"}), "accept", cast.county)
    with zipfile.ZipFile(io.BytesIO(archive_of(sheet))) as archive:
        archive.extractall(tmp_path)
    run = subprocess.run(
        [sys.executable, "-I", "-S", tmp_path / "recompute.py", tmp_path / "snapshot.json"],
        capture_output=True, text=True, check=False, encoding="utf-8", env={"PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert run.stdout.endswith(f"total {sheet.total} frozen {sheet.total} SAME\n")
    ast.parse((tmp_path / "recompute.py").read_text(encoding="utf-8"), feature_version=(3, 8))
    snapshot = json.loads((tmp_path / "snapshot.json").read_text(encoding="utf-8"))
    assert snapshot["sha256"] == sheet.snapshot_digest
    assert snapshot["lines"]["county_answered"]["says"]["whole"] == "期内发来、已答复或期限已过的转诊"
    snapshot["lines"]["county_plan"]["mark"] = "full"
    with pytest.raises(BadSnapshotError):
        recompute(snapshot)


def test_a_member_improves_and_is_checked_again(cast):
    cast.published(cast.group, BAD)
    sheet = cast.sheet(cast.county)
    measure = {"problem": "下转随访不足", "measure": "按月核对下转名单"}
    sheet = cast.take(sheet, "plan", cast.lead, plan=[measure], plan_due_on=clock.today() + timedelta(days=30))
    sheet = cast.take(sheet, "report", cast.county, plan_report="已按月核对")
    late = date.today() + timedelta(days=60)
    sheet = cast.take(sheet, "demand", cast.lead, plan_verdict="仍有缺漏", plan_due_on=late)
    sheet = cast.take(sheet, "report", cast.county, plan_report="已补齐")
    assert cast.take(sheet, "approve", cast.lead, plan_verdict="已整改").state == "closed"


def test_papers_say_what_the_score_is_made_of(cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    period = cast.published(cast.group, GOOD | {"grades": "half"})
    sheet = cast.sheet(cast.county)
    with scope(cast.lead):
        said = of_head(sheet)
        assert (said["verdict"], said["member"]) == ("合格" if sheet.is_passed else "不合格", "北岭县人民医院")
        assert "（失 2.00 分）" in said["lost"]
        assert issue(sheet, "assessment.sheet", by=cast.lead).number
        assert issue(sheet, "assessment.head", by=cast.lead).number
    with scope(cast.authority):
        assert issue(period, "assessment.results", by=cast.authority).number


def test_a_member_reads_its_lines_with_marks_as_they_are_given(cast, sheet):
    sheet = cast.mark(cast.reviewing(sheet, cast.county), GOOD)
    member = Client()
    member.force_login(User.objects.get(pk=cast.county.user_id), backend="yilian.kernel.access.logins.PasswordBackend")
    page = member.get(f"/assessment/{sheet.pk}/").content.decode()
    assert "全部做到" in page
    line = f"/assessment/{sheet.pk}/line/?item=county_plan"
    assert line in page
    assert member.get(line).status_code == 200
    assert member.get(f"/assessment/{sheet.pk}/line/?item=nonsense").status_code == 404
    assert member.get(f"/assessment/{sheet.pk}/snapshot.zip").status_code == 404, "nothing is frozen yet"
