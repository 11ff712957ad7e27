"""When to send a patient up or down: shipped defaults, what a consortium makes of them, what a referral names."""

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from tests.stories.services_cast import Program, browser
from yilian.domains.capacity.indications.matching import match
from yilian.domains.capacity.indications.naming import named
from yilian.domains.capacity.indications.shipping import load_shipped
from yilian.domains.capacity.indications.writing import (
    add_indication,
    revise_indication,
    switch_indication,
)
from yilian.domains.capacity.models import Indication, UsedIndication
from yilian.domains.referral.tests.cast import make_cast, refused
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow.refusals import StaleFactsError
from yilian.registry.models import Consortium

WORDS = {"direction": "up", "condition": "胸痛反复发作", "diagnoses": ["I20"], "source": "集团办公会纪要",
         "is_confirmed": True}  # fmt: skip


@pytest.fixture
def cast(world):
    return make_cast(world)


@pytest.fixture
def group(cast):
    return Consortium.objects.get(lead=cast.city.institution_id)


def shipped(key):
    return Indication.objects.get(consortium__isnull=True, shipped_key=key)


def added(cast, group, **changes):
    with scope(cast.office):
        return add_indication(group, by=cast.office, **{**WORDS, **changes})


def conditions(actor, **wish):
    with scope(actor):
        return [one.indication.condition for one in match(actor.institution_id, **wish)]


def used(cast, referral):
    with scope(cast.township):
        return [(one.version.condition, one.version.version) for one in named(referral)]


def test_what_is_shipped_awaits_confirmation_and_says_where_it_comes_from(world):
    rows = Indication.objects.filter(consortium__isnull=True)
    assert {row.direction for row in rows} == {"up", "down"}
    assert all(row.source and not row.is_confirmed and row.versions.count() == 1 for row in rows)
    assert load_shipped(using="default") == 0


def test_a_diagnosis_brings_its_own_indications_first_and_leaves_those_of_others_out(cast):
    found = conditions(cast.township, direction="up", diagnosis="I20.0")
    assert found[0] == shipped("chest_pain").condition
    assert shipped("gcs").condition in found
    assert shipped("stroke").condition not in found
    assert shipped("after_acute").condition not in found


def test_a_consortium_replaces_a_default_for_its_members_only(cast, group):
    own = added(cast, group, shipped_key="chest_pain")
    default = shipped("chest_pain").condition
    assert own.condition in conditions(cast.township)
    assert default not in conditions(cast.township)
    assert own.condition not in conditions(cast.stranger)
    assert default in conditions(cast.stranger)


def test_what_a_consortium_switches_off_its_members_are_not_offered_even_as_a_default(cast, group):
    own = added(cast, group, shipped_key="chest_pain")
    with scope(cast.office):
        assert switch_indication(own, by=cast.office, is_on=False)
    found = conditions(cast.township)
    assert own.condition not in found
    assert shipped("chest_pain").condition not in found


def test_a_referral_keeps_what_it_named_as_it_was_read(cast, group):
    own = added(cast, group)
    referral = cast.sent(indications=[own.pk, shipped("gcs").pk])
    with scope(cast.office):
        revise_indication(own, by=cast.office, condition="胸痛反复发作，药物无效")
    assert used(cast, referral) == [(shipped("gcs").condition, 1), ("胸痛反复发作", 1)]
    page = browser(cast.county).get(referral.get_absolute_url()).content.decode()
    assert all(text in page for text in ("胸痛反复发作", "已改版", "待本地核定"))


def test_editing_names_others_or_none(cast):
    draft = cast.draft(indications=[shipped("gcs").pk])
    cast.take(draft, "edit", by=cast.township, impression="心绞痛")
    assert len(used(cast, draft)) == 1
    cast.take(draft, "edit", by=cast.township, indications=[])
    assert used(cast, draft) == []


def test_an_indication_of_the_other_direction_is_refused(cast):
    draft = cast.draft(indications=[shipped("after_acute").pk])
    said = refused(cast, draft, "send", cast.township)
    assert "应与转诊方向一致" in said
    assert shipped("after_acute").condition in said


def test_only_the_lead_decides(cast, group):
    for actor in (cast.county_desk, cast.stranger):
        with scope(actor), pytest.raises(ValidationError, match="牵头单位"):
            add_indication(group, by=actor, **WORDS)
    own = added(cast, group)
    with scope(cast.county_desk):
        assert Indication.objects.filter(pk=own.pk).update(condition="x") == 0
    for row in (own, shipped("gcs")):
        with scope(cast.county_desk), pytest.raises(ValidationError, match="牵头单位"):
            revise_indication(row, by=cast.county_desk, condition="别人的")


