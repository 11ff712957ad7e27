"""Rules: verdicts, what is collected, and the sentence a person reads."""

from datetime import date

import pytest
from django.utils import translation

from yilian.kernel.rules.regulation import Article, Decision, Regulation
from yilian.kernel.rules.rule import Rule, Verdict, _key_of, _named_context, evaluate, rule

ARTICLES = (Article("7", "第七条", "…"), Article("19", "第十九条", "…"))
ALLIANCE = Regulation("X3", "联盟办法（试行）", "联盟办法", "江城市", None, ARTICLES)
ARTICLE_19 = ALLIANCE.article(19)


def made(function, says="须满足", cite=(ARTICLE_19,)):
    return Rule(function.__name__, says, cite, function, _named_context(function))


def holds(subject):
    return True


def fails(subject):
    return Verdict(False, detail="去年没有开会")


def unknown(subject):
    return None


def banned(subject, *, on):
    return Verdict(False, passes_on=date(2029, 5, 2)) if on < date(2029, 5, 2) else True


def test_all_broken_rules_are_collected_in_order():
    broken = evaluate([made(fails), made(holds), made(unknown)], object())
    assert [(item.rule.key, item.is_unknown) for item in broken] == [("fails", False), ("unknown", True)]


def test_a_refusal_names_the_rule_the_fault_and_the_article():
    broken = evaluate([made(fails, says="每年至少开一次联席会议。")], object())
    assert broken[0].sentence() == ("每年至少开一次联席会议；去年没有开会（依据：《联盟办法（试行）》第十九条）")


def test_a_refusal_names_the_day_from_which_it_will_hold():
    broken = evaluate([made(banned)], object(), on=date(2027, 1, 1), by="nobody asks for this")
    assert broken[0].passes_on == date(2029, 5, 2)
    assert "2029-05-02" in broken[0].sentence()
    assert evaluate([made(banned)], object(), on=date(2029, 5, 2)) == []


def test_an_unknown_fact_is_refused_as_unknown():
    with translation.override("zh-hans"):
        assert (
            evaluate([made(unknown, says="有独立门诊")], object())[0]
            .sentence()
            .startswith("无法判断是否满足：有独立门诊")
        )


def test_a_rule_that_raises_is_a_bug():
    def broken_rule(subject):
        return subject.nothing

    with pytest.raises(AttributeError):
        evaluate([made(broken_rule)], object())


def test_several_sources_are_all_named():
    sources = (ALLIANCE.article("7"), Decision("docs/adr/0001.md", "产品决定"))
    assert "第七条、产品决定" in evaluate([made(fails, cite=sources)], object())[0].sentence()


def test_a_rule_without_a_source_cannot_be_declared():
    with pytest.raises(ValueError, match="cites"):
        rule("须满足", cite=())(holds)


def test_the_key_is_the_room_and_the_name():
    def summary_is_written(referral):
        return True

    summary_is_written.__module__ = "yilian.domains.referral.rules"
    assert _key_of(summary_is_written) == "referral.summary_is_written"


def test_a_document_lists_no_article_twice():
    with pytest.raises(ValueError, match="twice"):
        Regulation("X", "x", "x", "x", None, (Article("1", "1", "x"), Article("1", "1", "y")))
