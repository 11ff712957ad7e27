"""Parts of the interface that floors above the kernel add: a Ninja router under an address of its own.

Declared in an app's `ready()`. Every operation of such a router is behind the token and runs in the row scope of
`request.actor`; refusals are raised as `api.problems.ApiProblem`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from ninja import Router

from yilian.kernel.registries import Registry


@dataclass(frozen=True)
class ApiPart:
    """A router at /api/v1/<key>, whose operations carry the tag <key>; `schemas` returns those
    they refer to by name, in the reader's language.
    """

    key: str
    title: str | Promise
    router: Router
    schemas: Callable[[], dict[str, Any]] = dict


api_parts: Registry[ApiPart] = Registry("part of the interface")