def test_no_version_is_ever_changed(cast, group):
    added(cast, group)
    for statement in ("update capacity_indicationversion set condition = 'x'", "delete from capacity_indication"):
        with scope(cast.office), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement)


def test_who_has_read_an_older_version_does_not_overwrite_a_newer_one(cast, group):
    own = added(cast, group)
    with scope(cast.office):
        revise_indication(own, by=cast.office, condition="第二版")
        with pytest.raises(StaleFactsError, match="第 2 版"):
            revise_indication(own, by=cast.office, seen=1, condition="又一版")


@pytest.mark.parametrize(("changes", "field"), [
    ({"diagnoses": ["心绞痛"]}, "diagnoses"), ({"source": " "}, "source"), ({"condition": " "}, "condition"),
    ({"direction": "sideways"}, "direction"),
])  # fmt: skip
def test_words_that_make_no_sense_are_refused_by_field(cast, group, changes, field):
    with pytest.raises(ValidationError) as caught:
        added(cast, group, **changes)
    assert field in caught.value.message_dict


def test_what_is_named_is_behind_the_wall_of_its_case(cast):
    referral = cast.sent(indications=[shipped("gcs").pk])
    for actor, rows in ((cast.township, 1), (cast.county, 1), (cast.city, 0), (cast.stranger, 0)):
        with scope(actor):
            assert UsedIndication.objects.filter(case_id=referral.pk).count() == rows


def test_the_office_confirms_a_default_on_its_page_and_others_cannot(cast, group):
    default = shipped("stroke")
    form = {"consortium": str(group.pk), "direction": "up", "condition": default.condition, "diagnoses": "I63、I64",
            "source": "集团办公会纪要", "is_confirmed": "true"}  # fmt: skip
    answer = browser(cast.office).post(f"/indications/{default.pk}/edit/", form)
    assert answer.status_code == 302
    own = Indication.objects.get(consortium=group)
    assert (own.shipped_key, own.is_confirmed, own.diagnoses) == ("stroke", True, ["I63", "I64"])
    for actor in (cast.county_desk, cast.township, cast.stranger):
        client = browser(actor)
        assert client.post(f"/indications/{own.pk}/edit/", form).status_code == 404
        assert client.post(f"/indications/{own.pk}/switch/", {"on": "0"}).status_code == 404
        assert "已核定" in client.get(f"/indications/{own.pk}/").content.decode()
    assert browser(cast.township).get("/indications/new/").status_code == 403
    stale = form | {"_version": "0", "condition": "改过"}
    assert "第 1 版" in browser(cast.office).post(f"/indications/{own.pk}/edit/", stale).content.decode()


def test_the_form_offers_what_fits_the_diagnosis_and_the_list_finds_it(cast):
    client = browser(cast.township)
    items = client.get("/pick/indication/?direction=up&diagnosis=I63").json()["items"]
    assert items[0]["text"] == shipped("stroke").condition
    assert items[0]["beside"].startswith("●")
    page = client.get("/indications/?diagnosis=I63&direction=up").content.decode()
    assert shipped("stroke").condition in page
    assert shipped("bleeding").condition not in page


def test_programs_find_add_and_revise(cast, group):
    member, office = Program(cast.township), Program(cast.office)
    assert member.asks("indications?diagnosis=I63&direction=up").json()["items"][0]["is_for_diagnosis"]
    new = {"consortium": group.pk, "replaces": shipped("gcs").pk, "direction": "up", "condition": "意识障碍",
           "source": "会议纪要", "is_confirmed": True}  # fmt: skip
    assert member.asks("indications", new).status_code == 403
    made = office.asks("indications", new).json()
    assert (made["consortium"], made["latest"]) == (group.pk, 1)
    words = {name: new[name] for name in ("direction", "condition", "source", "is_confirmed")}
    path = f"indications/{made['id']}"
    assert office.asks(path, words | {"condition": "昏迷", "version": 1}).json()["latest"] == 2
    assert office.asks(path, words | {"version": 1}).status_code == 409
    assert member.asks(path, words | {"version": 2}).status_code == 404
    assert member.asks(f"{path}?version=1").json()["condition"] == "意识障碍"
