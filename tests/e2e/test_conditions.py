"""Joining an alliance: a condition stands in the way until the register says otherwise and somebody confirms it."""

import pytest
from playwright.sync_api import expect

from tests.e2e.acts import address, ask, confirm, fill, press, take
from yilian.domains.alliance.tests.acts import on, today
from yilian.domains.alliance.tests.conftest import TOWN, City, make_city
from yilian.kernel import clock
from yilian.registry.models import Institution


@pytest.fixture
def city(world, settings, tmp_path) -> City:
    settings.MEDIA_ROOT = tmp_path / "documents"
    return make_city(world)


def test_an_unmet_condition_keeps_an_applicant_out_until_it_is_met_and_confirmed(city, page_of, readable):
    with on(clock.today().year - 1, 2, 1):
        alliance = city.founded(charter_on=today(), council_since=today()).consortium_id
    Institution.objects.filter(name=TOWN).update(has_pharmacy_office=False)
    town = city.world.person("office", at=TOWN)
    application = city.application(alliance, by=town)
    applicant, lead = page_of(town), page_of(city.office)
    applicant.goto(address(application))
    expect(applicant.locator("#card-conditions")).to_contain_text("没有药剂管理部门")
    expect(applicant.locator(".step-actions > [data-verb=submit]")).to_have_count(0)
    expect(applicant.locator(".reasons")).to_contain_text("6.2.4")
    readable(applicant)
    applicant.goto(f"/institutions/{town.institution_id}/edit/")
    fill(applicant.locator("main"), has_pharmacy_office="True")
    press(applicant, "保存")
    expect(applicant.locator("main")).to_contain_text("自报，未核")
    readable(applicant)
    applicant.goto(address(application))
    expect(applicant.locator("#card-conditions")).not_to_contain_text("没有药剂管理部门")
    take(applicant, "submit")
    lead.goto(address(application))
    expect(lead.locator("#card-conditions")).to_contain_text("自报，未核")
    expect(lead.locator(".step-actions > [data-verb=admit]")).to_have_count(0)
    readable(lead)
    dialog = ask(lead, "attest")
    dialog.get_by_label("有医疗、护理、院感、药剂管理部门").check()
    fill(dialog, is_met=True, evidence="查看药剂科")
    readable(lead)
    confirm(lead)
    take(lead, "admit")
    readable(lead)
    applicant.goto(f"/consortia/{alliance}/")
    expect(applicant.get_by_text(TOWN).first).to_be_visible()
    expect(applicant.locator("[data-verb=admit]")).to_have_count(0)
