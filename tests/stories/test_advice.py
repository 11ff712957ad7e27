"""Advice first: a question to a specialist is answered, asked back, returned, or becomes the asker's referral."""

import re
from datetime import timedelta

import pytest

from tests.stories.records_cast import browser, issued, reads
from yilian.domains.advice.models import Advice
from yilian.domains.records.models import PackageItem
from yilian.domains.referral.models import Referral
from yilian.domains.referral.tests.cast import make_cast, refused
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.clock.periods import period_of
from yilian.kernel.indicators.evaluation import evaluate
from yilian.kernel.workflow.conversation import linked

ANSWER = {"answer": "先予双联抗血小板，监测心电图变化。"}
STAY = {**ANSWER, "recommendation": "stay"}


@pytest.fixture
def cast(world):
    return make_cast(world)


def draft(cast, **changes):
    answers = {
        "patient": cast.patient.pk, "adviser": cast.county.institution_id, "priority": "3",
        "impression": "不稳定型心绞痛", "question": "是否需要转诊行冠脉造影？", "diagnosis": "I20",
        "present_history": "反复胸痛三天", "treatment": "予硝酸甘油", "patient_agrees": True,
        "contact_phone": "0700-1234567",
    }  # fmt: skip
    return cast.world.open("advice", by=cast.township, **{**answers, **changes})


def asked(cast, *records, **changes):
    documents = [str(record.pk) for record in records]
    return cast.take(draft(cast, **changes), "ask", by=cast.township, documents=documents)


def referral_of(cast, advice):
    with scope(cast.township):
        pairs = [other for relation, other in linked(Advice.objects.get(pk=advice.pk)) if relation == "became"]
        return Referral.objects.get(pk=pairs[0].pk)


def test_a_question_is_answered_asked_again_and_closed(cast):
    advice = asked(cast)
    assert advice.due - advice.since == timedelta(hours=48)
    advice = cast.take(advice, "answer", by=cast.county, **STAY)
    first = advice.first_answered_at
    advice = cast.take(advice, "ask_more", by=cast.township, further_question="剂量多少？")
    advice = cast.take(advice, "answer", by=cast.county, **STAY)
    assert (advice.state, advice.first_answered_at) == ("answered", first)
    assert cast.take(advice, "close", by=cast.township, use="followed").state == "closed"


def test_asking_back_starts_a_clock_of_the_asker_and_urgent_ones_are_shorter(cast):
    advice = asked(cast, priority="2")
    assert advice.due - advice.since == timedelta(hours=4)
    advice = cast.take(advice, "ask_back", by=cast.county, details_wanted="请补心肌酶")
    assert (advice.state, advice.first_answered_at) == ("clarifying", None), "a question back is no answer"
    assert cast.take(advice, "clarify", by=cast.township, details_given="肌钙蛋白阴性").state == "asked"


def test_only_an_authorised_specialist_makes_a_referral_of_it(cast):
    said = refused(cast, asked(cast), "convert", cast.county, **ANSWER)
    assert "须经申请方事先授权" in said
    with scope(cast.township):
        assert not Referral.objects.exists()


def test_the_referral_is_the_askers_draft_and_keeps_patient_diagnosis_and_documents(cast):
    record = issued(cast.patient, cast.township)
    advice = cast.take(asked(cast, record, may_convert=True), "convert", by=cast.county, **ANSWER)
    referral = referral_of(cast, advice)
    assert (advice.state, referral.state, referral.sender_id) == ("converted", "draft", cast.township.institution_id)
    assert (referral.patient_id, referral.diagnosis, referral.receiver_id, referral.direction) == (
        cast.patient.pk, "I20", cast.county.institution_id, "up",
    )  # fmt: skip
    assert not cast.world.sees(cast.county, referral), "a draft is its sender's alone"
    with scope(cast.township):
        assert "依申请方授权" in referral.history.get(seq=1).actor_name
        assert list(PackageItem.objects.filter(case_id=referral.pk).values_list("record_id", flat=True)) == [record.pk]
    consent = {name: cast.answers[name] for name in cast.answers if name.startswith("consent")}
    referral = cast.take(referral, "edit", by=cast.township, **consent)
    sent = cast.take(referral, "send", by=cast.township)
    assert sent.state == "submitted"
    assert reads(cast.county, record)


def test_the_asker_may_refer_after_an_answer_without_having_authorised(cast):
    advice = cast.take(asked(cast), "answer", by=cast.county, **ANSWER, recommendation="refer")
    advice = cast.take(advice, "refer", by=cast.township)
    assert referral_of(cast, advice).up_reason == "specialty"
    assert "现为" in refused(cast, advice, "refer", cast.township), "once"


def test_the_adviser_reads_the_chosen_documents_and_no_others(cast):
    chosen, other = issued(cast.patient, cast.township), issued(cast.patient, cast.township, title="未选")
    advice = asked(cast, chosen)
    assert reads(cast.county, chosen) == f"随单资料 {advice.number}"
    assert reads(cast.county, other) == reads(cast.city, chosen) == reads(cast.stranger, chosen) == ""


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"patient_agrees": False}, "应告知患者并取得同意"),
        ({"adviser": "own"}, "另一家机构"),
        ({"adviser": "stranger"}, "同一医联体"),
        ({"question": ""}, "咨询的问题"),
    ],
)
def test_a_question_that_may_not_be_asked(cast, changes, sentence):
    places = {"own": cast.township.institution_id, "stranger": cast.stranger.institution_id}
    changes = {name: places.get(value, value) for name, value in changes.items()}
    assert sentence in refused(cast, draft(cast, **changes), "ask", cast.township)


def test_parties_and_versions(cast):
    advice = asked(cast)
    assert "由受邀方" in refused(cast, advice, "answer", cast.office, **STAY)
    assert "由申请方" in refused(cast, advice, "withdraw", cast.county)
    assert not cast.world.sees(cast.stranger, advice)
    cast.take(advice, "advise", by=cast.county, version=advice.version, **ANSWER)
    with pytest.raises(Exception, match="已「指导"):
        cast.take(advice, "withdraw", by=cast.township, version=advice.version)


def test_the_clock_ends_what_nobody_answers_and_what_was_read(cast):
    clock_there = cast.world.clock_at(cast.township.institution_name)
    assert cast.take(asked(cast), "expire", by=clock_there).state == "expired"
    answered = cast.take(asked(cast), "answer", by=cast.county, **STAY)
    assert cast.take(answered, "conclude", by=clock_there).state == "closed"


def test_the_numbers_count_first_answers_and_referrals_spared(cast):
    cast.take(asked(cast), "advise", by=cast.county, **ANSWER)
    cast.take(asked(cast, may_convert=True), "convert", by=cast.county, **ANSWER)
    cast.take(asked(cast), "withdraw", by=cast.township)
    asked(cast)
    month = period_of(clock.today(), 1)
    with scope(cast.county):
        spared, in_time = (
            evaluate(key, institution_id=cast.county.institution_id, period=month)
            for key in ("advice.referral_spared", "advice.answered_in_time")
        )
    assert (spared.part, spared.whole, in_time.part, in_time.whole) == (1, 2, 2, 2)


def test_the_page_shows_question_documents_and_answer(cast):
    record = issued(cast.patient, cast.township)
    advice = cast.take(asked(cast, record), "answer", by=cast.county, **STAY)
    page = browser(cast.township).get(advice.get_absolute_url()).content.decode()
    assert all(text in page for text in ("可在本机构继续诊治", "先予双联抗血小板", "检验单", "据此转诊", "追问"))
    assert not re.search(r"may_convert|further_question[^\"]*</dt>", page)
