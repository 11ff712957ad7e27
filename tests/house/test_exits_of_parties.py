"""Who oversees a case, or had a part in it before, reads it and does no more than the table of steps says."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.house.estate import EVERY_ROLE, Estate, build
from tests.house.exits import Visitor
from tests.world import World
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.models import User
from yilian.kernel.access.posts import actor_for
from yilian.kernel.access.scope import scope
from yilian.kernel.documents.tests import samples
from yilian.kernel.workflow.case_type import case_types
from yilian.kernel.workflow.flow import CLOCK, Side, Step
from yilian.kernel.workflow.gate import open_steps
from yilian.kernel.workflow.models import Case, Happening
from yilian.kernel.workflow.parties import join
from yilian.kernel.workflow.storing import leave_case

pytestmark = pytest.mark.exhaustive

WATCHERS = [
    pytest.param(kind.key, side, id=f"{kind.key}-{side.key}")
    for kind in case_types
    for side in kind.sides
    if side.is_oversight or side.key == kind.former
]
READ = ("", "print/", "messages/")
READ_BY_PROGRAMS = ("", "/steps", "/history", "/messages", "/links")
every_watcher = pytest.mark.parametrize(("kind", "side"), WATCHERS)


@pytest.fixture(autouse=True)
def vault_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "documents"


@pytest.fixture
def estate(world: World, kind: str) -> Estate:
    return build(world, kind)


@pytest.fixture
def watcher(world: World, estate: Estate, side: Side) -> User:
    """Somebody with every role at a place that has only this side of the case."""
    user = world.user(*EVERY_ROLE, at="云岭市卫生健康委员会")
    with scope(estate.actor):
        join(estate.case, user.posts.first().institution_id, side.key)
    return user


def who(user: User) -> Actor:
    actor = actor_for(user)
    assert actor is not None
    return actor


def is_given(step: Step, side: Side) -> bool:
    return any(party != CLOCK and party.side == side.key for party in step.by)


def state_of(estate: Estate) -> tuple[str, int, int]:
    with scope(estate.actor):
        case = Case.objects.get(pk=estate.case.pk)
        return case.state, case.version, Happening.objects.filter(case=case).count()


@every_watcher
def test_a_watcher_reads_the_case(estate, watcher, side):
    visitor, case = Visitor(watcher), estate.case
    pages = [f"/{case.kind}/{case.pk}/{rest}" for rest in READ]
    answers = [f"/api/v1/cases/{case.kind}/{case.pk}{rest}" for rest in READ_BY_PROGRAMS]
    for path in (*pages, *answers):
        assert visitor.asks(path).status == 200, path
    file = visitor.asks(f"/files/{estate.owned['attachment']}/").status
    hidden = case.patient_id and side.is_oversight
    assert file == (404 if hidden else 200), "who only watches reads no file about a patient"
    assert case.number in visitor.asks(f"/{case.kind}/").text


@every_watcher
def test_a_watcher_takes_no_step_that_the_table_does_not_give(estate, watcher, side):
    visitor, case, before = Visitor(watcher), estate.case, state_of(estate)
    for step in (one for one in case.case_type.flow.steps if not is_given(one, side)):
        page, address = (
            f"/{case.kind}/{case.pk}/do/{step.verb}/",
            f"/api/v1/cases/{case.kind}/{case.pk}/steps/{step.verb}",
        )
        for answer in (
            visitor.asks(page, method="POST", body={"_version": str(case.version)}),
            visitor.asks(address, method="POST", body={"version": case.version}),
        ):
            assert answer.status in (403, 404, 409, 422), (step.verb, answer.status)
            assert "happening" not in answer.written, step.verb
            if case.state in step.sources and not step.is_clock:
                assert answer.status == 403, step.verb
    assert state_of(estate) == before


@every_watcher
def test_a_watcher_is_offered_only_the_steps_of_its_side(estate, watcher, side):
    actor = who(watcher)
    with scope(actor):
        offered = [
            found.step
            for found in open_steps(type(estate.case)._default_manager.get(pk=estate.case.pk), actor, only_mine=True)
        ]
    assert all(is_given(step, side) for step in offered)
    page = Visitor(watcher).asks(f"/{estate.case.kind}/{estate.case.pk}/").text
    for step in estate.case.case_type.flow.steps:
        assert is_given(step, side) or f'data-verb="{step.verb}"' not in page


@every_watcher
def test_a_watcher_hangs_no_file_on_the_case(estate, watcher):
    report = SimpleUploadedFile("a.pdf", samples.PDF)
    path = f"/{estate.case.kind}/{estate.case.pk}/files/"
    answer = Visitor(watcher).asks(path, method="POST", body={"file": report, "purpose": "other"})
    assert answer.status == 302
    assert "documents_attachment" not in answer.written


@every_watcher
def test_a_watcher_says_nothing_on_the_case(estate, watcher):
    visitor, case = Visitor(watcher), estate.case
    page, address = f"/{case.kind}/{case.pk}/messages/", f"/api/v1/cases/{case.kind}/{case.pk}/messages"
    for path in (page, address):
        answer = visitor.asks(path, method="POST", body={"text": "我也说一句"})
        assert answer.status == 403, path
        assert "workflow_casemessage" not in answer.written
        assert "只有参与办理此事项的机构可以留言" in answer.text
    assert 'name="text"' not in visitor.asks(f"/{case.kind}/{case.pk}/").text


@every_watcher
def test_who_loses_the_side_finds_nothing_more(estate, watcher, side):
    visitor, case = Visitor(watcher), estate.case
    with scope(estate.actor):
        leave_case(case, watcher.posts.first().institution_id, side.code)
    for path in (
        f"/{case.kind}/{case.pk}/",
        f"/api/v1/cases/{case.kind}/{case.pk}",
        f"/files/{estate.owned['attachment']}/",
    ):
        assert visitor.asks(path).status == 404, path
    assert case.number not in visitor.asks(f"/{case.kind}/").text
