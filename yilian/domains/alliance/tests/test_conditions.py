"""The six conditions of joining, each met, unmet and unknown, without a database."""

from datetime import date, timedelta

import pytest

from yilian.domains.alliance.admission.conditions import CONDITIONS, Known, judge
from yilian.domains.alliance.tests.conftest import COMPLETE
from yilian.registry.models import Attestation, Institution, Sanction

ON = date(2026, 11, 21)
BY_KEY = {condition.key: condition for condition in CONDITIONS}


def finding(key, *sanctions, attested=None, **facts):
    institution = Institution(**{**COMPLETE, "licence_number": "PDY1", **facts})
    return judge(BY_KEY[key], Known(institution, tuple(sanctions), ON), attested)


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
