"""Institutions publish what they take; a referral asks for a service in the version its author read."""

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from tests.stories.services_cast import browser, offered, ward
from yilian.domains.capacity.directory.choosing import chosen
from yilian.domains.capacity.directory.searching import Wish, search
from yilian.domains.capacity.directory.writing import revise_service, switch_service
from yilian.domains.capacity.models import ChosenService, Service
from yilian.domains.referral.tests.cast import make_cast, refused
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow.refusals import StaleFactsError
from yilian.registry.models import Code, Institution


@pytest.fixture
def cast(world):
    return make_cast(world)


@pytest.fixture
def service(cast):
    return offered(cast.county_desk, requirements="请携带心电图")


def found(cast, actor=None, **wish):
    actor = actor or cast.township
    with scope(actor):
        return [line.service.name for line in search(actor, Wish(**wish))]


def choice(cast, referral, by=None):
    with scope(by or cast.township):
        return chosen(cast.fresh(referral, by))


def revised(cast, service, **terms):
    with scope(cast.county_desk):
        revise_service(service, by=cast.county_desk, **terms)


@pytest.mark.parametrize("text", ["心血管", "xxgnk", "xinxue", "北岭县", "心血管内科"])
def test_a_service_is_found_by_name_pinyin_department_or_institution(cast, service, text):
    assert found(cast, text=text) == ["心血管内科住院"]


def test_every_wish_narrows(cast):
    heart, _is_new = Code.objects.get(system="specialty", code="03.04"), None
    offered(cast.county_desk, "心血管", subject=heart, age_from=15, is_featured=True)
    offered(cast.county_desk, "康复", directions=["down"], age_until=90)
    assert found(cast, subject="03") == ["心血管"]
    assert found(cast, subject="04") == []
    assert found(cast, direction="down") == ["康复"]
    assert found(cast, age=14) == ["康复"]
    assert found(cast, age=91) == ["心血管"]
    assert found(cast, is_featured=True) == ["心血管"]


def test_ones_own_consortium_comes_first_then_the_nearest(cast):
    for actor, latitude in ((cast.county, "30.88"), (cast.city, "30.52"), (cast.stranger, "30.97")):
        Institution.objects.filter(pk=actor.institution_id).update(latitude=latitude, longitude="114.40")
        offered(actor, f"{actor.institution_name}门诊")
    Institution.objects.filter(pk=cast.township.institution_id).update(latitude="30.97", longitude="114.41")
    names = found(cast)
    assert [name[:3] for name in names] == ["北岭县", "江城市", "远山市"]


def test_ones_own_services_are_found_by_naming_ones_own_institution(cast):
    offered(cast.township_desk, "接续治疗")
    assert found(cast) == []
    assert found(cast, institution_id=cast.township.institution_id) == ["接续治疗"]


def test_a_place_without_coordinates_has_no_distance(cast, service):
    with scope(cast.township):
        assert search(cast.township, Wish())[0].distance is None


def test_the_referral_keeps_the_version_that_was_read(cast, service):
    referral = cast.sent(service=service.pk)
    revised(cast, service, requirements="另请携带超声报告")
    kept = choice(cast, referral)
    assert (kept.version.version, kept.version.requirements) == (1, "请携带心电图")
    page = browser(cast.county).get(referral.get_absolute_url()).content.decode()
    assert "请携带心电图" in page
    assert "已改版" in page


def test_terms_that_changed_before_sending_are_to_be_read_again(cast, service):
    draft = cast.draft(service=service.pk)
    revised(cast, service, opening_hours="周一至周五")
    assert "现为第 2 版" in refused(cast, draft, "send", cast.township)
    cast.take(draft, "edit", by=cast.township, service=service.pk)
    assert cast.take(draft, "send", by=cast.township).state == "submitted"
    assert choice(cast, draft).version.version == 2


def test_a_service_that_does_not_fit_is_refused(cast, service):
    offer = offered(cast.city_desk, "城市门诊", directions=["down"], age_until=14)
    said = refused(cast, cast.draft(service=offer.pk), "send", cast.township)
    assert all(text in said for text in ("应由转入机构提供", "本方向", "年龄范围", "接收：下转"))


