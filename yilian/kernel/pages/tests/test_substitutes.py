"""委托代办: a colleague acts for somebody from day to day, under both names, and no longer."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from tests.world import COUNTY, ELSEWHERE, TOWNSHIP
from yilian.kernel import clock
from yilian.kernel.access import substituting
from yilian.kernel.access.models import Deputy, Post
from yilian.kernel.access.posts import NoSuchPostError, actor_for, on_behalf_of
from yilian.kernel.access.scope import scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def principal(world):
    return world.user("reception", at=COUNTY)


@pytest.fixture
def colleague(world):
    return world.user("doctor", at=COUNTY)


@pytest.fixture
def errand(world, principal):
    sender = world.person("doctor", at=TOWNSHIP)
    case = world.open("errand", by=sender, wish="请协助", receiver=actor_for(principal).institution_id)
    return world.take(case, "send", by=sender)


def named(principal, colleague, days=3) -> Deputy:
    today = clock.today()
    return substituting.name_substitute(
        by=actor_for(principal), deputy_id=colleague.pk, since_on=today, until_on=today + timedelta(days=days)
    )


def sees_accept(client, errand) -> bool:
    return 'data-verb="accept"' in client.get(f"/errand/{errand.pk}/").content.decode()


def test_a_substitute_acts_and_both_names_stand_in_the_history(client, errand, principal, colleague):
    client.force_login(principal)
    today = clock.today()
    form = {"deputy": colleague.pk, "since_on": today, "until_on": today + timedelta(days=3)}
    assert client.post("/me/substitutes/", form).status_code == 302
    row = Deputy.objects.get()

    client.force_login(colleague)
    assert not sees_accept(client, errand)
    assert f"代 {principal} 办理" in client.get("/me/substitutes/").content.decode()
    client.post(f"/me/acting/{row.pk}/")
    assert f"您正在代 {principal} 办理" in client.get("/").content.decode()
    assert sees_accept(client, errand)
    assert client.post(f"/errand/{errand.pk}/do/accept/", {"_version": errand.version}).status_code == 302
    page = client.get(f"/errand/{errand.pk}/").content.decode()
    assert f"{colleague} · {COUNTY} · 代 {principal} 办理" in page

    client.post("/me/acting/")
    assert "您正在代" not in client.get("/").content.decode()


def test_it_ends_by_date_in_the_middle_of_a_session(client, errand, principal, colleague):
    row = named(principal, colleague)
    client.force_login(colleague)
    client.post(f"/me/acting/{row.pk}/")
    assert sees_accept(client, errand)
    with clock.standing_at(clock.now() + timedelta(days=4)):
        assert not sees_accept(client, errand)
        assert "您正在代" not in client.get("/").content.decode()
        assert client.post(f"/me/acting/{row.pk}/").status_code == 404


def test_it_ends_at_once_when_the_principal_ends_it(client, errand, principal, colleague):
    row = named(principal, colleague)
    client.force_login(colleague)
    client.post(f"/me/acting/{row.pk}/")
    assert client.post(f"/me/substitutes/{row.pk}/end/").status_code == 404, "only who gave it ends it"
    client.force_login(principal)
    client.post(f"/me/substitutes/{row.pk}/end/")
    with pytest.raises(NoSuchPostError):
        on_behalf_of(actor_for(colleague), principal.pk)


def test_it_gives_nothing_that_the_principal_has_no_more(principal, colleague):
    named(principal, colleague)
    assert on_behalf_of(actor_for(colleague), principal.pk).may("reception")
    Post.objects.filter(user=principal).update(until_on=clock.today() - timedelta(days=1))
    with pytest.raises(NoSuchPostError):
        on_behalf_of(actor_for(colleague), principal.pk)
    assert substituting.held_by(actor_for(colleague)) == []


def test_nobody_elsewhere_and_nobody_for_somebody_else_is_named(world, principal, colleague):
    actor, today = actor_for(principal), clock.today()
    stranger = world.user("reception", at=ELSEWHERE)
    days = {"since_on": today, "until_on": today}
    with pytest.raises(ValidationError, match="本机构"):
        substituting.name_substitute(by=actor, deputy_id=stranger.pk, **days)
    with pytest.raises(ValidationError, match="本机构"):
        substituting.name_substitute(by=actor, deputy_id=principal.pk, **days)
    named(principal, colleague)
    with pytest.raises(ValidationError, match="已经委托"):
        substituting.name_substitute(by=actor, deputy_id=colleague.pk, **days)
    acting = on_behalf_of(actor_for(colleague), principal.pk)
    with pytest.raises(ValidationError, match="不能再委托"):
        substituting.name_substitute(by=acting, deputy_id=principal.pk, **days)


@pytest.mark.parametrize(("since", "until", "why"), [(-1, 3, "不能早于今天"), (2, 1, "一年以内"), (0, 400, "一年以内")])
def test_days_are_checked(principal, colleague, since, until, why):
    today = clock.today()
    with pytest.raises(ValidationError, match=why):
        substituting.name_substitute(
            by=actor_for(principal), deputy_id=colleague.pk,
            since_on=today + timedelta(days=since), until_on=today + timedelta(days=until),
        )  # fmt: skip


def test_before_its_day_it_is_not_in_force(principal, colleague):
    today = clock.today()
    substituting.name_substitute(
        by=actor_for(principal), deputy_id=colleague.pk, since_on=today + timedelta(days=2),
        until_on=today + timedelta(days=5),
    )  # fmt: skip
    with scope(actor_for(colleague)):
        assert substituting.held_by(actor_for(colleague)) == []
    with pytest.raises(NoSuchPostError):
        on_behalf_of(actor_for(colleague), principal.pk)
    with clock.standing_at(clock.now() + timedelta(days=2)):
        assert on_behalf_of(actor_for(colleague), principal.pk).on_behalf_of_id == principal.pk
