"""Pages of referrals: the form filled from the last one, the cards each side sees, and nothing for strangers."""

import re

import pytest
from django.test import Client

from yilian.domains.referral.models import Referral
from yilian.domains.referral.parameters import NEEDS_APPROVAL
from yilian.domains.referral.tests.cast import ARRIVAL, FEEDBACK, appointment
from yilian.kernel import clock
from yilian.kernel.access.models import User
from yilian.kernel.access.scope import scope
from yilian.kernel.rules.values import set_value
from yilian.registry.models import Department


@pytest.fixture
def browser():
    def of(actor):
        client = Client()
        client.force_login(User.objects.get(pk=actor.user_id))
        return client

    return of


def page(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def value_of(text, name):
    """Return what stands in a field of a form."""
    if found := re.search(rf'name="{name}" value="([^"]*)"', text):
        return found[1]
    if found := re.search(rf'<textarea[^>]*name="{name}"[^>]*>([^<]*)</textarea>', text):
        return found[1]
    chosen = re.search(rf'<select[^>]*name="{name}".*?</select>', text, re.DOTALL)[0]
    found = re.search(r'value="([^"]+)" selected', chosen)
    return found[1] if found else ""


def test_a_known_patient_brings_the_last_answers_but_no_old_consent(cast, browser):
    cast.sent()
    text = page(browser(cast.township), f"/referral/new/?patient={cast.patient.pk}")
    for name in ("impression", "present_history", "treatment", "receiver", "up_reason", "consent_by", "contact_phone"):
        assert value_of(text, name) == str(cast.answers[name])
    assert value_of(text, "consent_choice") == ""
    assert value_of(text, "consent_told_at").startswith(f"{clock.today()}")
    assert value_of(text, "consent_told_by") == cast.township.name


def test_a_patient_of_others_brings_nothing_and_is_not_found(cast, browser):
    cast.sent()
    text = page(browser(cast.stranger), f"/referral/new/?patient={cast.patient.pk}")
    assert "冯东桂" not in text
    assert value_of(text, "impression") == ""


def test_repeating_a_referral_takes_one_answer_and_one_button(cast, browser):
    first = cast.sent()
    cast.take(first, "withdraw", by=cast.township, cancel_reason="improved")
    client = browser(cast.township)
    text = page(client, f"/referral/new/?patient={cast.patient.pk}")
    names = set(re.findall(r'<(?:input|select|textarea)[^>]* name="([a-z_]+)"', text)) - {"csrfmiddlewaretoken"}
    boxes = set(re.findall(r'type="checkbox"[^>]* name="([a-z_]+)"', text))
    sent = {name: value_of(text, name) for name in names - boxes if not name.startswith("_") and name != "q"}
    answer = client.post("/referral/new/", sent | {"consent_choice": "agree", "_do": "send"})
    assert answer.status_code == 302, answer.content.decode()[:3000]
    with scope(cast.township):
        assert Referral.objects.filter(state="submitted", patient=cast.patient).count() == 1


def buttons(text):
    """Return the buttons that send a form, each with the answers under which it is shown."""
    found = re.findall(r'<button[^>]* name="_do" value="([a-z_]+)"(?: data-when="([^"]*)")?', text)
    return {verb: when.replace("&amp;", "&") for verb, when in found}


def test_the_form_offers_only_the_way_of_sending_that_fits(cast, browser):
    client = browser(cast.township)
    straight = {"send": "destination=network", "send_outside": "destination=outside"}
    assert buttons(page(client, "/referral/new/")) == straight
    with scope(cast.township_desk):
        set_value(
            NEEDS_APPROVAL, "true", by=cast.township_desk, effective_from=clock.today(), ground="院务会",
            institution_id=cast.township.institution_id,
        )  # fmt: skip
    approved = {verb: f"{when}&is_emergency=true" for verb, when in straight.items()}
    wanted = approved | {"submit_for_approval": "is_emergency=false"}
    assert buttons(page(client, "/referral/new/")) == wanted
    assert buttons(page(client, f"/referral/{cast.draft().pk}/do/edit/")) == wanted
    assert buttons(page(browser(cast.county), "/referral/new/")) == straight


def test_each_side_reads_its_cards(cast, browser):
    referral = cast.walk(
        cast.sent(), ("accept", cast.county_desk, {}), ("schedule", cast.county_desk, appointment()),
        ("arrive", cast.county_desk, ARRIVAL), ("treat", cast.county, {}), ("complete", cast.county, FEEDBACK),
    )  # fmt: skip
    whose = ("冯东桂", "4201**********0028")
    what = ("反复胸痛三天", "冠脉介入治疗", "已同意", "北岭县医共体")
    for actor in (cast.township, cast.county, cast.office, cast.authority):
        text = page(browser(actor), f"/referral/{referral.pk}/")
        assert [words for words in what if words not in text] == []
        knows = actor in (cast.township, cast.county)
        assert [words in text for words in whose] == [knows, knows], "who only watches does not learn whose it is"
    page(browser(cast.stranger), f"/referral/{referral.pk}/", 404)
    assert "再次转诊" not in page(browser(cast.office), f"/referral/{referral.pk}/")


def test_an_owed_signature_and_other_referrals_stand_out(cast, browser):
    emergency = cast.sent(is_emergency=True, consent_choice="")
    assert "待补签" in page(browser(cast.county), f"/referral/{emergency.pk}/")
    draft = cast.draft(impression="右腕骨折", diagnosis="")
    text = page(browser(cast.township), f"/referral/{draft.pk}/")
    assert "重复转诊提醒" in text
    assert emergency.number in text


def test_an_empty_draft_has_a_page(cast, browser):
    draft = cast.world.open("referral", by=cast.township)
    assert "尚未选择患者" in page(browser(cast.township), f"/referral/{draft.pk}/")
    page(browser(cast.township), f"/referral/{draft.pk}/print/")


def test_a_list_shows_both_directions(cast, browser):
    referral = cast.sent()
    for actor in (cast.township, cast.county_desk, cast.authority):
        text = page(browser(actor), "/referral/")
        assert referral.number in text
        assert "上转" in text


def test_who_accepts_sees_the_ward_that_was_asked_for_and_keeps_it(cast, browser):
    place = cast.county.institution_id
    ward = Department.objects.create(institution_id=place, name="呼吸内科")
    case = cast.take(cast.sent(receiver_department=ward.pk), "receive", by=cast.county_desk)
    desk, address = browser(cast.county_desk), f"/referral/{case.pk}/do/accept/"
    asked = page(desk, address)
    assert value_of(asked, "receiver_department") == str(ward.pk)
    sent = {"receiver_department": ward.pk, "instruction": "请携带身份证", "_version": case.version}
    assert desk.post(address, sent).status_code == 302
    assert cast.fresh(case).receiver_department_id == ward.pk
