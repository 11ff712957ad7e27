"""The frame: who gets in, what the menu shows, how one reads, and what error pages say."""

import pytest
from django.test import Client

from tests.world import COUNTY, TOWNSHIP
from yilian.kernel.access.models import Post
from yilian.kernel.pages import menu
from yilian.kernel.pages.tests.conftest import person

PAGES = (
    "/",
    "/inbox/",
    "/errand/",
    "/errand/new/",
    "/search/",
    "/help/",
    "/help/errand/",
    "/messages/",
    "/me/",
    "/post/",
)


@pytest.mark.parametrize("address", PAGES)
def test_strangers_are_sent_to_the_login(db, address):
    answer = Client().get(address)
    assert answer.status_code == 302
    assert answer.url.startswith("/accounts/login/?next=")


def test_htmx_is_sent_to_the_login_as_a_whole(db):
    answer = Client().get("/errand/", headers={"hx-request": "true"})
    assert answer.headers["HX-Redirect"].startswith("/accounts/login/")


def test_people_without_a_post_are_told_so(world):
    nobody = world.user(at=COUNTY)
    client = Client()
    client.force_login(nobody)
    answer = client.get("/")
    assert answer.status_code == 403
    assert "没有在任的岗位" in answer.content.decode()


def test_the_menu_shows_only_what_the_role_uses(world, sender):
    auditor = person(world, "auditor", at=TOWNSHIP)
    assert 'href="/errand/"' in sender.sees("/")
    assert 'href="/errand/"' not in auditor.sees("/")


def test_the_entry_with_the_longest_address_is_current(world, sender, monkeypatch):
    monkeypatch.setattr(menu.entries, "_items", {})
    for key, address in (("a", "/"), ("b", "/errand/"), ("c", "/errand/new/")):
        menu.add(menu.Entry(key, key, address, "file"))
    monkeypatch.setattr(menu, "sources", [])
    current = {path: _current(sender, path) for path in ("/", "/errand/x/", "/errand/new/", "/inbox/")}
    assert current == {"/": ["a"], "/errand/x/": ["b"], "/errand/new/": ["c"], "/inbox/": []}


def _current(sender, path):
    return [line.entry.key for line in menu.lines_for(sender.actor, path) if line.is_current]


def test_switching_the_post_changes_who_one_is(world, sender):
    county = Post.objects.create(
        user_id=sender.actor.user_id, institution=world.place(COUNTY), role="reception", since_on="2020-01-01"
    )
    assert f"{TOWNSHIP} · 医师" in sender.sees("/")
    sender.sends("/post/", post=county.pk)
    assert f"{COUNTY} · 转诊中心" in sender.sees("/")


def test_nobody_takes_up_a_post_of_others(sender, receiver):
    sender.sends("/post/", post=receiver.actor.post_id, status=404)
    assert TOWNSHIP in sender.sees("/")


def test_the_screen_remembers_how_one_reads(sender):
    sender.sends("/me/", theme="dark", type="large", density="dense")
    page = sender.sees("/")
    assert 'data-theme="dark" data-bs-theme="dark" data-type="large"' in page
    assert 'class=" dense"' in page


def test_a_nonsense_wish_is_not_kept(sender):
    sender.sends("/me/", theme='"><script>')
    assert 'data-theme="auto"' in sender.sees("/me/")


@pytest.mark.parametrize("address", ["/nothing/", "/errand/00000000-0000-7000-8000-000000000000/"])
def test_a_missing_page_says_what_to_do(sender, address):
    page = sender.sees(address, status=404)
    assert "没有找到此页" in page
    assert 'href="/search/"' in page


def test_a_page_for_others_says_who_helps(world):
    auditor = person(world, "auditor", at=TOWNSHIP)
    page = auditor.sees("/errand/new/", status=403)
    assert "切换岗位" in page


def test_english_is_one_click_away(sender):
    sender.sends("/language/", language="en", next="/")
    assert '<html lang="en"' in sender.sees("/")
