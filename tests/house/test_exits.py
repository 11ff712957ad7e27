"""No exit of the house shows a stranger anything: every address, with every id, in the browser and at the interface."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import resolve

from tests.house.estate import EVERY_ROLE, PATIENT, SECRET, Estate, absent_ids, build
from tests.house.exits import WHOLE, Address, Answer, UnknownAddressError, Visitor, addresses, meanings_of
from tests.world import World
from yilian.kernel.api.document.build import document
from yilian.kernel.api.site import api
from yilian.kernel.documents.tests import samples
from yilian.kernel.indicators.indicator import indicators
from yilian.kernel.rules.models import ReasonCode
from yilian.kernel.rules.parameter import parameters
from yilian.kernel.workflow.case_type import case_types
from yilian.kernel.workflow.lookups import lookups

pytestmark = pytest.mark.exhaustive

ROOT = Path(__file__).resolve().parents[2] / "yilian"
KINDS = [kind.key for kind in case_types]
PUBLIC = frozenset(["kind", "verb", "token", "lookup", "document", "article", "indicator", "wording", "parameter",
                    "reason", "confirmation", "institution", "practitioner", "consortium", "sheet", "code system",
                    "region", "sanction", "service", "indication", "fed fact", "release"])  # fmt: skip
NO_LOGIN = re.compile(
    r"^(health/|api/v1/openapi\.json|api/v1/token|api/v1/fhir/metadata|api/v1/|accounts/.*|verify/.*|language/)$"
)
NOTES = {"audit_accessrecord", "django_session", "api_apitoken"}  # who looked, and when somebody was last here
ABSENT_NUMBER = "ZZ209912319999"
# What may be asked for behind "?", by address; the names in the source are compared with these.
QUERIES: dict[str, tuple[str, ...]] = {
    "<kind:kind>/": ("number", "state", "priority", "side", "partner", "department", "mark", "patient", "since",
                     "until", "before", "after", "sort"),
    "<kind:kind>/export.xlsx": ("number", "state", "priority", "side", "partner", "department", "mark", "patient",
                                "since", "until", "sort"),
    "<kind:kind>/new/": ("from", "patient", "begun"),
    "agreement/<uuid:pk>/clause/": ("id", "kind", "from"),
    "assessment/<uuid:pk>/line/": ("item", "rows", "from"),
    "assessment/<uuid:pk>/do/answer/": ("objection",),
    "assessment/<uuid:pk>/do/explain/": ("flag",),
    "schemes/": ("code",),
    "schemes/file.csv": ("code",),
    "applying/": ("sender", "receiver", "on", "subject", "priority", "direction", "patient"),
    "cockpit/": ("consortium", "period"),
    "cockpit/late/": ("consortium", "period"),
    "cockpit/flow/": ("sender", "receiver", "direction", "consortium", "period"),
    "data-quality/": ("consortium", "fact"),
    "data-quality/export.xlsx": ("consortium", "fact"),
    "inbox/": ("tab", "after", "sort", "only"),
    "live/": ("case", "version", "said"),
    "merits/": ("nature", "past"),
    "projects/": ("consortium",),
    "search/": ("q", "patient"),
    "messages/": ("all", "before"),
    "messages/deliveries/": ("state", "before"),
    "pick/<slug:kind>/": ("q", "source"),
    "audit/": ("person", "action", "object_kind", "object_id", "since", "until", "before"),
    "audit/export.xlsx": ("person", "object_id"),
    "indicators/": ("period", "first", "last", "scope", "q", "theme", "frame", "source", "certainty", "level", "data",
                    "sort"),
    "indicators/export.xlsx": ("period", "scope", "q", "theme", "frame", "source", "certainty", "level", "data",
                               "sort"),
    "indicators/<str:key>/": ("rows", "from", "period", "scope"),
    "indicators/<str:key>/export.xlsx": ("period", "scope"),
    "indicators/<str:key>/rows.xlsx": ("rows", "period", "scope"),
    "indicators/<str:key>/release/": ("period", "scope"),
    "meetings/<uuid:pk>/arrive/": ("code",),
    "obligations/": ("state", "on", "only", "consortium", "from"),
    "obligations/calendar/": ("month", "only", "consortium"),
    "obligations/calendar.ics": ("only", "consortium"),
    "obligations/export.xlsx": ("state", "on", "only", "consortium"),
    "papers/": ("q", "side", "key", "state", "year", "before"),
    "papers/export.xlsx": ("q",),
    "parameters/": ("q", "only"),
    "wordings/<str:key>/": ("version",),
    "files/<uuid:pk>/": ("save",),
    "api/v1/cases/<kind>": ("number", "state", "open", "priority", "side", "department", "patient", "since", "until",
                            "before", "after", "limit"),
    "api/v1/cases/<kind>/<uuidstr:case_id>/history": ("after",),
    "api/v1/cases/<kind>/<uuidstr:case_id>/messages": ("after",),
    "api/v1/feeds/<uuidstr:feed_id>/rejected": ("after",),
    "api/v1/inbox": ("type", "late", "after", "limit"),
    "api/v1/lookups/<kind>": ("q", "source"),
    "api/v1/indicators/<key>": ("period", "consortium", "scope"),
    "api/v1/indicators/<key>/months": ("period", "consortium", "scope"),
    "api/v1/patients": ("identity", "name", "limit"),
    "api/v1/patients/pairs": ("page", "limit"),
    "patients/": ("q", "before"),
    "patients/new/": ("q", "back"),
    "patients/pairs/": ("state", "page"),
    "api/v1/records": ("patient", "kind", "before"),
    "patients/<uuid:pk>/records/": ("kind", "before"),
    "patients/<uuid:pk>/records/new/": ("kind",),
    "patients/<uuid:pk>/access/": ("before",),
    "patients/<uuid:pk>/merge/<uuid:other>/": ("q",),
    "people/": ("q", "role", "standing", "sort", "after"),
    "people/export.xlsx": ("q", "role", "standing", "sort"),
    "institutions/": ("q", "region", "kind", "grade", "after"),
    "institutions/<int:pk>/": ("q",),
    "institutions/<int:pk>/attestations/": ("after",),
    "services/": ("q", "subject", "direction", "institution", "featured", "own", "sort", "page"),
    "services/export.xlsx": ("q", "subject", "direction", "institution", "featured", "own", "sort"),
    "services/<int:pk>/": ("version",),
    "whereabouts/": ("only",),
    "api/v1/whereabouts": ("late",),
    "inpatients/": ("q", "state", "page"),
    "finder/": ("page",),
    "api/v1/network": ("table", "consortium", "period"),
    "network/": ("consortium", "period", "tab"),
    "network/export.xlsx": ("consortium", "period", "tab"),
    "network/rows/": ("key", "consortium", "place", "period", "service", "reason"),
    "api/v1/inpatients": ("number", "fit", "limit"),
    "api/v1/finder": ("limit",),
    "places/": ("resource", "off"),
    "places/export.xlsx": ("resource", "off"),
    "api/v1/places/bookings": ("limit",),
    "api/v1/places": ("resource", "limit"),
    "capacity/": ("kind", "q", "institution", "free"),
    "api/v1/capacity": ("kind", "institution", "text", "free"),
    "indications/": ("q", "direction", "diagnosis"),
    "api/v1/indications": ("text", "direction", "diagnosis"),
    "api/v1/indications/<int:indication_number>": ("version",),
    "api/v1/services": ("text", "subject", "direction", "institution", "sort", "age", "limit"),
    "api/v1/services/<int:service_number>": ("version",),
    "codes/": ("q",),
    "codes/<slug:system>/": ("q",),
    "regions/": ("q",),
    "consortia/": ("kind", "standing", "q", "own"),
    "consortia/export.xlsx": ("kind", "standing", "q", "own"),
}  # fmt: skip

every_kind = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture(autouse=True)
def vault_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "documents"


@pytest.fixture
def estate(world: World, kind: str) -> Estate:
    return build(world, kind)


@pytest.fixture
def estates(world: World) -> list[Estate]:
    """Estates around a case of every type."""
    return [build(world, kind) for kind in KINDS]


@pytest.fixture
def stranger(world: World) -> Visitor:
    """Somebody with every role at a place that has no part in anything."""
    return Visitor(world.user(*EVERY_ROLE, at="云岭市人民医院"))


def public_words(estate: Estate) -> dict[str, Any]:
    """Return a value for each meaning that everybody may know."""
    reason = ReasonCode.objects.order_by("pk").values_list("pk", flat=True).first()
    return {
        "kind": estate.case.kind, "verb": "edit", "token": "guessed", "lookup": "patient", "document": "S3",
        "wording": "meeting.notice",
        "article": "19", "indicator": next((item.key for item in indicators), "none"),
        "parameter": next(iter(parameters)).key, "reason": reason, "confirmation": "abc-def",
        "institution": estate.actor.institution_id, "practitioner": 1, "sanction": 1, "consortium": 1,
        "sheet": "patients", "code system": "specialty", "region": "420000", "service": 1,
        "indication": 1, "fed fact": "encounter", "release": 1,
    }  # fmt: skip


def private(address: Address) -> set[str]:
    return set(address.meanings.values()) - PUBLIC


def is_tried_with(address: Address, estate: Estate) -> bool:
    of_a_case = {"kind", "case", "attachment", "paper", "notice", f"{estate.case.kind} case"}
    return estate.case.kind == WHOLE or bool(of_a_case & set(address.meanings.values()))


def exits(estate: Estate, *verbs: str) -> Iterator[tuple[Address, str, str, list[Any]]]:
    """Yield each address with an id: the path to what the estate owns, the one to nothing, and what to blank.

    An address with a verb comes once for each of them; one that has nothing to do with a case, with one estate only.
    """
    absent, words = absent_ids(estate), public_words(estate)
    for address in addresses():
        if not private(address) or not private(address) <= estate.owned.keys() or not is_tried_with(address, estate):
            continue
        for verb in verbs if "verb" in address.meanings.values() else verbs[:1]:
            said = words | {"verb": verb}
            strange, nothing = address.at(said | estate.owned), address.at(said | absent)
            ids = [key for key in (*estate.owned.values(), *absent.values()) if isinstance(key, UUID)]
            yield address, strange, nothing, [strange, nothing, *ids]


def ways(address: Address) -> list[dict[str, Any]]:
    """Return the ways to ask at an address: reading, as htmx does, sending a form with a file, sending JSON."""
    if address.is_api:
        return [{}, {"method": "POST", "body": {"text": "x"} if address.route.endswith("messages") else {}}]
    report = SimpleUploadedFile("a.pdf", samples.PDF)
    form = {"text": "x", "reason": "x", "paper": "errand.sheet", "purpose": "other", "_version": "1", "file": report}
    part = [] if "verb" in address.meanings.values() else [{"hx_request": "true"}]
    return [{}, *part, {"method": "POST", "body": form}]


def test_every_address_with_an_id_is_understood():
    known = addresses()
    assert {"<kind:kind>/<uuid:pk>/", "files/<uuid:pk>/"} <= {address.route for address in known}


@pytest.mark.parametrize("route", ["parcels/<uuid:pk>/", "files/<uuid:pk>/pages/<int:page>/", "^old/(?P<key>[a-z]+)/$"])
def test_an_address_nobody_has_explained_fails(route):
    with pytest.raises(UnknownAddressError, match=r"say in tests/house/exits\.py"):
        meanings_of(route)


def test_every_path_of_the_openapi_document_is_an_address_that_is_understood():
    known = {address.route for address in addresses()}
    for path in document(api)["paths"]:
        spelled = re.sub(r"\{\w+_number\}", "1", re.sub(r"\{\w+_id\}", str(uuid4()), path))
        assert resolve(re.sub(r"\{\w+\}", "word", spelled)).route in known, path


def test_every_address_with_an_id_is_tried(estates):
    """Each id of each address belongs to one of the estates: one that none can fill would be tried by nobody."""
    tried = {address.route for estate in estates for address, *_rest in exits(estate, "edit")}
    assert {address.route for address in addresses() if private(address)} - tried == set()


@every_kind
def test_a_strange_id_is_answered_as_an_absent_one_and_nothing_is_written(estate, stranger):
    faults: list[str] = []
    nobodys: dict[tuple[str, int], Answer] = {}
    for address, strange, absent, ids in exits(estate, *estate.verbs):
        answers = []
        for number, way in enumerate(ways(address)):
            if (place := (address.route, number)) not in nobodys:
                nobodys[place] = stranger.asks(absent, *ids, **way)
            theirs = stranger.asks(strange, *ids, **way)
            answers.append(theirs.status)
            if theirs != nobodys[place] or theirs.status >= 500 or theirs.written - NOTES:
                faults.append(f"{strange} {way}: {theirs.status}, absent {nobodys[place].status}, {theirs.written}")
        if not address.route.startswith("accounts/") and (404 not in answers or min(answers) < 400):
            faults.append(f"{strange} never answers 404: {answers}")
    assert not faults, "\n".join(faults)


def test_no_list_search_export_or_page_holds_what_is_not_theirs(estates, stranger):
    secrets = {secret for estate in estates for secret in estate.secrets}
    told = []
    for path in plain_paths(estates):
        answer = stranger.asks(path)
        told += [f"{path}: {secret}" for secret in secrets if secret in answer.text]
        told += [f"{path}: {answer.status}"] if answer.status >= 500 else []
    assert not told


def plain_paths(estates: list[Estate]) -> list[str]:
    """Return every path whose words everybody may know: those of kinds for each kind, pickers for each look-up."""
    found = {}
    for estate in estates:
        words = public_words(estate)
        for address in (one for one in addresses() if not private(one)):
            picked = [lookup.key for lookup in lookups] if "lookup" in address.meanings.values() else [""]
            found |= {address.at(words | {"lookup": lookup}): address for lookup in picked}
    return list(found)


def test_no_query_finds_what_is_not_theirs(estates, stranger):
    told = []
    for address, estate in query_places(estates):
        words = public_words(estate) | {"lookup": "patient"}
        for name, real, unreal in guesses(estate, QUERIES[address.route]):
            path, other = (f"{address.at(words)}?{urlencode({name: value})}" for value in (real, unreal))
            theirs, nobodys = (stranger.asks(one, real, unreal) for one in (path, other))
            if theirs != nobodys or theirs.status >= 500:
                told.append(f"{path}: {theirs.status}, {nobodys.status}")
    assert not told


def query_places(estates: list[Estate]) -> Iterator[tuple[Address, Estate]]:
    """Yield each address with a query: those of one case type with each estate, the others with that of a referral."""
    for address in (one for one in addresses() if one.route in QUERIES and not private(one)):
        is_of_kind = "kind" in address.meanings.values()
        yield from ((address, estate) for estate in estates if is_of_kind or estate.case.kind == WHOLE)


def guesses(estate: Estate, names: tuple[str, ...]) -> Iterator[tuple[str, Any, Any]]:
    """Yield each name of a query with a value that somebody has and one of the same shape that nobody has."""
    key, nothing = estate.owned["case"], uuid4()
    number, patient = (estate.case.number, ABSENT_NUMBER), (estate.owned["patient"], nothing)
    pairs = {
        "case": [(key, nothing)], "number": [number], "patient": [patient],
        "from": [(key, nothing)], "before": [(key, nothing)],
        "after": [(key, nothing), (f"1~~{key}", f"1~~{nothing}")], "object_id": [number, (key, nothing), patient],
        "q": [number, (PATIENT, "司徒无人"), (SECRET, "无此内容"), patient], "name": [(PATIENT, "司徒无人")],
    }  # fmt: skip
    for name in names:
        yield from ((name, real, unreal) for real, unreal in pairs.get(name, ()))


def test_nobody_is_answered_without_logging_in(estates):
    nobody, faults, paths = Visitor(), [], {}
    for estate in estates:
        words = public_words(estate)
        paths |= {strange: address for address, strange, _absent, _ids in exits(estate, "edit")}
        paths |= {address.at(words): address for address in addresses() if not private(address)}
    for path, address in paths.items():
        answers = [nobody.asks(path, **way) for way in ways(address)] if not NO_LOGIN.match(address.route) else []
        faults += [f"{path}: {answer.status} {answer.location}" for answer in answers if not is_closed(address, answer)]
    assert not faults, "\n".join(faults)


def is_closed(address: Address, answer: Answer) -> bool:
    """Say whether an answer sends to the login (htmx by a header); a wrong method tells nothing either."""
    if address.is_api:
        return answer.status in (401, 405)
    return answer.location.startswith("/accounts/login/") or (answer.status == 200 and not answer.text)


def test_every_parameter_of_an_address_is_tried():
    """A name read from the query anywhere in the pages stands in QUERIES, as does every one of the interface."""
    read = re.compile(r"""\.GET\.get(?:list)?\(\s*["'](\w+)|["'](\w+)["'] (?:not )?in (?:self\.)?request\.GET""")
    sources = [path for path in ROOT.rglob("*.py") if "pages" in path.parts and "tests" not in path.parts]
    names = {first or second for path in sources for first, second in read.findall(path.read_text())}
    tried = {name for listed in QUERIES.values() for name in listed}
    assert names <= tried
    operations = [one for path in document(api)["paths"].values() for one in path.values()]
    asked = {item["name"] for one in operations for item in one.get("parameters", ()) if item.get("in") == "query"}
    assert asked <= tried
