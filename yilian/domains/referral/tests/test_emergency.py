"""Green channel and emergency mode: the patient goes first, the approval follows, and each moment has its place."""

from datetime import timedelta

import pytest

from tests.stories.records_cast import browser
from yilian.domains.referral import parameters
from yilian.domains.referral.green.times import known_of, out_of_order
from yilian.domains.referral.models import Countersign, TimePoint
from yilian.domains.referral.tests.cast import ARRIVAL, refused
from yilian.domains.referral.tests.test_consent_and_approval import UNSIGNED
from yilian.domains.referral.vocabulary import GREEN_CHANNEL, UNAPPROVED
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.clock import standing_at
from yilian.kernel.clock.periods import period_of
from yilian.kernel.deadlines.rounds import go_round
from yilian.kernel.indicators.evaluation import evaluate
from yilian.kernel.notices.models import Notice
from yilian.kernel.pages.alerts import alerts_for
from yilian.kernel.rules.values import set_value
from yilian.kernel.workflow import queries
from yilian.kernel.workflow.case_type import case_types
from yilian.registry.models import Consortium

GROUND = "市卫健委紧急通知，事故伤员集中送医"


@pytest.fixture
def with_approval(cast):
    with scope(cast.township_desk):
        set_value(
            parameters.NEEDS_APPROVAL, "true", by=cast.township_desk, effective_from=clock.today(), ground="院务会",
            institution_id=cast.township.institution_id,
        )  # fmt: skip


def group():
    return Consortium.objects.get(name="江城市医疗集团")


def mode(cast, by=None, hours=10, **changes):
    answers = {"consortium": group().pk, "emergency_reason": "mass_casualty", "ground": GROUND}
    until = clock.now() + timedelta(hours=hours)
    return cast.world.open("emergency", by=by or cast.office, **{**answers, "until_at": until, **changes})


def switched_on(cast, **changes):
    return cast.world.take(mode(cast, **changes), "switch_on", by=cast.office)


def owed(cast):
    with scope(cast.township_desk):
        return list(Countersign.objects.order_by("pk"))


def test_without_a_mode_nothing_goes_before_its_approval(cast, with_approval):
    assert "先经院内审核" in refused(cast, cast.draft(), "send", cast.township)
    assert owed(cast) == []


def test_in_the_mode_a_referral_goes_first_and_its_approval_is_owed(cast, with_approval):
    case = switched_on(cast)
    referral = cast.fresh(cast.sent())
    assert (referral.state, referral.flags & UNAPPROVED) == ("submitted", UNAPPROVED)
    (task,) = owed(cast)
    assert (task.state, task.waived_id, case.number in task.waiver) == ("owed", referral.pk, True)
    assert task.due - task.since == timedelta(hours=24)
    assert not cast.world.sees(cast.county, task)
    assert cast.world.take(task, "approve", by=cast.township_desk).decided_by == cast.township_desk.name


def test_a_house_that_wants_no_approval_owes_none(cast):
    switched_on(cast)
    assert cast.fresh(cast.sent()).flags & UNAPPROVED == 0
    assert owed(cast) == []


def test_a_green_channel_goes_first_too_and_says_so_everywhere(cast, with_approval):
    referral = cast.fresh(cast.sent(**UNSIGNED))
    assert referral.flags & GREEN_CHANNEL
    assert [task.waiver for task in owed(cast)] == ["急诊绿色通道"]
    ordinary = cast.draft(is_no_duplicate=True, diagnosis="", impression="右腕骨折")
    kind = case_types["referral"]
    with scope(cast.township):
        found = queries.newest(kind, cast.township, queries.Filter(mark=GREEN_CHANNEL))
        waits = {row["id"]: row["flags"] for row in queries.inbox(cast.township)}
    assert [row["id"] for row in found] == [referral.pk]
    assert kind.marks_of(waits[ordinary.pk]) == []
    assert ("绿色通道", "danger") in kind.marks_of(found[0]["flags"])


def test_what_is_not_countersigned_in_time_is_told_to_those_in_charge(cast, with_approval):
    cast.sent(**UNSIGNED)
    (task,) = owed(cast)
    with standing_at(task.due + timedelta(hours=25)):
        go_round()
    with scope(cast.office):
        texts = [row.text for row in Notice.objects.filter(institution_id=cast.office.institution_id, kind="deadline")]
    assert any(task.number in text and "请督促" in text for text in texts)


def test_nobody_countersigns_the_own_referral(cast, with_approval):
    both = cast.world.person("doctor", "reception", at=cast.township.institution_name)
    cast.take(cast.draft(**UNSIGNED), "send", by=both)
    (task,) = owed(cast)
    assert "经办人以外" in refused(cast, task, "approve", both)
    objected = cast.world.take(task, "object", by=cast.township_desk, opinion="不符合绿色通道条件")
    assert (objected.state, objected.open) == ("objected", False)


def test_the_mode_ends_at_its_hour_before_the_clock_comes(cast, with_approval):
    case = switched_on(cast, hours=1)
    with standing_at(case.until_at):
        assert "先经院内审核" in refused(cast, cast.draft(), "send", cast.township)
    with standing_at(case.until_at + timedelta(minutes=2)):
        go_round()
    with scope(cast.office):
        ended = type(case).objects.get(pk=case.pk)
    assert (ended.state, ended.ended_at) == ("ended", case.until_at)


