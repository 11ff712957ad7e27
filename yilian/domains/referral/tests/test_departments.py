"""Lists and the inbox narrowed to a department: by question, by chip, in both directions, at the interface too."""

import re

import pytest
from django.test import Client

from tests.house.exits import Visitor
from yilian.kernel.access.models import User
from yilian.registry.models import Department, Institution, Practitioner


@pytest.fixture
def wards(cast):
    """Departments of the county's hospital: its doctor works in the first."""
    place = Institution.objects.get(pk=cast.county.institution_id)
    heart, lung = (Department.objects.create(institution=place, name=name) for name in ("心内科", "呼吸科"))
    user = User.objects.get(pk=cast.county.user_id)
    Practitioner.objects.create(institution=place, department=heart, user=user, name="周明", profession="clinical")
    return heart, lung


@pytest.fixture
def referrals(cast, wards):
    heart, lung = wards
    return cast.sent(receiver_department=heart.pk), cast.sent(
        receiver_department=lung.pk, diagnosis="J18", is_no_duplicate=True
    )


def browser(actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def numbers(client, address: str) -> set[str]:
    answer = client.get(address, headers={"hx-request": "true"})
    assert answer.status_code == 200
    return set(re.findall(r"ZZ\d{12,}", answer.content.decode()))


def test_a_list_is_narrowed_to_a_department(cast, wards, referrals):
    to_heart, to_lung = referrals
    client = browser(cast.county_desk)
    assert numbers(client, "/referral/") == {to_heart.number, to_lung.number}
    assert numbers(client, f"/referral/?department={wards[0].pk}") == {to_heart.number}
    assert numbers(client, f"/referral/?department={wards[1].pk}&number=ZZ") == {to_lung.number}
    assert numbers(client, "/referral/?department=987654321") == set()
    page = client.get(f"/referral/?department={wards[0].pk}").content.decode()
    assert "心内科</option>" in page


def test_ones_own_department_is_a_chip(cast, wards, referrals):
    to_heart, to_lung = referrals
    client = browser(cast.county)
    page = client.get("/referral/").content.decode()
    assert "本科室：心内科" in page
    assert f"department={wards[0].pk}" in page
    assert "本科室" not in browser(cast.county_desk).get("/referral/").content.decode()
    inbox = client.get("/inbox/").content.decode()
    assert f"only=department{wards[0].pk}" in inbox
    assert numbers(client, "/inbox/") == {to_heart.number, to_lung.number}
    assert numbers(client, f"/inbox/?only=department{wards[0].pk}") == {to_heart.number}
    assert numbers(client, f"/inbox/?only=department{wards[0].pk}&sort=due") == {to_heart.number}


def test_programs_ask_for_a_department_too(cast, wards, referrals):
    program = Visitor(User.objects.get(pk=cast.county.user_id))
    answer = program.asks(f"/api/v1/cases/referral?department={wards[1].pk}")
    assert answer.status == 200
    assert referrals[1].number in answer.text
    assert referrals[0].number not in answer.text


def test_a_stranger_finds_nothing_by_department(cast, wards, referrals):
    assert numbers(browser(cast.stranger), f"/referral/?department={wards[0].pk}") == set()
