"""Indicators: value, parts, rows, unknown, and frozen values that tell when something has changed."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import ProgrammingError, transaction

from yilian.kernel.access.actor import Actor
from yilian.kernel.access.models import Post, User
from yilian.kernel.access.scope import scope
from yilian.kernel.clock import standing_at
from yilian.kernel.clock.periods import parse
from yilian.kernel.indicators.evaluation import evaluate
from yilian.kernel.indicators.freezing import drift, freeze
from yilian.kernel.indicators.indicator import Amount, Direction, Indicator, Share, indicator, indicators
from yilian.kernel.indicators.models import IndicatorSnapshot
from yilian.kernel.rules.regulation import Article, Regulation

ARTICLE = Regulation("X3", "联盟办法", "联盟办法", "江城市", None, (Article("17", "第十七条", "…"),)).article("17")
YEAR = parse("2026")


def named_share(extent):
    """People with a telephone, of all who joined in the period."""
    joined = User.objects.filter(date_joined__gte=extent.period.start_at, date_joined__lt=extent.period.end_at)
    return Share(part=joined.exclude(phone=""), whole=joined)


def people(extent):
    """Everybody."""
    return Amount(User.objects.all())


def nothing_known(extent):
    """Nobody keeps these records."""


@pytest.fixture
def declared(monkeypatch):
    monkeypatch.setattr(indicators, "_items", {})
    indicator("test.reachable", "可联系率", "%", "up", ARTICLE, part_says="有电话的人")(named_share)
    indicator("test.people", "人数", "人", Direction.NONE, ARTICLE)(people)
    indicator("test.unknown", "满意度", "%", Direction.UP, ARTICLE)(nothing_known)


def person(name, phone="", joined=datetime(2026, 5, 1, tzinfo=UTC)):
    return User.objects.create(username=name, full_name=name, phone=phone, date_joined=joined)


@pytest.mark.django_db
@pytest.mark.usefixtures("declared")
def test_a_share_has_a_value_its_parts_and_its_rows():
    reachable = person("a", phone="1")
    person("b")
    person("c")
    found = evaluate("test.reachable", period=YEAR)
    assert (found.value, found.part, found.whole, found.shown) == (Decimal("33.33"), 1, 3, "33.33%")
    assert list(found.part_rows) == [reachable]
    assert found.rows().count() == 3


@pytest.mark.django_db
@pytest.mark.usefixtures("declared")
def test_a_share_of_nothing_is_unknown_not_zero():
    person("a", joined=datetime(2025, 12, 31, 15, tzinfo=UTC))
    found = evaluate("test.reachable", period=YEAR)
    assert (found.value, found.is_unknown, found.shown) == (None, True, "无数据")
    assert evaluate("test.unknown", period=YEAR).is_unknown


@pytest.mark.django_db
@pytest.mark.usefixtures("declared")
def test_nobody_of_somebody_is_zero():
    person("a")
    found = evaluate("test.reachable", period=YEAR)
    assert (found.value, found.is_unknown, found.shown) == (0, False, "0%")


@pytest.mark.django_db
@pytest.mark.usefixtures("declared")
def test_the_period_is_counted_in_local_days():
    person("a", joined=datetime(2026, 3, 31, 15, 59, tzinfo=UTC))
    person("b", joined=datetime(2026, 3, 31, 16, 0, tzinfo=UTC))
    assert evaluate("test.reachable", period=parse("2026Q1")).whole == 1
    assert evaluate("test.reachable", period=parse("2026-04")).whole == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("declared")
def test_an_amount_counts_its_rows():
    person("a")
    found = evaluate("test.people", period=YEAR)
    assert (found.value, found.shown, found.whole) == (1, "1 人", None)


def test_another_definition_has_another_digest():
    def digest(direction, measure):
        return Indicator("k", "人数", "人", direction, ARTICLE, measure).definition_digest

    ours = digest(Direction.NONE, people)
    assert ours == digest(Direction.NONE, people)
    assert ours not in (digest(Direction.UP, people), digest(Direction.NONE, named_share))


def test_the_definition_is_what_the_measure_says():
    ours = Indicator("k", "人数", "人", Direction.NONE, ARTICLE, people)
    assert ours.definition == "Everybody."


@pytest.fixture
def office():
    institution = Post._meta.get_field("institution").related_model.objects.create(name="江城市第一人民医院")
    user = person("office", phone="1")
    return Actor(user.pk, "王办公室", institution.pk, institution.name, roles=1)


@pytest.mark.django_db
@pytest.mark.usefixtures("declared")
def test_a_frozen_value_keeps_its_number_and_tells_when_rows_change(office):
    with scope(office), standing_at(datetime(2026, 11, 21, 4, tzinfo=UTC)):
        snapshot = freeze(evaluate("test.reachable", period=YEAR), by=office, ground="2026 年度考核")
        assert (snapshot.value, snapshot.first_on, snapshot.last_on) == (100, date(2026, 1, 1), date(2026, 12, 31))
        assert not drift(snapshot).rows_changed
        person("late")
        changed = drift(snapshot)
    assert (changed.rows_changed, changed.definition_changed, changed.now.value) == (True, False, 50)


@pytest.mark.django_db
@pytest.mark.usefixtures("declared")
def test_a_frozen_value_cannot_be_changed_nor_read_by_others(office):
    with scope(office):
        snapshot = freeze(evaluate("test.people", period=YEAR), by=office, ground="考核")
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            IndicatorSnapshot.objects.filter(pk=snapshot.pk).update(value=1)
    with scope(Actor(None, "外院", office.institution_id + 1, "外院", roles=1)):
        assert not IndicatorSnapshot.objects.exists()
