"""Across domains: what members are measured by is adopted by the body that sits, not around it."""

import pytest
from django.core.exceptions import ValidationError

from tests.stories.services_cast import browser
from tests.stories.test_charter_by_vote import again, council, voted
from yilian.domains.assessment.schemes import shipped
from yilian.domains.assessment.schemes.keeping import in_force
from yilian.domains.assessment.schemes.making import adopt, file_of, make_version
from yilian.domains.measure.models import Trial
from yilian.domains.measure.tests.test_measure import FORMULA
from yilian.domains.measure.writing import as_written
from yilian.kernel import clock
from yilian.kernel.access.models import Post
from yilian.kernel.access.scope import scope
from yilian.kernel.clock.periods import add_months
from yilian.kernel.indicators.models import Definition
from yilian.kernel.workflow.refusals import StepRefused

__all__ = ["council"]


def submitted(council):
    """Hand in a definition that was tried on a month."""
    month = add_months(clock.today().replace(day=1), 1)
    answers = FORMULA | {"consortium": council.group.pk, "effective_on": month.isoformat()}
    case = council.world.open("measure", by=council.lead, **answers)
    with scope(council.lead):
        Trial.objects.create(case=case, at=clock.now(), month=202610, digest=as_written(case).definition_digest)
    return council.world.take(case, "submit", by=council.lead)


@pytest.mark.parametrize(("choice", "state", "adopted"), [("for", "adopted", 1), ("against", "draft", 0)])
def test_a_body_that_sits_decides_about_a_definition(council, choice, state, adopted):
    case, director = submitted(council), council.world.person("director", at=council.lead.institution_name)
    with pytest.raises(StepRefused, match="理事会审议"):
        council.world.take(case, "adopt", by=director)
    case = council.world.take(case, "put", by=council.lead)
    with pytest.raises(StepRefused, match="正在办理"):
        council.world.take(case, "put", by=council.lead)
    motion = voted(council, choice)
    assert "count(where=is_emergency)" in motion.text
    case = again(council, case)
    assert case.state == state
    with scope(council.lead):
        rows = list(Definition.objects.filter(consortium=council.group))
    assert len(rows) == adopted
    assert all(motion.number in row.adopted_by for row in rows)


def own_version(council):
    """Let the lead make a second version of the scheme of its kind of consortium: a line has another title."""
    scheme = next(one for one in shipped().values() if council.group.kind in one.kinds)
    content = file_of(scheme).decode("utf-8-sig").replace("医联体组成情况", "成员组成情况")
    name = scheme.code.partition("@")[0]
    return make_version(name, "二版", [council.group.kind], content.encode(), by=council.lead).code


def test_a_scheme_is_adopted_by_the_motion_that_its_page_drafts(council):
    day, code = clock.today(), own_version(council)
    with pytest.raises(ValidationError, match="理事会决议"):
        adopt(code, council.group, day, "院长办公会", by=council.lead)
    Post.objects.filter(user=council.lead.user_id).update(consortium=council.group)
    by_hand = {"scope": "consortium", "value": code, "effective_from": day.isoformat(), "ground": "院长办公会"}
    refused = browser(council.lead).post("/parameters/assessment.scheme/", by_hand)
    assert (refused.status_code, "理事会决议" in refused.content.decode()) == (422, True)
    given = {"consortium": council.group.pk, "effective_on": day.isoformat(), "ground": "年度修订"}
    answer = browser(council.lead).post(f"/schemes/?code={code}", given)
    assert answer["Location"].startswith("/motion/")
    motion = voted(council, "for")
    assert "成员组成情况：评分项：医联体组成情况 → 成员组成情况" in motion.text
    assert in_force(council.group, day).code == code
    assert code in browser(council.lead).get("/schemes/").content.decode()


def test_a_motion_cannot_adopt_a_scheme_that_nobody_made(council):
    asked = {"consortium": council.group.pk, "subject": "采用新方案", "text": "如题", "matter": "parameter",
             "parameter": "assessment.scheme", "value": "county@99"}  # fmt: skip
    motion = council.world.open("motion", by=council.lead, **asked)
    with pytest.raises(StepRefused, match="没有“county@99”；可用：county@1（"):
        council.world.take(motion, "put", by=council.lead)