def test_every_page_of_a_member_says_so_while_the_mode_lasts(cast):
    case = switched_on(cast, hours=1)
    assert "江城市医疗集团处于应急模式" in browser(cast.township).get("/inbox/").text
    assert alerts_for(cast.stranger) == []
    with standing_at(case.until_at):
        assert alerts_for(cast.township) == []


def test_the_mode_of_another_consortium_frees_nobody(cast, with_approval):
    lead = cast.world.person("office", at=cast.county.institution_name)
    community = Consortium.objects.get(name="北岭县医共体")
    cast.world.take(mode(cast, by=lead, consortium=community.pk), "switch_on", by=lead)
    to_city = cast.draft(receiver=cast.city.institution_id)
    assert "先经院内审核" in refused(cast, to_city, "send", cast.township)
    assert cast.sent(diagnosis="", impression="腹痛", is_no_duplicate=True).state == "submitted"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [({"hours": 73}, "最长 72 小时"), ({"hours": -1}, "将来"), ({"ground": "紧急"}, "依据"), ({"ground": ""}, "依据")],
)
def test_a_mode_needs_a_ground_and_a_near_end(cast, changes, sentence):
    assert sentence in refused(cast, mode(cast, **changes), "switch_on", cast.office)


def test_only_the_lead_switches_on_and_only_once(cast):
    lead = cast.world.person("office", at=cast.county.institution_name)
    assert "牵头单位是" in refused(cast, mode(cast, by=lead), "switch_on", lead)
    first = switched_on(cast)
    assert "已在应急模式中" in refused(cast, mode(cast), "switch_on", cast.office)
    assert cast.world.sees(cast.township, first)
    assert not cast.world.sees(cast.stranger, first)
    cast.world.take(first, "end", by=cast.office)
    assert switched_on(cast).state == "on", "the next one has its way"


def moments(start, **minutes):
    return {f"at_{point}": start + timedelta(minutes=after) for point, after in minutes.items()}


@pytest.fixture
def heart(cast):
    return cast.sent(**UNSIGNED, emergency_kind="chest_pain")


def test_time_points_are_kept_in_order_and_unknown_ones_stay_unknown(cast, heart):
    start = clock.now() - timedelta(hours=3)
    cast.take(heart, "record_times", by=cast.township, **moments(start, onset=0, ecg=30))
    assert "「首次医疗接触」早于「发病（受伤）」" in refused(
        cast, heart, "record_times", cast.township, **moments(start, fmc=-5)
    )
    assert "「首份心电图」早于「首次医疗接触」" in refused(
        cast, heart, "record_times", cast.county, **moments(start, fmc=31)
    )
    cast.take(heart, "record_times", by=cast.county, **moments(start, fmc=22))
    with scope(cast.county):
        assert set(known_of(heart.pk)) == {"onset", "ecg", "fmc"}
    ahead = moments(clock.now(), leave=5)
    assert "不能在将来" in refused(cast, heart, "record_times", cast.township, **ahead)
    assert "至少填写一个" in refused(cast, heart, "record_times", cast.township)


def test_the_kind_may_be_named_with_the_first_times(cast):
    start = clock.now() - timedelta(hours=1)
    unnamed = cast.sent(**UNSIGNED)
    assert "选定病种" in refused(cast, unnamed, "record_times", cast.township, **moments(start, onset=0))
    cast.take(unnamed, "record_times", by=cast.township, emergency_kind="stroke", **moments(start, onset=0))
    assert cast.fresh(unnamed).emergency_kind == "stroke"


def test_an_order_with_gaps_still_holds():
    at = clock.now()
    assert out_of_order({"wire": at, "onset": at + timedelta(minutes=1)}) == [("wire", "onset")]
    assert out_of_order({"cath_lab": at, "door": at + timedelta(minutes=9)}) == [], "activated before the arrival"
    assert out_of_order({"fmc": at, "call": at + timedelta(minutes=9)}) == [], "walked in"


def test_the_arrival_is_the_door_and_the_card_shows_bar_and_intervals(cast, heart):
    start = clock.now() - timedelta(hours=3)
    cast.take(heart, "record_times", by=cast.township, **moments(start, onset=0, fmc=20, ecg=28))
    arrived = {**ARRIVAL, "encounter_class": "emergency", "arrived_at": start + timedelta(minutes=60)}
    cast.take(heart, "admit_emergency", by=cast.county_desk, **arrived)
    cast.take(heart, "record_times", by=cast.county, **moments(start, wire=170))
    with scope(cast.county):
        door = TimePoint.objects.get(case_id=heart.pk, point="door")
        month = period_of(clock.today(), 1)
        shares = [evaluate(f"referral.{key}", institution_id=cast.county.institution_id, period=month)
                  for key in ("fmc_ecg", "door_wire")]  # fmt: skip
    assert door.at == arrived["arrived_at"]
    assert [(share.part, share.whole) for share in shares] == [(1, 1), (0, 1)]
    page = browser(cast.county).get(heart.get_absolute_url()).content.decode()
    assert all(text in page for text in ("救治时间轴", "8 分钟", "110 分钟", "超时", "达标", "未知", "绿色通道"))


def test_an_ordinary_referral_has_no_times(cast):
    assert "只有急诊绿色通道" in refused(cast, cast.sent(), "record_times", cast.township)
