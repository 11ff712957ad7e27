"""The JSON interface on a case of no domain: open, list, read, step, and every refusal with its status."""

from uuid import uuid4

import pytest

from tests.programs import Program
from tests.world import CITY, ELSEWHERE, TOWNSHIP, World
from yilian.kernel.access.models import Deputy
from yilian.kernel.audit.models import AccessRecord
from yilian.kernel.workflow.models import Case, CaseMessage, Happening

ERRAND = "cases/errand"


@pytest.fixture
def sender(world: World) -> Program:
    return Program(world.user("doctor", at=TOWNSHIP))


@pytest.fixture
def receiver(world: World) -> Program:
    return Program(world.user("reception", at=CITY))


@pytest.fixture
def stranger(world: World) -> Program:
    return Program(world.user("reception", at=ELSEWHERE))


@pytest.fixture
def answers(world: World) -> dict:
    return {"receiver": world.place(CITY).pk, "wish": "请会诊"}


@pytest.fixture
def sent(sender: Program, answers: dict) -> dict:
    return sender.open(answers=answers, then="send")


def problem(answer, status: int, key: str) -> dict:
    """Check that an answer is this problem, and return it."""
    assert answer.status_code == status, answer.content.decode()
    assert answer.headers["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert body["type"] == f"/help/api/#{key}"
    assert body["status"] == status
    assert body["detail"] == "\n".join(reason["text"] for reason in body["reasons"])
    return body


def rows(actor_institution: int, model, **narrow) -> int:
    """Count rows as an institution sees them."""
    from yilian.kernel.access.actor import system_actor
    from yilian.kernel.access.scope import scope

    with scope(system_actor("test", actor_institution)):
        return model._default_manager.filter(**narrow).count()


def test_a_case_is_opened_and_sent_in_one_request(sender, receiver, answers):
    answer = sender.post(ERRAND, {"answers": answers, "then": "send"})
    assert answer.status_code == 201
    case = answer.json()
    assert (case["state"], case["version"], case["state_title"]) == ("sent", 2, "待接收")
    assert answer.headers["Location"] == case["url"]
    assert answer.headers["ETag"] == '"2"'
    assert [item["id"] for item in receiver.get("inbox").json()["items"]] == [case["id"]]


def test_a_draft_may_be_incomplete_but_not_sent(sender):
    draft = sender.open(answers={"wish": "请会诊"})
    assert draft["state"] == "draft"
    body = problem(sender.post(f"{ERRAND}/{draft['id']}/steps/send"), 422, "invalid")
    assert [reason["field"] for reason in body["reasons"]] == ["receiver"]


def test_a_refused_first_step_opens_nothing(sender, answers):
    answers["receiver"] = sender.place
    body = problem(sender.post(ERRAND, {"answers": answers, "then": "send"}), 409, "step-refused")
    assert body["reasons"][0]["kind"] == "rule"
    assert body["reasons"][0]["citations"] == [{"text": "只为试验", "url": None}]
    assert rows(sender.place, Case) == 0


def test_a_refusal_says_when_it_would_pass(sender, answers):
    body = problem(
        sender.post(ERRAND, {"answers": answers | {"wanted_on": "2020-01-01"}, "then": "send"}), 409, "step-refused"
    )
    assert body["reasons"][0]["passes_on"] > "2020-01-01"


def test_the_detail_shows_answers_parties_and_version(sender, sent):
    answer = sender.get(f"{ERRAND}/{sent['id']}")
    case = answer.json()
    assert answer.headers["ETag"] == '"2"'
    assert case["fields"]["wish"] == "请会诊"
    assert case["fields"]["receiver"]["name"] == CITY
    assert [(party["side"], party["institution"]["name"]) for party in case["parties"]] == [
        ("sender", TOWNSHIP),
        ("receiver", CITY),
    ]


def test_reading_and_searching_are_recorded(sender, sent):
    sender.get(f"{ERRAND}/{sent['id']}")
    sender.get(f"{ERRAND}?number={sent['number']}")
    place = sender.place
    assert rows(place, AccessRecord, action="viewed", object_kind="errand", object_id=sent["id"]) == 1
    assert rows(place, AccessRecord, action="searched", object_kind="errand") == 1


def test_the_steps_say_what_they_ask_and_what_stands_against_them(receiver, sender, sent):
    steps = {step["verb"]: step for step in receiver.get(f"{ERRAND}/{sent['id']}/steps").json()["items"]}
    assert steps["accept"]["is_open"]
    assert steps["decline"]["asks"]["required"] == ["why"]
    assert steps["decline"]["asks"]["properties"]["why"] == {"title": "原因", "type": "string", "maxLength": 200}
    assert not steps["redirect"]["is_mine"]
    assert "托方" in steps["redirect"]["reasons"][0]["text"]


def test_a_step_wants_the_version_that_was_seen(receiver, sent):
    path = f"{ERRAND}/{sent['id']}/steps/accept"
    body = problem(receiver.post(path, {}, If_Match='"1"'), 412, "precondition-failed")
    assert "第 1 版" in body["detail"]
    problem(receiver.post(path, {"version": 1}), 409, "stale-version")
    problem(receiver.post(path, {}, If_Match="latest"), 400, "malformed")
    assert receiver.post(path, {}, If_Match='"2"').json()["state"] == "accepted"


def test_the_wrong_side_is_told_whose_step_it_is(sender, sent):
    body = problem(sender.post(f"{ERRAND}/{sent['id']}/steps/accept"), 403, "not-yours")
    assert "受托方" in body["detail"]


def test_a_step_of_another_state_is_refused_with_who_was_there_before(receiver, sent):
    path = f"{ERRAND}/{sent['id']}/steps/accept"
    assert receiver.post(path).status_code == 200
    assert "已「接受」" in problem(receiver.post(path), 409, "step-refused")["detail"]


def test_missing_and_unknown_answers_are_named(receiver, sent):
    path = f"{ERRAND}/{sent['id']}/steps/decline"
    body = problem(receiver.post(path, {"answers": {"colour": "red"}}), 422, "invalid")
    assert {reason["field"] for reason in body["reasons"]} == {"why", "colour"}
    body = problem(receiver.post(path, {"answers": {"by": 1, "why": "x"}}), 422, "invalid")
    assert body["reasons"][0]["field"] == "by"


def test_unknown_types_steps_and_ids_are_not_found(sender, sent):
    problem(sender.get("cases/nonsense"), 404, "not-found")
    problem(sender.post("cases/nonsense", {}), 404, "not-found")
    problem(sender.get(f"{ERRAND}/{uuid4()}"), 404, "not-found")
    problem(sender.get(f"{ERRAND}/17"), 404, "not-found")
    problem(sender.post(f"{ERRAND}/{sent['id']}/steps/fly"), 404, "unknown-step")
    problem(sender.get("nowhere"), 404, "not-found")


@pytest.mark.parametrize("part", ["", "/steps", "/history", "/messages", "/links"])
@pytest.mark.parametrize("case_id", ["sent", "absent"])
def test_a_stranger_finds_nothing_to_read(stranger, sent, part, case_id):
    key = sent["id"] if case_id == "sent" else str(uuid4())
    answer = stranger.get(f"{ERRAND}/{key}{part}")
    assert sent["number"] not in problem(answer, 404, "not-found")["detail"]


@pytest.mark.parametrize("part", ["/steps/accept", "/steps/send", "/messages", "/messages/seen"])
@pytest.mark.parametrize("case_id", ["sent", "absent"])
def test_a_stranger_finds_nothing_to_write_to(stranger, sent, part, case_id):
    key = sent["id"] if case_id == "sent" else str(uuid4())
    body = {"text": "x"} if part == "/messages" else {}
    problem(stranger.post(f"{ERRAND}/{key}{part}", body), 404, "not-found")


def test_a_stranger_sees_empty_lists(stranger, sent):
    for path in (ERRAND, f"{ERRAND}?number={sent['number']}", "inbox"):
        assert stranger.get(path).json() == {"items": [], "next": None}


def test_lists_are_turned_by_the_last_id(sender, answers):
    opened = [sender.open(answers=answers)["id"] for _ in range(5)]
    first = sender.get(f"{ERRAND}?limit=2").json()
    second = sender.client.get(first["next"], headers=sender.headers).json()
    third = sender.client.get(second["next"], headers=sender.headers).json()
    found = [item["id"] for page in (first, second, third) for item in page["items"]]
    assert found == opened[::-1]
    assert third["next"] is None
    newer = sender.get(f"{ERRAND}?after={opened[1]}&limit=2").json()
    assert [item["id"] for item in newer["items"]] == [opened[3], opened[2]]
    assert f"after={opened[3]}" in newer["next"]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("state=sent", 1),
        ("state=draft,sent", 2),
        ("state=draft&state=sent", 2),
        ("state=done", 0),
        ("open=false", 0),
        ("side=receiver", 0),
        ("side=sender", 2),
        ("since=2020-01-01&until=2020-01-02", 0),
        ("since=2020-01-01", 2),
        ("since=0001-01-01&until=9999-12-31", 2),
        ("priority=1", 0),
    ],
)
def test_lists_are_narrowed(sender, answers, sent, query, count):
    sender.open(answers=answers)
    assert len(sender.get(f"{ERRAND}?{query}").json()["items"]) == count


