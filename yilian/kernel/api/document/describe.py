"""One operation of the OpenAPI document: what it is called, takes and answers."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.functional import Promise

from yilian.kernel.api.problems import MEDIA_TYPE, problems
from yilian.kernel.api.questions import ask_schema
from yilian.kernel.api.reply import JSON
from yilian.kernel.workflow.flow import Ask

Schema = dict[str, Any]
ALWAYS = ("unauthenticated", "not-a-deputy", "malformed", "unavailable")
BYTES: Schema = {}
FORM = "multipart/form-data"
ETAG: Schema = {"ETag": {"$ref": "#/components/headers/ETag"}}


def described(
    summary: str | Promise,
    *,
    tag: str,
    answer: str = "",
    status: int = 200,
    body: str = "",
    query: Sequence[Ask] = (),
    problems: Iterable[str] = (),
) -> Schema:
    """Return what to add to an operation that Ninja lists: words, parameters, body, answers by component name."""
    operation: Schema = {
        "summary": summary,
        "tags": [tag],
        "parameters": [query_parameter(ask) for ask in query],
        "responses": answers(_answer_schema(answer), status=status, problems=problems),
    }
    if body:
        operation["requestBody"] = json_body(reference(body))
    return operation


def _answer_schema(name: str) -> Schema | None:
    return BYTES if name == "bytes" else reference(name) if name else None


def reference(name: str) -> Schema:
    """Return a pointer to a named schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def json_body(schema: Schema, *, required: bool = True) -> Schema:
    """Return a request body of JSON."""
    return {"required": required, "content": {JSON: {"schema": schema}}}


def form_body(schema: Schema) -> Schema:
    """Return a request body of a form with files."""
    return {"required": True, "content": {FORM: {"schema": schema}}}


def answers(
    schema: Schema | None, *, status: int = 200, problems: Iterable[str] = (), headers: Schema | None = None
) -> Schema:
    """Return the responses of an operation: the good one and a reference for the status of every problem."""
    good: Schema = {"description": "OK"}
    if schema is not None:
        good["content"] = {"*/*" if schema is BYTES else JSON: {"schema": schema}}
    if headers:
        good["headers"] = headers
    codes = sorted({_status(key) for key in (*ALWAYS, *problems)})
    return {str(status): good} | {str(code): {"$ref": f"#/components/responses/Problem{code}"} for code in codes}


def problem_responses() -> Schema:
    """Return the component responses: one for each status a problem can have."""
    titles: dict[int, list[str]] = {}
    for problem in problems:
        titles.setdefault(problem.status, []).append(str(problem.title))
    return {
        f"Problem{status}": {
            "description": " / ".join(dict.fromkeys(found)),
            "content": {MEDIA_TYPE: {"schema": reference("Problem")}},
        }
        for status, found in titles.items()
    }


def query_parameter(ask: Ask) -> Schema:
    """Return a query parameter that is read as the answer to a question."""
    schema = ask_schema(ask, may_be_empty=False)
    if ask.initial is not None:
        schema["default"] = ask.initial
    parameter: Schema = {"in": "query", "name": ask.name, "required": False, "schema": schema}
    if ask.kind == "choices":
        parameter |= {"style": "form", "explode": True}
    return parameter


def header_parameter(name: str, description: str, schema: Schema) -> Schema:
    """Return a header parameter."""
    return {"in": "header", "name": name, "required": False, "description": description, "schema": schema}


def path_parameter(name: str, schema: Schema) -> Schema:
    """Return a path parameter."""
    return {"in": "path", "name": name, "required": True, "schema": schema}


def _status(key: str) -> int:
    return problems[key].status
