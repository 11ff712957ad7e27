"""Steps on behalf of a request: answers come from outside, so their names are looked at before they are passed on."""

from collections.abc import Mapping
from inspect import Parameter, signature
from typing import Any

from django.utils.translation import gettext as _

from yilian.kernel.access.actor import Actor
from yilian.kernel.api.problems import not_found, refuse
from yilian.kernel.workflow import engine
from yilian.kernel.workflow.models import Case

OWN_WORDS = frozenset(
    name for name, item in signature(engine.take).parameters.items() if item.kind is not Parameter.VAR_KEYWORD
)


def taken(
    case: Case, verb: str, answers: Mapping[str, Any], *, by: Actor, note: str = "", version: int | None = None
) -> Case:
    """Take a step and return the case; raises ApiProblem (404 for strangers) and what `engine.take` raises."""
    if strange := OWN_WORDS & answers.keys():
        name = min(strange)
        raise refuse("invalid", _("没有名为 {name} 的问题").format(name=name), field=name)
    try:
        return engine.take(case, verb, by=by, note=note, version=version, **answers)
    except type(case).DoesNotExist:
        raise not_found() from None
