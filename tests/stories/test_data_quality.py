"""The page of data quality: months that nobody fed are unknown, scores rank those who fed, members see themselves."""

import io

import pytest
from python_calamine import CalamineWorkbook

from tests.stories.services_cast import browser
from yilian.domains.encounter.models import FeedMonth
from yilian.domains.referral.tests.cast import make_cast
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.registry.models import Consortium
from yilian.reports.data_quality.gathering import months_until


@pytest.fixture
def cast(world):
    cast = make_cast(world)
    cast.community = Consortium.objects.get(name="北岭县医共体")
    cast.head = world.person("quality", at="北岭县人民医院")
    cast.member = world.person("quality", at="石桥乡卫生院")
    return cast


def fed(by, month, received, **faults):
    counts = {"rejected": 0, "incomplete": 0, "inconsistent": 0, "late": 0} | faults
    with scope(by):
        FeedMonth.objects.create(
            institution_id=by.institution_id, fact="encounter", month=month.year * 100 + month.month,
            received=received, first_at=clock.now(), last_at=clock.now(), **counts,
        )  # fmt: skip


def test_months_that_nobody_fed_are_unknown_and_who_fed_is_ranked(cast):
    *_older, before, last = months_until(clock.today())
    fed(cast.member, last, 200)
    fed(cast.head, last, 100, rejected=10, incomplete=30)
    fed(cast.head, before, 50, late=5)
    page = browser(cast.head).get(f"/data-quality/?consortium={cast.community.pk}").content.decode()
    assert "24 个机构月，已报送 3 个" in page
    assert page.count("未报") == 21
    for cell in (">200<", ">100<", ">50<"):
        assert cell in page
    assert '<span class="tag tag-danger">100</span>' in page
    assert '<span class="tag tag-warning">50</span>' in page
    scores = page[page.index('id="scores"') :]
    assert scores.index("石桥乡卫生院") < scores.index("北岭县人民医院"), "without a fault before with faults"
    assert "转诊按期答复占比" in page[page.index('id="unknown"') :]
    assert "没有报送，不参加排名" in browser(cast.head).get("/data-quality/?fact=order").content.decode()


def test_the_workbook_says_the_same(cast):
    *_older, last = months_until(clock.today())
    fed(cast.member, last, 200, late=20)
    content = browser(cast.head).get("/data-quality/export.xlsx").content
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert sheet[0][0] == "机构"
    assert [row[0] for row in sheet[1:]] == ["石桥乡卫生院", "北岭县人民医院"]
    assert sheet[1][1] == "1"
    assert (sheet[1][-1], sheet[2][-1]) == ("200", "")


def test_a_member_sees_itself_and_a_stranger_nothing(cast):
    *_older, last = months_until(clock.today())
    fed(cast.head, last, 77)
    fed(cast.member, last, 55)
    page = browser(cast.member).get(f"/data-quality/?consortium={cast.community.pk}").content.decode()
    assert ">55<" in page
    assert ">77<" not in page
    assert "12 个机构月" in page
    assert "没有可看的数据" in browser(cast.stranger).get("/data-quality/").content.decode()
    assert browser(cast.county).get("/data-quality/").status_code == 403
