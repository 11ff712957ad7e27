"""Pages that keep up: what colleagues elsewhere do appears without a click."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from functools import partial

import pytest
from csp.constants import SELF
from django.conf import settings as installed
from django.db import connection
from granian.constants import Interfaces
from granian.server.embed import Server
from playwright.sync_api import expect

from tests.e2e.acts import address
from yilian.kernel.streams.hub import Hub
from yilian.kernel.streams.listening import listen
from yilian.kernel.streams.serving import Streams

PATIENCE = 30  # seconds


@pytest.fixture
def streams(live_site: str, settings) -> Iterator[None]:
    """The streams on the database of the site, served by a thread; pages ask by themselves only once a minute."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    hub, place = Hub(most=20, most_of_one=5), installed.PLACE.app.named(connection.settings_dict["NAME"])
    application = Streams(hub, partial(listen, hub, place))
    server = Server(application, port=port, interface=Interfaces.ASGI, websockets=False, log_enabled=False)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()))
    thread.start()
    wait_for(port)
    directives = installed.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    allowed = {"connect-src": [SELF, f"http://127.0.0.1:{port}"]}
    settings.ALLOWED_HOSTS, settings.STREAMS_PORT = ["127.0.0.1"], port
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": directives | allowed}
    yield
    server.stop()
    thread.join()


def wait_for(port: int) -> None:
    """Return when somebody answers at this port: a page that finds nobody there asks once a minute, and complains."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except ConnectionRefusedError:
            assert time.monotonic() < deadline, "the streams do not start"
            time.sleep(0.05)


def test_what_arrives_is_counted_without_a_click(streams, cast, page_of):
    page = page_of(cast.county)
    badge = page.locator(".menu [data-counts=inbox] .badge-count")
    expect(badge).to_have_count(0)
    with page.expect_response(lambda answer: "/streams/" in answer.url):
        page.goto("/")
    cast.sent()
    expect(badge).to_have_text("1")
    expect(page.locator("#live-line")).not_to_be_empty()


def test_a_page_says_that_its_case_has_moved(streams, cast, page_of):
    case = cast.sent()
    page = page_of(cast.township)
    with page.expect_response(lambda answer: "/streams/" in answer.url):
        page.goto(address(case))
    cast.take(case, "receive", by=cast.county)
    line = page.locator("#live-line")
    expect(line).not_to_be_empty()
    line.get_by_role("link").click()
    expect(page.locator("h1 .tag").first).to_have_text("已签收")