def test_a_service_switched_off_meanwhile_is_refused_and_no_longer_offered(cast, service):
    draft = cast.draft(service=service.pk)
    with scope(cast.county_desk):
        assert switch_service(service, by=cast.county_desk, is_on=False)
    assert found(cast) == []
    assert "正在接收" in refused(cast, draft, "send", cast.township)


def test_an_emergency_goes_first(cast, service):
    draft = cast.draft(service=service.pk, is_emergency=True)
    with scope(cast.county_desk):
        switch_service(service, by=cast.county_desk, is_on=False)
    assert cast.take(draft, "send", by=cast.township).state == "submitted"


def test_another_receiver_takes_another_service_or_none(cast, service):
    other = offered(cast.city_desk, "城市门诊")
    referral = cast.sent(service=service.pk)
    there = {"receiver": cast.city.institution_id, "redirect_reason": "better_place", "patient_agrees": True}
    assert "应由转入机构提供" in refused(cast, referral, "reroute", cast.township, service=service.pk, **there)
    cast.take(referral, "reroute", by=cast.township, note="改转", service=other.pk, **there)
    assert choice(cast, referral).service_id == other.pk
    back = there | {"receiver": cast.county.institution_id}
    cast.take(referral, "reroute", by=cast.township, note="改回", **back)
    assert choice(cast, referral) is None


def test_only_the_institution_itself_writes_its_services(cast, service):
    with scope(cast.city_desk), pytest.raises(ValidationError, match="由提供服务的机构"):
        revise_service(service, by=cast.city_desk, name="别人的")
    with scope(cast.city_desk):
        assert Service.objects.filter(pk=service.pk).update(is_on=False) == 0


def test_no_version_is_ever_changed(cast, service):
    for statement in ("update capacity_serviceversion set name = 'x'", "delete from capacity_serviceversion"):
        with scope(cast.county_desk), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement)


def test_who_has_read_an_older_version_does_not_overwrite_a_newer_one(cast, service):
    revised(cast, service, phone="0700-1")
    with scope(cast.county_desk), pytest.raises(StaleFactsError, match="第 2 版"):
        revise_service(service, by=cast.county_desk, seen=1, phone="0700-2")
    client = browser(cast.county_desk)
    form = {"name": "心血管内科住院", "department": service.department_id, "directions": ["up"], "_version": "1"}
    answer = client.post(f"/services/{service.pk}/edit/", form)
    assert answer.status_code == 422
    assert "服务已被他人修改为第 2 版" in answer.content.decode()


def test_nothing_changed_is_no_new_version(cast, service):
    with scope(cast.county_desk):
        assert not revise_service(service, by=cast.county_desk, requirements="请携带心电图")
    assert service.versions.count() == 1


@pytest.mark.parametrize(("terms", "field"), [
    ({"directions": []}, "directions"), ({"age_from": 20, "age_until": 10}, "age_until"),
    ({"age_from": -1}, "age_from"), ({"name": " "}, "name"), ({"claimed_wait": 1000}, "claimed_wait"),
])  # fmt: skip
def test_terms_that_make_no_sense_are_refused_by_field(cast, terms, field):
    with pytest.raises(ValidationError) as caught:
        offered(cast.county_desk, **terms)
    assert field in caught.value.message_dict


def test_a_department_of_another_place_and_a_name_given_twice_are_refused(cast, service):
    with pytest.raises(ValidationError, match="本机构的科室"):
        offered(cast.county_desk, "新服务", department=ward(cast.city_desk))
    with pytest.raises(ValidationError, match="同名"):
        offered(cast.county_desk)


def test_the_choice_is_behind_the_wall_of_its_case(cast, service):
    referral = cast.sent(service=service.pk)
    for actor, rows in ((cast.township, 1), (cast.county, 1), (cast.city, 0), (cast.stranger, 0)):
        with scope(actor):
            assert ChosenService.objects.filter(case_id=referral.pk).count() == rows
