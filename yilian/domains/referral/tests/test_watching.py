"""Who only watches: an overseeing role at the lead sees the case, not whose it is; others there see nothing."""

import pytest
from django.core.files.base import ContentFile
from django.db import connections
from django.test import Client

from tests.world import CITY, World
from yilian.domains.referral.models import Referral
from yilian.domains.referral.tests.cast import make_cast
from yilian.domains.referral.tests.test_routing import WHY
from yilian.kernel.access.models import Post, User
from yilian.kernel.access.scope import scope
from yilian.kernel.api.tokens import issue
from yilian.kernel.documents.attaching import attach
from yilian.kernel.documents.tests import samples
from yilian.kernel.workflow import queries
from yilian.kernel.workflow.case_type import case_types
from yilian.kernel.workflow.models import Case
from yilian.kernel.workflow.projection import project
from yilian.kernel.workflow.wall import WATCHERS_ANEW
from yilian.registry import patients
from yilian.registry.models import Patient

KIND = case_types["referral"]


@pytest.fixture
def watched(cast):
    """A referral from township to county, with a file, that the city hospital watches."""
    referral = cast.sent()
    with scope(cast.township):
        row = attach(referral, ContentFile(samples.PDF, name="心电图.pdf"), "other", by=cast.township)
    return referral, row


def api(actor, address):
    post = Post.objects.get(pk=actor.post_id)
    token, _row = issue(post.user, post)
    return Client().get(f"/api/v1/{address}", headers={"Authorization": f"Bearer {token}"})


def test_a_doctor_of_the_lead_sees_nothing_of_it(cast, watched):
    referral, row = watched
    client = Client()
    client.force_login(User.objects.get(pk=cast.city.user_id))
    for address in (f"/referral/{referral.pk}/", f"/patients/{cast.patient.pk}/", f"/files/{row.pk}/"):
        assert client.get(address).status_code == 404
    assert api(cast.city, f"cases/referral/{referral.pk}").status_code == 404
    with scope(cast.city):
        assert queries.newest(KIND, cast.city) == []
        assert sum(queries.badges(KIND, cast.city).values()) == 0


@pytest.mark.parametrize("who", ["office", "authority"])
def test_an_overseer_sees_the_case_but_not_whose_it_is(cast, watched, who):
    referral, row = watched
    overseer = getattr(cast, who)
    with scope(overseer):
        (line,) = queries.newest(KIND, overseer)
        assert (line["id"], line["patient_label"]) == (referral.pk, None)
        assert queries.badges(KIND, overseer)["submitted"] == 1
        assert not Patient.objects.exists()
        assert not referral.attachments.exists()
        assert patients.newest(overseer, before=None) == []
    shown = api(overseer, f"cases/referral/{referral.pk}").json()
    assert shown["patient"] is None
    assert shown["fields"]["consent_by"] == ""
    assert shown["fields"]["impression"] == referral.impression
    history = api(overseer, f"cases/referral/{referral.pk}/history").json()
    assert history["is_whole"]
    assert {"patient", "consent_by"}.isdisjoint(history["items"][0]["answers"])
    client = Client()
    client.force_login(User.objects.get(pk=overseer.user_id))
    assert client.get(f"/files/{row.pk}/").status_code == 404
    text = client.get(f"/referral/{referral.pk}/").content.decode()
    assert "冯东桂" not in text
    assert "只有办理机构可见" in text
    assert "冯东桂" not in client.get(f"/referral/{referral.pk}/print/").content.decode()
    assert "冯东桂" not in client.get("/referral/").content.decode()


def test_who_watched_and_then_takes_part_sees_all(cast, watched):
    referral, _row = watched
    cast.take(referral, "decline", by=cast.county_desk, decline_reason="incomplete")
    cast.take(referral, "redirect", by=cast.township, receiver=cast.city.institution_id, **WHY)
    with scope(cast.city):
        assert [row["patient_label"] for row in queries.newest(KIND, cast.city)] == ["冯东桂"]
        assert Referral.objects.get(pk=referral.pk).attachments.count() == 1
    with scope(cast.office):
        assert [row["id"] for row in queries.newest(KIND, cast.office)] == [referral.pk], "once, though under two sides"


@pytest.mark.usefixtures("fresh_database")
def test_rows_follow_when_a_side_becomes_a_watcher():
    cast = make_cast(World())
    referral = cast.sent()
    lead = cast.world.place(CITY).pk

    def parties():
        with scope(cast.township):
            return set(Case.objects.get(pk=referral.pk).parties)

    assert {-lead} <= parties()
    with connections["owner"].cursor() as cursor:
        cursor.execute("delete from watching")
        cursor.execute(WATCHERS_ANEW)
    assert {lead} <= parties(), "as it was before anybody only watched"
    project(using="owner")
    assert {-lead} <= parties()
    assert lead not in parties()
    with scope(cast.office):
        assert [row["id"] for row in queries.newest(KIND, cast.office)] == [referral.pk]
