"""Stories of the errand: every way a step passes or is refused."""

from dataclasses import replace

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy

from tests.world import CITY, COUNTY, ELSEWHERE, TOWNSHIP
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow import chain, queries, refusals, standing_queries, storing
from yilian.kernel.workflow.answers import clean
from yilian.kernel.workflow.case_type import case_types
from yilian.kernel.workflow.flow import Ask
from yilian.kernel.workflow.gate import open_steps
from yilian.kernel.workflow.models import Case, Happening


@pytest.fixture
def people(world):
    return {
        "sender": world.person("doctor", at=TOWNSHIP),
        "receiver": world.person("reception", at=COUNTY),
        "other": world.person("reception", at=CITY),
        "stranger": world.person("reception", at=ELSEWHERE),
    }


@pytest.fixture
def errand(world, people):
    return world.open("errand", by=people["sender"], wish="请协助会诊", receiver=people["receiver"].institution_id)


@pytest.fixture
def sent(world, people, errand):
    return world.take(errand, "send", by=people["sender"])


def test_a_draft_is_seen_by_its_owner_only(world, people, errand):
    assert world.sees(people["sender"], errand)
    assert not world.sees(people["receiver"], errand)


def test_sending_brings_in_the_receiver_and_nobody_else(world, people, sent):
    assert world.sees(people["receiver"], sent)
    assert not world.sees(people["stranger"], sent)
    with scope(people["receiver"]):
        assert [row["id"] for row in queries.inbox(people["receiver"])] == [sent.pk]
        assert queries.count_inbox(people["receiver"]) == 1
    with scope(people["sender"]):
        assert queries.inbox(people["sender"]) == []
        assert [row["id"] for row in queries.waiting(people["sender"], [("errand", "sent")])] == [sent.pk]


def test_without_a_scope_nothing_is_seen(sent):
    assert Case.objects.count() == 0


def test_the_number_is_readable(errand):
    assert errand.number.startswith(f"QT{clock.today():%Y%m%d}")


def test_only_the_receiver_accepts(world, people, sent):
    with pytest.raises(refusals.NotYours, match="「接受」由受托方（转诊中心）办理"):
        world.take(sent, "accept", by=people["sender"])
    assert world.take(sent, "accept", by=people["receiver"]).state == "accepted"


def test_a_stranger_finds_no_case(world, people, sent):
    with pytest.raises(type(sent).DoesNotExist):
        world.take(sent, "accept", by=people["stranger"])


def test_every_broken_rule_is_told_at_once(world, people):
    errand = world.open("errand", by=people["sender"], receiver=people["sender"].institution_id, wanted_on="2020-02-29")
    with pytest.raises(refusals.StepRefused) as refused:
        world.take(errand, "send", by=people["sender"])
    assert [reason.kind for reason in refused.value.reasons] == ["answer", "rule", "rule"]
    assert refused.value.reasons[2].passes_on > clock.today()


def test_a_refused_step_leaves_nothing_behind(world, people, sent):
    with pytest.raises(refusals.StepRefused):
        world.take(sent, "decline", by=people["receiver"], why="")
    with scope(people["sender"]):
        assert list(Happening.objects.values_list("verb", flat=True)) == ["open", "send"]
        assert Case.objects.get().version == 2


def test_a_stale_version_is_refused_and_says_who_was_faster(world, people, sent):
    world.take(sent, "accept", by=people["receiver"], version=2)
    with pytest.raises(refusals.StaleVersion, match=r"已「接受」.*第 2 版，现为第 3 版"):
        world.take(sent, "decline", by=people["receiver"], version=2, why="迟了")


def test_the_same_key_twice_writes_once(world, people, sent):
    first = world.take(sent, "accept", by=people["receiver"], key="k-1")
    again = world.take(sent, "accept", by=people["receiver"], key="k-1")
    assert (first.version, again.version) == (3, 3)
    with pytest.raises(refusals.KeyReused):
        world.take(sent, "finish", by=people["receiver"], key="k-1", result="好")


