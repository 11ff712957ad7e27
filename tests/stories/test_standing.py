"""Numbers that could not be brought up to date say so: a refresh that died, runs or failed, a formula left out."""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.db import connections

from tests.stories.services_cast import browser
from tests.world import CITY
from yilian.kernel import clock
from yilian.kernel.indicators import tasks
from yilian.kernel.indicators.measuring import measure_all
from yilian.kernel.indicators.models import Computation
from yilian.kernel.indicators.results import last_refreshed
from yilian.kernel.indicators.standing import standing
from yilian.kernel.lake.models import Refresh
from yilian.kernel.lake.tasks import refresh_lake

AT = datetime(2026, 4, 2, 2, tzinfo=UTC)
STAY = "service.stay_days"


@pytest.fixture(autouse=True)
def now(db):
    with clock.standing_at(AT):
        yield


def counted(failure="", ago=0):
    at = AT - timedelta(minutes=ago)
    return Computation.objects.create(started_at=at, finished_at=at, engine="DuckDB", failure=failure)


def test_a_refresh_that_died_is_told_from_one_that_runs():
    Refresh.objects.create(started_at=AT, finished_at=AT)
    assert standing().sentences == []
    Refresh.objects.create(started_at=AT)
    (said,) = standing().sentences
    assert "2026-04-02 10:00 开始的数据刷新中断了" in said
    with psycopg.connect(**connections["owner"].get_connection_params() | {"cursor_factory": psycopg.Cursor}) as other:
        other.execute("select pg_advisory_lock(hashtext('yilian lake'))")
        (said,) = standing().sentences
    assert said.startswith("数据正在刷新")


def test_a_refresh_that_fails_is_noted_with_its_reason(settings, tmp_path):
    settings.LAKE_FOLDER = tmp_path / "no folder"
    settings.LAKE_FOLDER.write_text("")
    with pytest.raises(OSError, match="no folder"):
        refresh_lake()
    row = Refresh.objects.get()
    assert (row.finished_at, row.failure.partition(":")[0]) == (AT, "NotADirectoryError")
    (said,) = standing().sentences
    assert "刷新失败，显示的仍是此前的数" in said


def test_what_was_fed_is_in_the_numbers_once_it_was_refreshed_and_counted():
    Refresh.objects.create(started_at=AT, finished_at=AT + timedelta(minutes=1), months=1)
    counted()
    assert not standing().holds(AT - timedelta(minutes=5))
    counted(ago=-2)
    assert standing().holds(AT - timedelta(minutes=5))
    assert not standing().holds(AT + timedelta(minutes=5))


def test_an_engine_that_is_not_there_does_not_make_numbers_look_fresh(settings, world):
    counted(ago=60)
    settings.INDICATOR_ENGINE = "abacus"
    assert tasks.count() == 0
    measure_all()
    assert last_refreshed() == AT - timedelta(minutes=60)
    (said,) = standing().sentences
    assert "统计没有完成，显示的仍是此前的数" in said
    assert said in browser(world.person("quality", at=CITY)).get("/indicators/").content.decode()


def test_an_indicator_that_was_not_counted_says_why_on_its_page(world):
    counted(f"{STAY}: 第 13 个字符：没有“gone”这一列; order: 内存不足; own.key: x")
    page = browser(world.person("quality", at=CITY)).get(f"/indicators/{STAY}/").content.decode()
    assert "没有算出本指标，显示的是此前的数：第 13 个字符：没有“gone”这一列" in page
    page = browser(world.person("quality", at=CITY)).get("/indicators/").content.decode()
    assert "有 3 处没有算出，保留此前的数：平均住院日、检查检验" in page
    assert "own.key" not in page
