"""账号与岗位: an administrator keeps the accounts of their own institution, and nobody else's."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from tests.world import COUNTY, TOWNSHIP, World
from yilian.kernel import clock
from yilian.kernel.access.models import Deputy, Post, User
from yilian.kernel.access.scope import scope
from yilian.kernel.audit.models import AccessRecord
from yilian.kernel.pages.tests.conftest import Person, person
from yilian.registry.accounts import listing
from yilian.registry.models import Practitioner


@pytest.fixture
def admin(world: World) -> Person:
    return person(world, "admin", at=TOWNSHIP)


@pytest.fixture
def colleague(world: World) -> User:
    return world.user("doctor", at=TOWNSHIP)


def today(days: int = 0) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()


def records(admin: Person, **narrow) -> list[AccessRecord]:
    """Return what was recorded at the administrator's institution, the oldest first."""
    with scope(admin.actor):
        return list(AccessRecord.objects.filter(**narrow).order_by("id"))


def opened(admin: Person, **answers) -> str:
    """Open an account and return its first password."""
    facts = {"username": "wangxm", "full_name": "王小敏", "posts": ["doctor"], "since_on": today()} | answers
    page = admin.sends("/people/new/", 200, **facts).content.decode()
    return re.search(r"<code>(.+?)</code>", page)[1]


def log_in(username: str, password: str) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": username, "password": password})
    return client


def test_a_new_account_sets_its_own_password_before_anything_else(admin):
    password = opened(admin)
    client = log_in("wangxm", password)
    assert client.get("/inbox/").headers["Location"] == "/accounts/password/change/"
    assert client.get("/live/", headers={"hx-request": "true"}).headers["HX-Redirect"] == "/accounts/password/change/"
    assert "这是初始密码" in client.get("/accounts/password/change/").content.decode()
    form = {"oldpassword": password, "password1": password, "password2": password}
    assert "不能与现在的密码相同" in client.post("/accounts/password/change/", form).content.decode()
    form |= {"password1": "liang-tian-2026", "password2": "liang-tian-2026"}
    assert client.post("/accounts/password/change/", form).headers["Location"] == "/"
    assert client.get("/inbox/").status_code == 200
    assert not User.objects.get(username="wangxm").must_change_password


def test_a_first_password_gives_no_token(admin):
    given = {"username": "wangxm", "password": opened(admin)}
    answer = Client().post("/api/v1/token", given, content_type="application/json")
    assert answer.status_code == 403
    assert "初始密码" in answer.content.decode()


def test_the_first_password_is_shown_once(admin):
    password = opened(admin)
    account = User.objects.get(username="wangxm")
    assert password not in admin.sees(f"/people/{account.pk}/")
    assert account.check_password(password)
    assert records(admin, object_kind="user")
    assert not any(password in str(row.detail) for row in records(admin))


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"username": ""}, "请填写「用户名」"),
        ({"username": "王 小 敏"}, "用户名"),
        ({"full_name": ""}, "请填写「姓名」"),
        ({"posts": []}, "角色"),
        ({"posts": ["authority"]}, "角色"),
        ({"since_on": today(-1)}, "不能早于今天"),
        ({"until_on": today(-1)}, "结束日期早于开始日期"),
        ({"email": "not-an-address"}, 'id="ask-email-error"'),
    ],
)
def test_what_is_wrong_stands_beside_its_question_and_nothing_is_saved(admin, answers, says):
    facts = {"username": "wangxm", "full_name": "王小敏", "posts": ["doctor"], "since_on": today()} | answers
    page = admin.sends("/people/new/", 422, **facts).content.decode()
    assert says in page
    assert not User.objects.filter(full_name="王小敏").exists()


def test_a_user_name_is_used_once_whatever_its_case(admin):
    opened(admin)
    facts = {"username": "WangXM", "full_name": "王晓明", "posts": ["doctor"], "since_on": today()}
    assert "用户名已被使用" in admin.sends("/people/new/", 422, **facts).content.decode()


