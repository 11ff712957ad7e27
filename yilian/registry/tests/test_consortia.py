"""Consortia, grids and memberships through time."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from yilian.registry import consortia
from yilian.registry.memberships import (
    end_consortium,
    found_consortium,
    join_consortium,
    leave_consortium,
    register_grid,
)
from yilian.registry.models import Consortium, Membership
from yilian.registry.tests.conftest import LOADER

pytestmark = pytest.mark.django_db
FOUNDED, LATER, LAST = date(2024, 1, 1), date(2025, 1, 1), date(2025, 12, 31)


@pytest.fixture
def city(make_institution):
    return make_institution("江城市第一人民医院")


def found(lead, kind="city_group", name="江城市城市医疗集团", **facts) -> Consortium:
    return found_consortium(by=LOADER, kind=kind, name=name, lead=lead, founded_on=FOUNDED, **facts)


def join(consortium, institution, on=LATER) -> Membership:
    return join_consortium(by=LOADER, consortium=consortium, institution=institution, on=on)


def test_the_lead_is_the_first_member(city, township):
    group = found(city)
    join(group, township)
    assert [row.institution for row in consortia.members_of(group.pk, LATER)] == [city, township]
    assert [row.institution for row in consortia.members_of(group.pk, FOUNDED)] == [city]
    assert consortia.lead_of(group.pk, LATER) == city
    assert consortia.lead_of(group.pk, date(2023, 12, 31)) is None


def test_membership_holds_on_its_first_and_last_day_and_not_beyond(city, township):
    group = found(city)
    leave_consortium(join(group, township), by=LOADER, on=LAST)
    days = [(date(2024, 12, 31), False), (LATER, True), (LAST, True), (date(2026, 1, 1), False)]
    for on, belongs in days:
        assert consortia.is_member(township.pk, group.pk, on) is belongs
        assert consortia.consortia_of(township.pk, on) == ([group] if belongs else [])


def test_an_institution_may_be_in_several_and_they_share_those_of_the_day(city, township):
    group, alliance = found(city), found(city, "specialty_alliance", "江城市心血管内科专科联盟", specialty="03.04")
    join(group, township)
    leave_consortium(join(alliance, township), by=LOADER, on=LAST)
    assert consortia.shared_consortia(city.pk, township.pk, LATER) == [group, alliance]
    assert consortia.shared_consortia(city.pk, township.pk, date(2026, 1, 1)) == [group]


def test_nobody_joins_twice_at_the_same_time(city, township):
    group = found(city)
    first = join(group, township)
    with pytest.raises(ValidationError, match="已是成员"):
        join(group, township, on=date(2026, 1, 1))
    leave_consortium(first, by=LOADER, on=LAST)
    assert join(group, township, on=date(2026, 1, 1)).pk
    with pytest.raises(ValidationError, match="已于"):
        leave_consortium(first, by=LOADER, on=LAST)


@pytest.mark.parametrize(
    "facts",
    [
        {"role": "member", "since_on": LATER},
        {"role": "member", "since_on": date(2023, 1, 1), "until_on": FOUNDED},
        {"role": "member", "since_on": LATER, "until_on": FOUNDED},
    ],
)
def test_the_database_refuses_overlapping_memberships_too(city, facts):
    group = found(city)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(consortium=group, institution=city, **facts)


def test_the_database_refuses_a_second_lead(city, township):
    group = found(city)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(consortium=group, institution=township, role="lead", since_on=LATER)


def test_one_grid_is_answered_for_once_at_a_time(city, county):
    grid = register_grid(by=LOADER, name="城东网格")
    group = found(city, grid=grid)
    with pytest.raises(ValidationError, match="已由江城市城市医疗集团负责"):
        found(county, "county_community", "北岭县医共体", grid=grid)
    with pytest.raises(ValidationError, match="只有城市医疗集团和县域医共体"):
        found(county, "telemedicine_network", "远程网", grid=grid)
    with pytest.raises(IntegrityError), transaction.atomic():
        Consortium.objects.create(kind="city_group", name="乙", lead=county, grid=grid, founded_on=LATER)
    end_consortium(group, by=LOADER, on=LAST)
    heir = found_consortium(
        by=LOADER, kind="city_group", name="乙集团", lead=county, grid=grid, founded_on=date(2026, 1, 1)
    )
    assert heir.grid == grid


def test_an_ended_consortium_has_no_members(city, township):
    group = found(city)
    join(group, township)
    end_consortium(group, by=LOADER, on=LAST)
    assert len(consortia.members_of(group.pk, LAST)) == 2
    assert consortia.members_of(group.pk, date(2026, 1, 1)) == []
    with pytest.raises(ValidationError, match="已于"):
        join(group, township, on=date(2026, 1, 1))
    with pytest.raises(ValidationError, match="已于"):
        end_consortium(group, by=LOADER, on=LAST)


def test_nobody_joins_before_there_is_anything_to_join(city, township):
    with pytest.raises(ValidationError, match="早于医联体成立"):
        join(found(city), township, on=date(2023, 1, 1))
