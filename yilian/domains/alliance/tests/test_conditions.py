"""The six conditions of joining, each met, unmet and unknown, without a database."""

from datetime import UTC, date, datetime, timedelta

import pytest

from yilian.domains.alliance.admission.conditions import CONDITIONS, Known, judge
from yilian.domains.alliance.tests.conftest import COMPLETE
from yilian.registry.models import Attestation, Institution, Sanction, Statement
from yilian.registry.statements import WEIGHTY, Sources, text_of

ON = date(2026, 11, 21)
BY_KEY = {condition.key: condition for condition in CONDITIONS}


OFFICIAL, OWN = 7, 8
"""The keys of the statements of the tests: those of an authority, and those of the institution itself."""


def stated(institution, own=()):
    """Return a statement for each fact that has a value: the institution's own for these, an authority's for others."""
    found = {}
    for fact in WEIGHTY:
        if getattr(institution, fact) in (None, ""):
            continue
        mine = fact in own
        found[fact] = Statement(
            pk=OWN if mine else OFFICIAL, institution=institution, fact=fact, is_official=not mine,
            value=text_of(getattr(institution, fact)), stated_by="周明" if mine else "郑文", stated_for=institution,
            stated_at=datetime(2026, 11, 2, 4, tzinfo=UTC),
        )  # fmt: skip
    return found


def finding(key, *sanctions, attested=None, own=(), **facts):
    institution = Institution(**{**COMPLETE, "pk": 5, "name": "甲医院", "licence_number": "PDY1", **facts})
    words = [attested] if isinstance(attested, Attestation) else attested or ()
    for word in words:
        word.condition = key
    sources = Sources(institution, stated(institution, own), tuple(words))
    return judge(BY_KEY[key], Known(institution, tuple(sanctions), ON, sources=sources))


def sanction(kind, **facts):
    return Sanction(kind=kind, issued_by="江城市卫生健康委员会", issued_on=date(2026, 1, 5), **facts)


@pytest.mark.parametrize("key", BY_KEY)
def test_a_public_hospital_on_record_meets_every_condition(key):
    assert finding(key).state == "met"
    assert finding(key).evidence


@pytest.mark.parametrize(
    ("key", "facts", "says"),
    [
        ("6.2.1", {"ended_on": date(2026, 1, 1)}, "终止"),
        ("6.2.2", {"ownership": "private", "licensed_on": date(2024, 11, 22)}, "未满 2 年"),
        ("6.2.3", {"has_inpatient": False}, "没有住院部门"),
        ("6.2.4", {"has_pharmacy_office": False, "has_nursing_office": None}, "没有药剂管理部门"),
    ],
)
def test_unmet(key, facts, says):
    found = finding(key, **facts)
    assert found.state == "unmet"
    assert says in found.detail


@pytest.mark.parametrize(
    ("key", "facts", "says"),
    [
        ("6.2.1", {"licence_number": None}, "登记号尚未登记"),
        ("6.2.2", {"ownership": ""}, "所有制尚未登记"),
        ("6.2.2", {"ownership": "private", "licensed_on": None, "founded_on": None}, "成立日期尚未登记"),
        ("6.2.3", {"has_outpatient": None}, "门诊"),
        ("6.2.4", {"has_infection_office": None}, "院感管理部门"),
    ],
)
def test_unknown_is_neither_met_nor_unmet(key, facts, says):
    found = finding(key, **facts)
    assert found.state == "unknown"
    assert says in found.detail


def test_two_years_are_full_on_the_anniversary_and_the_day_is_named():
    assert finding("6.2.2", ownership="private", licensed_on=date(2024, 11, 21)).state == "met"
    assert finding("6.2.2", ownership="private", licensed_on=date(2024, 11, 22)).passes_on == date(2026, 11, 22)


@pytest.mark.parametrize(
    ("key", "kind", "facts", "state"),
    [
        ("6.2.2", "health", {}, "unmet"),
        ("6.2.2", "insurance", {}, "unmet"),
        ("6.2.2", "health", {"lifted_on": ON}, "unknown"),
        ("6.2.2", "health", {"lifted_on": ON + timedelta(days=1)}, "unmet"),
        ("6.2.2", "pricing", {}, "met"),
        ("6.2.5", "purchasing", {}, "unmet"),
        ("6.2.5", "equipment", {}, "unmet"),
        ("6.2.5", "health", {}, "met"),
        ("6.2.6", "fraud", {}, "unmet"),
        ("6.2.6", "pricing", {"is_major": True}, "unmet"),
        ("6.2.6", "pricing", {"is_major": True, "lifted_on": ON + timedelta(days=1)}, "unmet"),
        ("6.2.6", "pricing", {"is_major": True, "lifted_on": ON}, "met"),
        ("6.2.6", "pricing", {"is_major": False}, "met"),
        ("6.2.6", "pricing", {"is_major": None}, "unknown"),
    ],
)
def test_sanctions_count_against_the_condition_that_names_them(key, kind, facts, state):
    assert finding(key, sanction(kind, **facts), ownership="private").state == state


def test_a_public_hospital_is_not_asked_for_its_sanctions_under_6_2_2():
    assert finding("6.2.2", sanction("health")).state == "met"