@pytest.mark.parametrize(
    ("query", "count"),
    [("", 2), ("&state=sent", 1), ("&open=false", 0), ("&side=receiver", 0), ("&side=sender", 2), ("&priority=1", 0),
     ("&until=2020-01-01", 0), ("&since=2020-01-01", 2)],
)  # fmt: skip
def test_a_search_is_narrowed_like_a_list(sender, answers, sent, query, count):
    sender.open(answers=answers)
    assert len(sender.get(f"{ERRAND}?number={sent['number'][:4]}{query}").json()["items"]) == count


@pytest.mark.parametrize(
    "query", ["state=flown", "limit=0", "limit=1000", "before=17", "patient=x", "since=yesterday", "colour=red"]
)
def test_bad_parameters_are_refused(sender, query):
    assert problem(sender.get(f"{ERRAND}?{query}"), 422, "invalid")["reasons"][0]["field"] == query.split("=")[0]


def test_the_inbox_is_turned_too(receiver, sender, answers):
    opened = [sender.open(answers=answers, then="send")["id"] for _ in range(3)]
    first = receiver.get("inbox?limit=2").json()
    second = receiver.client.get(first["next"], headers=receiver.headers).json()
    assert [item["id"] for item in first["items"] + second["items"]] == opened
    problem(receiver.get("inbox?after=zzz"), 422, "invalid")
    problem(receiver.get("inbox?type=nonsense"), 404, "not-found")


