"""One domain adds to another's case type without knowing it."""

from dataclasses import replace

import pytest

from tests.sample.case_type import is_not_in_haste
from yilian.kernel.workflow.additions import Addition, FormPart, additions
from yilian.kernel.workflow.case_type import Panel, case_types
from yilian.kernel.workflow.flow import STAY, Ask, FlowError, Step

WHICH = Ask("which", "随附资料")


def packing(moment):
    pass


def errand(key):
    """Return a case type like that of the tests, under a key of its own and not declared."""
    return replace(case_types["errand"], key=key)


def test_what_is_added_comes_after_what_was_there():
    own = case_types["errand"].flow.step("send")
    additions.add(Addition("packed", verbs=("send",), asks=(WHICH,), needs=(is_not_in_haste,), then=(packing,)))
    joined = additions.join(errand("packed")).flow.step("send")
    assert joined.asks == (*own.asks, WHICH)
    assert joined.needs == (*own.needs, is_not_in_haste)
    assert joined.then == (*own.then, packing)
    assert (joined.sources, joined.target, joined.by) == (own.sources, own.target, own.by)


def test_a_new_step_and_a_new_card_join_the_table():
    sender = case_types["errand"].flow.step("send").by
    card = Panel("parcel", "包裹", "x.html")
    additions.add(Addition("carded", steps=(Step("weigh", "称重", "draft", STAY, sender, duty=False),), panels=(card,)))
    joined = additions.join(errand("carded"))
    assert joined.flow.step("weigh").title == "称重"
    assert joined.panels[-1] is card


def test_a_step_that_is_not_there_stops_start_up():
    additions.add(Addition("misspelt", verbs=("sent",), asks=(WHICH,)))
    with pytest.raises(FlowError, match="addition to misspelt: no step 'sent'"):
        additions.join(errand("misspelt"))


def test_an_addition_that_comes_too_late_stops_start_up():
    with pytest.raises(FlowError, match="errand is built"):
        additions.add(Addition("errand", verbs=("send",), asks=(WHICH,)))


@pytest.mark.parametrize("given", [{"verbs": ("send",)}, {"asks": (WHICH,)}])
def test_questions_want_a_step_and_a_step_wants_something(given):
    with pytest.raises(FlowError, match="want verbs"):
        Addition("errand", **given)


def kept(case, answers, actor):
    case.kept = answers.get("which")


WISH_PART = FormPart((replace(WHICH, required=False),), "wish", kept, lambda case: {"which": case.kept})


def test_a_part_joins_the_form_and_the_step_that_changes_it():
    additions.add(Addition("formed", form=WISH_PART))
    joined = additions.join(errand("formed"))
    names = [ask.name for ask in joined.form]
    assert names[names.index("wish") + 1] == "which"
    assert joined.form_parts == (WISH_PART,)
    edit = joined.flow.step("edit")
    assert "which" in [ask.name for ask in edit.asks]
    assert edit.then == (*case_types["errand"].flow.step("edit").then, WISH_PART.note)


def test_a_part_behind_no_question_and_one_that_must_be_answered_stop_start_up():
    additions.add(Addition("formless", form=replace(WISH_PART, after="nothing")))
    with pytest.raises(FlowError, match="no question 'nothing'"):
        additions.join(errand("formless"))
    with pytest.raises(FlowError, match="never required"):
        replace(WISH_PART, asks=(WHICH,))
