"""Gateways for tests of notices: a real mail server, and an HTTP server that stands for robots and SMS."""

import email.policy
import http.server
import socket
import threading
from datetime import datetime
from email import message_from_bytes
from urllib.parse import parse_qsl, urlsplit
from zoneinfo import ZoneInfo

import orjson
import pytest
from aiosmtpd.controller import Controller

from tests.world import COUNTY, TOWNSHIP, World
from yilian.kernel import clock
from yilian.kernel.access.models import User

NOON = datetime(2026, 5, 20, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


class Mailbox:
    """Keeps what a mail server received; may refuse everything for a while."""

    def __init__(self) -> None:
        self.letters: list[tuple[list[str], str, str]] = []
        self.refuses = False

    async def handle_DATA(self, server, session, envelope) -> str:
        if self.refuses:
            return "451 try again later"
        letter = message_from_bytes(envelope.content, policy=email.policy.default)
        body = letter.get_body(("plain", "html")).get_content()
        self.letters.append((envelope.rcpt_tos, str(letter["subject"]), body))
        return "250 OK"

    @property
    def addresses(self) -> list[str]:
        return sorted(address for recipients, _subject, _body in self.letters for address in recipients)


@pytest.fixture
def mailbox(settings):
    """A mail server on a free port, set up as the e-mail channel."""
    box = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    sender = f"mailto://127.0.0.1:{port}/?smtp=127.0.0.1&mode=insecure&from=yilian@example.org&to={{to}}"
    settings.NOTICE_CHANNELS = {"email": sender}
    yield box
    controller.stop()


@pytest.fixture
def story(request):
    """A sent errand between two houses; the receiving house has two people in the reception."""
    world = World()
    sender = world.person("doctor", at=TOWNSHIP)
    first, second = world.person("reception", at=COUNTY), world.person("reception", at=COUNTY)
    for name, actor in (("sender", sender), ("first", first), ("second", second)):
        User.objects.filter(pk=actor.user_id).update(email=f"{name}@example.org")
    case = world.open("errand", by=sender, wish="请协助会诊王喆", receiver=first.institution_id)
    return world, sender, first, second, case


class Groups:
    """Keeps what was posted: path, query and body; answers what it is told to."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.posts: list[tuple[str, dict[str, str], dict]] = []
        self.status, self.answer = 200, b'{"errcode":0,"errmsg":"ok"}'


@pytest.fixture
def groups(settings):
    """An HTTP server on a free port that stands for WeCom, DingTalk and an SMS gateway."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = orjson.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked = urlsplit(self.path)
            kept.posts.append((asked.path, dict(parse_qsl(asked.query)), body))
            self.send_response(kept.status)
            self.end_headers()
            self.wfile.write(kept.answer)

        def log_message(self, *words: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    kept = Groups(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    settings.NOTICE_CHANNELS = {"wecom": f"{kept.address}/wecom", "dingtalk": f"{kept.address}/ding"}
    yield kept
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def at_noon():
    """Outside the quiet hours, so that what is sent leaves at once."""
    with clock.standing_at(NOON):
        yield