def test_redirecting_brings_in_the_new_and_keeps_a_trace_for_the_old(world, people, sent):
    world.take(sent, "redirect", by=people["sender"], receiver=people["other"].institution_id)
    assert world.sees(people["other"], sent)
    assert world.sees(people["receiver"], sent)
    with pytest.raises(refusals.NotYours):
        world.take(sent, "accept", by=people["receiver"])
    assert world.take(sent, "accept", by=people["other"]).state == "accepted"


def test_effects_write_into_the_case(world, people, sent):
    world.take(sent, "accept", by=people["receiver"])
    done = world.take(sent, "finish", by=people["receiver"], result="已会诊")
    with scope(people["sender"]):
        assert type(done).objects.get().result == "已会诊 ✓"


def test_the_clock_takes_only_its_own_steps(world, people, sent):
    assert world.take(sent, "expire", by=world.clock_at(COUNTY)).state == "expired"
    with pytest.raises(refusals.NotYours, match="系统时钟不能"):
        world.take(sent, "accept", by=world.clock_at(COUNTY))


def test_nobody_takes_a_step_of_the_clock(world, people, sent):
    with pytest.raises(refusals.NotYours):
        world.take(sent, "expire", by=people["receiver"])


def test_the_due_date_follows_the_parameter(sent):
    assert (sent.due - sent.since).total_seconds() == 48 * 3600


def test_open_steps_say_what_stands_against_them(world, people, errand):
    with scope(people["sender"]):
        found = {item.step.verb: item for item in open_steps(type(errand).objects.get(), people["sender"])}
    assert set(found) == {"edit", "send"}
    assert found["send"].is_open


def test_a_constraint_answers_with_the_sentence_of_the_case_type(world, people, errand):
    with pytest.raises(refusals.StepRefused, match="此类请托不能受理"):
        world.take(errand, "edit", by=people["sender"], wish="forbidden")


def test_the_chain_is_whole_until_somebody_touches_a_line(world, people, sent, database_template):
    with scope(people["sender"]):
        case = Case.objects.get()
        assert chain.verify(case) is None
        case.digest = b"x" * 32
        assert chain.verify(case).why == "the last lines are missing"


def test_lists_filter_and_page(world, people):
    made = [world.open("errand", by=people["sender"], wish=f"第{number}件") for number in range(5)]
    kind, actor = case_types["errand"], people["sender"]
    with scope(actor):
        first = queries.newest(kind, actor, queries.Filter(limit=2))
        assert [row["wish"] for row in first] == ["第4件", "第3件"]
        second = queries.newest(kind, actor, queries.Filter(limit=2, before=first[-1]["id"]))
        assert [row["wish"] for row in second] == ["第2件", "第1件"]
        back = queries.newest(kind, actor, queries.Filter(limit=2, after=second[0]["id"]))
        assert [row["wish"] for row in back] == ["第4件", "第3件"]
        found = queries.newest(kind, actor, queries.Filter(number=made[2].number))
        assert [row["id"] for row in found] == [made[2].pk]
        assert queries.badges(kind, actor)["draft"] == 5
        assert queries.newest(kind, actor, queries.Filter(states=("sent",))) == []


def test_labels_are_kept_in_the_language_of_the_installation(world, people):
    asks = (Ask("is_urgent", "加急", "bool"), Ask("why", "原因", "choice", choices=(("a", gettext_lazy("上转")),)))
    with translation.override("en"):
        kept = clean(asks, {"is_urgent": True, "why": "a"}, people["sender"]).recorded()
    assert [answer["label"] for answer in kept.values()] == ["是", "上转"]


def test_what_waits_for_oneself_on_another_side_does_not_wait_for_others(people, sent):
    sender, states = people["sender"], [("errand", "sent")]
    both = replace(sender, roles=sender.roles | people["receiver"].roles)
    with scope(sender):
        assert [row["id"] for row in queries.waiting(sender, states)] == [sent.pk]
        storing.join_case(sent, [(sender.institution_id, sent.case_type.side("receiver").code)])
        assert [row["id"] for row in queries.inbox(both)] == [sent.pk]
        assert queries.waiting(both, states) == standing_queries.unanswered(both, states) == []
        assert [row["id"] for row in queries.waiting(sender, states)] == [sent.pk]