def test_a_sanctioned_young_hospital_gets_no_date_on_which_it_would_pass():
    found = finding("6.2.2", sanction("health"), ownership="private", licensed_on=date(2026, 1, 1))
    assert (found.state, found.passes_on) == ("unmet", None)


RESTS_ON = [(condition.key, condition.facts) for condition in CONDITIONS[:4]]


@pytest.mark.parametrize(
    ("key", "line"),
    [
        ("6.2.1", "执业许可证登记号：甲医院 郑文 2026-11-02 填报"),
        ("6.2.3", "设门诊、设住院：甲医院 郑文 2026-11-02 填报"),
    ],
)
def test_the_evidence_says_who_stated_the_facts_and_when(key, line):
    assert line in finding(key).evidence


@pytest.mark.parametrize(("key", "facts"), RESTS_ON)
def test_its_own_word_does_not_let_an_institution_meet_a_condition(key, facts):
    found = finding(key, own=facts, ownership="private")
    assert found.state == "unknown"
    assert "甲医院 周明 2026-11-02 自报，未核" in found.detail


@pytest.mark.parametrize(("key", "facts"), RESTS_ON)
def test_somebody_elses_word_on_that_very_statement_settles_it(key, facts):
    word = Attestation(is_met=True, evidence="查验原件", attested_by="吴涛", attested_on=ON, speaks_of=[OWN])
    assert finding(key, own=facts, ownership="private", attested=word).state == "met"
    refusal = Attestation(is_met=False, evidence="现场未见", attested_by="吴涛", attested_on=ON, speaks_of=[OWN])
    found = finding(key, own=facts, ownership="private", attested=refusal)
    assert (found.state, found.detail) == ("unmet", "经核实不满足")


def test_a_word_on_an_earlier_statement_does_not_reach_the_changed_fact():
    old = Attestation(
        is_met=True, evidence="查验原件", attested_by="吴涛", attested_on=ON, speaks_of=[OFFICIAL, OWN + 1]
    )
    assert finding("6.2.3", own=("has_inpatient",), attested=old).state == "unknown"


def test_the_newest_word_on_what_stands_there_counts_not_the_newest_of_all():
    new, old = (
        Attestation(is_met=is_met, evidence="查验", attested_by="吴涛", attested_on=day, speaks_of=keys)
        for is_met, day, keys in ((False, ON, [OWN + 1]), (True, ON - timedelta(days=3), [OWN]))
    )
    assert finding("6.2.3", own=("has_inpatient",), attested=[new, old]).state == "met"


def test_facts_confirmed_one_after_the_other_are_confirmed():
    institution = Institution(**COMPLETE)
    newest = stated(institution, ("has_outpatient", "has_inpatient"))
    newest["has_inpatient"].pk = OWN + 1
    words = [
        Attestation(condition="6.2.3", is_met=True, attested_by="吴涛", attested_on=ON, speaks_of=[key])
        for key in (OWN, OWN + 1)
    ]
    found = [
        judge(BY_KEY["6.2.3"], Known(institution, (), ON, sources=Sources(institution, newest, tuple(kept))))
        for kept in (words, words[:1])
    ]
    assert [one.state for one in found] == ["met", "unknown"]
    assert "设门诊" not in found[1].detail


def test_what_speaks_against_an_institution_needs_no_confirmation():
    assert finding("6.2.3", own=("has_inpatient",), has_inpatient=False).state == "unmet"
    assert finding("6.2.2", own=("ownership", "licensed_on"), ownership="private", licensed_on=ON).state == "unmet"


def test_a_fact_that_nobody_is_on_record_for_proves_nothing():
    institution = Institution(**COMPLETE, licence_number="PDY1")
    found = judge(BY_KEY["6.2.3"], Known(institution, (), ON))
    assert (found.state, found.detail) == ("unknown", "设门诊来源未记录，未核；设住院来源未记录，未核")


def test_a_value_other_than_the_one_stated_is_nobodys():
    institution = Institution(**COMPLETE, licence_number="PDY1")
    sources = Sources(institution, stated(institution))
    institution.licence_number = "PDY2"
    assert judge(BY_KEY["6.2.1"], Known(institution, (), ON, sources=sources)).state == "unknown"


def test_an_attestation_does_not_speak_of_what_came_after_it():
    lifted = sanction("purchasing", lifted_on=ON - timedelta(days=10))
    old, new = (
        Attestation(is_met=True, evidence="查验原件", attested_by="吴涛", attested_on=day)
        for day in (ON - timedelta(days=11), ON - timedelta(days=10))
    )
    assert finding("6.2.5", lifted, attested=old).state == "unknown"
    assert finding("6.2.5", lifted, attested=new).state == "met"


@pytest.mark.parametrize("is_met", [True, False])
def test_an_attestation_settles_what_is_unknown_and_nothing_else(is_met):
    word = Attestation(is_met=is_met, evidence="查验原件", attested_by="吴涛", attested_on=ON)
    assert finding("6.2.1", licence_number=None, attested=word).is_met is is_met
    assert "吴涛" in finding("6.2.1", licence_number=None, attested=word).evidence[-1]
    assert finding("6.2.3", has_inpatient=False, attested=word).is_met is False
