"""A dispute about an agreement: the two are found from each other by whoever sees both, and by nobody else."""

from yilian.domains.agreement.tests.conftest import make_table
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow.conversation import linked
from yilian.kernel.workflow.lookups import lookups


def others(case, actor):
    """Return the kinds of the cases that an actor finds linked to one."""
    with scope(actor):
        return [other.kind for _relation, other in linked(case)]


def test_a_dispute_names_the_agreement_and_only_those_who_see_both_find_one_from_the_other(world):
    table = make_table(world)
    agreement = table.signed()
    with scope(table.county):
        (found,) = lookups["agreement"].search(table.county, "转诊", "", {"consortium": str(table.group.pk)})
    with scope(table.township):
        assert lookups["agreement"].search(table.township, "", "", {}) == []
    answers = {
        "consortium": table.group.pk, "respondent": table.lead.institution_id,
        "mediator": table.township.institution_id, "subject": "转诊答复逾期", "claims": "按时答复",
        "facts": "三次逾期。",
        "about_agreement": found.value, "clauses": "第五条",
    }  # fmt: skip
    dispute = world.take(world.open("dispute", by=table.county, **answers), "file", by=table.county)
    assert agreement.number in dispute.about_agreement_name
    assert others(agreement, table.county) == ["dispute"]
    assert others(agreement, table.lead) == [], "the respondent does not learn of it before it is accepted"
    assert others(dispute, table.township) == [], "the mediator is no party of the agreement"
    world.take(dispute, "accept", by=table.township)
    assert others(agreement, table.lead) == ["dispute"]
