"""The access records: read by the auditor of the house only, and the reading is recorded."""

from datetime import timedelta
from io import BytesIO

import pytest
import python_calamine

from tests.world import COUNTY, TOWNSHIP
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.models import User
from yilian.kernel.access.posts import actor_for
from yilian.kernel.access.scope import scope
from yilian.kernel.audit import record
from yilian.kernel.audit.models import AccessRecord
from yilian.kernel.audit.selection import Wish, newest

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(world, client) -> Actor:
    user = world.user("auditor", at=TOWNSHIP)
    client.force_login(user)
    return actor_for(user)


@pytest.fixture
def doctor(world) -> Actor:
    return world.person("doctor", at=TOWNSHIP)


@pytest.fixture
def looked(world, doctor):
    """Two doctors of this house and one of another looked at things."""
    other = world.person("doctor", at=COUNTY)
    record(doctor, "viewed", object_kind="errand", object_id="11", ground="接诊")
    record(world.person("doctor", at=TOWNSHIP), "exported", object_kind="errand")
    record(other, "viewed", object_kind="errand", object_id="99")


def recorded(actor: Actor, **wish) -> list[tuple[str, str]]:
    with scope(actor):
        return [(row.action, row.object_id) for row in newest(actor, Wish(**wish))]


def test_the_auditor_reads_the_records_of_the_house_and_leaves_one(client, auditor, looked):
    page = client.get("/audit/").content.decode()
    assert "接诊" in page
    assert ">11<" in page
    assert ">99<" not in page
    with scope(auditor):
        mine = AccessRecord.objects.get(user_id=auditor.user_id, action="viewed")
    assert mine.object_kind == "access_record"


def test_nobody_else_reads_them(client, world):
    client.force_login(world.user("doctor", "director", at=TOWNSHIP))
    assert client.get("/audit/").status_code == 403
    assert client.get("/audit/export.xlsx").status_code == 403
    client.logout()
    assert client.get("/audit/").status_code == 302


def test_filters_find_by_person_action_object_and_time(auditor, doctor, looked):
    name = User.objects.get(pk=doctor.user_id).full_name
    assert recorded(auditor, person=name) == [("viewed", "11")]
    assert recorded(auditor, person="无此人") == []
    assert recorded(auditor, action="exported", object_kind="errand") == [("exported", "")]
    assert recorded(auditor, object_kind="errand", object_id="11") == [("viewed", "11")]
    today = clock.today()
    assert ("viewed", "11") in recorded(auditor, since=today, until=today)
    assert recorded(auditor, since=today + timedelta(days=1)) == []
    assert recorded(auditor, until=today - timedelta(days=1)) == []


def test_a_case_is_found_by_its_number_and_shown_with_it(client, auditor, doctor, world):
    case = world.open("errand", by=doctor, wish="请协助")
    record(doctor, "viewed", object_kind="errand", object_id=case.pk)
    page = client.get(f"/audit/?object_id={case.number.lower()}").content.decode()
    assert page.count(f">{case.number}<") == 1
    assert f'href="/errand/{case.pk}/"' in page


def test_pages_follow_each_other_also_within_one_moment(auditor, doctor):
    with clock.standing_at(clock.now()):
        for number in range(12):
            record(doctor, "viewed", object_kind="errand", object_id=number)
    seen, before = [], None
    with scope(auditor):
        while rows := newest(auditor, Wish(object_kind="errand"), before=before, limit=5):
            seen += [int(row.object_id) for row in rows]
            before = (rows[-1].at, rows[-1].pk)
    assert seen == list(reversed(range(12)))


def test_nonsense_in_the_address_is_no_error(client, auditor):
    for query in ("before=x~y", "since=2026-99-99", "until=gestern", "until=9999-12-31", "action=none"):
        assert client.get(f"/audit/?{query}").status_code == 200
    assert client.get("/audit/?object_id=%00").status_code == 400


def test_the_export_holds_what_was_filtered_and_is_recorded(client, auditor, looked):
    answer = client.get("/audit/export.xlsx?object_kind=errand")
    rows = python_calamine.load_workbook(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert [row[2] for row in rows] == ["操作", "导出", "查看"]
    assert ("exported", "") in recorded(auditor, object_kind="access_record")
