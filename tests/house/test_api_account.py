"""Tokens: given for a password, ended with post, password, time or account; locked out after failures."""

from datetime import timedelta

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from tests.programs import PASSWORD, Program
from tests.world import CITY, TOWNSHIP, World
from yilian.kernel import clock
from yilian.kernel.access.actor import system_actor
from yilian.kernel.access.models import User
from yilian.kernel.access.scope import scope
from yilian.kernel.api.models import ApiToken
from yilian.kernel.audit.models import AccessRecord


@pytest.fixture
def user(world: World) -> User:
    return world.user("doctor", at=TOWNSHIP)


def ask(**members):
    return Client().post("/api/v1/token", members, content_type="application/json")


def me(token: str):
    return Client().get("/api/v1/me", headers={"Authorization": f"Bearer {token}"})


def records(user: User, **narrow) -> int:
    with scope(system_actor("test", user.posts.first().institution_id)):
        return AccessRecord.objects.filter(user=user, **narrow).count()


def test_a_password_gives_a_token_that_says_who_one_is(user):
    answer = ask(username=user.username, password=PASSWORD)
    assert answer.status_code == 201
    assert answer.json()["token_type"] == "Bearer"
    shown = me(answer.json()["token"]).json()
    assert (shown["name"], shown["post"]["institution"]["name"]) == (user.full_name, TOWNSHIP)
    assert [role["key"] for role in shown["roles"]] == ["doctor"]
    assert {"key": "errand", "title": "请托", "may_open": True, "url": "/api/v1/cases/errand"} in shown["case_types"]
    assert records(user, action="logged_in", object_kind="api_token") == 1


def test_the_token_itself_is_kept_nowhere(user):
    token = ask(username=user.username, password=PASSWORD).json()["token"]
    (row,) = ApiToken.objects.values_list("digest", "institution_name", "password_digest")
    assert all(token.encode() not in bytes(value) for value in row if not isinstance(value, str))


def test_one_of_several_posts_may_be_chosen(world, user):
    other = user.posts.create(institution=world.place(CITY), role="quality", since_on="2020-01-01")
    token = ask(username=user.username, password=PASSWORD, post=other.pk).json()["token"]
    shown = me(token).json()
    assert shown["post"]["institution"]["name"] == CITY
    assert [role["key"] for role in shown["roles"]] == ["quality"]
    assert len(shown["posts"]) == 2
    refused = ask(username=user.username, password=PASSWORD, post=other.pk + 1)
    assert (refused.status_code, refused.json()["reasons"][0]["field"]) == (422, "post")


def test_nobody_gets_a_token_without_a_post(user):
    user.posts.update(until_on="2020-01-02")
    refused = ask(username=user.username, password=PASSWORD)
    assert (refused.status_code, refused.json()["type"]) == (403, "/help/api/#not-yours")


@pytest.mark.parametrize("members", [{}, {"username": "x"}, {"username": 1, "password": "x"}, {"colour": "red"}])
def test_half_a_request_is_refused(db, members):
    assert ask(**members).status_code == 422


def test_a_wrong_password_is_recorded_and_locks_out_in_the_end(user, settings):
    for _ in range(settings.AXES_FAILURE_LIMIT):
        refused = ask(username=user.username, password="wrong")
    assert refused.status_code == 429
    assert refused.json()["type"] == "/help/api/#locked-out"
    assert int(refused.headers["Retry-After"]) > 0
    assert ask(username=user.username, password=PASSWORD).status_code == 429
    assert records(user, action="login_failed") >= settings.AXES_FAILURE_LIMIT - 1
    assert records(user, action="locked_out") >= 1


def test_a_wrong_password_of_one_does_not_lock_out_another(world, user, settings):
    for _ in range(settings.AXES_FAILURE_LIMIT):
        ask(username="nobody", password="wrong")
    assert ask(username=user.username, password=PASSWORD).status_code == 201


def test_a_refused_password_names_the_scheme_and_not_the_cause(user):
    wrong, unknown = ask(username=user.username, password="wrong"), ask(username="nobody", password="wrong")
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json()["detail"] == unknown.json()["detail"]
    assert wrong.headers["WWW-Authenticate"].startswith("Bearer")


def test_an_account_with_a_second_factor_needs_its_code(user):
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    codes = RecoveryCodes.activate(user).generate_codes()
    refused = ask(username=user.username, password=PASSWORD)
    assert (refused.status_code, refused.json()["reasons"][0]["field"]) == (401, "code")
    assert ask(username=user.username, password=PASSWORD, code="000000").status_code == 401
    assert ask(username=user.username, password=PASSWORD, code=codes[0]).status_code == 201
    assert ask(username=user.username, password=PASSWORD, code=codes[0]).status_code == 401


def test_wrong_codes_lock_out_too(user, settings):
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    for _ in range(settings.AXES_FAILURE_LIMIT):
        ask(username=user.username, password=PASSWORD, code="000000")
    assert ask(username=user.username, password=PASSWORD, code="000000").status_code == 429


def deactivate(program):
    program.user.is_active = False
    program.user.save()


def change_password(program):
    program.user.set_password("another-one")
    program.user.save()


ENDINGS = {
    "revoked": lambda program: program.delete("token"),
    "run out": lambda program: ApiToken.objects.update(expires_at=clock.now()),
    "post over": lambda program: program.user.posts.update(until_on=clock.today() - timedelta(days=1)),
    "account closed": deactivate,
    "password changed": change_password,
}


@pytest.mark.parametrize("ending", ENDINGS.values(), ids=ENDINGS.keys())
def test_a_token_ends(user, ending):
    program = Program(user)
    assert program.get("me").status_code == 200
    ending(program)
    refused = program.get("me")
    assert (refused.status_code, refused.json()["type"]) == (401, "/help/api/#unauthenticated")
    assert refused.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer x", "Basic eDp5", f"Bearer yilian_{'x' * 43}", "Bearer 你"])
@pytest.mark.parametrize("path", ["me", "inbox", "cases", "cases/errand", "regulations", "lookups/institution"])
def test_nothing_is_answered_without_a_token(db, header, path):
    assert Client().get(f"/api/v1/{path}", headers={"Authorization": header} if header else {}).status_code == 401


def test_a_session_is_no_token(user):
    client = Client()
    client.force_login(user)
    assert client.get("/api/v1/me").status_code == 401


def test_the_check_is_one_statement_and_use_is_noted_now_and_then(user, django_assert_num_queries):
    program = Program(user)
    program.get("me")
    noted = ApiToken.objects.get().used_at
    assert noted is not None
    with django_assert_num_queries(8):  # token; savepoint, settings (2), user, posts, deputyships, end: no writing
        program.get("me")
    assert ApiToken.objects.get().used_at == noted
    with clock.standing_at(clock.now() + timedelta(minutes=6)):
        program.get("me")
    assert ApiToken.objects.get().used_at > noted


def test_old_tokens_are_cleared_away(user):
    first = Program(user)
    ApiToken.objects.update(expires_at=clock.now() - timedelta(days=1))
    second = Program(user)
    assert list(ApiToken.objects.values_list("pk", flat=True)) == [second.row.pk]
    assert first.get("me").status_code == 401
