"""The operations of each case type, written out from its declaration: forms, steps, states and sides."""

from typing import Any

from django.utils.translation import gettext as _

from yilian.kernel.access.actor import Actor
from yilian.kernel.api.body import KEY_LENGTH, NOTE_LENGTH
from yilian.kernel.api.document.components import paged, record, ref, several
from yilian.kernel.api.document.describe import (
    ETAG,
    answers,
    form_body,
    header_parameter,
    json_body,
    path_parameter,
    query_parameter,
)
from yilian.kernel.api.narrowing import list_asks
from yilian.kernel.api.questions import answers_schema, step_schema
from yilian.kernel.api.reply import ROOT
from yilian.kernel.api.shapes import KEY, case_schema
from yilian.kernel.documents.kinds import kinds_for
from yilian.kernel.documents.paper import papers
from yilian.kernel.workflow.case_type import CaseType
from yilian.kernel.workflow.flow import Ask, Step

Schema = dict[str, Any]
SEEN_AFTER = Ask("after", "after", "int", required=False, minimum=0, maximum=2**53)
NOTE: Schema = {"type": ["string", "null"], "maxLength": NOTE_LENGTH}
WRITING = ("not-yours", "not-found", "step-refused", "too-large", "unsupported-media-type", "invalid")


def case_type_shape(case_type: CaseType, actor: Actor) -> Schema:
    """Return a case type for programs that draw their own forms: states, sides, steps and questions."""
    return {
        "key": case_type.key,
        "title": str(case_type.title),
        "group": str(case_type.group),
        "help": str(case_type.help),
        "may_open": case_type.may_open(actor.roles) is not None,
        "url": f"{ROOT}/cases/{case_type.key}",
        "states": [
            {"key": state, "title": str(title), "tone": tone, "is_final": case_type.is_final(state)}
            for state, (title, tone) in ((str(key), value) for key, value in case_type.states.items())
        ],
        "sides": [
            {"key": side.key, "title": str(side.title), "is_oversight": side.is_oversight} for side in case_type.sides
        ],
        "steps": [
            {"verb": step.verb, "title": str(step.title), "sources": list(step.sources), "target": step.target or None}
            for step in case_type.flow.steps
        ],
        "form": answers_schema(case_type.form, partial=True),
    }


def paths(case_type: CaseType) -> dict[str, Schema]:
    """Return every operation of a case type, by address."""
    root = f"{ROOT}/cases/{case_type.key}"
    one = f"{root}/{{case_id}}"
    found = {
        root: {"get": _list(case_type), "post": _open(case_type)},
        one: {"get": _read(case_type)},
        f"{one}/steps": {"get": _steps(case_type)},
        f"{one}/history": {"get": _part(case_type, "history", _("办理过程"), ref("History"), paging=True)},
        f"{one}/messages": {
            "get": _part(case_type, "messages", _("留言"), ref("Messages"), paging=True),
            "post": _say(case_type),
        },
        f"{one}/urges": {"get": _part(case_type, "urges", _("催办记录"), ref("Urges")), "post": _urge(case_type)},
        f"{one}/messages/seen": {"post": _seen(case_type)},
        f"{one}/documents": {
            "get": _part(case_type, "documents", _("附件与文书"), ref("Documents")),
            "post": _attach(case_type),
        },
        f"{one}/papers": {"post": _issue(case_type)},
        f"{one}/links": {"get": _part(case_type, "links", _("关联事项"), ref("Links"))},
    }
    for step in case_type.flow.steps:
        if not (step.is_clock and len(step.by) == 1):
            found[f"{one}/steps/{step.verb}"] = {"post": _take(case_type, step)}
    return found


def schemas(case_type: CaseType) -> dict[str, Schema]:
    """Return the named schemas of a case type: one case, and a page of its list."""
    name = component(case_type)
    listed = case_schema(case_type, is_whole=False)
    whole = case_schema(case_type, is_whole=True)
    whole["properties"]["parties"] = several(ref("Party"))
    whole["required"] = list(whole["properties"])
    return {name: whole, f"{name}List": paged(listed)}


def component(case_type: CaseType) -> str:
    """Return the name of the schema of one case: HomeVisitCase for home_visit."""
    return "".join(word.capitalize() for word in case_type.key.replace("-", "_").split("_")) + "Case"


def _operation(case_type: CaseType, name: str, summary: str, *, needs_case: bool = True) -> Schema:
    operation: Schema = {
        "operationId": f"{case_type.key}_{name}",
        "summary": f"{case_type.title} · {summary}",
        "tags": [case_type.key],
        "security": [{"TokenAuth": []}],
        "parameters": [path_parameter("case_id", KEY)] if needs_case else [],
    }
    return operation


def _list(case_type: CaseType) -> Schema:
    operation = _operation(case_type, "list", _("列表"), needs_case=False)
    operation["parameters"] = [query_parameter(ask) for ask in list_asks(case_type.key)]
    operation["responses"] = answers(ref(f"{component(case_type)}List"), problems=("invalid",))
    return operation