@pytest.mark.parametrize("words", ["王小", "wxm", "wangx"])
def test_people_are_found_by_name_initials_and_user_name(admin, colleague, words):
    opened(admin)
    page = admin.part(f"/people/?q={words}")
    assert "王小敏" in page
    assert str(colleague) not in page


def test_the_list_is_narrowed_by_role_and_by_ended_posts(admin, colleague, world):
    gone = world.user("nursing", at=TOWNSHIP)
    Post.objects.filter(user=gone).update(until_on=clock.today() - timedelta(days=1))
    assert f">{colleague}</a>" in admin.part("/people/?role=doctor")
    assert f">{gone}</a>" not in admin.part("/people/?role=nursing")
    assert f">{gone}</a>" in admin.part("/people/?role=nursing&standing=ended")
    assert f">{colleague}</a>" not in admin.part("/people/?standing=ended")
    assert "没有符合条件的账号" in admin.part("/people/?q=无此人")


@pytest.mark.parametrize("sort", ["name", "username", "login"])
def test_pages_follow_each_other_without_gap_or_repetition(admin, world, monkeypatch, sort):
    monkeypatch.setattr("yilian.registry.pages.accounts.PAGE", 2)
    for _number in range(4):
        world.user("doctor", at=TOWNSHIP)
    seen, address = [], f"/people/?sort={sort}"
    while address:
        page = admin.part(address)
        seen += re.findall(r'href="/people/(\d+)/"', page)
        further = re.search(r'href="(/people/\?[^"]*after=\d+)"', page)
        address = further[1].replace("&amp;", "&") if further else ""
    assert len(seen) == len(set(seen)) == 5


def test_the_export_holds_what_was_narrowed_and_is_recorded(admin, colleague):
    answer = admin.client.get("/people/export.xlsx?role=doctor")
    assert answer.headers["Content-Disposition"].endswith('.xlsx"')
    (record,) = records(admin, action="exported")
    assert (record.object_kind, record.detail["rows"]) == ("user", 1)


def test_a_post_is_granted_ended_and_gone_the_day_after(admin, colleague):
    version = colleague.version
    admin.sends(f"/people/{colleague.pk}/posts/new/", role="quality", since_on=today(), _version=version)
    post = colleague.posts.get(role="quality")
    client = Client()
    client.force_login(colleague)
    address = f"/people/{colleague.pk}/posts/{post.pk}/end/"
    admin.sends(address, until_on=today(1), _version=version + 1)
    with clock.standing_at(clock.now() + timedelta(days=1)):
        assert "质控" in client.get("/me/").content.decode()
    with clock.standing_at(clock.now() + timedelta(days=2)):
        assert "质控" not in client.get("/me/").content.decode()
    assert [row.action for row in records(admin, object_kind="post")] == ["registered", "changed"]


def test_a_post_granted_today_is_withdrawn(admin, colleague):
    admin.sends(f"/people/{colleague.pk}/posts/new/", role="quality", since_on=today(), _version=1)
    post = colleague.posts.get(role="quality")
    admin.sends(f"/people/{colleague.pk}/posts/{post.pk}/withdraw/", _version=2)
    assert not colleague.posts.filter(role="quality").exists()
    old = colleague.posts.get()
    answer = admin.client.post(f"/people/{colleague.pk}/posts/{old.pk}/withdraw/", {"_version": 3}, follow=True)
    assert "不能撤回" in answer.content.decode()
    assert colleague.posts.count() == 1


def test_the_same_post_is_not_held_twice(admin, colleague):
    page = admin.sends(f"/people/{colleague.pk}/posts/new/", 422, role="doctor", since_on=today()).content.decode()
    assert "已有这个岗位" in page


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(admin, colleague):
    admin.sends(f"/people/{colleague.pk}/edit/", full_name="王小敏", _version=1)
    page = admin.sends(f"/people/{colleague.pk}/edit/", 422, full_name="王大敏", _version=1).content.decode()
    assert "此账号已被他人更改" in page
    assert User.objects.get(pk=colleague.pk).full_name == "王小敏"


