"""The first referral a doctor writes: the form knows who writes it, and a new patient is registered on the way."""

import re

import pytest

from yilian.domains.referral.tests.test_pages import browser, page, value_of
from yilian.kernel.access.scope import scope
from yilian.registry.models import Department, Patient, Practitioner
from yilian.registry.models.practitioner import Profession

__all__ = ["browser"]


@pytest.fixture
def doctor(cast) -> Practitioner:
    ward = Department.objects.create(institution_id=cast.township.institution_id, name="全科医疗科")
    return Practitioner.objects.create(
        institution_id=cast.township.institution_id, department=ward, user_id=cast.township.user_id,
        name=cast.township.name, profession=Profession.CLINICAL,
    )  # fmt: skip


def test_the_form_knows_the_doctor_who_opens_it(cast, browser, doctor):
    text = page(browser(cast.township), "/referral/new/")
    assert value_of(text, "sender_doctor") == str(doctor.pk)
    assert value_of(text, "sender_department") == str(doctor.department_id)


def test_the_telephone_is_that_of_the_doctors_last_referral(cast, browser, doctor):
    cast.draft(sender_doctor=doctor.pk, contact_phone="0700-7777777")
    assert value_of(page(browser(cast.township), "/referral/new/"), "contact_phone") == "0700-7777777"


def test_a_new_patient_is_registered_and_comes_back_chosen(cast, browser):
    client = browser(cast.township)
    text = page(client, "/referral/new/")
    (address,) = re.findall(r'href="(/patients/new/[^"]*)" data-leaves="patient"', text)
    answer = client.post(address.replace("&amp;", "&"), {"name": "新来的患者", "identity_kind": "01", "sex": "1"})
    with scope(cast.township):
        made = Patient.objects.get(name="新来的患者")
    assert answer.headers["Location"] == f"/referral/new/?begun=&patient={made.pk}"
    back = page(client, answer.headers["Location"])
    assert value_of(back, "patient") == str(made.pk)
    kept_under = re.compile(r'data-draft="([^"]*)"')
    assert kept_under.search(back)[1] == kept_under.search(text)[1]


def test_a_draft_takes_the_registered_patient_too(cast, browser):
    draft = cast.draft(patient="")
    text = page(browser(cast.township), f"/referral/{draft.pk}/do/edit/?patient={cast.patient.pk}")
    assert value_of(text, "patient") == str(cast.patient.pk)


@pytest.mark.parametrize("address", ["https://example.org/", "//example.org/x", "javascript:alert(1)"])
def test_one_comes_back_to_this_site_only(cast, browser, address):
    answer = browser(cast.township).post(
        f"/patients/new/?back={address}", {"name": "另一患者", "identity_kind": "01", "sex": "1"}
    )
    assert answer.headers["Location"].startswith("/patients/")


def test_the_contact_beforehand_shows_for_those_who_are_not_ones_own(cast, browser):
    text = page(browser(cast.township), "/referral/new/")
    own = sorted([cast.county.institution_id, cast.city.institution_id])
    wanted = f'data-when="destination=outside||receiver!=|{own[0]}|{own[1]}" id="ask-outside_contact-field"'
    assert wanted in text
