"""OperationOutcome: what a program that speaks FHIR is told, each fault with its place and a sentence."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse

from yilian.kernel.api.problems import ApiProblem
from yilian.kernel.workflow.refusals import Reason

MEDIA_TYPE = "application/fhir+json"
ISSUE_TYPES = frozenset((
    "invalid", "structure", "required", "value", "invariant", "security", "login", "unknown", "expired", "forbidden",
    "suppressed", "processing", "not-supported", "duplicate", "multiple-matches", "not-found", "deleted", "too-long",
    "code-invalid", "extension", "too-costly", "business-rule", "conflict", "transient", "lock-error", "no-store",
    "exception", "timeout", "incomplete", "throttled", "informational",
))  # fmt: skip
"""http://hl7.org/fhir/issue-type, 4.0.1."""
OF_PROBLEMS = {
    "malformed": "structure", "unauthenticated": "login", "wrong-credentials": "login", "not-yours": "forbidden",
    "not-a-deputy": "forbidden", "not-found": "not-found", "method-not-allowed": "not-supported",
    "conflict": "conflict", "too-large": "too-long", "unsupported-media-type": "not-supported",
    "file-refused": "business-rule", "file-withheld": "business-rule", "ground-ended": "forbidden",
    "failed": "exception", "unavailable": "transient", "locked-out": "throttled",
}  # fmt: skip


@dataclass(frozen=True)
class Issue:
    """One line of an outcome: a code of `issue-type`, a sentence, and the FHIRPath of the element it is about."""

    code: str
    text: str
    expression: str = ""
    severity: str = "error"


def outcome(issues: Iterable[Issue]) -> dict[str, Any]:
    """Return an OperationOutcome; an issue without a place has no expression."""
    return {"resourceType": "OperationOutcome", "issue": [_written(issue) for issue in issues]}


def reasons(issues: Iterable[Issue]) -> list[Reason]:
    """Return issues as the reasons of a problem, which `answer` writes as they were."""
    return [Reason(issue.code, issue.text, field=issue.expression) for issue in issues]


def answer(request: HttpRequest, problem: ApiProblem) -> HttpResponse:
    """Return a problem as the OperationOutcome of its reasons."""
    usual = OF_PROBLEMS.get(problem.problem.key, "invalid")
    issues = [
        Issue(one.kind if one.kind in ISSUE_TYPES - {"invalid"} else usual, one.text, one.field)
        for one in problem.reasons
    ]
    return reply(outcome(issues or [Issue(usual, str(problem.problem.title))]), status=problem.problem.status,
                 headers=problem.headers)  # fmt: skip


def reply(resource: dict[str, Any], *, status: int = 200, headers: dict[str, str] | None = None) -> HttpResponse:
    """Return a resource as JSON; decimals keep their digits."""
    content_type = f"{MEDIA_TYPE}; charset=utf-8"
    return HttpResponse(encode(resource), status=status, content_type=content_type, headers=headers)


def encode(resource: dict[str, Any]) -> bytes:
    """Return a resource as JSON in UTF-8; `Decimal` is written as the number it is."""
    return orjson.dumps(resource, default=_plain)


def _plain(value: Any) -> Any:
    return orjson.Fragment(f"{value:f}") if hasattr(value, "as_tuple") else str(value)


def _written(issue: Issue) -> dict[str, Any]:
    said: dict[str, Any] = {"severity": issue.severity, "code": issue.code, "diagnostics": issue.text}
    return said | {"details": {"text": issue.text}} | ({"expression": [issue.expression]} if issue.expression else {})