def test_the_last_administrator_stays(admin, world):
    post = Post.objects.get(user=admin.actor.user_id)
    address = f"/people/{admin.actor.user_id}/posts/{post.pk}/end/"
    assert "最后一个系统管理岗位" in admin.sends(address, 422, until_on=today()).content.decode()
    other = world.user("admin", at=TOWNSHIP)
    User.objects.filter(pk=other.pk).update(is_active=False)
    assert "最后一个系统管理岗位" in admin.sends(address, 422, until_on=today()).content.decode()
    User.objects.filter(pk=other.pk).update(is_active=True)
    admin.sends(address, until_on=today())
    assert Post.objects.get(pk=post.pk).until_on == clock.today()


def test_a_locked_account_is_out_at_once_and_its_sessions_stay_dead(admin):
    password = opened(admin)
    User.objects.update(must_change_password=False)
    client, account = log_in("wangxm", password), User.objects.get(username="wangxm")
    token = Client().post(
        "/api/v1/token", {"username": "wangxm", "password": password}, content_type="application/json"
    )
    bearer = {"authorization": f"Bearer {token.json()['token']}"}
    assert client.get("/inbox/").status_code == 200
    assert Client().get("/api/v1/me", headers=bearer).status_code == 200
    admin.sends(f"/people/{account.pk}/lock/", ground="离职", _version=account.version)
    assert client.get("/inbox/").headers["Location"].startswith("/accounts/login/")
    assert Client().get("/api/v1/me", headers=bearer).status_code == 401
    assert log_in("wangxm", password).get("/inbox/").status_code == 302
    admin.sends(f"/people/{account.pk}/unlock/", _version=account.version + 1)
    assert client.get("/inbox/").status_code == 302, "an old session does not come to life again"
    assert Client().get("/api/v1/me", headers=bearer).status_code == 401
    assert log_in("wangxm", password).get("/inbox/").status_code == 200
    assert [row.ground for row in records(admin, action="locked")] == ["离职"]


def test_a_new_password_ends_what_is_logged_in(admin):
    password = opened(admin)
    User.objects.update(must_change_password=False)
    client, account = log_in("wangxm", password), User.objects.get(username="wangxm")
    page = admin.sends(f"/people/{account.pk}/password/", 200, _version=account.version).content.decode()
    new = re.search(r"<code>(.+?)</code>", page)[1]
    assert new != password
    assert client.get("/inbox/").headers["Location"].startswith("/accounts/login/")
    assert log_in("wangxm", new).get("/inbox/").headers["Location"] == "/accounts/password/change/"


def test_nobody_locks_themselves_or_resets_their_own_password(admin, world):
    world.user("admin", at=TOWNSHIP)
    own = admin.actor.user_id
    assert "不能锁定自己" in admin.sends(f"/people/{own}/lock/", 422, ground="x").content.decode()
    assert "个人设置" in admin.sends(f"/people/{own}/password/", 422).content.decode()


def test_an_account_in_use_elsewhere_keeps_its_password_and_lock(admin, world):
    shared = world.user("doctor", at=COUNTY)
    facts = {"username": shared.username, "role": "doctor", "since_on": today()}
    assert "没有这个用户名" in admin.sends("/people/join/", 422, full_name="别人", **facts).content.decode()
    admin.sends("/people/join/", full_name=shared.full_name, **facts)
    address = f"/people/{shared.pk}/"
    assert "这里只管本机构的岗位" in admin.sees(address)
    for path, answers in (("password/", {}), ("lock/", {"ground": "x"}), ("edit/", {"full_name": "新名"})):
        page = admin.sends(address + path, 422, **answers).content.decode()
        assert "此人在其他机构也有岗位" in page
    elsewhere = shared.posts.get(institution__name=COUNTY)
    admin.sees(f"{address}posts/{elsewhere.pk}/end/", 404)
    assert str(elsewhere.institution) not in admin.sees(address)


