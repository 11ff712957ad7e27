"""The robots of WeCom and DingTalk groups, spoken to directly.

Not through apprise (1.x), for two reasons seen on the wire: both services answer a refusal with status 200 and an
`errcode`, which apprise takes for success; and it escapes the signature of DingTalk twice, which makes it wrong.
"""

import base64
import hashlib
import hmac
import http.client
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit

import orjson
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.kernel.notices.channels import NotTaken
from yilian.kernel.registries import Registry

PATIENCE = 10.0  # seconds
KEY = re.compile(r"[A-Za-z0-9_-]{8,128}")


class BadRobotAddressError(ValueError):
    """A text is no address of such a robot; the message says what would be."""


@dataclass(frozen=True)
class RobotKind:
    """A service whose robots post into groups; `parameter` carries the robot's key, `sign` adds a signature."""

    key: str
    title: str | Promise
    parameter: str
    sign: Callable[[str], dict[str, str]] | None = None

    @property
    def gateway(self) -> str:
        """Where this installation reaches the service (its public or its in-house address); empty when off."""
        return settings.NOTICE_CHANNELS.get(self.key, "")

    def key_in(self, address: str) -> str:
        """Return the key in a webhook address as people copy it, or the key itself; raises BadRobotAddressError."""
        text = address.strip()
        if "/" in text:
            text = parse_qs(urlsplit(text).query).get(self.parameter, [""])[0]
        if not KEY.fullmatch(text):
            raise BadRobotAddressError(
                _("请粘贴群机器人的 Webhook 地址，其中应有 {name}=…").format(name=self.parameter)
            )
        return text

    def post(self, key: str, secret: str, text: str) -> None:
        """Post a text into the group; raises NotTaken with what the service answered."""
        query = {self.parameter: key} | (self.sign(secret) if self.sign and secret else {})
        body = orjson.dumps({"msgtype": "text", "text": {"content": text}})
        request = urllib.request.Request(  # noqa: S310 - the address is the installation's
            f"{self.gateway}?{urlencode(query)}", body, {"Content-Type": "application/json; charset=utf-8"}
        )
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
                said = answer.read(10_000)
        except urllib.error.HTTPError as error:
            error.close()
            raise NotTaken(f"HTTP {error.code}") from None
        except (OSError, http.client.HTTPException) as error:
            raise NotTaken(type(getattr(error, "reason", error)).__name__) from None
        _check(said)


def _check(said: bytes) -> None:
    """Raise NotTaken unless the answer says `errcode` 0; the words of the service help whoever mends it."""
    try:
        answer = orjson.loads(said)
        code, words = answer["errcode"], answer.get("errmsg", "")
    except (orjson.JSONDecodeError, TypeError, KeyError, AttributeError):
        raise NotTaken(_("对方的答复无法识别")) from None
    if code != 0:
        raise NotTaken(f"{code} {words}"[:300])


def _signed(secret: str) -> dict[str, str]:
    """Return the moment and the HMAC-SHA256 over it that DingTalk asks of robots with 加签."""
    timestamp = str(round(time.time() * 1000))
    digest = hmac.digest(secret.encode(), f"{timestamp}\n{secret}".encode(), hashlib.sha256)
    return {"timestamp": timestamp, "sign": base64.b64encode(digest).decode()}


robot_kinds: Registry[RobotKind] = Registry("kind of robots")
robot_kinds.add(RobotKind("wecom", gettext_lazy("企业微信群机器人"), "key"))
robot_kinds.add(RobotKind("dingtalk", gettext_lazy("钉钉群机器人"), "access_token", _signed))


def open_robot_kinds() -> list[RobotKind]:
    """Return the services that this installation may post to."""
    return [kind for kind in robot_kinds if kind.gateway]
