"""The OpenAPI document, and generated requests over every operation in it: no fault of ours, answers as described."""

import itertools
from collections.abc import Iterator
from typing import Any

import orjson
import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import load_all_checks
from schemathesis.checks import not_a_server_error as no_fault
from schemathesis.specs.openapi import checks as conformance

from tests.programs import Program
from tests.world import CITY, TOWNSHIP, World
from yilian.kernel.api.document.build import document
from yilian.kernel.api.problems import problems
from yilian.kernel.api.reply import encode
from yilian.kernel.api.site import api
from yilian.kernel.indicators.indicator import Amount, Direction, Indicator, indicators
from yilian.kernel.rules.regulation import Decision
from yilian.kernel.workflow.case_type import case_types
from yilian.kernel.workflow.models import Case

pytestmark = pytest.mark.exhaustive

load_all_checks()
DOCUMENT = orjson.loads(encode(document(api)))
SCHEMA = schemathesis.openapi.from_dict(DOCUMENT)
SCHEMA.app = WSGIHandler()
CHECKS = [
    no_fault,
    conformance.status_code_conformance,
    conformance.content_type_conformance,
    conformance.response_headers_conformance,
    conformance.response_schema_conformance,
]
EXAMPLES = 10


def operations() -> list[Any]:
    """Return the operations of the kernel and of the sample case type; other types are made of the same parts."""
    found = [result.ok() for result in SCHEMA.get_all_operations()]
    return [one for one in found if "/cases/" not in one.path or "/cases/errand" in one.path]


@pytest.fixture
def open_cases(world: World) -> tuple[Program, list[str]]:
    """A program of somebody with several roles, and cases of theirs on both sides and in several states."""
    own, other = (Program(world.user("reception", at=place)) for place in (TOWNSHIP, CITY))
    own.user.posts.create(institution=own.row.post.institution, role="doctor", since_on="2020-01-01")
    told, received = ({"receiver": place, "wish": "请会诊"} for place in (other.place, own.place))
    draft = own.open(answers=told)
    sent, declined = (own.open(answers=told, then="send") for _ in range(2))
    waiting, accepted = (other.open(answers=received, then="send") for _ in range(2))
    other.post(f"cases/errand/{declined['id']}/steps/decline", {"answers": {"why": "停诊"}})
    own.post(f"cases/errand/{accepted['id']}/steps/accept")
    return own, [case["id"] for case in (draft, sent, declined, waiting, accepted)]


@pytest.fixture
def one_connection(open_cases: Any) -> Iterator[None]:
    """Keep the connection of the test, with its open transaction, over requests through WSGI.

    It comes after everything that uses the test client, which connects these signals anew.
    """
    ends = (request_started, request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    yield
    for signal in ends:
        signal.connect(close_old_connections)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=lambda mode: mode.value)
@pytest.mark.parametrize("operation", operations(), ids=lambda one: one.label)
def test_generated_requests_are_answered_as_described(operation, mode, open_cases, one_connection):
    program, keys = open_cases
    turns = itertools.count()

    @settings(max_examples=EXAMPLES, derandomize=True, deadline=None, database=None, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        turn = next(turns)
        case.headers.pop("On-Behalf-Of", None)  # nobody made them a deputy: all would end there
        if turn % 4:
            case.headers.pop("If-Match", None)
        if "case_id" in case.path_parameters:
            case.path_parameters["case_id"] = keys[turn % len(keys)]
        with transaction.atomic():
            case.call_and_validate(checks=CHECKS, headers={"Authorization": f"Bearer {program.token}"})
            transaction.set_rollback(True)

    ask()


def test_every_case_type_is_written_out():
    for case_type in case_types:
        root = f"/api/v1/cases/{case_type.key}"
        assert {"get", "post"} <= DOCUMENT["paths"][root].keys()
        body = DOCUMENT["paths"][root]["post"]["requestBody"]["content"]["application/json"]["schema"]
        assert body["properties"]["answers"]["properties"].keys() == {ask.name for ask in case_type.form}
        for step in case_type.flow.steps:
            written = f"{root}/{{case_id}}/steps/{step.verb}" in DOCUMENT["paths"]
            assert written is not (step.is_clock and len(step.by) == 1)


def test_operations_have_names_of_their_own():
    names = [operation["operationId"] for path in DOCUMENT["paths"].values() for operation in path.values()]
    assert len(names) == len(set(names))


def test_the_document_is_served_without_a_token_in_the_language_asked_for(client):
    answer = client.get("/api/v1/openapi.json")
    assert answer.json()["openapi"].startswith("3.1")
    assert answer.json()["info"]["title"] == "医联接口"
    english = client.get("/api/v1/openapi.json", headers={"Accept-Language": "en"})
    assert english.headers["Content-Language"] == "en"


def test_the_guide_lists_every_operation_and_explains_every_problem(client, world):
    assert client.get("/help/api/").status_code == 302
    client.force_login(world.user("doctor", at=TOWNSHIP))
    page = client.get("/help/api/").content.decode()
    for path, operations in DOCUMENT["paths"].items():
        assert all(f"{method.upper()} {path}<" in page for method in operations)
    for problem in problems:
        assert f'id="{problem.key}"' in page
    assert "<style" not in page
    assert "style=" not in page


def test_an_indicator_is_unknown_rather_than_zero(world, monkeypatch):
    monkeypatch.setattr(indicators, "_items", {})
    cite = Decision("docs/adr/0001-a-kernel-that-knows-cases-rules-and-numbers.md", "只为试验")
    indicators.add(Indicator("errand.share", "占比", "%", Direction.UP, cite, lambda extent: None))
    indicators.add(
        Indicator("errand.count", "件数", "件", Direction.NONE, cite, lambda extent: Amount(Case.objects.all()))
    )
    program = Program(world.user("reception", at=TOWNSHIP))
    program.open(answers={"wish": "请会诊"})
    assert [item["key"] for item in program.get("indicators").json()["items"]] == ["errand.share", "errand.count"]
    share = program.get("indicators/errand.share?period=2026Q3").json()
    assert (share["value"], share["is_unknown"], share["period"]["last"]) == (None, True, "2026-09-30")
    assert program.get("indicators/errand.count?scope=all").json()["value"] == "1"
    for wrong in ("period=soon", "period=9999-12", "period=0001", "consortium=17", "scope=x"):
        assert program.get(f"indicators/errand.count?{wrong}").status_code == 422
    assert program.get("indicators/nothing").status_code == 404