def test_the_administrator_names_a_deputy_for_somebody_on_leave(admin, colleague, world):
    other = world.user("nursing", at=TOWNSHIP)
    address = f"/people/{colleague.pk}/deputies/"
    days = {"since_on": today(), "until_on": today(3)}
    assert "不能把自己设为" in admin.sends(f"{address}new/", 422, deputy=admin.actor.user_id, **days).content.decode()
    admin.sends(f"{address}new/", deputy=other.pk, **days)
    row = Deputy.objects.get()
    assert (row.principal, row.deputy, row.named_by_id) == (colleague, other, admin.actor.user_id)
    client = Client()
    client.force_login(colleague)
    assert f"管理员 {admin.actor.name} 设置" in client.get("/me/substitutes/").content.decode()
    client.force_login(other)
    assert client.post(f"/me/acting/{row.pk}/").status_code == 302
    admin.sends(f"{address}{row.pk}/end/")
    assert "没有委托。" in admin.sees(f"/people/{colleague.pk}/")
    admin.sends(f"{address}{row.pk}/end/", 404)


def test_an_account_is_linked_to_its_practitioner(admin, colleague, world):
    row, taken = (
        Practitioner.objects.create(institution_id=admin.actor.institution_id, name=name, profession="clinical")
        for name in ("林春", "周雨")
    )
    Practitioner.objects.filter(pk=taken.pk).update(user=world.user("doctor", at=TOWNSHIP))
    address = f"/people/{colleague.pk}/practitioner/"
    admin.sends(address, practitioner=row.pk, _version=1)
    assert Practitioner.objects.get(user=colleague) == row
    assert "林春" in admin.sees(f"/people/{colleague.pk}/")
    assert "已有对应的账号" in admin.sends(address, 422, practitioner=taken.pk, _version=2).content.decode()
    elsewhere = Practitioner.objects.create(institution=world.place(COUNTY), name="他院", profession="clinical")
    admin.sends(address, 422, practitioner=elsewhere.pk, _version=2)
    assert Practitioner.objects.get(user=colleague) == row
    admin.sends(address, practitioner="", _version=2)
    assert not Practitioner.objects.filter(user=colleague).exists()


def test_others_do_not_get_in(admin, colleague, world):
    ours = f"/people/{colleague.pk}/"
    elsewhere = person(world, "admin", at=COUNTY)
    post = colleague.posts.get()
    for path in ("", "edit/", "lock/", "password/", "posts/new/", f"posts/{post.pk}/end/", "deputies/new/"):
        elsewhere.sees(ours + path, 404)
    for path in ("unlock/", f"posts/{post.pk}/withdraw/", "lock/"):
        elsewhere.sends(ours + path, 404)
    assert str(colleague) not in elsewhere.sees("/people/")
    doctor = Client()
    doctor.force_login(colleague)
    assert doctor.get("/people/").status_code == 403
    assert "账号与岗位" not in doctor.get("/").content.decode()
    assert "账号与岗位" in admin.sees("/")


def test_a_deputy_of_the_administrator_keeps_no_accounts(admin, colleague):
    row = Deputy.objects.create(
        principal_id=admin.actor.user_id, deputy=colleague, institution_id=admin.actor.institution_id,
        since_on=clock.today(), until_on=clock.today(),
    )  # fmt: skip
    client = Client()
    client.force_login(colleague)
    client.post(f"/me/acting/{row.pk}/")
    answer = client.get("/people/")
    assert answer.status_code == 403
    assert "代他人办理时不能管理账号" in answer.content.decode()
    assert "/people/" not in client.get("/").content.decode()


def test_the_standing_of_an_account_is_read_from_its_rows(admin, colleague):
    (row,) = listing.accounts(admin.actor.institution_id, listing.Wish(words=colleague.username))
    assert listing.state_of(row, clock.today()) == ("working", "success")
    assert listing.state_of(row, clock.today().replace(year=2019)) == ("ended", "default")
