"""The directory in the browser, as a workbook, and in the interface."""

import io
import zipfile
from urllib.parse import urlencode

import pytest

from tests.stories.services_cast import Program, browser, offered, ward
from yilian.domains.capacity.directory.writing import switch_service
from yilian.domains.capacity.models import Service
from yilian.domains.referral.tests.cast import make_cast
from yilian.kernel.access.scope import scope
from yilian.kernel.imports.running import take_in
from yilian.kernel.imports.sheet import sheets


@pytest.fixture
def cast(world):
    return make_cast(world)


@pytest.fixture
def service(cast):
    return offered(cast.county_desk, age_from=15, requirements="请携带心电图", is_featured=True)


def form(service, **changes):
    terms = {"name": service.name, "department": service.department_id, "directions": ["up", "down"], "_version": "1"}
    return terms | changes


def test_everybody_searches_and_sees_what_is_asked_for(cast, service):
    client = browser(cast.township)
    page = client.get("/services/?q=xxg").content.decode()
    assert all(text in page for text in ("心血管内科住院", "一院一品", "15 岁及以上", "北岭县医共体"))
    assert "没有符合条件的服务" in client.get("/services/?direction=down").content.decode()
    assert "请携带心电图" in client.get(service.get_absolute_url()).content.decode()


def test_a_page_of_a_service_leads_to_a_referral_that_names_it(cast, service):
    client = browser(cast.township)
    wanted = {"direction": "up", "receiver": service.institution_id, "receiver_department": service.department_id,
              "service": service.pk}  # fmt: skip
    address = f"/referral/new/?{urlencode(wanted)}"
    assert address.replace("&", "&amp;") in client.get(service.get_absolute_url()).content.decode()
    page = client.get(address).content.decode()
    assert f'<option value="{service.pk}" selected>心血管内科住院（北岭县人民医院）</option>' in page
    assert 'data-within="receiver direction patient"' in page


def test_the_picker_offers_what_fits_receiver_direction_and_age(cast, service):
    offered(cast.county_desk, "儿科门诊", age_until=14)
    offered(cast.city_desk, "城市门诊")
    client = browser(cast.township)
    asked = {"q": "", "receiver": service.institution_id, "direction": "up", "patient": cast.patient.pk}
    items = client.get(f"/pick/service/?{urlencode(asked)}").json()["items"]
    assert [item["text"] for item in items] == ["心血管内科住院（北岭县人民医院）"]


def test_editing_writes_a_version_and_the_old_one_is_read(cast, service):
    desk = browser(cast.county_desk)
    assert desk.post(f"/services/{service.pk}/edit/", form(service, requirements="请携带超声")).status_code == 302
    page = browser(cast.township).get(f"/services/{service.pk}/?version=1").content.decode()
    assert "请携带心电图" in page
    assert "这是第 1 版；现行为第 2 版" in page
    assert browser(cast.township).get(f"/services/{service.pk}/?version=3").status_code == 404


def test_only_keepers_of_the_institution_change_or_switch(cast, service):
    for actor, status in ((cast.city_desk, 404), (cast.stranger, 404), (cast.county, 403)):
        client = browser(actor)
        assert client.get(f"/services/{service.pk}/edit/").status_code == status
        assert client.post(f"/services/{service.pk}/edit/", form(service, name="改名")).status_code == status
        assert client.post(f"/services/{service.pk}/switch/", {"on": "0"}).status_code == status
    assert Service.objects.get().is_on
    assert browser(cast.county_desk).post(f"/services/{service.pk}/switch/", {"on": "0"}).status_code == 302
    assert not Service.objects.get().is_on


def test_a_new_service_is_registered_from_the_page(cast):
    client = browser(cast.county_desk)
    given = {"name": "康复住院", "department": ward(cast.county_desk).pk, "directions": ["down"], "age_from": "200"}
    assert client.post("/services/new/", given).status_code == 422
    answer = client.post("/services/new/", given | {"age_from": "18"})
    assert answer.headers["Location"] == Service.objects.get().get_absolute_url()
    assert browser(cast.county).get("/services/new/").status_code == 403


def test_what_is_exported_can_be_brought_in_again(cast, service):
    desk = cast.county_desk
    content = browser(desk).get("/services/export.xlsx?own=1").content
    with scope(desk):
        run = take_in(sheets["services"], by=desk, file_name="x.xlsx", content=content, is_dry=False)
        assert (run.created, run.updated, run.unchanged, run.failed) == (0, 0, 1, 0)
        switch_service(service, by=desk, is_on=False)
        run = take_in(sheets["services"], by=desk, file_name="x.xlsx", content=content, is_dry=False)
        assert (run.updated, Service.objects.get().is_on) == (1, True)
    with scope(cast.city_desk):
        run = take_in(sheets["services"], by=cast.city_desk, file_name="x.xlsx", content=content, is_dry=False)
        assert run.failed == 1


def test_a_cell_stays_the_text_that_was_typed(cast):
    offered(cast.county_desk, requirements='=HYPERLINK("http://x")')
    content = browser(cast.township).get("/services/export.xlsx").content
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
        assert b"=HYPERLINK" in book.read("xl/sharedStrings.xml")


def test_programs_search_read_write_and_hear_of_newer_versions(cast, service):
    program, desk = Program(cast.township), Program(cast.county_desk)
    item = program.asks("services?text=xxg").json()["items"][0]
    assert (item["name"], item["together"], item["version"]) == ("心血管内科住院", "北岭县医共体", 1)
    terms = {"name": service.name, "department": service.department_id, "directions": ["up"], "version": 1}
    assert program.asks(f"services/{service.pk}", terms).status_code == 404
    assert desk.asks(f"services/{service.pk}", terms | {"phone": "0700-9"}).json()["latest"] == 2
    stale = desk.asks(f"services/{service.pk}", terms | {"phone": "0700-8"})
    assert stale.status_code == 409
    assert "第 2 版" in stale.json()["detail"]
    assert program.asks(f"services/{service.pk}?version=1").json()["requirements"] == "请携带心电图"
    assert desk.asks(f"services/{service.pk}/switch", {"is_on": False}).json()["is_on"] is False
    assert program.asks("services").json()["items"] == []


def test_programs_read_what_a_case_asks_for_if_they_see_the_case(cast, service):
    referral = cast.sent(service=service.pk)
    assert Program(cast.county).asks(f"services/cases/{referral.pk}").json()["service"]["version"] == 1
    assert Program(cast.stranger).asks(f"services/cases/{referral.pk}").status_code == 404


def test_programs_name_the_service_when_they_open_a_referral(cast, service):
    answers = {name: value for name, value in cast.answers.items() if name != "consent_told_at"}
    answers |= {"patient": str(cast.patient.pk), "service": service.pk}
    made = Program(cast.township).asks("cases/referral", {"answers": answers})
    assert made.status_code == 201, made.content.decode()
    assert Program(cast.township).asks(f"services/cases/{made.json()['id']}").json()["service"]["id"] == service.pk
