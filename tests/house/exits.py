"""Every address of the site with what the ids in it mean, and how to ask there as somebody.

Whoever adds an address that takes an id adds a line to `MEANINGS`; without it the tests of the exits fail.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import quote

import orjson
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver

from yilian.kernel.access.models import User
from yilian.kernel.api.tokens import issue

NAME = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^()]+\)")
CHANGING = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"|"X-CSRFToken":"[^"]+"|name="_key" value="[^"]+"')
CASE = {"kind": "kind", "pk": "case"}
WHOLE = "referral"  # the case type with whose estate the addresses of no case type are tried as well

# The first line that fits an address says what its names mean. Private meanings are ids of something that belongs to
# somebody; the others are words that everybody may know (see PUBLIC in test_exits.py).
MEANINGS: tuple[tuple[str, dict[str, str]], ...] = (
    (r"^<kind:kind>/<uuid:pk>/do/<slug:verb>/$", {**CASE, "verb": "verb"}),
    (r"^<kind:kind>/<uuid:pk>/", CASE),
    (r"^agreement/<uuid:pk>/", {"pk": "agreement case"}),
    (r"^assessment/<uuid:pk>/", {"pk": "assessment case"}),
    (r"^(help/)?<kind:kind>/", {"kind": "kind"}),
    (r"^files/<uuid:pk>/", {"pk": "attachment"}),
    (r"^papers/<uuid:pk>/", {"pk": "paper"}),
    (r"^wordings/<str:key>/$", {"key": "wording"}),
    (r"^me/(substitutes|acting)/<int:pk>/", {"pk": "deputy"}),
    (r"^messages/deliveries/<int:pk>/", {"pk": "delivery"}),
    (r"^messages/robots/<int:pk>/$", {"pk": "robot"}),
    (r"^messages/<uuid:pk>/$", {"pk": "notice"}),
    (r"^verify/<str:token>/$", {"token": "token"}),
    (r"^pick/<slug:kind>/$", {"kind": "lookup"}),
    (r"^regulations/<str:document>/", {"document": "document", "article": "article"}),
    (r"^indicators/released/<int:pk>/", {"pk": "release"}),
    (r"^indicators/<str:key>/", {"key": "indicator"}),
    (r"^parameters/<str:key>/$", {"key": "parameter"}),
    (r"^reasons/<int:pk>/$", {"pk": "reason"}),
    (r"^patients/merges/<int:pk>/part/$", {"pk": "merge"}),
    (r"^patients/<uuid:pk>/(merge|apart|reconsider)/<uuid:other>/$", {"pk": "patient", "other": "second patient"}),
    (r"^patients/<uuid:pk>/", {"pk": "patient"}),
    (r"^codes/<slug:system>/$", {"system": "code system"}),
    (r"^regions/<str:code>/$", {"code": "region"}),
    (r"^people/<int:pk>/posts/<int:post>/", {"pk": "account", "post": "post"}),
    (r"^people/<int:pk>/deputies/<int:deputy>/", {"pk": "account", "deputy": "deputy"}),
    (r"^people/<int:pk>/", {"pk": "account"}),
    (r"^institutions/<int:pk>/people/<int:person>/$", {"pk": "institution", "person": "practitioner"}),
    (r"^institutions/<int:pk>/sanctions/<int:sanction>/", {"pk": "institution", "sanction": "sanction"}),
    (r"^institutions/<int:pk>/", {"pk": "institution"}),
    (r"^imports/runs/<uuid:pk>/", {"pk": "run"}),
    (r"^imports/<slug:key>/", {"key": "sheet"}),
    (r"^feeds/new/<slug:fact>/", {"fact": "fed fact"}),
    (r"^feeds/<uuid:pk>/", {"pk": "feed"}),
    (r"^consortia/<int:pk>/", {"pk": "consortium"}),
    (r"^meetings/<uuid:pk>/", {"pk": "meeting case"}),
    (r"^records/files/<uuid:pk>/$", {"pk": "record file"}),
    (r"^records/<uuid:pk>/", {"pk": "record"}),
    (r"^consents/<uuid:pk>/", {"pk": "record consent"}),
    (r"^finder/<uuid:pk>/", {"pk": "stay"}),
    (r"^services/<int:pk>/", {"pk": "service"}),
    (r"^indications/<int:pk>/", {"pk": "indication"}),
    (r"^capacity/<int:pk>/", {"pk": "resource"}),
    (r"^places/<int:pk>/switch/$", {"pk": "place"}),
    (r"^accounts/2fa/webauthn/keys/<int:pk>/", {"pk": "authenticator"}),
    (r"^accounts/\^confirm-email/", {"key": "confirmation"}),
    (r"^accounts/\^password/reset/key/", {"uidb36": "user", "key": "confirmation"}),
    (r"^api/v1/cases/<kind>/<uuidstr:case_id>/steps/<verb>$", {"kind": "kind", "case_id": "case", "verb": "verb"}),
    (r"^api/v1/cases/<kind>/<uuidstr:case_id>", {"kind": "kind", "case_id": "case"}),
    (r"^api/v1/cases/<kind>$", {"kind": "kind"}),
    (r"^api/v1/lookups/<kind>$", {"kind": "lookup"}),
    (r"^api/v1/regulations/<key>$", {"key": "document"}),
    (r"^api/v1/indicators/<key>(/months)?$", {"key": "indicator"}),
    (r"^api/v1/releases/<int:release_number>$", {"release_number": "release"}),
    (r"^api/v1/documents/<uuidstr:document_id>", {"document_id": "attachment"}),
    (r"^api/v1/papers/<uuidstr:paper_id>/void$", {"paper_id": "paper"}),
    (r"^api/v1/patients/<uuidstr:patient_id>/pairs/", {"patient_id": "patient", "other_id": "second patient"}),
    (r"^api/v1/patients/<uuidstr:patient_id>", {"patient_id": "patient"}),
    (r"^api/v1/bodies/<int:consortium_number>$", {"consortium_number": "consortium"}),
    (r"^api/v1/records/files/<uuidstr:file_id>$", {"file_id": "record file"}),
    (r"^api/v1/projects/<uuid(str)?:project_id>/plan$", {"project_id": "project case"}),
    (r"^api/v1/feeds/<uuid(str)?:feed_id>(/rejected)?$", {"feed_id": "feed"}),
    (r"^api/v1/services/cases/<uuidstr:case_id>$", {"case_id": "case"}),
    (r"^api/v1/services/<int:service_number>", {"service_number": "service"}),
    (r"^api/v1/capacity/<int:resource_number>/phone$", {"resource_number": "resource"}),
    (r"^api/v1/places/<int:place_number>/switch$", {"place_number": "place"}),
    (r"^api/v1/indications/<int:indication_number>$", {"indication_number": "indication"}),
    (r"^api/v1/finder/<uuidstr:stay_id>", {"stay_id": "stay"}),
    (r"^api/v1/records/<uuidstr:record_id>(/original)?$", {"record_id": "record"}),
    (r"^api/v1/fhir/Bundle/<uuidstr:record_id>$", {"record_id": "record"}),
)


class UnknownAddressError(LookupError):
    """An address takes an id that nobody has explained to the tests."""


@dataclass(frozen=True)
class Address:
    """An address as it is declared, with the meaning of each name in it."""

    route: str
    meanings: dict[str, str] = field(hash=False)

    @property
    def is_api(self) -> bool:
        return self.route.startswith("api/")

    def at(self, values: dict[str, Any]) -> str:
        """Return the path with a value for each meaning."""
        plain = self.route.replace("^", "").replace("$", "")
        return "/" + NAME.sub(lambda found: str(values[self.meanings[found[1] or found[2]]]), plain)


@cache
def addresses() -> tuple[Address, ...]:
    """Return every address of the site; raises UnknownAddressError for a name without a meaning."""
    return tuple(Address(route, meanings_of(route)) for route in dict.fromkeys(_routes(get_resolver())))


def _routes(resolver: Any, before: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield before + str(entry.pattern)
        else:
            yield from _routes(entry, before + str(entry.pattern))


def meanings_of(route: str) -> dict[str, str]:
    """Return what the names in an address mean; raises UnknownAddressError when nobody has said so."""
    names = {first or second for first, second in NAME.findall(route)}
    known = next((meanings for fits, meanings in MEANINGS if re.match(fits, route)), {})
    if missing := names - known.keys():
        raise UnknownAddressError(f"say in tests/house/exits.py what {sorted(missing)} of {route!r} means")
    return {name: known[name] for name in names}


@dataclass(frozen=True)
class Answer:
    """What came back, with everything that differs from one answer to the next blanked, and which tables it wrote."""

    status: int
    location: str
    text: str
    written: frozenset[str] = field(default=frozenset(), compare=False)


class Visitor:
    """Somebody who asks: in the browser with a session, at the interface with a token; without a user a stranger."""

    def __init__(self, user: User | None = None) -> None:
        self.client = Client(raise_request_exception=False)
        self.token = ""
        if user is not None:
            self.client.force_login(user, backend="yilian.kernel.access.logins.PasswordBackend")
            self.token = issue(user, user.posts.order_by("pk").first())[0]

    def asks(self, path: str, *blanked: Any, method: str = "GET", body: Any = None, **headers: str) -> Answer:
        """Ask for a path and undo what it wrote; `blanked` values are taken out of the answer."""
        with transaction.atomic():
            before = _written()
            response = self._sends(path, method, body, headers)
            after = _written()
            transaction.set_rollback(True)
        written = frozenset(table for table, rows in after.items() if rows != before.get(table, 0))
        location, text = (_without(blanked, said) for said in (response.headers.get("Location", ""), text_of(response)))
        return Answer(response.status_code, location, CHANGING.sub("", text), written)

    def _sends(self, path: str, method: str, body: Any, headers: dict[str, str]) -> HttpResponse:
        if not path.startswith("/api/"):
            return self.client.generic(method, path, headers=headers) if body is None else self._form(path, body)
        bearer = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        content = b"" if body is None else orjson.dumps(body)
        return self.client.generic(method, path, content, "application/json", headers=bearer | headers)

    def _form(self, path: str, body: dict[str, Any]) -> HttpResponse:
        for value in body.values():
            if hasattr(value, "seek"):
                value.seek(0)
        return self.client.post(path, body)


def text_of(response: HttpResponse) -> str:
    """Return what an answer says, a workbook unpacked."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if not content.startswith(b"PK"):
        return content.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheets = [name for name in book.namelist() if "sheet" in name.lower() or "shared" in name.lower()]
        return "".join(book.read(name).decode(errors="replace") for name in sheets)


def _without(values: tuple[Any, ...], text: str) -> str:
    """Return a text with these values blanked, the longest first, as they stand or as an address spells them."""
    for value in sorted(map(str, values), key=len, reverse=True):
        for spelled in (value, quote(value), quote(value, safe="")):
            text = text.replace(spelled, "…")
    return text


def _written() -> dict[str, int]:
    """Return how many rows this transaction has written so far, by table."""
    statement = "select relname, n_tup_ins + n_tup_upd + n_tup_del from pg_stat_xact_user_tables"
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return dict(cursor.fetchall())
