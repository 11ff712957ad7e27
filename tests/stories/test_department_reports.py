"""Across domains: what the lead's departments answered makes a quality report of each."""

from datetime import timedelta
from decimal import Decimal

import pytest

from tests.world import COUNTY
from yilian.domains.qualityreport.actions import write_for
from yilian.domains.qualityreport.models import QualityReport
from yilian.domains.referral.models import Referral
from yilian.domains.referral.tests.cast import make_cast
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.clock.periods import period_of
from yilian.kernel.documents.paper import papers
from yilian.kernel.workflow.refusals import StepRefused
from yilian.registry.models import Consortium, Department


def test_departments_of_the_lead_have_reports_of_their_own(world, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "documents"
    people = make_cast(world)
    group = Consortium.objects.get(name="北岭县医共体")
    wards = [Department.objects.create(institution=group.lead, name=name) for name in ("心内科", "急诊科", "骨科")]
    quality, director = (world.person(role, at=COUNTY) for role in ("quality", "director"))
    for number, ward in enumerate((wards[0], wards[0], wards[1])):
        referral = people.sent(diagnosis=("I20", "K35", "I10")[number], is_no_duplicate=True)
        desk, given = people.county_desk, {"instruction": "带资料"}
        referral = people.walk(referral, ("receive", desk, {}), ("accept", desk, given))
        with scope(people.county):
            late = {"answered_at": referral.answer_due_at + timedelta(hours=1)} if number else {}
            Referral.objects.filter(pk=referral.pk).update(
                sent_at=clock.now() - timedelta(days=95), receiver_department=ward, **late
            )
    quarter = period_of(clock.local(clock.now() - timedelta(days=95)).date(), 3)
    with clock.standing_at(clock.now() + timedelta(days=1)):
        assert write_for(group, quarter) == 2, "of the third department nothing is known"
        assert write_for(group, quarter) == 0
    with scope(quality):
        reports = {one.department.name: one for one in QualityReport.objects.select_related("department")}
        lines = {name: one.lines.get(key="referral.answered_in_time") for name, one in reports.items()}
        assert {name: (line.part, line.whole, line.group) for name, line in lines.items()} == {
            "心内科": (1, 2, Decimal("33.33")), "急诊科": (0, 1, Decimal("33.33"))
        }  # fmt: skip
    report = world.take(reports["心内科"], "comment", by=quality, comments="加强首诊签收。")
    report = world.take(report, "publish", by=director)
    with scope(quality):
        values = papers["qualityreport.report"].context(report)
        assert (values["to"], values["beside"]) == ("北岭县人民医院 心内科", "全院")
    assert world.take(report, "acknowledge", by=quality).state == "acknowledged"
    asked = {"consortium": group.pk, "member": people.township.institution_id, "quarter": quarter.label}
    foreign = world.open("quality_report", by=quality, **asked, department=wards[2].pk)
    with pytest.raises(StepRefused, match="不是牵头单位的科室"):
        world.take(foreign, "comment", by=quality, comments="无")