def _open(case_type: CaseType) -> Schema:
    firsts = [step for step in case_type.flow.steps_from(case_type.flow.start) if not step.is_clock]
    body = record(
        ("answers", "then", "then_answers", "note"),
        answers=_nullable(answers_schema(case_type.form, partial=True)),
        then={"type": ["string", "null"], "enum": [*(step.verb for step in firsts), None]},
        then_answers={"type": ["object", "null"]},
        note=NOTE,
    )
    operation = _operation(case_type, "open", _("发起"), needs_case=False)
    operation["parameters"] = [_key_header(), _deputy_header()]
    operation["requestBody"] = json_body(body, required=False)
    problems = (*WRITING, "opening-refused", "key-reused")
    headers = ETAG | {"Location": {"schema": {"type": "string"}}}
    operation["responses"] = answers(ref("Brief"), status=201, problems=problems, headers=headers)
    return operation


def _read(case_type: CaseType) -> Schema:
    operation = _operation(case_type, "read", _("详情"))
    operation["responses"] = answers(ref(component(case_type)), problems=("not-found",), headers=ETAG)
    return operation


def _steps(case_type: CaseType) -> Schema:
    operation = _operation(case_type, "steps", _("可办步骤"))
    operation["responses"] = answers(ref("Steps"), problems=("not-found",), headers=ETAG)
    return operation


def _take(case_type: CaseType, step: Step) -> Schema:
    wanted = step_schema(step)
    body = record(
        tuple(name for name in ("answers", "note", "version") if name != "answers" or not wanted.get("required")),
        answers=wanted if wanted.get("required") else _nullable(wanted),
        note=NOTE,
        version={"type": ["integer", "null"], "minimum": 1, "maximum": 2**31 - 1},
    )
    operation = _operation(case_type, f"take_{step.verb}", str(step.title))
    if step.help:
        operation["description"] = str(step.help)
    operation["parameters"] += [_version_header(), _key_header(), _deputy_header()]
    operation["requestBody"] = json_body(body, required=bool(wanted.get("required")))
    problems = (*WRITING, "unknown-step", "precondition-failed", "key-reused")
    operation["responses"] = answers(ref("Brief"), problems=problems, headers=ETAG)
    return operation


def _part(case_type: CaseType, name: str, summary: str, schema: Schema, *, paging: bool = False) -> Schema:
    operation = _operation(case_type, name, summary)
    if paging:
        operation["parameters"].append(query_parameter(SEEN_AFTER))
    operation["responses"] = answers(schema, problems=("not-found", "invalid"))
    return operation


def _say(case_type: CaseType) -> Schema:
    operation = _operation(case_type, "say", _("写留言"))
    operation["parameters"] += [_key_header(), _deputy_header()]
    operation["requestBody"] = json_body(ref("NewMessage"))
    operation["responses"] = answers(ref("Message"), status=201, problems=(*WRITING, "key-reused"))
    return operation


def _urge(case_type: CaseType) -> Schema:
    operation = _operation(case_type, "urge", _("催办"))
    operation["parameters"] += [_deputy_header()]
    operation["requestBody"] = json_body(ref("NewUrge"), required=False)
    operation["responses"] = answers(ref("Urge"), status=201, problems=WRITING)
    return operation


def _seen(case_type: CaseType) -> Schema:
    operation = _operation(case_type, "seen", _("留言已读"))
    operation["responses"] = answers(ref("Seen"), problems=WRITING)
    return operation


def _attach(case_type: CaseType) -> Schema:
    purposes = [kind.key for kind in kinds_for(case_type.key)]
    body = record(
        ("title",),
        file={"type": "string", "format": "binary"},
        purpose={"type": "string", "enum": purposes},
        title={"type": "string", "maxLength": 200},
    )
    operation = _operation(case_type, "attach", _("上传附件"))
    operation["requestBody"] = form_body(body)
    operation["responses"] = answers(ref("Document"), status=201, problems=(*WRITING, "file-refused"))
    return operation


def _issue(case_type: CaseType) -> Schema:
    keys = [paper.key for paper in papers.of(case_type.key)]
    body = record(paper={"type": "string", **({"enum": keys} if keys else {})})
    operation = _operation(case_type, "issue", _("开具文书"))
    operation["requestBody"] = json_body(body)
    operation["responses"] = answers(ref("Paper"), status=201, problems=(*WRITING, "paper-refused"))
    return operation


def _version_header() -> Schema:
    says = _("读取事项时得到的 ETag；事项已被他人更新时得到 412，步骤因此已不能办理时得到 409")
    return header_parameter("If-Match", says,
                            {"type": "string", "pattern": '^"[0-9]{1,9}"$'})  # fmt: skip


def _key_header() -> Schema:
    schema = {"type": "string", "maxLength": KEY_LENGTH, "pattern": "^[!-~]+$"}
    return header_parameter("Idempotency-Key", _("同一个键的同一请求只写一次"), schema)


def _deputy_header() -> Schema:
    schema = {"type": "string", "pattern": "^[0-9]{1,9}$"}
    return header_parameter("On-Behalf-Of", _("委托人的编号：受托代办时填写，会记入办理过程"), schema)


def _nullable(schema: Schema) -> Schema:
    return schema | {"type": [schema["type"], "null"]}
