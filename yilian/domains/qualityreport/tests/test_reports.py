"""A report from the numbers to the signature, and what stands in its way."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from docx import Document

from tests.world import COUNTY, TOWNSHIP
from yilian.domains.qualityreport.actions import first_working_day, write_for
from yilian.domains.qualityreport.models import QualityReport
from yilian.domains.qualityreport.obligations import communities, published
from yilian.kernel import clock
from yilian.kernel.access.models import User
from yilian.kernel.access.scope import scope
from yilian.kernel.clock.periods import add_months, period_of
from yilian.kernel.deadlines.obligation import obligations
from yilian.kernel.deadlines.standing import State, standing
from yilian.kernel.documents.models import IssuedPaper
from yilian.kernel.documents.paper import papers
from yilian.kernel.documents.printing import edit_out
from yilian.kernel.indicators.indicator import indicators
from yilian.kernel.indicators.storing import Result, store
from yilian.kernel.workflow.gate import open_steps
from yilian.kernel.workflow.refusals import StepRefused
from yilian.registry.models import Consortium, Membership, Region
from yilian.registry.models.consortium import ConsortiumKind, MemberRole

RATE, MONEY = "referral.in_time_share", "cost.drug_share"
QUARTER = period_of(clock.today(), 3).before()
COMMENTS = "加强首诊签收，节假日安排专人值守。\n每月通报一次。"


class Cast:
    """A community of two led by the county, its people, and two years of a rate that fell in the last month."""

    def __init__(self, world):
        self.world = world
        region = Region.objects.create(code="420121", name="北岭县", level=3)
        authority = world.authority("北岭县卫生健康局", "420121")
        self.lead, self.member = (world.place(name, region=region) for name in (COUNTY, TOWNSHIP))
        since = clock.today() - timedelta(days=1200)
        self.group = Consortium.objects.create(
            kind=ConsortiumKind.COUNTY_COMMUNITY, name="北岭县医共体", lead=self.lead, founded_on=since, region=region
        )
        for place, role in ((self.lead, MemberRole.LEAD), (self.member, MemberRole.MEMBER)):
            Membership.objects.create(consortium=self.group, institution=place, role=role, since_on=since)
        self.quality = world.person("quality", at=COUNTY)
        self.director = world.person("director", at=COUNTY)
        self.reader = world.person("quality", at=TOWNSHIP)
        self.watcher = world.person("authority", at=authority.name)
        self.count()

    def count(self, last=2, usual=17, whole=20, key=RATE):
        """Keep the months of the member and of the group; `last` of 20 in the last month."""
        digest, results, months = indicators[key].definition_digest, [], []
        for number in range(24):
            month = add_months(QUARTER.last.replace(day=1), -number)
            part = last if number == 0 else usual + number % 3 * (whole // 20)
            months.append(month)
            results += [
                Result(key, self.member.pk, self.group.pk, month, part, whole, digest),
                Result(key, None, self.group.pk, month, 90, 100, digest),
            ]
        store(results, covers=[key], months=months, at=clock.now())

    def report(self, by=None):
        with scope(by or self.quality):
            return QualityReport.objects.get(member=self.member, quarter=QUARTER.label, slot__isnull=False)

    def published(self):
        report = self.world.take(self.report(), "comment", by=self.quality, comments=COMMENTS)
        return self.world.take(report, "publish", by=self.director)


@pytest.fixture
def cast(world, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "documents"
    return Cast(world)


def test_the_clock_writes_once_for_each_member_of_which_anything_is_known(cast):
    assert write_for(cast.group, QUARTER) == 1, "of the lead nothing was counted"
    assert write_for(cast.group, QUARTER) == 0
    report = cast.report()
    with scope(cast.quality):
        (line,) = report.lines.all()
        assert (line.key, line.part, line.whole, line.group) == (RATE, 39, 60, 90)
        assert line.chart == "p"
        (finding,) = line.findings
        assert f"{QUARTER.last:%Y-%m} 低于控制下限" in finding
        assert len(line.points) == 27
        assert line.points[0][1] is None, "months before the numbers began are unknown"
    assert report.outliers == 1
    assert not cast.world.sees(cast.reader, report), "nobody reads a draft"


def test_a_report_goes_from_comments_to_the_signature(cast):
    write_for(cast.group, QUARTER)
    report = cast.published()
    assert cast.world.sees(cast.reader, report)
    assert cast.world.sees(cast.watcher, report)
    with scope(cast.reader):
        paper = IssuedPaper.objects.get(case=report.pk)
        assert paper.title == "质控报告"
        declared = papers["qualityreport.report"]
        values = declared.context(report)
        words = " ".join(line.text for line in declared.manuscript(values).lines)
    assert "转诊按期答复占比" in words
    assert "节假日安排专人值守" in words
    with scope(cast.reader):
        shapes = Document(BytesIO(edit_out(paper, by=cast.reader))).inline_shapes
    assert values["charts"][0]["svg"].count("<circle") > 23
    described = [shape._inline.docPr.get("descr", "") for shape in shapes]
    assert [words for words in described if words] == [
        "；".join([f"{chart['title']}（{chart['kind']}）", *chart["findings"]]) for chart in values["charts"]
    ]
    with scope(cast.reader):
        assert "acknowledge" in {one.step.verb for one in open_steps(report, cast.reader) if not one.reasons}
    with pytest.raises(StepRefused, match="整改措施"):
        cast.world.take(report, "acknowledge", by=cast.reader)
    report = cast.world.take(report, "acknowledge", by=cast.reader, measures="落实值守")
    assert (report.state, report.open) == ("acknowledged", False)


def test_what_is_out_of_control_for_the_better_asks_for_no_measures(cast):
    cast.count(last=20, usual=8)
    write_for(cast.group, QUARTER)
    report = cast.published()
    with scope(cast.reader):
        (finding,) = report.lines.get().findings
    assert finding.endswith("（向好）")
    assert report.outliers == 0
    assert cast.world.take(report, "acknowledge", by=cast.reader).state == "acknowledged"


def test_shares_of_money_are_held_against_their_own_scatter(cast):
    cast.count(last=30_010_000, usual=30_000_000, whole=100_000_000, key=MONEY)
    write_for(cast.group, QUARTER)
    with scope(cast.quality):
        line = cast.report().lines.get(key=MONEY)
    assert (line.chart, line.findings) == ("xmr", []), "fen are no trials: a p-chart would call every month odd"
    assert (line.part, line.whole) == (None, None)


def test_nobody_approves_the_own_comments_and_a_return_keeps_them(cast):
    write_for(cast.group, QUARTER)
    both = cast.world.person("quality", "director", at=COUNTY)
    report = cast.world.take(cast.report(), "comment", by=both, comments=COMMENTS)
    with pytest.raises(StepRefused, match="不是意见填写人"):
        cast.world.take(report, "publish", by=both)
    report = cast.world.take(report, "send_back", by=cast.director, return_reason="请写明时限")
    assert (report.state, report.comments) == ("written", COMMENTS)


def test_corrected_numbers_come_in_while_nobody_has_commented(cast):
    write_for(cast.group, QUARTER)
    cast.count(last=18)
    report = cast.world.take(cast.report(), "rewrite", by=cast.quality)
    with scope(cast.quality):
        assert report.lines.get().part == 55
    assert report.outliers == 0


def test_a_withdrawn_report_makes_room_for_another(cast):
    write_for(cast.group, QUARTER)
    asked = {"consortium": cast.group.pk, "member": cast.member.pk, "quarter": QUARTER.label}
    with pytest.raises(StepRefused, match="已经有了"):
        cast.world.open("quality_report", by=cast.quality, **asked)
    cast.world.take(cast.report(), "withdraw", by=cast.quality, withdrawal="口径有误")
    assert write_for(cast.group, QUARTER) == 1
    for bad in ("2026Q9", period_of(clock.today(), 3).label, "2026"):
        draft = cast.world.open("quality_report", by=cast.quality, **asked | {"quarter": bad})
        with pytest.raises(StepRefused, match="已经结束"):
            cast.world.take(draft, "comment", by=cast.quality, comments="无")


def test_the_duty_is_kept_once_the_last_report_of_a_quarter_is_out(cast):
    duty, (subject,) = obligations["qualityreport.published"], communities(clock.today())
    with scope(cast.quality):
        assert standing(duty, subject, clock.today()).state == State.UNKNOWN
    write_for(cast.group, QUARTER)
    with scope(cast.quality):
        assert published(subject, QUARTER.first, clock.today()) == []
    cast.published()
    with scope(cast.quality):
        found = standing(duty, subject, clock.today())
        assert (found.state, len(found.evidence)) == (State.KEPT, 1)


def test_the_page_shows_numbers_and_charts(cast):
    write_for(cast.group, QUARTER)
    client = Client()
    client.force_login(User.objects.get(pk=cast.quality.user_id), backend="yilian.kernel.access.logins.PasswordBackend")
    page = client.get(cast.report().get_absolute_url()).content.decode()
    for text in ("转诊按期答复占比", "低于控制下限", "比率控制图", "<figure", "39/60", "65"):
        assert text in page, text


def test_the_first_working_day_is_no_weekend():
    first = [first_working_day(clock.today() + timedelta(days=number)) for number in range(7)]
    assert {day.weekday() for day in first} == {0, 1, 2, 3, 4}
