"""The papers: who issues which, what they say, and that they are drawn."""

import pytest

from yilian.domains.alliance import printed
from yilian.domains.alliance.documents import NOTICE
from yilian.domains.alliance.tests.acts import assess, on, today
from yilian.domains.alliance.tests.conftest import LEAD, MEMBER, TOWN
from yilian.kernel.access.scope import scope
from yilian.kernel.documents.issuing import issue
from yilian.kernel.documents.paper import papers
from yilian.kernel.documents.refusal import PaperRefused
from yilian.kernel.workflow.conversation import linked

PROMISES = {"promises_cooperation": True, "promises_use": True, "promises_notice": True}


def issued(case, key, by):
    with scope(by):
        return issue(case, key, by=by)


def said(make, case, by) -> str:
    with scope(by):
        letter = make(case)
    return letter["title"] + letter["to"] + "".join(line["text"] for line in letter["body"])


def test_an_approval_names_lead_members_and_term(city):
    case = city.founded()
    text = said(printed.of_approval, case, city.authority)
    for words in ("关于同意设置江城市心血管内科专科联盟的批复", LEAD, MEMBER, "2026-01-10", "江卫医发〔2026〕12号"):
        assert words in text
    paper = issued(case, "filing.approval", city.authority)
    assert paper.number.startswith("联批〔")
    assert paper.issuer == "江城市卫生健康委员会"


def test_the_lead_issues_no_approval_for_itself(city):
    with pytest.raises(PaperRefused, match="备案机关"):
        issued(city.founded(), "filing.approval", city.office)


def test_a_refusal_gives_its_reason(city):
    case = city.world.take(city.filing(), "submit", by=city.office)
    case = city.world.take(
        case, "refuse", by=city.authority, refuse_reason="not_allowed", note="同区域已有同专科联盟。"
    )
    text = said(printed.of_refusal, case, city.authority)
    assert "依规不得设置" in text
    assert "同区域已有同专科联盟。" in text
    assert issued(case, "filing.refusal", city.authority).number.startswith("联复〔")
    with pytest.raises(PaperRefused, match="只能在以下状态"):
        issued(case, "filing.approval", city.authority)


def test_the_request_for_the_plaque_carries_the_three_promises(city):
    with on(2026, 2, 1):
        alliance = city.founded().consortium_id
        case = city.world.open("plaque", by=city.county, consortium=alliance, evaluation="无", **PROMISES)
        text = said(printed.of_plaque, case, city.county)
        assert text.startswith("关于挂牌“江城市心血管内科专科联盟成员单位”的函江城市第一人民医院")
        assert all(number in text for number in ("一、", "二、", "三、"))
        assert issued(case, "plaque.request", city.county).issuer == MEMBER


@pytest.mark.parametrize("verb", ["admit", "decline"])
def test_a_decision_on_joining_says_yes_or_no(city, verb):
    alliance = city.founded().consortium_id
    town = city.world.person("office", at=TOWN)
    case = city.world.take(city.application(alliance, by=town), "submit", by=town)
    answers = {"admit": {"joined_on": today()}, "decline": {"decline_reason": "scope"}}[verb]
    case = city.world.take(case, verb, by=city.office, **answers)
    text = said(printed.of_admission, case, city.office)
    assert ("同意自" in text, "业务与联盟专科或分工不符" in text) == (verb == "admit", verb == "decline")
    assert issued(case, "admission.decision", city.office).number.startswith("联入〔")


def test_results_and_the_order_say_what_follows(city):
    with on(2026, 2, 1):
        alliance = city.founded().consortium_id
    with on(2026, 12, 1):
        first = assess(city, alliance, 2026, 50)
        assert "给予黄牌警告" in said(printed.of_result, first, city.authority)
    with on(2027, 12, 1):
        second = assess(city, alliance, 2027, 50)
        assert "连续两年不合格，责令解散" in said(printed.of_result, second, city.authority)
        assert issued(second, "appraisal.result", city.authority).number.startswith("联考〔")
        with scope(city.authority):
            [(_relation, order)] = linked(second)
        assert "三年内" in said(printed.of_order, order, city.authority)
        assert issued(order, "dissolution.order", city.authority).number.startswith("联解〔")


def test_every_paper_uses_the_same_letter():
    assert {paper.template for paper in papers if paper.template.is_relative_to(NOTICE.parent)} == {NOTICE}