def test_the_same_key_writes_once(sender, answers):
    body = {"answers": answers, "then": "send"}
    first = sender.post(ERRAND, body, Idempotency_Key="a1")
    second = sender.post(ERRAND, body, Idempotency_Key="a1")
    assert (first.status_code, first.json()) == (second.status_code, second.json())
    assert second.headers["Idempotent-Replayed"] == "true"
    assert rows(sender.place, Case) == 1
    problem(sender.post(ERRAND, {"answers": answers}, Idempotency_Key="a1"), 422, "key-reused")
    problem(sender.post(ERRAND, body, Idempotency_Key="a" * 81), 400, "malformed")


def test_a_repeated_step_answers_as_the_first_did(receiver, sent):
    path = f"{ERRAND}/{sent['id']}/steps/accept"
    answers = [receiver.post(path, {}, Idempotency_Key="b1", If_Match='"2"') for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    assert rows(receiver.place, Happening, verb="accept") == 1


def test_the_history_carries_its_seals(receiver, sent):
    receiver.post(f"{ERRAND}/{sent['id']}/steps/accept")
    body = receiver.get(f"{ERRAND}/{sent['id']}/history").json()
    assert [(line["seq"], line["verb"]) for line in body["items"]] == [(1, "open"), (2, "send"), (3, "accept")]
    assert body["is_whole"]
    assert body["digest"] == body["items"][-1]["digest"]
    assert len(receiver.get(f"{ERRAND}/{sent['id']}/history?after=2").json()["items"]) == 1


def test_parties_talk_and_see_who_has_read(receiver, sender, sent):
    path = f"{ERRAND}/{sent['id']}/messages"
    said = [sender.post(path, {"text": "请尽快"}, Idempotency_Key="m1") for _ in range(2)]
    assert [answer.status_code for answer in said] == [201, 201]
    assert rows(sender.place, CaseMessage) == 1
    assert receiver.post(f"{path}/seen").json() == {"new": 1}
    (message,) = sender.get(path).json()["items"]
    assert (message["text"], message["seen"][0]["institution"]) == ("请尽快", CITY)
    problem(sender.post(path, {"text": " "}), 422, "invalid")


@pytest.mark.parametrize(
    ("content", "content_type", "status", "key"),
    [
        (b"{", "application/json", 400, "malformed"),
        (b"[]", "application/json", 400, "malformed"),
        (b'{"answers": 1}', "application/json", 422, "invalid"),
        (b'{"colour": 1}', "application/json", 422, "invalid"),
        (b'{"then": "fly"}', "application/json", 422, "invalid"),
        (b'{"answers": {"wish": 1}}', "application/json", 422, "invalid"),
        (b'{"answers": {"wish": "\\u0000"}}', "application/json", 422, "invalid"),
        (b'{"note": "\\u0000", "then": "send"}', "application/json", 422, "invalid"),
        (b"<a/>", "application/xml", 415, "unsupported-media-type"),
        (b"wish=x", "application/x-www-form-urlencoded", 415, "unsupported-media-type"),
    ],
)
def test_bodies_that_cannot_be_read_are_refused(sender, content, content_type, status, key):
    problem(sender.post(ERRAND, content, content_type=content_type), status, key)


def test_a_body_that_is_too_large_is_refused(sender, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    problem(sender.post(ERRAND, {"answers": {"wish": "x" * 2000}}), 413, "too-large")


def test_another_host_is_refused(sender, settings):
    settings.ALLOWED_HOSTS = ["here"]
    problem(sender.get("me"), 400, "malformed")


def test_head_answers_like_get_without_a_body(sender, sent):
    path = f"/api/v1/cases/errand/{sent['id']}"
    whole = sender.client.get(path, headers=sender.headers)
    head = sender.client.head(path, headers=sender.headers)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Type"] == whole.headers["Content-Type"]
    assert head.headers["ETag"] == whole.headers["ETag"]
    assert int(head.headers["Content-Length"]) == len(whole.content)
    assert sender.client.head("/api/v1/cases/errand/nothing", headers=sender.headers).status_code == 404
    assert sender.client.head("/api/v1/token").status_code == 405


def test_other_methods_are_refused_with_those_that_work(sender):
    answer = sender.delete(ERRAND)
    problem(answer, 405, "method-not-allowed")
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "POST"}


def test_the_database_may_refuse_with_the_sentence_of_the_type(sender, answers):
    body = problem(sender.post(ERRAND, {"answers": answers | {"wish": "forbidden"}}), 409, "step-refused")
    assert body["detail"] == "此类请托不能受理，请另选"


def test_a_deputy_acts_for_someone_and_it_is_written_down(world, sender, answers):
    principal = world.user("reception", at=TOWNSHIP)
    refused = sender.post(ERRAND, {"answers": answers}, On_Behalf_Of=str(principal.pk))
    problem(refused, 403, "not-a-deputy")
    Deputy.objects.create(
        principal=principal, deputy=sender.user, institution=sender.row.post.institution,
        since_on="2020-01-01", until_on="2999-01-01",
    )  # fmt: skip
    case = sender.post(ERRAND, {"answers": answers}, On_Behalf_Of=str(principal.pk)).json()
    (line,) = sender.get(f"{ERRAND}/{case['id']}/history").json()["items"]
    assert line["actor"]["on_behalf_of"] == principal.pk
    problem(sender.get("me", On_Behalf_Of="x"), 400, "malformed")


def test_refusals_are_chinese_unless_english_is_asked_for(sender):
    chinese = sender.get("cases/nonsense")
    english = sender.get("cases/nonsense", Accept_Language="en-GB,en;q=0.9,zh;q=0.5")
    assert chinese.headers["Content-Language"] == "zh-hans"
    assert english.headers["Content-Language"] == "en"
    assert chinese.json()["title"] == "没有找到"


def test_someone_without_the_role_may_not_open(world, answers):
    program = Program(world.user("finance", at=TOWNSHIP))
    assert "发起" in problem(program.post(ERRAND, {"answers": answers}), 403, "not-yours")["detail"]
