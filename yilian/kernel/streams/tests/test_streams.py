"""Streams against the real database: what is told at commit, to whom, and to strangers never."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from tests.world import COUNTY, ELSEWHERE, TOWNSHIP, World
from yilian.kernel.access.posts import actor_for
from yilian.kernel.access.scope import scope
from yilian.kernel.notices.telling import tell
from yilian.kernel.streams import serving
from yilian.kernel.streams.hub import Hub
from yilian.kernel.streams.listening import listen
from yilian.kernel.streams.serving import Streams
from yilian.kernel.streams.telling_sql import CHANNEL
from yilian.kernel.workflow.conversation import post_message

ORIGIN = "http://localhost:8000"
PATIENCE = 20.0


@pytest.fixture(autouse=True)
def at_home(settings):
    settings.ALLOWED_HOSTS = ["localhost", "testserver"]


@pytest.fixture
def story(fresh_database):
    world = World()
    sender, receiver = world.user("doctor", at=TOWNSHIP), world.user("reception", at=COUNTY)
    case = world.open("errand", by=actor_for(sender), wish="王喆急需会诊", receiver=actor_for(receiver).institution_id)
    return world, sender, receiver, case


def cookie_of(user) -> str:
    client = Client()
    client.force_login(user, backend="yilian.kernel.access.logins.PasswordBackend")
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


class Page:
    """One open page: an ASGI request whose answer is read event by event."""

    def __init__(self, app: Streams, cookie: str, *, path: str = "/streams/", origin: str = ORIGIN) -> None:
        self.status = 0
        self.headers: dict[str, str] = {}
        self.text = ""
        self.has_news, self.left = asyncio.Event(), asyncio.Event()
        headers = [(b"cookie", cookie.encode()), (b"origin", origin.encode())]
        asked = {"type": "http", "method": "GET", "path": path, "headers": [pair for pair in headers if pair[1]]}
        self.running = asyncio.ensure_future(app(asked, self._receive, self._send))

    async def _receive(self) -> dict[str, Any]:
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        else:
            self.text += message["body"].decode()
        self.has_news.set()

    async def until(self, words: str) -> None:
        async with asyncio.timeout(PATIENCE):
            while words not in self.text:
                self.has_news.clear()
                await self.has_news.wait()

    async def close(self) -> None:
        self.left.set()
        await self.running


def on_streams(work: Callable[[Streams], Awaitable[None]]) -> None:
    """Run the application, listening to the database of the test, and something on it, in a loop of its own."""
    place = settings.PLACE.app.named(connection.settings_dict["NAME"])
    faults: list[BaseException] = []

    async def run() -> None:
        hub = Hub(most=50, most_of_one=5)
        app = Streams(hub, partial(listen, hub, place))
        listening = asyncio.ensure_future(listen(hub, place))
        probe = hub.add(0, 0)
        async with asyncio.timeout(PATIENCE):
            await probe.woken.wait()  # who has listened for the first time tells everybody to ask again
        hub.remove(probe)
        try:
            await work(app)
        finally:
            listening.cancel()

    def alone() -> None:
        try:
            asyncio.run(run())
        except BaseException as fault:
            faults.append(fault)

    thread = threading.Thread(target=alone)
    thread.start()
    thread.join()
    if faults:
        raise faults[0]


def in_thread(work: Callable[[], Any]) -> Awaitable[Any]:
    """Do what asks the database beside the loop, and give the connection back."""

    def closing() -> Any:
        try:
            return work()
        finally:
            connection.close()

    return asyncio.to_thread(closing)


def test_the_parties_hear_of_a_step_and_a_stranger_never(story):
    world, sender, receiver, case = story
    cookies = [cookie_of(user) for user in (sender, receiver, world.user("reception", "doctor", at=ELSEWHERE))]

    async def work(app: Streams) -> None:
        pages = [Page(app, cookie) for cookie in cookies]
        for page in pages:
            await page.until("retry")
        await in_thread(lambda: world.take(case, "send", by=actor_for(sender)))
        for page in pages[:2]:
            await page.until(f"data: {case.pk} 2\n")
        own = await in_thread(lambda: _told(world))
        await pages[2].until("data: - 0\n")
        assert own
        assert str(case.pk) not in pages[2].text, "the stranger heard something later, but not this"
        for page in pages:
            assert not {"王喆", "会诊", case.number} & set(page.text.split())
            await page.close()
        assert len(app.hub) == 0

    on_streams(work)


def _told(world: World) -> bool:
    actor = world.person("reception", at=ELSEWHERE)
    with scope(actor):
        tell(None, actor.institution_id, ["reception"], "通知", by=actor)
    return True


def test_the_payload_holds_keys_only_and_a_transaction_tells_once(story):
    world, sender, _receiver, case = story
    actor = actor_for(sender)
    with psycopg.connect(
        **settings.PLACE.app.named(connection.settings_dict["NAME"]).for_psycopg(), autocommit=True
    ) as ear:
        ear.execute(f"listen {CHANNEL}")
        with scope(actor), transaction.atomic():
            world.take(case, "send", by=actor)
            post_message(case, "王喆", by=actor, awaits_reply=True)
        with scope(actor), transaction.atomic():
            post_message(case, "被回滚", by=actor)
            transaction.set_rollback(True)
        told = [item.payload for item in ear.notifies(timeout=2, stop_after=5)]
    parties = ",".join(map(str, sorted([actor.institution_id, case.receiver_id])))
    assert told == [f"{case.pk} 2 {parties}"]


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://localhost.evil.example"])
def test_a_page_of_another_site_reads_nothing(story, origin):
    _world, sender, *_rest = story
    cookie = cookie_of(sender)

    async def work(app: Streams) -> None:
        page = Page(app, cookie, origin=origin)
        await page.running
        assert (page.status, page.text) == (403, "")
        assert "access-control-allow-origin" not in page.headers

    on_streams(work)


def test_without_a_session_or_a_post_there_is_no_stream(story):
    world, *_rest = story
    without_post = cookie_of(world.user(at=COUNTY))

    async def work(app: Streams) -> None:
        for cookie in ("", "sessionid=guessed", "sessionid=", without_post, "\0=;;"):
            page = Page(app, cookie)
            await page.running
            assert (page.status, page.text) == (403, ""), cookie
        strange = Page(app, without_post, path="/other/")
        await strange.running
        assert strange.status == 404

    on_streams(work)


def test_who_logs_out_hears_nothing_more(story, monkeypatch):
    world, sender, _receiver, case = story
    cookie = cookie_of(sender)
    monkeypatch.setattr(serving, "LOOK_AGAIN", 0.0)

    async def work(app: Streams) -> None:
        page = Page(app, cookie)
        await page.until("retry")
        assert page.headers["access-control-allow-origin"] == ORIGIN
        await in_thread(lambda: _log_out(cookie))
        await in_thread(lambda: world.take(case, "send", by=actor_for(sender)))
        async with asyncio.timeout(PATIENCE):
            await page.running
        assert str(case.pk) not in page.text

    on_streams(work)


def _log_out(cookie: str) -> None:
    client = Client()
    client.cookies.load(cookie)
    client.logout()
