"""Laws that every case type obeys from the day it is registered."""

import pytest

from tests.world import ELSEWHERE, World
from yilian.kernel.access.roles import roles
from yilian.kernel.access.scope import scope
from yilian.kernel.rules.parameter import parameters
from yilian.kernel.rules.reasons import reason_lists
from yilian.kernel.workflow import queries
from yilian.kernel.workflow.case_type import case_types
from yilian.kernel.workflow.models import Case, Happening, Participation
from yilian.kernel.workflow.parties import OWN_COLUMNS
from yilian.registry.codes.shipped import SYSTEMS

TONES = {"default", "primary", "info", "success", "warning", "danger", "violet"}
KINDS = list(case_types)
every_case_type = pytest.mark.parametrize("kind", KINDS, ids=[kind.key for kind in KINDS])


def opener_of(world: World, kind):
    """Return somebody who may open a case of this kind, at a place of their own."""
    keys = kind.opens[0].roles or [role.key for role in roles]
    return world.person(*keys, at=f"{kind.title}的发起机构")


@every_case_type
def test_states_have_titles_and_tones_and_deadlines_have_parameters(kind):
    assert all(str(title) and tone in TONES for title, tone in kind.states.values())
    assert all(
        key in parameters for line in kind.flow.deadlines for key in (line.parameter, *line.by_priority.values())
    )
    assert kind.help, "the help page says what this case type is for"


@every_case_type
def test_questions_name_lists_that_exist(kind):
    questions = [*kind.form, *(ask for step in kind.flow.steps for ask in step.asks)]
    known = {"code": {system.key for system in SYSTEMS}, "reason": {item.key for item in reason_lists}}
    for ask in questions:
        wanted = known.get(ask.kind)
        assert wanted is None or ask.source in wanted, f"{ask.name} asks for unknown {ask.source!r}"


@every_case_type
def test_columns_of_lists_and_parties_are_columns_of_the_model(kind):
    fields = {field.name for field in kind.model._meta.get_fields()}
    listed = {column.name for column in kind.columns} | set(kind.parties_from.values())
    assert listed <= fields | OWN_COLUMNS


@every_case_type
def test_a_stranger_sees_no_row_in_no_table(world, kind):
    case = world.open(kind.key, by=opener_of(world, kind))
    stranger = world.person(*[role.key for role in roles], at=ELSEWHERE)
    with scope(stranger):
        assert queries.newest(kind, stranger) == []
        assert queries.newest(kind, stranger, queries.Filter(number=case.number)) == []
        assert queries.inbox(stranger) == []
        for model in (kind.model, Case, Participation, Happening):
            assert model._default_manager.count() == 0


@every_case_type
def test_a_draft_stands_in_the_list_of_whoever_opened_it(world, kind):
    opener = opener_of(world, kind)
    case = world.open(kind.key, by=opener)
    with scope(opener):
        assert [row["id"] for row in queries.newest(kind, opener)] == [case.pk]
