"""Laws over everything that cites: rules, deadlines, obligations, indicators, parameters."""

from pathlib import Path

import pytest

from yilian.kernel.deadlines.obligation import obligations
from yilian.kernel.indicators.indicator import indicators
from yilian.kernel.rules.due import is_length_of_time
from yilian.kernel.rules.parameter import Parameter, parameters
from yilian.kernel.rules.reasons import reason_lists
from yilian.kernel.rules.regulation import Citation, Decision, regulations
from yilian.kernel.rules.rule import Rule, rules
from yilian.kernel.rules.values import setting_of
from yilian.kernel.workflow.case_type import CaseType, case_types

ROOT = Path(__file__).resolve().parents[2]


def key(item) -> str:
    return item.key


def exists(cite) -> bool:
    if isinstance(cite, Decision):
        return cite.path.startswith("docs/adr/") and (ROOT / cite.path).is_file() and bool(cite.reason)
    return isinstance(cite, Citation) and cite in cite.document.citations() and cite.document in list(regulations)


@pytest.mark.parametrize("rule", list(rules), ids=key)
def test_a_rule_says_a_sentence_and_cites_what_exists(rule: Rule):
    assert str(rule.says).strip()
    assert rule.cite
    assert all(exists(cite) for cite in rule.cite)


@pytest.mark.parametrize("kind", list(case_types), ids=key)
def test_a_table_of_steps_cites_what_exists_and_its_deadlines_are_lengths_of_time(kind: CaseType):
    cited = [item.cite for item in (*kind.flow.steps, *kind.flow.deadlines) if item.cite]
    assert all(exists(cite) for cite in cited)
    named = [name for deadline in kind.flow.deadlines for name in (deadline.parameter, *deadline.by_priority.values())]
    assert all(is_length_of_time(parameters[name]) for name in named)


@pytest.mark.parametrize("kind", list(case_types), ids=key)
def test_a_rule_that_a_step_needs_is_listed(kind: CaseType):
    needed = {rule.key for step in kind.flow.steps for rule in step.needs} | {rule.key for rule in kind.opening}
    assert needed <= {rule.key for rule in rules}


@pytest.mark.parametrize("item", [*obligations, *indicators], ids=key)
def test_obligations_and_indicators_cite_what_exists(item):
    assert str(item.title).strip()
    assert exists(item.cite)


@pytest.mark.django_db
@pytest.mark.parametrize("parameter", list(parameters), ids=key)
def test_a_default_is_a_value_of_its_parameter_and_is_marked_without_a_source(parameter: Parameter):
    assert parameter.read(parameter.write(parameter.default)) == parameter.default
    assert parameter.cite is None or exists(parameter.cite)
    assert setting_of(parameter.key).is_unconfirmed == (parameter.cite is None)


@pytest.mark.parametrize("listed", list(reason_lists), ids=key)
def test_a_list_of_reasons_has_each_code_once(listed):
    codes = [reason.code for reason in listed.reasons]
    assert codes
    assert len(codes) == len(set(codes))
