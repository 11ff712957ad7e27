"""Laws of the interface that every case type obeys: its own see it as described, strangers find nothing anywhere."""

from typing import Any
from uuid import uuid4

import orjson
import pytest
from jsonschema_rs import Draft202012Validator

from tests.programs import Program
from tests.world import ELSEWHERE, World
from yilian.kernel.access.posts import actor_for
from yilian.kernel.access.roles import roles
from yilian.kernel.access.scope import scope
from yilian.kernel.api.document.build import document
from yilian.kernel.api.reply import encode
from yilian.kernel.api.site import api
from yilian.kernel.workflow import engine
from yilian.kernel.workflow.case_type import case_types

pytestmark = pytest.mark.exhaustive

DOCUMENT = orjson.loads(encode(document(api)))
KINDS = list(case_types)
every_case_type = pytest.mark.parametrize("kind", KINDS, ids=[kind.key for kind in KINDS])


def paths_of(kind: Any) -> list[tuple[str, str, dict[str, Any]]]:
    """Return (method, path, operation) of everything about one case of a type."""
    root = f"/api/v1/cases/{kind.key}/{{case_id}}"
    return [
        (method, path, operation)
        for path, operations in DOCUMENT["paths"].items()
        if path == root or path.startswith(f"{root}/")
        for method, operation in operations.items()
    ]


def program_of(world: World, place: str, *keys: str) -> Program:
    """Return a program whose person holds all these roles at a place."""
    user = world.user(keys[0], at=place)
    program = Program(user)
    for key in keys[1:]:
        user.posts.create(institution=program.row.post.institution, role=key, since_on="2020-01-01")
    return program


def draft_of(world: World, kind: Any) -> tuple[Program, str]:
    """Return a program that opened a case of this kind, and the key of the case."""
    program = program_of(world, f"{kind.title}的发起机构", *(kind.opens[0].roles or [role.key for role in roles]))
    actor = actor_for(program.user)
    with scope(actor):
        return program, str(engine.open_case(kind.key, by=actor, along=kind.comes_along).pk)


@every_case_type
def test_its_own_read_it_as_described(world, kind):
    program, key = draft_of(world, kind)
    read = [item for item in paths_of(kind) if item[0] == "get"]
    listed = DOCUMENT["paths"][f"/api/v1/cases/{kind.key}"]["get"]
    for _method, path, operation in [*read, ("get", f"/api/v1/cases/{kind.key}", listed)]:
        answer = program.client.get(path.replace("{case_id}", key), headers=program.headers)
        assert answer.status_code == 200, f"{path}: {answer.content.decode()}"
        schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
        whole = {**schema, "components": DOCUMENT["components"]}
        faults = [str(fault) for fault in Draft202012Validator(whole).iter_errors(answer.json())]
        assert not faults, f"{path}: {faults}"


@every_case_type
def test_a_stranger_finds_nothing_at_any_address(world, kind):
    _program, known = draft_of(world, kind)
    stranger = program_of(world, ELSEWHERE, *[role.key for role in roles])
    for key in (known, str(uuid4())):
        for method, path, operation in paths_of(kind):
            form = "multipart/form-data" in operation.get("requestBody", {}).get("content", {})
            ask = getattr(stranger.client, method)
            more = {} if form or method == "get" else {"content_type": "application/json"}
            answer = ask(path.replace("{case_id}", key), headers=stranger.headers, **more)
            assert answer.status_code == 404, f"{method} {path}: {answer.content.decode()}"
    assert stranger.get(f"cases/{kind.key}").json()["items"] == []
